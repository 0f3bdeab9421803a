//! The referral itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AdvocateView, Position, Stage, Step, Stop, WonMeans};
use crate::{
    campaigns::Boosted,
    consent::{ConsentPath, ConsentState, Disclosure},
    ids::{AccountId, IncentiveId, MemberId, ProgramId, ReferralId, SubStageId},
    incentives::Incentive,
    rewards::RewardTerms,
    text::CompanyName,
};

/// What was promised when the referral was submitted. Later rules apply to later referrals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Version of the programme's terms.
    pub version: u32,
    /// What the advocate may choose from.
    pub offers: Vec<Incentive>,
    /// What the contact is told.
    pub disclosure: Disclosure,
    /// The terms for rewards.
    pub rewards: RewardTerms,
    /// What makes the contact's company a customer.
    #[serde(default)]
    pub won_means: WonMeans,
    /// The campaigns that the offers were boosted by.
    #[serde(default)]
    pub boosts: Vec<Boosted>,
}

impl Terms {
    /// The offer with this id.
    pub fn offer(&self, incentive: IncentiveId) -> Option<&Incentive> {
        self.offers.iter().find(|offer| offer.id == incentive)
    }

    /// The campaign that this offer was boosted by.
    pub fn boost(&self, incentive: IncentiveId) -> Option<&Boosted> {
        self.boosts.iter().find(|boosted| boosted.incentive == incentive)
    }
}

/// Everything a referral knows: what the store reads and writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Which referral.
    pub id: ReferralId,
    /// In which programme.
    pub program: ProgramId,
    /// Who recommends.
    pub advocate: MemberId,
    /// The advocate's company.
    pub advocate_account: AccountId,
    /// Who looks after it on the host's side.
    pub account_manager: Option<MemberId>,
    /// Which company is recommended.
    pub company: CompanyName,
    /// Where it stands on the stage axis.
    pub position: Position,
    /// Since when it stands there.
    pub stage_since: DateTime<Utc>,
    /// Since when it has come as far as it has: its day for tiers, which an end does not move.
    pub reached_since: DateTime<Utc>,
    /// The programme's own stage that it has entered since.
    pub between: Option<SubStageId>,
    /// Where it stands on the consent axis.
    pub consent: ConsentState,
    /// Since when the contact's answer is this one.
    pub consent_since: DateTime<Utc>,
    /// By which path the contact comes to consent.
    pub consent_path: ConsentPath,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// What the advocate gets.
    pub incentive: Option<IncentiveId>,
    /// The step on which that was chosen: it serves later steps only.
    pub incentive_from: Step,
    /// What was promised.
    pub terms: Terms,
}

/// Where a referral stands and since when: what lists need to say whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Where it stands on the stage axis.
    pub position: Position,
    /// Since when it stands there.
    pub stage_since: DateTime<Utc>,
    /// Where it stands on the consent axis.
    pub consent: ConsentState,
    /// Since when the contact's answer is this one.
    pub consent_since: DateTime<Utc>,
    /// By which path the contact comes to consent.
    pub consent_path: ConsentPath,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
}

impl Facts {
    /// Where it stands in the programme's pipeline while something can still come of it.
    pub fn stop(&self) -> Option<Stop> {
        let step = self.position.open()?;
        Some(self.between.map_or(Stop::Step(step), Stop::Between))
    }

    /// Where it stands and since when.
    pub const fn progress(&self) -> Progress {
        Progress {
            position: self.position,
            stage_since: self.stage_since,
            consent: self.consent,
            consent_since: self.consent_since,
            consent_path: self.consent_path,
            submitted_at: self.submitted_at,
        }
    }
}

/// A referral. It is changed by moves alone, each of which also tells what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    pub(super) facts: Facts,
}

impl Referral {
    /// A referral as the store remembers it.
    pub const fn restore(facts: Facts) -> Self {
        Self { facts }
    }

    /// Everything it knows.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Gives everything away, for the store to keep.
    pub fn into_facts(self) -> Facts {
        self.facts
    }

    /// Which referral.
    pub const fn id(&self) -> ReferralId {
        self.facts.id
    }

    /// The stage as stored and shown to staff.
    pub const fn stage(&self) -> Stage {
        self.facts.position.stage()
    }

    /// What the advocate is told.
    pub const fn advocate_view(&self) -> AdvocateView {
        self.facts.position.advocate_view()
    }

    /// The offer the advocate has chosen, with the terms of submission.
    pub fn chosen(&self) -> Option<&Incentive> {
        self.facts.terms.offer(self.facts.incentive?)
    }
}
