//! Mutual referral as it is lived: somebody is promised, the introduction is made, the advocate says how it was. What they
//! say, or their silence, delivers the reward.

mod account;
mod answer;
mod introduce;
mod mails;
mod promise;

pub use account::{ReciprocityAccount, own_reciprocity, reciprocities, reciprocity_of};
pub(crate) use answer::accept_silence;
pub use answer::{confirm_introduction, dispute_introduction};
pub use introduce::introduce;
pub(crate) use mails::{ask, tell_dispute};
pub use promise::promise_introduction;
pub use store::rewards::{IntroductionLine, Reciprocity, StoredIntroduction};

use domain::{
    ids::{MemberId, RewardId},
    incentives::{FulfilmentStep, IncentiveKind},
    members::Delivering,
    rewards::{Proof, RewardCode, RewardError},
};
use store::{Tx, rewards::StoredReward};

use super::{
    approve::load,
    desk::{ActError, Desk},
};
use crate::Ctx;

/// Whether this kind is delivered by an introduction that the advocate confirms.
fn has_introduction(kind: IncentiveKind) -> bool {
    kind.steps().contains(&FulfilmentStep::Introduce)
}

/// A reward that an introduction is owed for. Any other looks as if there were none.
async fn owed(tx: &Tx, reward: RewardId) -> Result<StoredReward, ActError> {
    let stored = load(tx, reward).await?;
    let facts = stored.reward.facts();
    if !facts.promise.is_some_and(|promise| has_introduction(promise.kind)) {
        return Err(ActError::NotFound);
    }
    match facts.state.code() {
        RewardCode::Approved | RewardCode::Fulfilled => Ok(stored),
        _ => Err(ActError::Rule(RewardError::WrongState)),
    }
}

/// The same, for whoever may hand it over. Nobody is introduced for what is held: it may come to nothing.
async fn owed_by(tx: &Tx, power: &Delivering, reward: RewardId) -> Result<StoredReward, ActError> {
    if !power.covers(tx.rewards().delivery_owner(reward).await?) {
        return Err(ActError::NotFound);
    }
    let stored = owed(tx, reward).await?;
    if stored.reward.is_held() { Err(ActError::Rule(RewardError::Held)) } else { Ok(stored) }
}

/// Delivers the reward with this proof; `by` is nobody where the advocate's silence is the answer.
async fn complete(
    ctx: &Ctx,
    tx: &Tx,
    mut stored: StoredReward,
    by: Option<MemberId>,
    proof: &Proof,
) -> Result<(), ActError> {
    let now = ctx.now();
    let reward = stored.reward.facts().id;
    let change = stored.reward.clone().fulfil(now)?;
    let mut desk = Desk::new(ctx, tx, by);
    desk.change(&mut stored, change).await?;
    tx.rewards().finish_delivery(reward, by, now, Some(proof)).await?;
    Ok(desk.close().await?)
}
