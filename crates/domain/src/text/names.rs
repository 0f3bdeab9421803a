//! Names, titles, reasons and telephone numbers.

use super::{TextError, ascii_fold, clean, names_an_address};

/// Defines a one-line text with a greatest length.
macro_rules! line_text {
    ($(#[$meta:meta])* $name:ident, $max:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        text_type!($name);

        impl $name {
            /// Reads one line of text.
            pub fn parse(input: &str) -> Result<Self, TextError> {
                clean::line(input, $max).map(Self)
            }
        }
    };
}

line_text! {
    /// What a person is called.
    PersonName, 120
}
line_text! {
    /// What a company is called.
    CompanyName, 160
}

line_text! {
    /// Where the ground to write to somebody comes from ("Formular auf der Messe, 12. Mai 2026").
    PermissionSource, 200
}

line_text! {
    /// What a feature is called that is granted early.
    FeatureName, 160
}
line_text! {
    /// What a campaign is called.
    CampaignName, 100
}
line_text! {
    /// What a segment of customers is called.
    SegmentName, 100
}
line_text! {
    /// Which system uses a key of the API.
    ApiKeyName, 160
}

/// Legal forms and joints that say nothing about which company it is.
const FORMS: &[&str] = &[
    "ab", "ag", "as", "bv", "co", "corp", "e", "eg", "ek", "ev", "gbr", "gesmbh", "ggmbh", "gmbh", "inc",
    "kg", "kgaa", "limited", "llc", "ltd", "mbh", "nv", "ohg", "oy", "plc", "sa", "sarl", "sas", "se", "spa",
    "srl", "ug", "und", "and", "u", "v",
];

impl CompanyName {
    /// The name as it is compared and sorted: small ASCII letters, without legal form and punctuation.
    pub fn key(&self) -> String {
        let folded = ascii_fold(&self.0).to_lowercase();
        let words = || folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let telling: Vec<&str> = words().filter(|word| !FORMS.contains(word)).collect();
        match (telling.is_empty(), folded.trim().is_empty()) {
            (false, _) => telling.join(" "),
            (true, false) if words().next().is_some() => words().collect::<Vec<_>>().join(" "),
            // Nothing of it can be written in ASCII: the name itself must do.
            _ => self.0.to_lowercase(),
        }
    }
}

impl PersonName {
    /// The name as lists sort and find it.
    pub fn key(&self) -> String {
        let folded = ascii_fold(&self.0).to_lowercase();
        if folded.trim().is_empty() { self.0.to_lowercase() } else { folded }
    }
}

/// What somebody does in a company ("Leitung Einkauf"); never a way to reach them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleTitle(String);

text_type!(RoleTitle);

impl RoleTitle {
    /// Reads a title. An address inside is refused: the contact enters their own data, nobody else.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let title = clean::line(input, 120)?;
        if names_an_address(&title) { Err(TextError::LooksLikeEmail) } else { Ok(Self(title)) }
    }
}

/// When somebody would like to be spoken to, in their own words ("dienstags ab 14 Uhr").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BestTime(String);

text_type!(BestTime);

impl BestTime {
    /// Reads it: one line of at most 120 characters.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        clean::line(input, 120).map(Self)
    }
}

/// A few sentences: why a referral fits, why a step was corrected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason(String);

text_type!(Reason);

impl Reason {
    /// Reads up to 2000 characters, line breaks allowed.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        clean::paragraph(input, 2000).map(Self)
    }

    /// What stands where a reason was deleted because of the person it may speak of. Nobody can enter it.
    pub const fn deleted() -> Self {
        Self(String::new())
    }

    /// Whether its words were deleted.
    pub const fn is_deleted(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads what is stored, of which the words may be deleted.
    pub(crate) fn stored<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        if text.is_empty() {
            Ok(Self::deleted())
        } else {
            Self::parse(&text).map_err(serde::de::Error::custom)
        }
    }
}

/// A telephone number, kept as digits with an optional leading `+`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

text_type!(Phone);

impl Phone {
    /// Reads a number as people write it: `+49 (0)30 / 12-34` loses its ornaments and the bracketed zero.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let written = clean::line(input, 60)?;
        let international = written.starts_with('+') || written.starts_with("00");
        let written = if international { written.replacen("(0)", "", 1) } else { written };
        if !written.chars().all(|c| c.is_ascii_digit() || " +()/-.".contains(c)) {
            return Err(TextError::NotAPhone);
        }
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        // "00" before the country code and "+" mean the same.
        let (plus, digits) = if written.starts_with('+') {
            ("+", digits.as_str())
        } else if let Some(rest) = digits.strip_prefix("00") {
            ("+", rest)
        } else {
            ("", digits.as_str())
        };
        if (5..=15).contains(&digits.len()) && written.rfind('+').is_none_or(|at| at == 0) {
            Ok(Self(format!("{plus}{digits}")))
        } else {
            Err(TextError::NotAPhone)
        }
    }

    /// The number with all but its last two digits hidden.
    pub fn masked(&self) -> String {
        let shown = self.0.len().saturating_sub(2);
        format!("{}{}", "•".repeat(shown), &self.0[shown..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_is_not_an_address() {
        assert_eq!(RoleTitle::parse("t.falk@ravensteiner.example"), Err(TextError::LooksLikeEmail));
        assert_eq!(RoleTitle::parse("Einkauf (t.falk@ravensteiner.example)"), Err(TextError::LooksLikeEmail));
        assert_eq!(RoleTitle::parse("Leitung Einkauf").unwrap().as_str(), "Leitung Einkauf");
    }

    #[test]
    fn the_same_company_has_one_key() {
        let key = |name: &str| CompanyName::parse(name).unwrap().key();
        assert_eq!(key("Mühlenau Maschinenbau GmbH & Co. KG"), "muehlenau maschinenbau");
        assert_eq!(key("MUEHLENAU  Maschinenbau, gmbh"), "muehlenau maschinenbau");
        assert_eq!(key("AG"), "ag", "a name that is nothing but a form is still a name");
        assert_eq!(key("李明"), "李明");
        assert_eq!(PersonName::parse("Ägidius Öhm").unwrap().key(), "aegidius oehm");
    }

    #[test]
    fn reasons_end_at_two_thousand() {
        assert!(Reason::parse(&"ä".repeat(2000)).is_ok());
        assert_eq!(Reason::parse(&"ä".repeat(2001)), Err(TextError::TooLong));
    }

    #[test]
    fn numbers_lose_their_ornaments() {
        assert_eq!(Phone::parse("+49 (0)30 / 12 34-5").unwrap().as_str(), "+493012345");
        assert_eq!(Phone::parse("0049 30 12345").unwrap().as_str(), "+493012345");
        assert_eq!(Phone::parse("030 12345").unwrap().as_str(), "03012345");
        assert_eq!(Phone::parse("030 12345").unwrap().masked(), "••••••45");
        for bad in ["12", "call me", "1+23456", "+1234567890123456"] {
            assert_eq!(Phone::parse(bad), Err(TextError::NotAPhone), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_settles(input in any::<String>()) {
            if let Ok(name) = PersonName::parse(&input) {
                prop_assert_eq!(PersonName::parse(name.as_str()).unwrap(), name);
            }
            if let Ok(reason) = Reason::parse(&input) {
                prop_assert_eq!(Reason::parse(reason.as_str()).unwrap(), reason);
            }
            let _ = RoleTitle::parse(&input);
        }

        #[test]
        fn numbers_never_panic_and_settle(input in "[ +()/.0-9-]{0,30}") {
            if let Ok(phone) = Phone::parse(&input) {
                prop_assert_eq!(Phone::parse(phone.as_str()).unwrap(), phone);
            }
        }
    }
}
