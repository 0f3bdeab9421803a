//! May this advocate choose this incentive? A blocked one stays visible, with every reason.

use super::{Incentive, IncentiveKind};
use crate::{
    accounts::{GiftPolicy, RecipientKind},
    text::Country,
};

codes! {
    /// Why an incentive cannot be chosen.
    pub enum BlockReason {
        /// It is not offered at present.
        Inactive => "inactive",
        /// A higher tier is needed.
        Tier => "tier",
        /// None is left.
        Stock => "stock",
        /// The advocate said that they accept none.
        PersonPolicy => "person_policy",
        /// The advocate's company accepts none.
        AccountPolicy => "account_policy",
        /// Not offered in the company's country.
        Country => "country",
        /// Officials and health professionals receive none.
        RecipientKind => "recipient_kind",
        /// The kind of organisation is not known yet, so the strictest rule holds.
        RecipientUnknown => "recipient_unknown",
        /// It was not among what was promised when the referral was made.
        NotPromised => "not_promised",
    }
}

/// What is known about an advocate as a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdvocateStanding {
    /// Order of their tier; 0 without one.
    pub tier: u8,
    /// What they accept.
    pub person_policy: GiftPolicy,
    /// What their company accepts.
    pub account_policy: GiftPolicy,
    /// Where their company is.
    pub country: Option<Country>,
    /// What kind of organisation their company is.
    pub recipient: RecipientKind,
}

/// Whether an incentive may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eligibility {
    /// It may.
    Allowed,
    /// It may not, for all of these reasons.
    Blocked(Vec<BlockReason>),
}

impl Eligibility {
    /// Whether it may be chosen.
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed)
    }
}

/// Decides whether the advocate may choose the incentive. "No reward" can always be chosen.
pub fn eligibility(incentive: &Incentive, standing: &AdvocateStanding) -> Eligibility {
    if incentive.kind == IncentiveKind::None {
        return Eligibility::Allowed;
    }
    let elsewhere = || !standing.country.is_some_and(|country| incentive.countries.contains(&country));
    let strict = matches!(standing.recipient, RecipientKind::PublicBody | RecipientKind::HealthProfessional);
    let checks = [
        (!incentive.active, BlockReason::Inactive),
        (standing.tier < incentive.min_tier, BlockReason::Tier),
        (incentive.stock == Some(0), BlockReason::Stock),
        (refuses(standing.person_policy, incentive.kind), BlockReason::PersonPolicy),
        (refuses(standing.account_policy, incentive.kind), BlockReason::AccountPolicy),
        (!incentive.countries.is_empty() && elsewhere(), BlockReason::Country),
        (strict, BlockReason::RecipientKind),
        (standing.recipient == RecipientKind::Unknown, BlockReason::RecipientUnknown),
    ];
    let reasons: Vec<_> =
        checks.into_iter().filter_map(|(blocks, reason)| blocks.then_some(reason)).collect();
    if reasons.is_empty() { Eligibility::Allowed } else { Eligibility::Blocked(reasons) }
}

fn refuses(policy: GiftPolicy, kind: IncentiveKind) -> bool {
    match policy {
        GiftPolicy::Any => false,
        GiftPolicy::NonMonetary => kind.is_monetary(),
        GiftPolicy::None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::testing::incentive;

    const FREE: AdvocateStanding = AdvocateStanding {
        tier: 1,
        person_policy: GiftPolicy::Any,
        account_policy: GiftPolicy::Any,
        country: Some(Country::DE),
        recipient: RecipientKind::PrivateCompany,
    };

    #[test]
    fn every_reason_is_named() {
        let mut credit = incentive(IncentiveKind::Credit, &[1]);
        assert!(eligibility(&credit, &FREE).is_allowed());
        credit.active = false;
        credit.stock = Some(0);
        credit.min_tier = 2;
        credit.countries = [Country::CH].into();
        let strict = AdvocateStanding {
            person_policy: GiftPolicy::NonMonetary,
            account_policy: GiftPolicy::None,
            recipient: RecipientKind::PublicBody,
            ..FREE
        };
        let Eligibility::Blocked(reasons) = eligibility(&credit, &strict) else { panic!("must be blocked") };
        let codes: Vec<_> = reasons.iter().map(|reason| reason.as_str()).collect();
        let all =
            ["inactive", "tier", "stock", "person_policy", "account_policy", "country", "recipient_kind"];
        assert_eq!(codes, all);
    }

    #[test]
    fn a_donation_passes_a_rule_against_money() {
        let careful = AdvocateStanding { account_policy: GiftPolicy::NonMonetary, ..FREE };
        assert!(eligibility(&incentive(IncentiveKind::Donation, &[1]), &careful).is_allowed());
        assert!(!eligibility(&incentive(IncentiveKind::Credit, &[1]), &careful).is_allowed());
    }

    #[test]
    fn nothing_may_always_be_chosen() {
        let official = AdvocateStanding { recipient: RecipientKind::PublicBody, ..FREE };
        assert!(eligibility(&incentive(IncentiveKind::None, &[]), &official).is_allowed());
    }

    #[test]
    fn an_unknown_kind_meets_the_strictest_rule() {
        let unknown = AdvocateStanding { recipient: RecipientKind::Unknown, ..FREE };
        let blocked = Eligibility::Blocked(vec![BlockReason::RecipientUnknown]);
        assert_eq!(eligibility(&incentive(IncentiveKind::Donation, &[1]), &unknown), blocked);
    }
}
