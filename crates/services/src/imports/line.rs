//! What one line says about a customer.

use chrono::{Datelike, NaiveDate};
use domain::{
    accounts::{AccountStatus, RecipientKind, WorkDomain},
    consent::Basis,
    text::{CompanyName, Country, EmailAddress, Language, PersonName, ascii_fold},
};

use super::columns::{Column, Layout, key};

/// A line, read. What a column leaves empty is `None`: it changes nothing that is known already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, as an editor counts.
    pub number: u64,
    /// The company's name.
    pub company: CompanyName,
    /// Its mail domains, the one of the person's address included.
    pub domains: Vec<WorkDomain>,
    /// What it does.
    pub industry: Option<String>,
    /// Where it is.
    pub country: Country,
    /// Whether the line itself says so; otherwise it was assumed, and changes nothing that is known.
    pub country_given: bool,
    /// What kind of organisation it is.
    pub kind: Option<RecipientKind>,
    /// How the host stands with it.
    pub status: Option<AccountStatus>,
    /// Since when it buys.
    pub customer_since: Option<NaiveDate>,
    /// A person there.
    pub person: Option<LinePerson>,
    /// Who looks after the company, by address or name.
    pub manager: Option<String>,
}

/// The person of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePerson {
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Option<Language>,
    /// On which ground they may be written to.
    pub permission: Option<Basis>,
}

/// Why a line can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum LineError {
    /// Quotes that do not close, or bytes that are no text.
    #[error("line_unreadable")]
    Unreadable,
    /// No company, or no possible name of one.
    #[error("line_company")]
    Company,
    /// Not a mail domain of a company.
    #[error("line_domain")]
    Domain,
    /// Too long, or with characters that are no text.
    #[error("line_industry")]
    Industry,
    /// Not a country.
    #[error("line_country")]
    Country,
    /// No country, and none was said for lines without one.
    #[error("line_country_missing")]
    CountryMissing,
    /// Not a kind of organisation.
    #[error("line_kind")]
    Kind,
    /// Not a status.
    #[error("line_status")]
    Status,
    /// Not a date.
    #[error("line_date")]
    Date,
    /// An address without a name, or no possible name.
    #[error("line_person")]
    Person,
    /// A name without an address.
    #[error("line_mail_missing")]
    MailMissing,
    /// Not an address.
    #[error("line_mail")]
    Mail,
    /// Neither German nor English.
    #[error("line_language")]
    Language,
    /// Not a ground.
    #[error("line_permission")]
    Permission,
    /// Nobody with this address or name looks after customers.
    #[error("line_manager")]
    Manager,
    /// The same person stands in an earlier line.
    #[error("line_duplicate")]
    Duplicate,
    /// Its domains belong to different companies.
    #[error("line_domain_taken")]
    DomainTaken,
    /// A company of this name is known by other domains, or several are, and nothing tells which one is meant.
    #[error("line_company_alike")]
    Alike,
    /// The person belongs to another company.
    #[error("line_person_elsewhere")]
    PersonElsewhere,
    /// The address belongs to one of the host's own people.
    #[error("line_own_staff")]
    OwnStaff,
}

/// Reads a line; `None` for one without anything in it. `fallback` is the country of lines without one.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read(
    layout: &Layout,
    record: &csv::StringRecord,
    number: u64,
    fallback: Option<Country>,
) -> Result<Option<Line>, LineError> {
    if record.iter().all(|field| field.trim().is_empty()) {
        return Ok(None);
    }
    let get = |column| layout.get(record, column);
    let company = CompanyName::parse(&one_line(get(Column::Company))).map_err(|_| LineError::Company)?;
    let person = person(&get)?;
    let mut domains = domains(get(Column::Domains))?;
    if let Some(own) = person.as_ref().and_then(|person| WorkDomain::of(&person.email))
        && !domains.contains(&own)
    {
        domains.push(own);
    }
    let industry = one_line(get(Column::Industry));
    if industry.chars().count() > 100 || industry.chars().any(char::is_control) {
        return Err(LineError::Industry);
    }
    let country = match get(Column::Country) {
        "" => fallback.ok_or(LineError::CountryMissing)?,
        given => country(given).ok_or(LineError::Country)?,
    };
    Ok(Some(Line {
        number,
        company,
        domains,
        industry: (!industry.is_empty()).then_some(industry),
        country,
        country_given: !get(Column::Country).is_empty(),
        kind: optional(get(Column::Kind), kind).ok_or(LineError::Kind)?,
        status: optional(get(Column::Status), status).ok_or(LineError::Status)?,
        customer_since: optional(get(Column::CustomerSince), date).ok_or(LineError::Date)?,
        person,
        manager: Some(one_line(get(Column::Manager))).filter(|manager| !manager.is_empty()),
    }))
}

/// `Some(None)` for nothing, `None` for something that can't be read.
fn optional<T>(given: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if given.is_empty() { Some(None) } else { read(given).map(Some) }
}

/// A field with line breaks inside, on one line.
fn one_line(field: &str) -> String {
    field
        .split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn person<'r>(get: &impl Fn(Column) -> &'r str) -> Result<Option<LinePerson>, LineError> {
    let mut name = one_line(get(Column::Person));
    if name.is_empty() {
        name = one_line(&format!("{}\n{}", get(Column::FirstName), get(Column::LastName)));
    }
    let mail = get(Column::Mail);
    if mail.is_empty() {
        return if name.is_empty() { Ok(None) } else { Err(LineError::MailMissing) };
    }
    let email = EmailAddress::parse(mail.trim_start_matches("mailto:")).map_err(|_| LineError::Mail)?;
    Ok(Some(LinePerson {
        name: PersonName::parse(&name).map_err(|_| LineError::Person)?,
        email,
        language: optional(get(Column::Language), language).ok_or(LineError::Language)?,
        permission: optional(get(Column::Permission), permission).ok_or(LineError::Permission)?,
    }))
}

fn domains(given: &str) -> Result<Vec<WorkDomain>, LineError> {
    let mut domains = Vec::new();
    for part in given.split([',', ';', '|', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty()) {
        // People enter their website: the host of it will do.
        let host = part.split_once("://").map_or(part, |(_, rest)| rest);
        let host = host.split(['/', ':']).next().unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or_default();
        let domain = WorkDomain::parse(host).map_err(|_| LineError::Domain)?;
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains)
}

fn country(given: &str) -> Option<Country> {
    let known = match key(given).as_str() {
        "d" | "deutschland" | "germany" | "brd" | "deu" => "DE",
        "a" | "oesterreich" | "osterreich" | "austria" | "aut" => "AT",
        "schweiz" | "switzerland" | "suisse" | "svizzera" | "che" => "CH",
        "liechtenstein" => "LI",
        "luxemburg" | "luxembourg" => "LU",
        "niederlande" | "netherlands" | "holland" => "NL",
        "belgien" | "belgium" => "BE",
        "frankreich" | "france" => "FR",
        "italien" | "italy" => "IT",
        "spanien" | "spain" => "ES",
        "polen" | "poland" => "PL",
        "tschechien" | "czechrepublic" | "czechia" => "CZ",
        "daenemark" | "denmark" => "DK",
        "schweden" | "sweden" => "SE",
        "vereinigteskoenigreich" | "grossbritannien" | "unitedkingdom" | "uk" => "GB",
        "vereinigtestaaten" | "usa" | "unitedstates" => "US",
        _ => return Country::parse(given).ok(),
    };
    Country::parse(known).ok()
}

fn kind(given: &str) -> Option<RecipientKind> {
    use RecipientKind as Kind;
    Some(match key(given).as_str() {
        "privatecompany" | "private" | "privat" | "privatwirtschaft" | "unternehmen" | "firma"
        | "company" => Kind::PrivateCompany,
        "publicbody" | "public" | "oeffentlich" | "behoerde" | "oeffentlichehand" | "authority" => {
            Kind::PublicBody
        }
        "healthprofessional" | "health" | "gesundheit" | "gesundheitswesen" | "arztpraxis"
        | "krankenhaus" | "hospital" => Kind::HealthProfessional,
        "regulatedfinancial" | "financial" | "finanzwesen" | "bank" | "versicherung" | "insurance" => {
            Kind::RegulatedFinancial
        }
        "legalprofession" | "legal" | "kanzlei" | "rechtsanwaelte" | "notariat" | "lawfirm" => {
            Kind::LegalProfession
        }
        "unknown" | "unbekannt" => Kind::Unknown,
        _ => return None,
    })
}

fn status(given: &str) -> Option<AccountStatus> {
    Some(match key(given).as_str() {
        "customer" | "kunde" | "kundin" | "bestandskunde" | "aktiv" | "active" => AccountStatus::Customer,
        "opendeal" | "offen" | "inverhandlung" | "opportunity" | "angebot" => AccountStatus::OpenDeal,
        "former" | "ehemalig" | "ehemaligerkunde" | "exkunde" | "churned" | "gekuendigt" => {
            AccountStatus::Former
        }
        "prospect" | "interessent" | "interessentin" | "lead" => AccountStatus::Prospect,
        _ => return None,
    })
}

/// `2024-05-01`, `01.05.2024`, `1.5.24`, `01/05/2024` (day first, as in Europe), `05/2024`, `2024`.
fn date(given: &str) -> Option<NaiveDate> {
    // Exports add a time of day that says nothing.
    let given = given.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = given.split(['.', '/', '-']).collect();
    let number = |text: &str| text.parse::<u32>().ok();
    let year = |text: &str| {
        let year: i32 = text.parse().ok()?;
        Some(if text.len() == 2 { 2000 + year } else { year })
    };
    let date = match parts.as_slice() {
        [y] if y.len() == 4 => NaiveDate::from_ymd_opt(year(y)?, 1, 1),
        [m, y] if y.len() == 4 => NaiveDate::from_ymd_opt(year(y)?, number(m)?, 1),
        [y, m, d] if y.len() == 4 => NaiveDate::from_ymd_opt(year(y)?, number(m)?, number(d)?),
        [d, m, y] => NaiveDate::from_ymd_opt(year(y)?, number(m)?, number(d)?),
        _ => None,
    };
    date.filter(|date| (1950..=2100).contains(&date.year()))
}

fn language(given: &str) -> Option<Language> {
    Some(match key(given).as_str() {
        "de" | "deutsch" | "german" | "dede" | "deat" | "dech" | "d" => Language::German,
        "en" | "englisch" | "english" | "engb" | "enus" | "e" => Language::English,
        _ => return None,
    })
}

fn permission(given: &str) -> Option<Basis> {
    // The paragraph sign has no ASCII spelling: "§ 7 (3) UWG" comes here as "73uwg".
    Some(match key(given).as_str() {
        "consent" | "einwilligung" | "optin" | "doubleoptin" | "ja" | "yes" | "true" | "1" | "x" => {
            Basis::Consent
        }
        "existingcustomer" | "bestandskunde" | "73uwg" | "7abs3uwg" | "7uwg" => Basis::ExistingCustomer,
        "none" | "keine" | "kein" | "nein" | "no" | "false" | "0" => Basis::None,
        _ => return None,
    })
}

/// How a name or address of an account manager is compared.
pub(super) fn manager_key(given: &str) -> String {
    let folded = ascii_fold(given).to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADINGS: [&str; 11] = [
        "Firma",
        "Domains",
        "Branche",
        "Land",
        "Organisationsart",
        "Status",
        "Kunde seit",
        "Ansprechpartner",
        "E-Mail",
        "Sprache",
        "Einwilligung",
    ];

    fn read_line(fields: &[&str]) -> Result<Option<Line>, LineError> {
        let layout = Layout::find(&csv::StringRecord::from(HEADINGS.to_vec()), &[]).unwrap();
        read(&layout, &csv::StringRecord::from(fields.to_vec()), 7, None)
    }

    #[test]
    fn a_full_line_is_read() {
        let line = read_line(&[
            "Mühlenau GmbH",
            "https://www.muehlenau.de/kontakt, muehlenau.at",
            "Maschinenbau",
            "Österreich",
            "Behörde",
            "Kunde",
            "1.5.2020",
            "Anna\nBerger",
            "Anna.Berger@Werk2.Muehlenau.de",
            "Deutsch",
            "§ 7 (3) UWG",
        ]);
        let line = line.unwrap().unwrap();
        assert_eq!(line.country, Country::AT);
        let domains: Vec<_> = line.domains.iter().map(WorkDomain::as_str).collect();
        assert_eq!(domains, ["muehlenau.de", "muehlenau.at"]);
        assert_eq!(line.kind, Some(RecipientKind::PublicBody));
        assert_eq!(line.customer_since, NaiveDate::from_ymd_opt(2020, 5, 1));
        let person = line.person.unwrap();
        assert_eq!(person.name.as_str(), "Anna Berger");
        assert_eq!(person.email.as_str(), "anna.berger@werk2.muehlenau.de");
        assert_eq!(
            (person.language, person.permission),
            (Some(Language::German), Some(Basis::ExistingCustomer))
        );
    }

    #[test]
    fn what_is_left_out_stays_open() {
        let line = read_line(&["Mühlenau", "", "", "de"]).unwrap().unwrap();
        assert_eq!((line.status, line.kind, line.person), (None, None, None));
        assert_eq!(read_line(&["", " ", ""]), Ok(None), "an empty line is no line");
    }

    #[test]
    fn each_fault_has_its_reason() {
        let refused = |fields: &[&str]| read_line(fields).unwrap_err();
        assert_eq!(refused(&["", "a.de", "", "DE"]), LineError::Company);
        assert_eq!(refused(&["A", "gmail.com", "", "DE"]), LineError::Domain);
        assert_eq!(refused(&["A", "", "", "Atlantis"]), LineError::Country);
        assert_eq!(refused(&["A"]), LineError::CountryMissing);
        assert_eq!(refused(&["A", "", "", "DE", "Verein?"]), LineError::Kind);
        assert_eq!(refused(&["A", "", "", "DE", "", "König"]), LineError::Status);
        assert_eq!(refused(&["A", "", "", "DE", "", "", "31.2.2020"]), LineError::Date);
        assert_eq!(refused(&["A", "", "", "DE", "", "", "", "Anna"]), LineError::MailMissing);
        assert_eq!(refused(&["A", "", "", "DE", "", "", "", "Anna", "anna@"]), LineError::Mail);
        assert_eq!(refused(&["A", "", "", "DE", "", "", "", "", "a@b.de"]), LineError::Person);
        assert_eq!(refused(&["A", "", "", "DE", "", "", "", "Anna", "a@b.de", "fr"]), LineError::Language);
        assert_eq!(
            refused(&["A", "", "", "DE", "", "", "", "Anna", "a@b.de", "", "?"]),
            LineError::Permission
        );
    }

    #[test]
    fn dates_of_several_habits() {
        for given in ["2024-05-01", "01.05.2024", "1.5.24", "01/05/2024", "05/2024", "2024-05-01T00:00:00"] {
            assert_eq!(date(given), NaiveDate::from_ymd_opt(2024, 5, 1), "{given}");
        }
        assert_eq!(date("2024"), NaiveDate::from_ymd_opt(2024, 1, 1));
        assert_eq!(date("soon"), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics(fields in prop::collection::vec(any::<String>(), 0..12)) {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let _ = read_line(&fields);
        }
    }
}
