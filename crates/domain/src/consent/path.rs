//! The ways in which a contact may come to consent.

use std::collections::BTreeSet;

use crate::text::Country;

codes! {
    /// How the contact comes to read the disclosure and to answer. No path mails an address that somebody else typed.
    pub enum ConsentPath {
        /// The contact opens the advocate's link and enters their own data.
        OwnShare => "own_share",
        /// The advocate submits company, role and reason, and sends the resulting link themselves.
        CarriedLink => "carried_link",
        /// The account manager makes one human contact, where the matrix allows it.
        HumanFirstContact => "human_first_contact",
    }
}

/// Which paths a market allows. The first two are always allowed; the third only where counsel has said so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathRules {
    /// Markets in which a human first contact is allowed.
    pub human_first_contact: BTreeSet<Country>,
}

impl PathRules {
    /// Whether the path may be used in the market. An unknown country never allows a human first contact.
    pub fn allows(&self, country: Option<Country>, path: ConsentPath) -> bool {
        match path {
            ConsentPath::OwnShare | ConsentPath::CarriedLink => true,
            ConsentPath::HumanFirstContact => country.is_some_and(|c| self.human_first_contact.contains(&c)),
        }
    }

    /// The paths allowed in the market, in their fixed order.
    pub fn allowed(&self, country: Option<Country>) -> impl Iterator<Item = ConsentPath> + '_ {
        ConsentPath::ALL.iter().copied().filter(move |path| self.allows(country, *path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_human_first_contact_needs_a_rule() {
        let default = PathRules::default();
        let first_two = [ConsentPath::OwnShare, ConsentPath::CarriedLink];
        for country in [Some(Country::DE), Some(Country::AT), Some(Country::CH), None] {
            assert_eq!(default.allowed(country).collect::<Vec<_>>(), first_two);
        }
        let opened = PathRules { human_first_contact: [Country::CH].into() };
        assert!(opened.allows(Some(Country::CH), ConsentPath::HumanFirstContact));
        assert!(!opened.allows(Some(Country::DE), ConsentPath::HumanFirstContact));
        assert!(!opened.allows(None, ConsentPath::HumanFirstContact));
    }
}
