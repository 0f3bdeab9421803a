//! The domain that stands for a company.

use crate::{
    accounts::public_mail::is_public,
    text::{EmailAddress, TextError},
};

/// A registrable domain ("example.co.uk" for "mail.example.co.uk") that is no public mail provider.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkDomain(String);

text_type!(WorkDomain);

impl WorkDomain {
    /// Reads a host name, as staff enter the further domains of an account.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let host = input.trim().trim_end_matches('.').to_lowercase();
        if host.is_empty() {
            return Err(TextError::Empty);
        }
        // A made-up address lends the host the same checks that a mail domain gets.
        let address = EmailAddress::parse(&format!("x@{host}")).map_err(|_| TextError::Malformed)?;
        Self::of(&address).ok_or(TextError::Malformed)
    }

    /// The company behind an address; `None` for public mail providers and for bare public suffixes.
    pub fn of(address: &EmailAddress) -> Option<Self> {
        let registrable = psl::domain_str(address.domain())?;
        (!is_public(registrable)).then(|| Self(registrable.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn domain_of(address: &str) -> Option<String> {
        WorkDomain::of(&EmailAddress::parse(address).unwrap()).map(WorkDomain::into_string)
    }

    #[test]
    fn the_registrable_part_counts() {
        assert_eq!(domain_of("a@mail.werk2.muehlenau.de").as_deref(), Some("muehlenau.de"));
        assert_eq!(domain_of("a@vertrieb.firma.co.at").as_deref(), Some("firma.co.at"));
        assert_eq!(domain_of("a@firma.co.uk").as_deref(), Some("firma.co.uk"));
        assert_eq!(domain_of("a@gmx.net"), None);
        assert_eq!(domain_of("a@mail.gmx.net"), None, "a host of a provider is the provider");
        assert_eq!(domain_of("a@co.uk"), None);
    }

    #[test]
    fn further_domains_are_read() {
        assert_eq!(WorkDomain::parse(" WWW.Muehlenau.DE. ").unwrap().as_str(), "muehlenau.de");
        assert_eq!(WorkDomain::parse("gmail.com"), Err(TextError::Malformed));
        assert_eq!(WorkDomain::parse("not a domain"), Err(TextError::Malformed));
    }

    proptest! {
        /// Oracle: under a one-label suffix the registrable domain is always the last two labels.
        #[test]
        fn hosts_of_one_company_agree(hosts in "([a-z]{1,8}\\.){0,3}", company in "firma[a-z]{3,8}") {
            let found = domain_of(&format!("x@{hosts}{company}.de"));
            prop_assert_eq!(found, Some(format!("{company}.de")));
        }

        #[test]
        fn reading_never_panics_and_settles(input in any::<String>()) {
            if let Ok(domain) = WorkDomain::parse(&input) {
                prop_assert_eq!(WorkDomain::parse(domain.as_str()).unwrap(), domain);
            }
        }
    }
}
