//! Segments: groups of customers' people, chosen by what is known of them or picked by hand. Whatever reaches some before
//! others (a pilot of tiers, a campaign) says whom by one of these.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{AccountStatus, RecipientKind},
    compliance::Section,
    ids::{AccountId, MemberId},
    text::Country,
    tiers::TierCode,
};

/// Most companies that are picked by hand.
pub const MOST_PICKED: usize = 500;

/// What is known of somebody of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFacts {
    /// Their company.
    pub account: AccountId,
    /// Where it is.
    pub country: Option<Country>,
    /// Of which industry it is.
    pub section: Option<Section>,
    /// How the host stands with it.
    pub status: AccountStatus,
    /// What kind of organisation it is.
    pub recipient: RecipientKind,
    /// Since when it buys.
    pub customer_since: Option<NaiveDate>,
    /// Who looks after it.
    pub manager: Option<MemberId>,
    /// The tier that the person has.
    pub tier: Option<TierCode>,
}

/// Conditions, all of which must be met. One that names nothing is met by everybody; one that names something is never met
/// by what nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SegmentRule {
    /// Countries of the companies.
    pub countries: BTreeSet<Country>,
    /// Their industries.
    pub sections: BTreeSet<Section>,
    /// How the host stands with them.
    pub statuses: BTreeSet<AccountStatus>,
    /// What kind of organisations they are.
    pub recipients: BTreeSet<RecipientKind>,
    /// Who looks after them.
    pub managers: BTreeSet<MemberId>,
    /// The tiers of the people.
    pub tiers: BTreeSet<TierCode>,
    /// Customers since this day or later.
    pub since: Option<NaiveDate>,
    /// Customers since this day or earlier.
    pub until: Option<NaiveDate>,
}

/// Whom something reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Who meets conditions, whoever that is at the moment.
    Rule(SegmentRule),
    /// The people of companies that were picked by hand.
    Picked(BTreeSet<AccountId>),
}

/// Why a group is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentError {
    /// It has no condition: that would be everybody.
    Everybody,
    /// The last day comes before the first.
    Days,
    /// More companies than can be picked by hand.
    TooMany,
}

error_codes!(SegmentError {
    Self::Everybody => "segment_everybody",
    Self::Days => "segment_days",
    Self::TooMany => "segment_too_many",
});

fn met<T: Ord>(named: &BTreeSet<T>, known: Option<&T>) -> bool {
    named.is_empty() || known.is_some_and(|known| named.contains(known))
}

impl SegmentRule {
    /// Whether it names no condition.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether somebody meets all of its conditions.
    pub fn takes(&self, one: &CustomerFacts) -> bool {
        let dated = self.since.is_none() && self.until.is_none()
            || one.customer_since.is_some_and(|day| {
                self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
            });
        dated
            && met(&self.countries, one.country.as_ref())
            && met(&self.sections, one.section.as_ref())
            && met(&self.statuses, Some(&one.status))
            && met(&self.recipients, Some(&one.recipient))
            && met(&self.managers, one.manager.as_ref())
            && met(&self.tiers, one.tier.as_ref())
    }
}

impl Whom {
    /// Checks that it is a group: that it has a condition, and that its days have an order.
    pub fn validate(&self) -> Result<(), SegmentError> {
        match self {
            Self::Rule(rule) if rule.is_empty() => Err(SegmentError::Everybody),
            Self::Rule(SegmentRule { since: Some(since), until: Some(until), .. }) if until < since => {
                Err(SegmentError::Days)
            }
            Self::Rule(_) => Ok(()),
            Self::Picked(accounts) if accounts.is_empty() => Err(SegmentError::Everybody),
            Self::Picked(accounts) if accounts.len() > MOST_PICKED => Err(SegmentError::TooMany),
            Self::Picked(_) => Ok(()),
        }
    }

    /// Whether somebody belongs to it.
    pub fn takes(&self, one: &CustomerFacts) -> bool {
        match self {
            Self::Rule(rule) => rule.takes(one),
            Self::Picked(accounts) => accounts.contains(&one.account),
        }
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use uuid::Uuid;

    use super::*;

    /// A private company in Austria that makes machines and has bought since May 2024; nobody has a tier there.
    pub(crate) fn machines() -> CustomerFacts {
        CustomerFacts {
            account: Uuid::from_u128(7).into(),
            country: Country::parse("AT").ok(),
            section: Some(Section::C),
            status: AccountStatus::Customer,
            recipient: RecipientKind::PrivateCompany,
            customer_since: NaiveDate::from_ymd_opt(2024, 5, 1),
            manager: None,
            tier: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{testing::machines, *};

    fn day(year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, 5, 1)
    }

    #[test]
    fn every_condition_must_be_met() {
        let rule = SegmentRule {
            countries: [Country::parse("AT").unwrap(), Country::DE].into(),
            sections: [Section::C].into(),
            since: day(2024),
            until: day(2024),
            ..SegmentRule::default()
        };
        assert!(rule.takes(&machines()));
        for other in [
            CustomerFacts { country: Country::parse("CH").ok(), ..machines() },
            CustomerFacts { section: Some(Section::J), ..machines() },
            CustomerFacts { customer_since: day(2023), ..machines() },
            CustomerFacts { customer_since: day(2025), ..machines() },
        ] {
            assert!(!rule.takes(&other), "{other:?}");
        }
    }

    #[test]
    fn what_nobody_knows_meets_no_condition() {
        let unknown = CustomerFacts { country: None, section: None, customer_since: None, ..machines() };
        let default = SegmentRule::default;
        assert!(default().takes(&unknown));
        for rule in [
            SegmentRule { countries: [Country::DE].into(), ..default() },
            SegmentRule { sections: [Section::C].into(), ..default() },
            SegmentRule { since: day(2000), ..default() },
            SegmentRule { until: day(2100), ..default() },
            SegmentRule { managers: [Uuid::from_u128(1).into()].into(), ..default() },
            SegmentRule { tiers: [TierCode::parse("gold").unwrap()].into(), ..default() },
        ] {
            assert!(!rule.takes(&unknown), "{rule:?}");
        }
    }

    #[test]
    fn who_was_picked_belongs_to_it_whatever_else_is_known() {
        let picked = Whom::Picked([machines().account].into());
        assert!(picked.takes(&CustomerFacts { country: None, ..machines() }));
        assert!(!picked.takes(&CustomerFacts { account: Uuid::from_u128(8).into(), ..machines() }));
    }

    #[test]
    fn a_group_of_everybody_is_none() {
        assert_eq!(Whom::Rule(SegmentRule::default()).validate(), Err(SegmentError::Everybody));
        assert_eq!(Whom::Picked(BTreeSet::new()).validate(), Err(SegmentError::Everybody));
        let turned = SegmentRule { since: day(2025), until: day(2024), ..SegmentRule::default() };
        assert_eq!(Whom::Rule(turned).validate(), Err(SegmentError::Days));
        let many = (0..=MOST_PICKED as u128).map(|n| Uuid::from_u128(n).into()).collect();
        assert_eq!(Whom::Picked(many).validate(), Err(SegmentError::TooMany));
    }
}
