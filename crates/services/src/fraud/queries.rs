//! What the pages of suspected misuse show.

use domain::{ids::CaseId, members::Actor};
use store::{
    StoreError,
    fraud::{CaseLine, Finding, StoredCase, Weighed},
    rewards::{PAGE, RewardLine},
};

use crate::Ctx;

/// A case with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The case.
    pub case: StoredCase,
    /// What weighs how much.
    pub reasons: Vec<Weighed>,
    /// What was found, in its order.
    pub findings: Vec<Finding>,
    /// What the referrals concerned have earned, the newest first.
    pub rewards: Vec<RewardLine>,
    /// Whether there is more of that than the page shows.
    pub more: bool,
}

/// The open cases, or those that are decided, one more than a page; `None` for somebody who may not see any.
///
/// # Errors
/// When the memory fails.
pub async fn cases(
    ctx: &Ctx,
    actor: &Actor,
    open: bool,
    after: Option<&str>,
) -> Result<Option<Vec<CaseLine>>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    ctx.store.fraud().case_lines(actor, open, after).await.map(Some)
}

/// One case; `None` for somebody who may not see it. One about whoever looks, or about their company, is none for them.
///
/// # Errors
/// When the memory fails.
pub async fn case(ctx: &Ctx, actor: &Actor, id: CaseId) -> Result<Option<CaseView>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    let room = ctx.store.fraud();
    let found = room.case(id).await?;
    let Some(case) = found.filter(|found| !found.case.is_about(actor.member, actor.account)) else {
        return Ok(None);
    };
    let mut rewards = ctx.store.rewards().of_case(id).await?;
    let more = rewards.len() > PAGE;
    rewards.truncate(PAGE);
    Ok(Some(CaseView {
        reasons: room.weighed(&[id]).await?.remove(&id).unwrap_or_default(),
        findings: room.findings(id).await?,
        case,
        rewards,
        more,
    }))
}
