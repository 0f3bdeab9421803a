//! The first move: a referral is submitted.

use chrono::{DateTime, Utc};

use super::{Event, EventKind, Facts, MoverKind, Position, Referral, Step, Terms};
use crate::{
    accounts::{CompanyMatch, NeutralReason},
    consent::{ConsentPath, ConsentState, PathRules},
    ids::{AccountId, IncentiveId, MemberId, ProgramId, ReferralId},
    members::{AccountManaging, Referrer},
    text::{CompanyName, Country},
};

/// Who submits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitter {
    /// The advocate, by form.
    Advocate(Referrer),
    /// The contact, through the link of an advocate.
    Contact {
        /// Whose link it was.
        advocate: MemberId,
        /// That advocate's company.
        account: AccountId,
    },
    /// An account manager, for an advocate who said it aloud and has confirmed it since.
    Staff {
        /// Who writes it down.
        by: AccountManaging,
        /// The advocate's confirmation: only they can give it.
        confirmed_by: Referrer,
    },
}

impl Submitter {
    const fn advocate(&self) -> (MemberId, AccountId) {
        match self {
            Self::Advocate(referrer) | Self::Staff { confirmed_by: referrer, .. } => {
                (referrer.member(), referrer.account())
            }
            Self::Contact { advocate, account } => (*advocate, *account),
        }
    }

    const fn mover(&self) -> (MoverKind, Option<MemberId>) {
        match self {
            Self::Advocate(referrer) => (MoverKind::Advocate, Some(referrer.member())),
            Self::Contact { .. } => (MoverKind::Contact, None),
            Self::Staff { by, .. } => (MoverKind::Staff, Some(by.member())),
        }
    }
}

/// What is submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// The id of the new referral.
    pub id: ReferralId,
    /// In which programme.
    pub program: ProgramId,
    /// Which company.
    pub company: CompanyName,
    /// Where that company is.
    pub country: Option<Country>,
    /// By which path the contact comes to consent.
    pub consent_path: ConsentPath,
    /// Who looks after it on the host's side.
    pub account_manager: Option<MemberId>,
    /// What the advocate wants for it, or their default.
    pub incentive: Option<IncentiveId>,
}

/// What the rule needs to know besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmitRules {
    /// Whether the programme takes referrals now.
    pub program_open: bool,
    /// Whether the company is free.
    pub company_match: CompanyMatch,
    /// Which consent paths the markets allow.
    pub paths: PathRules,
    /// What is promised today.
    pub terms: Terms,
}

/// Why a referral was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmitError {
    /// The programme takes none at present.
    ProgramClosed,
    /// The market does not allow this consent path.
    PathForbidden,
    /// The neutral answer; the reason is for staff alone, and the code does not tell it.
    Neutral(NeutralReason),
    /// The advocate has an open referral for this company: the contact joins it.
    Joins(ReferralId),
    /// This incentive is not on offer.
    NotOffered,
}

error_codes!(SubmitError {
    Self::ProgramClosed => "program_closed",
    Self::PathForbidden => "path_forbidden",
    Self::Neutral(_) => "neutral",
    Self::Joins(_) => "joins",
    Self::NotOffered => "not_offered",
});

impl Referral {
    /// Makes a referral.
    pub fn submit(
        submitter: &Submitter,
        submit: Submit,
        rules: SubmitRules,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<Event>), SubmitError> {
        if !rules.program_open {
            return Err(SubmitError::ProgramClosed);
        }
        if !rules.paths.allows(submit.country, submit.consent_path) {
            return Err(SubmitError::PathForbidden);
        }
        match rules.company_match {
            CompanyMatch::Free => {}
            CompanyMatch::Joins(referral) => return Err(SubmitError::Joins(referral)),
            CompanyMatch::Neutral(reason) => return Err(SubmitError::Neutral(reason)),
        }
        if submit.incentive.is_some_and(|incentive| rules.terms.offer(incentive).is_none()) {
            return Err(SubmitError::NotOffered);
        }
        let (advocate, advocate_account) = submitter.advocate();
        let facts = Facts {
            id: submit.id,
            program: submit.program,
            advocate,
            advocate_account,
            account_manager: submit.account_manager,
            company: submit.company,
            position: Position::On(Step::Submitted),
            stage_since: now,
            reached_since: now,
            between: None,
            consent: ConsentState::Awaiting,
            consent_since: now,
            consent_path: submit.consent_path,
            submitted_at: now,
            incentive: submit.incentive,
            incentive_from: Step::Submitted,
            terms: rules.terms,
        };
        let (by, member) = submitter.mover();
        Ok((Self { facts }, vec![Event { at: now, by, member, kind: EventKind::Submitted }]))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::referrals::testing::{advocate, noon, submit, submit_rules};

    fn try_submit(submit: Submit, rules: SubmitRules) -> Result<Referral, SubmitError> {
        let submitter = Submitter::Advocate(advocate().referrer().unwrap());
        Referral::submit(&submitter, submit, rules, noon()).map(|(referral, _)| referral)
    }

    #[test]
    fn a_free_company_makes_a_referral() {
        let referral = try_submit(submit(), submit_rules()).unwrap();
        assert_eq!(referral.stage().as_str(), "submitted");
        assert_eq!(referral.facts().consent, ConsentState::Awaiting);
        assert_eq!(referral.facts().advocate, advocate().member);
    }

    #[test]
    fn every_refusal_has_its_code() {
        let code = |submit, rules| try_submit(submit, rules).unwrap_err().code();
        assert_eq!(code(submit(), SubmitRules { program_open: false, ..submit_rules() }), "program_closed");
        let by_phone = Submit { consent_path: ConsentPath::HumanFirstContact, ..submit() };
        assert_eq!(code(by_phone, submit_rules()), "path_forbidden");
        let unknown = Submit { incentive: Some(Uuid::from_u128(999).into()), ..submit() };
        assert_eq!(code(unknown, submit_rules()), "not_offered");
        for reason in NeutralReason::ALL.iter().copied() {
            let company_match = CompanyMatch::Neutral(reason);
            assert_eq!(code(submit(), SubmitRules { company_match, ..submit_rules() }), "neutral");
        }
        let company_match = CompanyMatch::Joins(Uuid::from_u128(5).into());
        assert_eq!(code(submit(), SubmitRules { company_match, ..submit_rules() }), "joins");
    }
}
