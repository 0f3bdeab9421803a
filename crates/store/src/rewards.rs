//! Rewards, the contact's benefits and their deliveries.

mod caps;
mod categories;
mod conversions;
mod credits;
mod deliveries;
mod introductions;
mod lines;
mod rows;
mod shortfalls;
mod work;

pub use caps::CapKey;
pub use categories::Categorised;
pub(crate) use categories::case;
pub use conversions::{Dealings, NewConversion, StoredConversion, WonDeal};
pub use credits::{MOST_CREDITS, OpenCredit};
pub use introductions::{IntroductionLine, Reciprocity, StoredIntroduction};
pub use lines::{Delivery, PAGE, Place, RewardLine};
pub use shortfalls::{MOST_SHORTFALLS, StoredShortfall};
pub use work::{RewardFilter, RewardStep};

use chrono::{DateTime, Utc};
use domain::{
    compliance::Decision,
    ids::{AccountId, IncentiveId, MemberId, ProgramId},
    rewards::{Benefit, Reward},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::{Store, Tx, campaigns::CampaignShare};

/// The room of rewards.
#[derive(Debug)]
pub struct Rewards<'c, C>(pub(crate) &'c C);

impl Store {
    /// Rewards, to read.
    pub fn rewards(&self) -> Rewards<'_, impl ConnectionTrait + use<>> {
        Rewards(self.reader())
    }
}

impl Tx {
    /// Rewards, in this transaction.
    pub fn rewards(&self) -> Rewards<'_, DatabaseTransaction> {
        Rewards(self.conn())
    }
}

/// For whom and by whom a reward was earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earner {
    /// Whose budget pays.
    pub program: ProgramId,
    /// Who recommended.
    pub advocate: MemberId,
    /// Their company, as it was at submission.
    pub account: AccountId,
}

/// A reward with what is stored beside the rules' facts.
#[derive(Clone, Debug)]
pub struct StoredReward {
    /// What the rules know of it.
    pub reward: Reward,
    /// For whom and by whom it was earned.
    pub earner: Earner,
    /// Which incentive serves it, also while its amount or its receiver is awaited; `None` while nothing is chosen.
    pub serving: Option<IncentiveId>,
    /// What a cap, or the budget of a campaign, took away.
    pub cut: i64,
    /// How much of it is a campaign's; `None` without one.
    pub campaign: Option<CampaignShare>,
    /// What the compliance matrix said when it was promised.
    pub decision: Option<Decision>,
    /// The calendar year whose cap it counts against.
    pub cap_year: Option<i32>,
    /// Who approved it.
    pub approved_by: Option<MemberId>,
    /// Why it ended, as a code.
    pub ended_reason: Option<String>,
    /// What staff told the advocate when they ended it.
    pub ended_note: Option<String>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// A benefit with what is stored beside it.
#[derive(Clone, Debug)]
pub struct StoredBenefit {
    /// What the rules know of it.
    pub benefit: Benefit,
    /// When it was promised.
    pub created_at: DateTime<Utc>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// What a referral has earned so far, on both sides.
#[derive(Clone, Debug, Default)]
pub struct Earned {
    /// The advocate's side.
    pub rewards: Vec<StoredReward>,
    /// The contact's side.
    pub benefit: Option<StoredBenefit>,
}

/// One row of the table, whichever side it is for.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "looked up one at a time")]
pub enum Due {
    /// The advocate's side.
    Reward(StoredReward),
    /// The contact's side.
    Benefit(StoredBenefit),
}
