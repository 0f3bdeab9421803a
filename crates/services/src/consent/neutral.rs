//! Why contacts got the neutral answer, for staff. They see the day and the reason; who was entered is written nowhere.

use domain::{
    accounts::NeutralReason,
    members::{AccountManaging, Actor},
    referrals::Facts,
};
use store::{
    StoreError, Tx,
    neutral_answers::{NeutralDay, NeutralLine},
};

use super::{Advertised, submit::Ground};
use crate::{
    Ctx,
    referrals::{duties, reach},
};

/// Counts a neutral answer: at the referral whose link led to it, or at the advocate whose own link it was. The count of a
/// day is all there is: a line of the audit log would have the second by which somebody could be recognised, and nobody
/// has decided anything.
pub(super) async fn note(
    ctx: &Ctx,
    tx: &Tx,
    ground: &Ground,
    reason: NeutralReason,
) -> Result<(), StoreError> {
    let day = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let Advertised { advocate, .. } = &ground.advertised;
    match &ground.carried {
        Some(stored) => tx.neutral_answers().note_carried(stored.facts.id, day, reason).await,
        None => tx.neutral_answers().note(advocate.member, advocate.account_manager, day, reason).await,
    }
}

/// What came to nothing behind advocates' own links, the latest day first: all of it for marketing, that of their own
/// companies for account managers; `None` for everybody else.
///
/// # Errors
/// When the memory fails.
pub async fn neutral_answers(
    ctx: &Ctx,
    actor: &Actor,
    after: Option<&str>,
    limit: u64,
) -> Result<Option<Vec<NeutralLine>>, StoreError> {
    let theirs = if actor.program_managing().is_some() {
        None
    } else {
        let duties = duties(ctx, actor.member).await?;
        let Some(power) = actor.account_managing(duties.clone()) else { return Ok(None) };
        Some(reach(power.member(), &duties))
    };
    ctx.store.neutral_answers().list(theirs.as_ref(), after, limit).await.map(Some)
}

/// What came to nothing behind the link of this referral, for whoever looks after it.
///
/// # Errors
/// When the memory fails.
pub async fn neutral_answers_of(
    ctx: &Ctx,
    power: &AccountManaging,
    referral: &Facts,
) -> Result<Vec<NeutralDay>, StoreError> {
    if !power.covers(referral.account_manager) {
        return Ok(Vec::new());
    }
    ctx.store.neutral_answers().of_referral(referral.id).await
}
