//! An account manager moves a referral; an advocate takes one back.

use domain::{
    ids::ReferralId,
    incentives::{Amount, Unit},
    members::{AccountManaging, Referrer},
    referrals::{Move, MoveError, Mover, Referral, Step, Stop},
    text::Reason,
};
use store::StoreError;

use super::{follow_up::claim_again, look_up_rules, record, record_deal::audit_deal, settings};
use crate::Ctx;

/// What shall happen to a referral.
#[derive(Clone, Debug)]
pub struct MoveStage {
    /// Which referral.
    pub referral: ReferralId,
    /// The move.
    pub action: Move,
    /// The size of the deal, where it is won.
    pub deal: Option<Amount>,
    /// What staff want to say about it, where the move itself does not ask why.
    pub note: Option<Reason>,
    /// The version that the page showed: a move is made on what one has seen.
    pub version: i32,
}

/// Why nothing moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveStageError {
    /// There is no such referral, or it is not theirs.
    #[error("not_found")]
    NotFound,
    /// Somebody moved it since the page was shown.
    #[error("stale")]
    Stale,
    /// The programme has left out this stage since the page was shown.
    #[error("stage_gone")]
    StageGone,
    /// The rules say no.
    #[error("{0}")]
    Refused(MoveError),
    /// It would be open again, and another open referral has its company.
    #[error("company_taken")]
    CompanyTaken,
    /// A deal is the size of a referral that is won by this move.
    #[error("deal_not_won")]
    DealNotWon,
    /// The deal is not in the host's currency.
    #[error("not_an_amount")]
    Currency,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for MoveStageError {
    fn from(error: StoreError) -> Self {
        match error {
            // Two at the same moment: both the version and the timeline's numbering notice it.
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Moves a referral on, ends it, or corrects it.
///
/// # Errors
/// [`MoveStageError`] says what stands in the way; then nothing has changed.
pub async fn move_stage(
    ctx: &Ctx,
    power: &AccountManaging,
    command: MoveStage,
) -> Result<(), MoveStageError> {
    make(ctx, &Mover::Staff(power.clone()), command, None).await
}

/// Moves a referral by a form that knows itself again: pressed twice, the second press finds its work done. `form` is
/// made with the form; what it asks for belongs to it, so that a changed form is another one.
///
/// # Errors
/// [`MoveStageError`] says what stands in the way; then nothing has changed.
pub async fn move_by_form(
    ctx: &Ctx,
    power: &AccountManaging,
    command: MoveStage,
    form: &str,
) -> Result<(), MoveStageError> {
    let asked =
        format!("{}:{form}:{:?}:{:?}:{:?}", power.member(), command.action, command.deal, command.note);
    let form = ctx.secret.hash("move-form", &format!("{}:{asked}", command.referral));
    match make(ctx, &Mover::Staff(power.clone()), command, Some(&form)).await {
        // The first press was a moment faster.
        Err(MoveStageError::Stale) if ctx.store.referrals().form_done(&form).await? => Ok(()),
        done => done,
    }
}

/// Takes a referral back before the host has spoken to the contact.
///
/// # Errors
/// [`MoveStageError`] says what stands in the way.
pub async fn withdraw(
    ctx: &Ctx,
    referrer: &Referrer,
    referral: ReferralId,
    version: i32,
) -> Result<(), MoveStageError> {
    make(
        ctx,
        &Mover::Advocate(*referrer),
        MoveStage { referral, action: Move::Withdraw, deal: None, note: None, version },
        None,
    )
    .await
}

/// Where a move leads in the programme's pipeline; `None` for an end or an answer.
fn target(action: &Move) -> Option<Stop> {
    match action {
        Move::Forward(to) | Move::Correct { to, .. } => Some(Stop::Step(*to)),
        Move::Enter(stage) => Some(Stop::Between(stage.id)),
        _ => None,
    }
}

async fn make(
    ctx: &Ctx,
    mover: &Mover,
    command: MoveStage,
    form: Option<&str>,
) -> Result<(), MoveStageError> {
    look_up_rules(ctx).await?;
    let tx = ctx.store.begin().await?;
    if let Some(form) = form
        && tx.referrals().form_done(form).await?
    {
        return Ok(());
    }
    let mut stored = tx.referrals().load(command.referral).await?.ok_or(MoveStageError::NotFound)?;
    let before = &stored.facts;
    let target = target(&command.action);
    let (rules, _) = settings(ctx);
    let moved = Referral::restore(before.clone()).apply(command.action, mover, ctx.now(), &rules);
    let (after, mut events) = match moved {
        Ok(moved) => moved,
        // Somebody else's referral looks like none at all.
        Err(MoveError::NotYours) => return Err(MoveStageError::NotFound),
        // What was moved in the meantime often refuses the move as well; the first cause is the true one.
        Err(_) if stored.version != command.version => return Err(MoveStageError::Stale),
        Err(error) => return Err(MoveStageError::Refused(error)),
    };
    if stored.version != command.version {
        return Err(MoveStageError::Stale);
    }
    if let Some(deal) = command.deal {
        if target != Some(Stop::Step(Step::Won)) {
            return Err(MoveStageError::DealNotWon);
        }
        if deal.unit() != Unit::Money(ctx.host.currency) {
            return Err(MoveStageError::Currency);
        }
    }
    if let Some(stop) = target {
        let pipeline = tx.incentives().pipeline_as_it_stays(before.program).await?;
        if !pipeline.ok_or(MoveStageError::NotFound)?.stops().contains(&stop) {
            return Err(MoveStageError::StageGone);
        }
    }
    if let (Some(event), Some(note)) = (events.last_mut(), command.note) {
        event.remarked(note);
    }
    let reopened = before.position.open().is_none() && after.facts().position.open().is_some();
    if reopened && !claim_again(&tx, before, stored.domain.as_deref(), ctx.now()).await? {
        return Err(MoveStageError::CompanyTaken);
    }
    if let Some(form) = form {
        tx.referrals().note_form(form, before.id, ctx.now()).await?;
    }
    if let Some(deal) = command.deal {
        tx.referrals().set_deal(before.id, stored.version, deal).await?;
        // The deal was a change of its own.
        stored.version += 1;
        let by = events.last().and_then(|event| event.member);
        audit_deal(ctx, &tx, by, stored.facts.id, deal).await?;
    }
    record(ctx, &tx, &stored, after.facts(), &events).await?;
    Ok(tx.commit().await?)
}
