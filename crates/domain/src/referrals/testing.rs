//! Referrals to test with.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Facts, Referral, Submit, SubmitRules, Submitter, Terms, WonMeans};
use crate::{
    accounts::CompanyMatch,
    consent::{ConsentPath, Disclosure, PathRules},
    incentives::{IncentiveKind, testing::incentive},
    members::{Actor, Role, RoleSet},
    rewards::RewardTerms,
    text::{CompanyName, Country},
};

pub(crate) fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

pub(crate) fn advocate() -> Actor {
    Actor {
        member: Uuid::from_u128(1).into(),
        account: Some(Uuid::from_u128(2).into()),
        roles: RoleSet::EMPTY.with(Role::Advocate),
    }
}

pub(crate) fn manager() -> Actor {
    Actor {
        member: Uuid::from_u128(3).into(),
        account: None,
        roles: RoleSet::EMPTY.with(Role::AccountManager),
    }
}

/// A donation of 100 € after the need is confirmed and 400 € at the end, or a credit of 400 € at the end.
pub(crate) fn terms() -> Terms {
    let offers =
        vec![incentive(IncentiveKind::Donation, &[100, 400]), incentive(IncentiveKind::Credit, &[400])];
    let disclosure = Disclosure::of(Some(IncentiveKind::Donation), &offers, None);
    Terms {
        version: 1,
        offers,
        disclosure,
        rewards: RewardTerms::default(),
        won_means: WonMeans::default(),
        boosts: Vec::new(),
    }
}

pub(crate) fn submit() -> Submit {
    Submit {
        id: Uuid::from_u128(10).into(),
        program: Uuid::from_u128(11).into(),
        company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
        country: Some(Country::DE),
        consent_path: ConsentPath::CarriedLink,
        account_manager: Some(manager().member),
        incentive: Some(terms().offers[0].id),
    }
}

pub(crate) fn submit_rules() -> SubmitRules {
    SubmitRules {
        program_open: true,
        company_match: CompanyMatch::Free,
        paths: PathRules::default(),
        terms: terms(),
    }
}

/// A referral that was submitted at noon and waits for consent.
pub(crate) fn facts() -> Facts {
    let submitter = Submitter::Advocate(advocate().referrer().unwrap());
    let (referral, _) = Referral::submit(&submitter, submit(), submit_rules(), noon()).unwrap();
    referral.into_facts()
}
