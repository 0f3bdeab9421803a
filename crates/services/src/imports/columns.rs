//! Which column means what.

use domain::text::ascii_fold;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The company's name.
    Company,
    /// Its mail domains.
    Domains,
    /// What it does.
    Industry,
    /// Where it is.
    Country,
    /// What kind of organisation it is.
    Kind,
    /// How the host stands with it.
    Status,
    /// Since when it buys.
    CustomerSince,
    /// A person there.
    Person,
    /// First name, where it has a column of its own.
    FirstName,
    /// Last name, where it has a column of its own.
    LastName,
    /// The person's address.
    Mail,
    /// The language the person reads.
    Language,
    /// Who looks after the company.
    Manager,
    /// On which ground the person may be written to.
    Permission,
}

impl Column {
    /// Every column in the order of the template.
    pub const ALL: [Self; 14] = [
        Self::Company,
        Self::Domains,
        Self::Industry,
        Self::Country,
        Self::Kind,
        Self::Status,
        Self::CustomerSince,
        Self::Person,
        Self::FirstName,
        Self::LastName,
        Self::Mail,
        Self::Language,
        Self::Manager,
        Self::Permission,
    ];

    /// Its name in a mapping and in the template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Domains => "domains",
            Self::Industry => "industry",
            Self::Country => "country",
            Self::Kind => "kind",
            Self::Status => "status",
            Self::CustomerSince => "customer_since",
            Self::Person => "person",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Mail => "mail",
            Self::Language => "language",
            Self::Manager => "account_manager",
            Self::Permission => "permission",
        }
    }

    /// The column of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// What such a column is called in lists that people keep, as [`key`]s.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Company => &[
                "company",
                "companyname",
                "firma",
                "firmenname",
                "unternehmen",
                "organisation",
                "organization",
                "account",
                "accountname",
                "kunde",
                "kundin",
                "customer",
                "name1",
            ],
            Self::Domains => &[
                "domains",
                "domain",
                "maildomain",
                "maildomains",
                "emaildomain",
                "website",
                "webseite",
                "homepage",
                "internet",
                "url",
            ],
            Self::Industry => &["industry", "branche", "sector", "sektor", "wirtschaftszweig"],
            Self::Country => {
                &["country", "countrycode", "land", "laendercode", "landkz", "laenderkennzeichen"]
            }
            Self::Kind => &[
                "kind",
                "kindoforganisation",
                "kindoforganization",
                "organisationsart",
                "artderorganisation",
                "recipientkind",
                "rechtsnatur",
                "art",
            ],
            Self::Status => &["status", "kundenstatus", "accountstatus", "customerstatus"],
            Self::CustomerSince => {
                &["customersince", "kundeseit", "kundinseit", "since", "seit", "vertragsbeginn"]
            }
            Self::Person => &[
                "person",
                "name",
                "ansprechpartner",
                "ansprechpartnerin",
                "ansprechperson",
                "contact",
                "contactname",
                "kontakt",
                "kontaktperson",
                "fullname",
            ],
            Self::FirstName => &["firstname", "vorname", "givenname"],
            Self::LastName => &["lastname", "nachname", "familienname", "surname", "zuname"],
            Self::Mail => &["mail", "email", "emailadresse", "emailaddress", "mailadresse", "mailaddress"],
            Self::Language => &["language", "sprache", "lang", "korrespondenzsprache"],
            Self::Manager => &[
                "accountmanager",
                "kundenbetreuung",
                "betreuer",
                "betreuerin",
                "kundenbetreuer",
                "kundenbetreuerin",
                "owner",
                "accountowner",
                "manager",
                "vertrieb",
            ],
            Self::Permission => &[
                "permission",
                "einwilligung",
                "werbeeinwilligung",
                "erlaubnis",
                "consent",
                "optin",
                "marketingconsent",
            ],
        }
    }
}

/// A heading as it is compared: small ASCII letters and digits only.
pub fn key(heading: &str) -> String {
    let folded = ascii_fold(heading).to_lowercase();
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Where each column stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    places: Vec<(Column, usize)>,
    /// Headings that nobody has a use for.
    pub unused: Vec<String>,
}

/// Why a file has no layout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// There is no line at all.
    #[error("import_empty")]
    Empty,
    /// No column holds the company.
    #[error("import_no_company_column")]
    NoCompany,
    /// A mapping names a heading or a column that does not exist.
    #[error("import_unknown_mapping")]
    UnknownMapping(String),
}

impl Layout {
    /// Finds the columns by their headings; `mapping` pairs a heading of the file with the name of a column and comes
    /// first.
    ///
    /// # Errors
    /// When no column holds the company.
    pub fn find(headings: &csv::StringRecord, mapping: &[(String, String)]) -> Result<Self, LayoutError> {
        if headings.iter().all(|heading| heading.trim().is_empty()) {
            return Err(LayoutError::Empty);
        }
        let keys: Vec<String> = headings.iter().map(key).collect();
        let mut layout = Self::default();
        for (heading, name) in mapping {
            let place = keys.iter().position(|other| *other == key(heading));
            match (place, Column::parse(name.trim())) {
                (Some(place), Some(column)) => layout.places.push((column, place)),
                _ => return Err(LayoutError::UnknownMapping(format!("{heading}={name}"))),
            }
        }
        for (place, key) in keys.iter().enumerate() {
            if layout.places.iter().any(|(_, taken)| *taken == place) {
                continue;
            }
            let found = Column::ALL
                .into_iter()
                .find(|column| column.aliases().contains(&key.as_str()) && layout.place(*column).is_none());
            match found {
                Some(column) => layout.places.push((column, place)),
                None => layout.unused.push(headings.get(place).unwrap_or_default().to_owned()),
            }
        }
        if layout.place(Column::Company).is_none() {
            return Err(LayoutError::NoCompany);
        }
        Ok(layout)
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().find(|(other, _)| *other == column).map(|(_, place)| *place)
    }

    /// What a line holds in this column; empty where there is none.
    pub fn get<'r>(&self, record: &'r csv::StringRecord, column: Column) -> &'r str {
        self.place(column).and_then(|place| record.get(place)).unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(headings: &[&str], mapping: &[(&str, &str)]) -> Result<Layout, LayoutError> {
        let mapping: Vec<_> = mapping.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Layout::find(&csv::StringRecord::from(headings.to_vec()), &mapping)
    }

    #[test]
    fn german_and_english_headings_are_known() {
        let german = find(&["Firma", "Länder-Code", "Kunde seit", "E-Mail-Adresse", "Fax"], &[]).unwrap();
        let record = csv::StringRecord::from(vec!["Mühlenau", "DE", "2020", "a@b.de", "1"]);
        assert_eq!(german.get(&record, Column::Company), "Mühlenau");
        assert_eq!(german.get(&record, Column::Country), "DE");
        assert_eq!(german.get(&record, Column::CustomerSince), "2020");
        assert_eq!(german.get(&record, Column::Mail), "a@b.de");
        assert_eq!(german.get(&record, Column::Industry), "", "a column that is not there is empty");
        assert_eq!(german.unused, ["Fax"]);
        assert!(find(&["Account Name", "Email"], &[]).is_ok());
    }

    #[test]
    fn a_mapping_comes_first_and_must_make_sense() {
        let layout = find(&["Name", "Konzern"], &[("Konzern", "company")]).unwrap();
        let record = csv::StringRecord::from(vec!["Anna", "Mühlenau"]);
        assert_eq!(layout.get(&record, Column::Company), "Mühlenau");
        assert_eq!(layout.get(&record, Column::Person), "Anna");
        assert!(matches!(find(&["Firma"], &[("X", "company")]), Err(LayoutError::UnknownMapping(_))));
        assert!(matches!(find(&["Firma"], &[("Firma", "boss")]), Err(LayoutError::UnknownMapping(_))));
        assert_eq!(find(&["Vorname"], &[]), Err(LayoutError::NoCompany));
        assert_eq!(find(&[""], &[]), Err(LayoutError::Empty));
    }
}
