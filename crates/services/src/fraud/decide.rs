//! What somebody decides about a case, and carrying it out.

use domain::{
    fraud::{CaseError, CaseState, CaseVerdict},
    ids::{CaseId, MemberId},
    members::Actor,
    text::Reason,
};
use serde_json::json;
use store::{StoreError, Tx};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    rewards::{Desk, reverse_all},
};

/// Referrals whose rewards are taken back in one transaction: with four rewards each well under a second on a small machine.
const AT_A_TIME: usize = 20;

/// Why a case is not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// There is none, or it is about them or their company.
    #[error("not_found")]
    NotFound,
    /// Something has joined it, or somebody has decided it, since the page was loaded.
    #[error("stale")]
    Stale,
    /// The rule refuses it.
    #[error("{0}")]
    Rule(CaseError),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for DecideError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Decides a case, with the reason. Misuse takes everything back that the referrals concerned have earned, and the advocate
/// reads the reason; a false alarm ends the hold, which leaves everything as it was. Deciding the same twice is deciding it
/// once.
///
/// # Errors
/// [`DecideError`] says what stands in the way; then nothing has changed.
pub async fn decide(
    ctx: &Ctx,
    actor: &Actor,
    (case, version): (CaseId, i32),
    verdict: CaseVerdict,
    reason: &Reason,
) -> Result<(), DecideError> {
    let power = actor.approving().ok_or(DecideError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let stored = tx.fraud().case(case).await?.ok_or(DecideError::NotFound)?;
    if stored.case.is_about(actor.member, actor.account) {
        return Err(DecideError::NotFound);
    }
    if stored.case.state == verdict.state() && stored.reason.as_deref() == Some(reason.as_str()) {
        return Ok(());
    }
    if stored.version != version {
        return Err(DecideError::Stale);
    }
    stored.case.decide(&power, actor.account, verdict).map_err(DecideError::Rule)?;
    // Before anything is written: whatever is earned or found at this moment comes before or after the decision.
    tx.rewards().lock_advocate(stored.case.advocate).await?;
    tx.fraud().decide(&power, (case, version), verdict, reason.as_str(), ctx.now()).await?;
    let details = json!({ "verdict": verdict, "advocate": stored.case.advocate });
    tx.audit(ctx.audit_entry(Some(actor.member), "fraud.decide", "case", case, details)).await?;
    match verdict {
        // A hold stands beside the rewards and never in them: with it, everything of the case is gone.
        CaseVerdict::FalseAlarm => tx.fraud().let_go(case).await?,
        CaseVerdict::Confirmed => take_back(ctx, &tx, Some(actor.member), case, reason).await?,
    }
    Ok(tx.commit().await?)
}

/// Takes back what some of the referrals have earned; what is left is held meanwhile, and is the next job's.
async fn take_back(
    ctx: &Ctx,
    tx: &Tx,
    by: Option<MemberId>,
    case: CaseId,
    reason: &Reason,
) -> Result<(), StoreError> {
    let mut referrals = tx.fraud().held_by(case, AT_A_TIME + 1).await?;
    let more = referrals.len() > AT_A_TIME;
    referrals.truncate(AT_A_TIME);
    let mut desk = Desk::new(ctx, tx, by);
    reverse_all(ctx, tx, &mut desk, &referrals, reason).await?;
    desk.close().await?;
    tx.fraud().let_referrals_go(case, &referrals).await?;
    if more {
        tx.push_job(Job::SettleCase { case: case.into() }.to_new(ctx, ctx.now())).await?;
    }
    Ok(())
}

/// The job: goes on with a confirmed case.
pub(crate) async fn settle(ctx: &Ctx, tx: &Tx, case: CaseId) -> Result<(), JobError> {
    let Some(stored) = tx.fraud().case(case).await? else { return Ok(()) };
    let (CaseState::Confirmed, Some(reason)) = (stored.case.state, &stored.reason) else { return Ok(()) };
    let reason = Reason::parse(reason).map_err(|_| JobError::Fail("unreadable"))?;
    tx.rewards().lock_advocate(stored.case.advocate).await?;
    Ok(take_back(ctx, tx, None, case, &reason).await?)
}
