//! May this advocate choose this incentive? A blocked one stays visible, with every reason.

use super::{Incentive, IncentiveKind};
use crate::{
    accounts::{GiftPolicy, RecipientKind},
    compliance::{Case, Gap, Matrix, Missing, ReceiverFacts, Section},
    rewards::Side,
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
        /// A rule of the compliance matrix forbids it for companies like this one.
        Forbidden => "forbidden",
        /// No rule of the compliance matrix allows it in the company's country.
        NoRule => "no_rule",
        /// Nobody has signed off the rules of the company's country.
        NotSignedOff => "not_signed_off",
        /// The company's country is not known yet.
        MarketUnknown => "market_unknown",
        /// The kind of organisation is not known yet, so the strictest rule holds.
        RecipientUnknown => "recipient_unknown",
        /// The industry is not known yet, so the strictest rule holds.
        SectionUnknown => "section_unknown",
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
    /// Of which industry their company is.
    pub section: Option<Section>,
    /// What kind of organisation their company is.
    pub recipient: RecipientKind,
}

impl AdvocateStanding {
    /// What the compliance matrix is asked about an incentive of this kind for them.
    pub const fn case(&self, kind: IncentiveKind) -> Case {
        let Self { country: market, section, recipient, .. } = *self;
        Case { receiver: ReceiverFacts { market, section, recipient }, kind, side: Side::Advocate }
    }
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

/// Decides whether the advocate may choose the incentive. "No reward" can always be chosen; everything else also takes the
/// compliance matrix.
pub fn eligibility(incentive: &Incentive, standing: &AdvocateStanding, matrix: &Matrix) -> Eligibility {
    if incentive.kind == IncentiveKind::None {
        return Eligibility::Allowed;
    }
    let elsewhere = || !standing.country.is_some_and(|country| incentive.countries.contains(&country));
    let checks = [
        (!incentive.active, BlockReason::Inactive),
        (standing.tier < incentive.min_tier, BlockReason::Tier),
        (incentive.stock == Some(0), BlockReason::Stock),
        (refuses(standing.person_policy, incentive.kind), BlockReason::PersonPolicy),
        (refuses(standing.account_policy, incentive.kind), BlockReason::AccountPolicy),
        (!incentive.countries.is_empty() && elsewhere(), BlockReason::Country),
    ];
    let mut reasons: Vec<_> =
        checks.into_iter().filter_map(|(blocks, reason)| blocks.then_some(reason)).collect();
    reasons.extend(by_law(matrix, &standing.case(incentive.kind)));
    if reasons.is_empty() { Eligibility::Allowed } else { Eligibility::Blocked(reasons) }
}

/// Why the matrix forbids it, by what would change it.
fn by_law(matrix: &Matrix, case: &Case) -> Option<BlockReason> {
    let decision = matrix.decide(case);
    if !decision.forbids() {
        return None;
    }
    Some(match decision.gap {
        Some(Gap::MarketUnknown) => BlockReason::MarketUnknown,
        Some(Gap::NotSignedOff) => BlockReason::NotSignedOff,
        gap => match (matrix.missing(case), gap) {
            (Some(Missing::Recipient), _) => BlockReason::RecipientUnknown,
            (Some(Missing::Section), _) => BlockReason::SectionUnknown,
            (None, Some(_)) => BlockReason::NoRule,
            (None, None) => BlockReason::Forbidden,
        },
    })
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
    use uuid::Uuid;

    use super::{AdvocateStanding, BlockReason, Eligibility};
    use crate::{
        accounts::{GiftPolicy, RecipientKind},
        compliance::{Effect, MarketRules, Matrix, MatrixRule, RuleVersion, Scope},
        incentives::{Incentive, IncentiveKind, testing::incentive},
        text::Country,
    };

    const FREE: AdvocateStanding = AdvocateStanding {
        tier: 1,
        person_policy: GiftPolicy::Any,
        account_policy: GiftPolicy::Any,
        country: Some(Country::DE),
        section: None,
        recipient: RecipientKind::PrivateCompany,
    };

    /// Everything is allowed in Germany, but nothing to public bodies.
    fn law() -> Matrix {
        let rule = |number, recipient, effect| MatrixRule {
            id: RuleVersion { rule: Uuid::from_u128(number).into(), version: 1 },
            market: Country::DE,
            scope: Scope { recipient, ..Scope::default() },
            effect,
        };
        let rules =
            vec![rule(1, None, Effect::Allow), rule(2, Some(RecipientKind::PublicBody), Effect::Forbid)];
        Matrix::from_iter([(Country::DE, MarketRules::new(rules.clone(), Some(rules)))])
    }

    fn eligibility(incentive: &Incentive, standing: &AdvocateStanding) -> Eligibility {
        super::eligibility(incentive, standing, &law())
    }

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
        let all = ["inactive", "tier", "stock", "person_policy", "account_policy", "country", "forbidden"];
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
        let donation = incentive(IncentiveKind::Donation, &[1]);
        let blocked = |reason| Eligibility::Blocked(vec![reason]);
        assert_eq!(eligibility(&donation, &unknown), blocked(BlockReason::RecipientUnknown));
        let nowhere = AdvocateStanding { country: None, ..FREE };
        assert_eq!(eligibility(&donation, &nowhere), blocked(BlockReason::MarketUnknown));
        let abroad = AdvocateStanding { country: Some(Country::CH), ..FREE };
        assert_eq!(eligibility(&donation, &abroad), blocked(BlockReason::NoRule));
    }
}
