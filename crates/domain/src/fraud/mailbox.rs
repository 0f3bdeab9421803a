//! One mailbox, however its address is spelled.

use crate::text::EmailAddress;

/// Providers that deliver several spellings to one mailbox: their domains, the first of which stands for all, and whether
/// dots before the `@` say nothing. As their own help pages describe it.
const PROVIDERS: [(&[&str], bool); 3] = [
    (&["gmail.com", "googlemail.com"], true),
    (&["proton.me", "protonmail.com", "pm.me"], true),
    (&["icloud.com", "me.com", "mac.com"], false),
];

/// The mailbox that an address leads to: without sub-address (RFC 5233), and in the one spelling of providers that know
/// several. Two addresses of one mailbox are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mailbox(String);

impl Mailbox {
    /// The mailbox behind an address.
    pub fn of(address: &EmailAddress) -> Self {
        let (local, domain) = address.as_str().rsplit_once('@').unwrap_or((address.as_str(), ""));
        // An address that begins with a plus has nothing else to tell it by.
        let local =
            local.split_once('+').map(|(name, _)| name).filter(|name| !name.is_empty()).unwrap_or(local);
        let provider = PROVIDERS.iter().find(|(domains, _)| domains.contains(&domain));
        match provider {
            Some((domains, dotless)) => {
                let local = if *dotless { local.replace('.', "") } else { local.to_owned() };
                Self(format!("{local}@{}", domains[0]))
            }
            None => Self(format!("{local}@{domain}")),
        }
    }

    /// The mailbox as text, to make a keyed hash of.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mailbox(address: &str) -> Mailbox {
        Mailbox::of(&EmailAddress::parse(address).unwrap())
    }

    #[test]
    fn spellings_of_one_mailbox_are_equal() {
        assert_eq!(mailbox("Anna.Berger+x@gmail.com"), mailbox("annaberger@googlemail.com"));
        assert_eq!(mailbox("anna@pm.me"), mailbox("an.na+1@proton.me"));
        assert_eq!(mailbox("anna+messe@polar.example"), mailbox("anna@polar.example"));
        assert_eq!(mailbox("a.b@me.com"), mailbox("a.b@icloud.com"));
    }

    #[test]
    fn people_stay_different() {
        assert_ne!(mailbox("anna.berger@polar.example"), mailbox("annaberger@polar.example"));
        assert_ne!(mailbox("a.b@icloud.com"), mailbox("ab@icloud.com"));
        assert_ne!(mailbox("+anna@polar.example"), mailbox("+bea@polar.example"));
    }

    proptest! {
        #[test]
        fn a_mailbox_is_its_own_mailbox(
            local in "[a-z]{1,8}(\\.[a-z]{1,8})?",
            tag in "[a-z0-9]{0,6}",
            domain in 0..8usize,
        ) {
            let domains: Vec<&str> =
                PROVIDERS.iter().flat_map(|(domains, _)| domains.iter().copied()).chain(["polar.example"]).collect();
            let domain = domains[domain % domains.len()];
            let plain = mailbox(&format!("{local}@{domain}"));
            prop_assert_eq!(&mailbox(&format!("{local}+{tag}@{domain}")), &plain);
            prop_assert_eq!(&mailbox(plain.as_str()), &plain);
        }
    }
}
