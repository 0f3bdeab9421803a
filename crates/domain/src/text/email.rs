//! E-mail addresses.

use super::{TextError, clean};

/// Longest address that mail servers must accept (RFC 5321).
const MAX: usize = 254;
const MAX_LOCAL: usize = 64;

/// An address mail can be sent to: trimmed, lower case, NFC. That somebody reads it is shown only by a confirmation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

text_type!(EmailAddress);

impl EmailAddress {
    /// Reads an address.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let address = clean::line(&input.to_lowercase(), MAX)?;
        if address.len() > MAX {
            return Err(TextError::TooLong);
        }
        match address.rsplit_once('@') {
            Some((local, domain)) if is_local(local) && is_domain(domain) => Ok(Self(address)),
            _ => Err(TextError::NotAnEmail),
        }
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Whether one of the words of a text is an address, in brackets or before a full stop as well.
pub(crate) fn names_an_address(text: &str) -> bool {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| EmailAddress::parse(word).is_ok())
}

fn is_local(local: &str) -> bool {
    let legal = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c);
    (1..=MAX_LOCAL).contains(&local.len())
        && local.chars().all(legal)
        && local.split('.').all(|atom| !atom.is_empty())
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() > 1
        && labels.iter().all(|label| is_label(label))
        // An IP address written with dots is not a mail domain.
        && labels.last().is_some_and(|top| top.chars().any(char::is_alphabetic))
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_tidied() {
        let address = EmailAddress::parse("  Anna.Berger+x@Muehlenau.Example ").unwrap();
        assert_eq!(address.as_str(), "anna.berger+x@muehlenau.example");
        assert_eq!(address.domain(), "muehlenau.example");
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in [
            "a",
            "a@b",
            "@b.de",
            "a@@b.de",
            "a b@c.de",
            "a..b@c.de",
            ".a@c.de",
            "a@-c.de",
            "a@1.2.3.4",
            "a@c..de",
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(TextError::NotAnEmail), "{bad}");
        }
        assert_eq!(EmailAddress::parse("a@b.de\r\nBcc: x@y.de"), Err(TextError::ControlCharacter));
        let long = format!("a@{}.de", "b.".repeat(130));
        assert_eq!(EmailAddress::parse(&long), Err(TextError::TooLong));
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_settles(input in any::<String>()) {
            if let Ok(address) = EmailAddress::parse(&input) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()).unwrap(), address);
            }
        }
    }
}
