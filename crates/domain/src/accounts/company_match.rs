//! Is the referred company free to be referred? The asker always gets the same neutral answer if not.

use super::{AccountStatus, WorkDomain};
use crate::ids::{AccountId, MemberId, ReferralId};

codes! {
    /// Why the neutral answer is given. Staff see it; the asker never does.
    pub enum NeutralReason {
        /// The person has objected before.
        Suppressed => "suppressed",
        /// The advocate's own company or a colleague.
        OwnCompany => "own_company",
        /// Already a customer.
        Customer => "customer",
        /// The host is already selling to the company.
        OpenDeal => "open_deal",
        /// Another advocate has an open referral for the company.
        TakenClaim => "taken_claim",
    }
}

/// A referral for the same company, open or won.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The referral.
    pub referral: ReferralId,
    /// Whose it is.
    pub advocate: MemberId,
    /// Whether the company has become a customer by it.
    pub won: bool,
}

/// What is known about the referred company and person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidate {
    /// All domains of the company: that of the work mail, where one was entered, and those of its account.
    pub domains: Vec<WorkDomain>,
    /// The account it belongs to, by any of its domains.
    pub account: Option<(AccountId, AccountStatus)>,
    /// Whether the person is on the suppression list.
    pub suppressed: bool,
    /// The open and won referrals for this company, by any of its domains, the oldest first.
    pub claims: Vec<Claim>,
}

/// Who recommends, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advocating<'a> {
    /// The advocate.
    pub member: MemberId,
    /// The advocate's company.
    pub account: AccountId,
    /// Domains of the advocate's company.
    pub domains: &'a [WorkDomain],
}

/// The decision about a referred company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompanyMatch {
    /// Nobody stands in the way: a new referral may be made.
    Free,
    /// The same advocate has an open referral: the contact joins it.
    Joins(ReferralId),
    /// The neutral answer, and the reason for staff.
    Neutral(NeutralReason),
}

/// Decides whether a referral for the candidate may be made. The first reason that applies is the one staff see.
pub fn match_company(candidate: &Candidate, advocating: Advocating<'_>) -> CompanyMatch {
    use CompanyMatch::{Free, Joins, Neutral};

    if candidate.suppressed {
        return Neutral(NeutralReason::Suppressed);
    }
    let own_account = candidate.account.is_some_and(|(account, _)| account == advocating.account);
    let own_domain = candidate.domains.iter().any(|domain| advocating.domains.contains(domain));
    if own_account || own_domain {
        return Neutral(NeutralReason::OwnCompany);
    }
    // Whoever was won is a customer, also before the next list of customers says so.
    if candidate.claims.iter().any(|claim| claim.won) {
        return Neutral(NeutralReason::Customer);
    }
    match candidate.account {
        Some((_, AccountStatus::Customer)) => return Neutral(NeutralReason::Customer),
        // An open deal that grew out of this very referral is no obstacle to a second colleague.
        Some((_, AccountStatus::OpenDeal)) if candidate.claims.is_empty() => {
            return Neutral(NeutralReason::OpenDeal);
        }
        _ => {}
    }
    // Two companies that became one may have brought a claim each.
    let own = candidate.claims.iter().find(|claim| claim.advocate == advocating.member);
    match own {
        Some(claim) => Joins(claim.referral),
        None if candidate.claims.is_empty() => Free,
        None => Neutral(NeutralReason::TakenClaim),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn decide(candidate: &Candidate) -> CompanyMatch {
        let own = [WorkDomain::parse("muehlenau.de").unwrap()];
        match_company(candidate, Advocating { member: id(1).into(), account: id(2).into(), domains: &own })
    }

    fn known(account: u128, status: AccountStatus) -> Candidate {
        Candidate { account: Some((id(account).into(), status)), ..Candidate::default() }
    }

    #[test]
    fn strangers_former_customers_and_prospects_are_free() {
        assert_eq!(decide(&Candidate::default()), CompanyMatch::Free);
        assert_eq!(decide(&known(7, AccountStatus::Former)), CompanyMatch::Free);
        assert_eq!(decide(&known(7, AccountStatus::Prospect)), CompanyMatch::Free);
    }

    #[test]
    fn known_companies_get_the_neutral_answer() {
        use NeutralReason::{Customer, OpenDeal, OwnCompany, Suppressed, TakenClaim};
        let neutral = |candidate| match decide(&candidate) {
            CompanyMatch::Neutral(reason) => Some(reason),
            _ => None,
        };
        assert_eq!(neutral(known(7, AccountStatus::Customer)), Some(Customer));
        assert_eq!(neutral(known(7, AccountStatus::OpenDeal)), Some(OpenDeal));
        assert_eq!(neutral(known(2, AccountStatus::Prospect)), Some(OwnCompany));
        let domains = vec![WorkDomain::parse("muehlenau.de").unwrap()];
        let colleague = Candidate { domains, ..Candidate::default() };
        assert_eq!(neutral(colleague), Some(OwnCompany));
        assert_eq!(neutral(Candidate { suppressed: true, ..Candidate::default() }), Some(Suppressed));
        let claim = Claim { referral: id(5).into(), advocate: id(9).into(), won: false };
        assert_eq!(neutral(Candidate { claims: vec![claim], ..Candidate::default() }), Some(TakenClaim));
        for advocate in [id(9), id(1)] {
            let claims = vec![Claim { advocate: advocate.into(), won: true, ..claim }];
            assert_eq!(neutral(Candidate { claims, ..Candidate::default() }), Some(Customer));
        }
    }

    #[test]
    fn a_second_colleague_joins_the_advocates_referral() {
        let others = Claim { referral: id(4).into(), advocate: id(9).into(), won: false };
        let own = Claim { referral: id(5).into(), advocate: id(1).into(), won: false };
        let candidate = Candidate { claims: vec![others, own], ..known(7, AccountStatus::OpenDeal) };
        assert_eq!(
            decide(&candidate),
            CompanyMatch::Joins(id(5).into()),
            "their own, also where it is younger"
        );
    }

    proptest! {
        #[test]
        fn suppressed_people_and_customers_never_get_through(suppressed: bool, status in 0..4usize, claimed: bool) {
            let status = AccountStatus::ALL[status];
            let claim = claimed.then(|| Claim { referral: id(5).into(), advocate: id(1).into(), won: false });
            let claims = claim.into_iter().collect();
            let candidate = Candidate { suppressed, claims, ..known(7, status) };
            if suppressed || status == AccountStatus::Customer {
                prop_assert!(matches!(decide(&candidate), CompanyMatch::Neutral(_)));
            }
        }
    }
}
