//! The last part of an advocate's link: `/r/{code}`.

use super::{PersonName, TextError, ascii_fold};

/// Words that stand for pages of the product, or that pretend to speak for the host.
const RESERVED: &[&str] = &[
    "about",
    "account",
    "admin",
    "administrator",
    "api",
    "app",
    "assets",
    "auth",
    "dreiklang",
    "health",
    "help",
    "host",
    "imprint",
    "impressum",
    "login",
    "logout",
    "manage",
    "new",
    "official",
    "pkg",
    "privacy",
    "ready",
    "root",
    "security",
    "settings",
    "static",
    "support",
    "system",
    "test",
    "webhook",
    "webhooks",
];

const MIN: usize = 3;
const MAX: usize = 40;

/// A code of lower-case letters, digits and single hyphens, 3 to 40 characters long.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkCode(String);

text_type!(LinkCode);

impl LinkCode {
    /// Reads a code as typed: case, umlauts, spaces and underscores are forgiven; other signs are not.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let typed = input.trim();
        if typed.is_empty() {
            return Err(TextError::Empty);
        }
        if !typed.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') || is_mark(c)) {
            return Err(TextError::Malformed);
        }
        Self::checked(slug(typed))
    }

    /// A code from a person's name, where the name has enough Latin letters: "Anna Berger" becomes `anna-berger`.
    pub fn from_name(name: &PersonName) -> Option<Self> {
        Self::checked(shorten(slug(name.as_str()), MAX)).ok()
    }

    /// The same code with a number, to suggest when it is taken: `anna-berger-2`.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let number = format!("-{number}");
        Self(shorten(self.0.clone(), MAX - number.len()) + &number)
    }

    fn checked(code: String) -> Result<Self, TextError> {
        match code.len() {
            n if n < MIN => Err(TextError::TooShort),
            n if n > MAX => Err(TextError::TooLong),
            _ if RESERVED.contains(&code.as_str()) => Err(TextError::Reserved),
            _ => Ok(Self(code)),
        }
    }
}

/// A combining mark typed after its letter belongs to it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn slug(text: &str) -> String {
    let folded = ascii_fold(text).to_ascii_lowercase();
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn shorten(mut code: String, max: usize) -> String {
    // The code is ASCII, so every index is a character boundary.
    code.truncate(max);
    code.truncate(code.trim_end_matches('-').len());
    code
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn from_name(name: &str) -> Option<String> {
        LinkCode::from_name(&PersonName::parse(name).unwrap()).map(LinkCode::into_string)
    }

    #[test]
    fn names_become_codes() {
        assert_eq!(from_name("Anna Berger").as_deref(), Some("anna-berger"));
        assert_eq!(from_name("Jörg Müller-Weiß").as_deref(), Some("joerg-mueller-weiss"));
        assert_eq!(from_name("Zoë O'Brien").as_deref(), Some("zoe-o-brien"));
        assert_eq!(from_name("李明"), None);
        assert_eq!(from_name("Admin"), None);
    }

    #[test]
    fn typing_is_forgiven_but_signs_are_not() {
        assert_eq!(LinkCode::parse(" Anna_Berger ").unwrap().as_str(), "anna-berger");
        assert_eq!(LinkCode::parse("ab"), Err(TextError::TooShort));
        assert_eq!(LinkCode::parse("API"), Err(TextError::Reserved));
        assert_eq!(LinkCode::parse("a/../b"), Err(TextError::Malformed));
        assert_eq!(LinkCode::parse(&"a".repeat(41)), Err(TextError::TooLong));
    }

    #[test]
    fn a_number_keeps_the_length() {
        let long = LinkCode::parse(&"a".repeat(40)).unwrap().numbered(12);
        assert_eq!(long.as_str().len(), 40);
        assert!(long.as_str().ends_with("a-12"));
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_settles(input in any::<String>()) {
            if let Ok(code) = LinkCode::parse(&input) {
                prop_assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
                prop_assert_eq!(LinkCode::parse(code.as_str()).unwrap(), code);
            }
        }
    }
}
