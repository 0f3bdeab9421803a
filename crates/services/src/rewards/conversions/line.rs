//! What one line of billing's file says.

use chrono::NaiveDate;
use domain::{
    incentives::{Amount, Unit, minor_units},
    rewards::{ConversionKind, DealReference},
    text::Currency,
};
use store::rewards::NewConversion;

use crate::{imports::columns::key, rewards::credits::day};

/// The headings of the file, in the order of the template; the last is for people.
pub(super) const HEADINGS: [&str; 7] =
    ["event_id", "referral", "kind", "date", "amount", "currency", "company"];

/// What each column may be called, as [`key`] spells it.
const ALIASES: [&[&str]; 6] = [
    &["eventid", "event", "ereignis", "ereignisnr", "beleg", "belegnummer", "vorgang"],
    &["referral", "reference", "deal", "kennung", "empfehlung", "referenz"],
    &["kind", "type", "art", "ereignisart", "vorgangsart"],
    &["date", "day", "datum", "tag"],
    &["amount", "betrag"],
    &["currency", "waehrung"],
];

/// How long billing's number of an event may be.
const LONGEST_EVENT: usize = 80;

/// Where the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns([Option<usize>; ALIASES.len()]);

impl Columns {
    /// Finds the columns by their headings, in German or English; `None` where one is missing that each line needs.
    pub(super) fn find(headings: &csv::StringRecord) -> Option<Self> {
        let keys: Vec<String> = headings.iter().map(key).collect();
        let found = ALIASES.map(|aliases| keys.iter().position(|key| aliases.contains(&key.as_str())));
        found[..4].iter().all(Option::is_some).then_some(Self(found))
    }

    fn get<'r>(&self, record: &'r csv::StringRecord, column: usize) -> &'r str {
        self.0[column].and_then(|place| record.get(place)).unwrap_or_default().trim()
    }

    /// Billing's number of the event.
    pub(super) fn event<'r>(&self, record: &'r csv::StringRecord) -> &'r str {
        self.get(record, 0)
    }

    /// Whether somebody has filled in nothing: a line of the template that says nothing.
    pub(super) fn is_blank(&self, record: &csv::StringRecord) -> bool {
        [0, 2, 3, 4].iter().all(|column| self.get(record, *column).is_empty())
    }

    /// What a line says.
    ///
    /// # Errors
    /// The code of what is wrong with it.
    pub(super) fn read(
        &self,
        record: &csv::StringRecord,
        today: NaiveDate,
        home: Currency,
    ) -> Result<NewConversion, &'static str> {
        let event = self.event(record);
        if event.is_empty() || event.chars().count() > LONGEST_EVENT || event.chars().any(char::is_control) {
            return Err("conversion_event");
        }
        let reference = DealReference::parse(self.get(record, 1)).ok_or("conversion_unknown")?;
        let kind = kind(self.get(record, 2)).ok_or("conversion_kind")?;
        let on = day(self.get(record, 3)).ok_or("not_a_date")?;
        if on > today {
            return Err("conversion_in_future");
        }
        let currency = match self.get(record, 5) {
            "" => home,
            typed => Currency::parse(&typed.to_uppercase()).map_err(|_| "conversion_currency")?,
        };
        let amount = match self.get(record, 4) {
            "" => None,
            // Billing writes what it pays out below zero.
            typed => {
                let minor = minor_units(typed.trim_start_matches(['-', '−'])).ok_or("conversion_amount")?;
                Some(Amount::new(minor, Unit::Money(currency)).map_err(|_| "conversion_amount")?)
            }
        };
        if kind.needs_amount() && amount.is_none() {
            return Err("conversion_amount_missing");
        }
        Ok(NewConversion { event: event.to_owned(), referral: reference.referral(), kind, on, amount })
    }
}

/// A kind by its code, or as people call it.
fn kind(typed: &str) -> Option<ConversionKind> {
    use ConversionKind::{Cancelled, Insolvent, Paid, Reduced, Refund, Unpaid, Upsell};
    Some(match key(typed).as_str() {
        "refund" | "refunded" | "erstattung" | "erstattet" | "gutschrift" => Refund,
        "reduced" | "reduction" | "minderung" | "gemindert" | "verkleinert" => Reduced,
        "cancelled" | "canceled" | "churn" | "kuendigung" | "gekuendigt" | "storno" | "storniert" => {
            Cancelled
        }
        "unpaid" | "unbezahlt" | "nichtbezahlt" | "offen" => Unpaid,
        "paid" | "bezahlt" => Paid,
        "insolvent" | "insolvency" | "insolvenz" => Insolvent,
        "upsell" | "zusatzauftrag" | "erweitert" | "erweiterung" => Upsell,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REFERENCE: &str = "RF01937A5B0000700080000000000000AF";

    fn read(fields: &[&str]) -> Result<NewConversion, &'static str> {
        let columns = Columns::find(&csv::StringRecord::from(HEADINGS.to_vec())).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        columns.read(&csv::StringRecord::from(fields.to_vec()), today, Currency::EUR)
    }

    #[test]
    fn columns_are_found_in_either_language_and_any_order() {
        let german = ["Währung", "Betrag", "Datum", "Art", "Kennung", "Belegnummer"];
        assert!(Columns::find(&csv::StringRecord::from(german.to_vec())).is_some());
        assert!(Columns::find(&csv::StringRecord::from(vec!["event_id", "kind", "date"])).is_none());
    }

    #[test]
    fn every_kind_can_be_told_by_its_code() {
        for known in ConversionKind::ALL {
            assert_eq!(kind(known.as_str()), Some(*known));
        }
        assert_eq!(kind("Kündigung"), Some(ConversionKind::Cancelled));
        assert_eq!(kind("König"), None);
    }

    #[test]
    fn a_line_is_read_or_says_what_is_wrong_with_it() {
        let told = read(&["G-17", REFERENCE, "Erstattung", "29.11.2026", "-1.250,50", "eur"]).unwrap();
        assert_eq!((told.kind, told.amount.unwrap().value()), (ConversionKind::Refund, 125_050));
        let told = read(&["G-17", REFERENCE, "cancelled", "2026-11-30"]).unwrap();
        assert_eq!(told.amount, None);
        for (fields, code) in [
            (["", REFERENCE, "refund", "2026-11-30", "1", ""], "conversion_event"),
            (["G", "RF17", "refund", "2026-11-30", "1", ""], "conversion_unknown"),
            (["G", REFERENCE, "?", "2026-11-30", "1", ""], "conversion_kind"),
            (["G", REFERENCE, "refund", "bald", "1", ""], "not_a_date"),
            (["G", REFERENCE, "refund", "2026-12-01", "1", ""], "conversion_in_future"),
            (["G", REFERENCE, "refund", "2026-11-30", "viel", ""], "conversion_amount"),
            (["G", REFERENCE, "refund", "2026-11-30", "0", ""], "conversion_amount"),
            (["G", REFERENCE, "refund", "2026-11-30", "1", "Taler"], "conversion_currency"),
            (["G", REFERENCE, "upsell", "2026-11-30", "", ""], "conversion_amount_missing"),
        ] {
            assert_eq!(read(&fields).err(), Some(code), "{fields:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(fields in prop::collection::vec(any::<String>(), 0..8)) {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let _ = read(&fields);
        }
    }
}
