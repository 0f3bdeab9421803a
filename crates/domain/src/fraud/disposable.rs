//! Addresses that are thrown away after one mail.

use std::{collections::HashSet, sync::LazyLock};

use crate::text::EmailAddress;

/// The list is maintained by others (`mailchecker`); an update of the dependency is an update of the list. Its own check
/// reads the list from end to end and refuses addresses that it takes for malformed, so only the list is used.
static DOMAINS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| mailchecker::blacklist().into_iter().collect());

/// Whether an address is of a provider of disposable mailboxes, by its domain or by one that this is part of.
pub fn is_disposable(address: &EmailAddress) -> bool {
    let mut domain = address.domain();
    loop {
        if DOMAINS.contains(domain) {
            return true;
        }
        match domain.split_once('.') {
            Some((_, rest)) if rest.contains('.') => domain = rest,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::PUBLIC_MAIL;

    fn disposable(address: &str) -> bool {
        is_disposable(&EmailAddress::parse(address).unwrap())
    }

    #[test]
    fn known_providers_are_found_also_below_their_domain() {
        assert!(disposable("x@mailinator.com"));
        assert!(disposable("x@mx.guerrillamail.com"));
        assert!(disposable("x@wegwerfmail.de"));
    }

    #[test]
    fn people_and_companies_are_not() {
        assert!(!disposable("anna@polar.example"));
        for provider in PUBLIC_MAIL {
            assert!(!disposable(&format!("x@{provider}")), "{provider}");
        }
    }
}
