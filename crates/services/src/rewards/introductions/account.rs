//! What a company and the host have given each other, for its advocates and for staff.

use domain::{
    ids::{AccountId, MemberId},
    members::{Actor, Referrer},
    rewards::RewardCode,
};
use store::{
    StoreError,
    rewards::{IntroductionLine, Reciprocity},
};

use crate::{
    Ctx,
    rewards::{RewardSettings, SETTINGS, read_setting},
};

/// The account between one company and the host.
#[derive(Clone, Debug)]
pub struct ReciprocityAccount {
    /// Its figures, of all of the company's people.
    pub figures: Reciprocity,
    /// Introductions that are owed, the newest first: the reader's own, where they are an advocate; those that are the
    /// reader's task, where they are an account manager.
    pub open: Vec<IntroductionLine>,
    /// Introductions that were made, likewise.
    pub made: Vec<IntroductionLine>,
    /// For how many days an advocate may say that one was not made.
    pub objection_days: u16,
}

async fn account(
    ctx: &Ctx,
    account: AccountId,
    advocate: Option<MemberId>,
    owner: Option<MemberId>,
) -> Result<Option<ReciprocityAccount>, StoreError> {
    let rewards = ctx.store.rewards();
    let Some(figures) = rewards.reciprocity(account, ctx.now()).await? else { return Ok(None) };
    let settings: RewardSettings = read_setting(ctx.store.setting(SETTINGS).await?)?;
    Ok(Some(ReciprocityAccount {
        figures,
        open: rewards.introductions_to(account, advocate, owner, RewardCode::Approved).await?,
        made: rewards.introductions_to(account, advocate, owner, RewardCode::Fulfilled).await?,
        objection_days: settings.introduction_days,
    }))
}

/// The account of the advocate's company, with the introductions that their own referrals have earned.
///
/// # Errors
/// When the memory fails.
pub async fn own_reciprocity(
    ctx: &Ctx,
    referrer: &Referrer,
) -> Result<Option<ReciprocityAccount>, StoreError> {
    account(ctx, referrer.account(), Some(referrer.member()), None).await
}

/// The account of a company for staff; `None` for somebody who hands nothing over, and where there is no such company.
///
/// # Errors
/// When the memory fails.
pub async fn reciprocity_of(
    ctx: &Ctx,
    actor: &Actor,
    company: AccountId,
) -> Result<Option<ReciprocityAccount>, StoreError> {
    let Some(power) = actor.delivering() else { return Ok(None) };
    account(ctx, company, None, power.only_of()).await
}

/// The figures of all companies that introductions were owed to, by name, after this one, one more than a page; `None` for
/// somebody who hands nothing over.
///
/// # Errors
/// When the memory fails.
pub async fn reciprocities(
    ctx: &Ctx,
    actor: &Actor,
    after: Option<AccountId>,
) -> Result<Option<Vec<Reciprocity>>, StoreError> {
    if actor.delivering().is_none() {
        return Ok(None);
    }
    ctx.store.rewards().reciprocities(after, ctx.now()).await.map(Some)
}
