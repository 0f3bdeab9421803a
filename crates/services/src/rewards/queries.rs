//! What the pages of rewards show.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ReferralId, RewardId},
    incentives::Unit,
    ledger::LedgerAccountKind,
    members::{Actor, Referrer},
    rewards::{Release, RewardCode, Side},
};
use store::{
    StoreError,
    ledger::Balance,
    rewards::{PAGE, Place, RewardFilter, RewardLine, RewardStep, StoredIntroduction, StoredShortfall},
};

use super::{
    settings::{RewardSettings, SETTINGS, read},
    shortfalls::own_shortfalls,
};
use crate::Ctx;

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its rows.
    pub lines: Vec<RewardLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// What waits for approval.
#[derive(Clone, Debug)]
pub struct Queue {
    /// What is ready, the longest waiting first.
    pub page: Page,
    /// How many more still rest.
    pub resting: i64,
    /// When the next of these is ready.
    pub next_at: Option<DateTime<Utc>>,
}

/// Something to deliver, and who could do it.
pub type Task = RewardLine;

/// What is to be delivered, and what was.
#[derive(Clone, Debug)]
pub struct Tasks {
    /// Open, the most urgent first.
    pub open: Page,
    /// Done lately.
    pub done: Vec<RewardLine>,
    /// Staff who could be given one; nobody for those who may not give it away.
    pub staff: Vec<(MemberId, String)>,
    /// The introductions among the open ones, as far as somebody was promised.
    pub introductions: Vec<StoredIntroduction>,
    /// For how many days an advocate may say that an introduction was not made.
    pub objection_days: u16,
    /// Those of the done ones that have a receipt.
    pub receipts: Vec<RewardId>,
}

/// One reward with everything that has happened to it.
#[derive(Clone, Debug)]
pub struct Life {
    /// How it stands.
    pub line: RewardLine,
    /// What has happened, oldest first.
    pub steps: Vec<RewardStep>,
    /// Whether it is the reader's own, or their own company's: then somebody else decides about it.
    pub own: bool,
    /// What was taken back of it after its delivery.
    pub shortfalls: Vec<StoredShortfall>,
}

/// An advocate's own rewards.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The newest first.
    pub page: Page,
    /// What stands on which account, by unit.
    pub balances: Vec<Balance>,
    /// The years a statement can be had for, the latest first.
    pub years: Vec<i32>,
    /// Their employer's release that holds today, with what it has given them this year.
    pub release: Option<(Release, BTreeMap<Unit, i64>)>,
    /// Those on this page that have a receipt.
    pub receipts: Vec<RewardId>,
    /// What was taken back of those on this page after its delivery.
    pub shortfalls: Vec<StoredShortfall>,
}

fn page(mut lines: Vec<RewardLine>, place: impl Fn(&RewardLine) -> Place) -> Page {
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(place);
    Page { lines, next }
}

/// What waits for approval; `None` for somebody who may not approve.
///
/// # Errors
/// When the memory fails.
pub async fn queue(ctx: &Ctx, actor: &Actor, after: Option<Place>) -> Result<Option<Queue>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    let now = ctx.now();
    let rewards = ctx.store.rewards();
    let lines = rewards.to_approve(now, after).await?;
    let (resting, next_at) = rewards.resting(now).await?;
    let by_clearing = |line: &RewardLine| Place {
        at: store::micros(line.clearing_until.unwrap_or(line.since)),
        id: line.id.into_inner(),
    };
    Ok(Some(Queue { page: page(lines, by_clearing), resting, next_at }))
}

/// What is to be delivered, by an account manager what is theirs; `None` for somebody who may not.
///
/// # Errors
/// When the memory fails.
pub async fn tasks(ctx: &Ctx, actor: &Actor, after: Option<Place>) -> Result<Option<Tasks>, StoreError> {
    let Some(power) = actor.delivering() else { return Ok(None) };
    let rewards = ctx.store.rewards();
    let by_due = |line: &RewardLine| Place {
        at: line.delivery.as_ref().map_or(0, |delivery| store::micros(delivery.due_at)),
        id: line.id.into_inner(),
    };
    let open = page(rewards.to_deliver(power.only_of(), after).await?, by_due);
    let mut done = rewards.delivered(power.only_of()).await?;
    done.truncate(PAGE);
    let staff = if actor.approving().is_some() { rewards.staff().await? } else { Vec::new() };
    let ids: Vec<RewardId> = open.lines.iter().map(|line| line.id).collect();
    let introductions = rewards.introductions(&ids).await?;
    let settings: RewardSettings = read(ctx.store.setting(SETTINGS).await?)?;
    let done_ids: Vec<RewardId> = done.iter().map(|line| line.id).collect();
    let receipts = ctx.store.with_receipt(&done_ids).await?;
    let objection_days = settings.introduction_days;
    Ok(Some(Tasks { open, done, staff, introductions, objection_days, receipts }))
}

/// The advocates' rewards, one line more than a page; `None` for somebody who may not decide about them.
///
/// # Errors
/// When the memory fails.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    filter: &RewardFilter,
) -> Result<Option<Vec<RewardLine>>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    ctx.store.rewards().list(filter).await.map(Some)
}

/// One advocate's reward; `None` where there is none, or for somebody who may not decide about rewards.
///
/// # Errors
/// When the memory fails.
pub async fn life(ctx: &Ctx, actor: &Actor, id: RewardId) -> Result<Option<Life>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    let line = ctx.store.rewards().line(id).await?.filter(|line| line.side == Side::Advocate);
    let Some(line) = line else { return Ok(None) };
    let steps = ctx.store.rewards().life(id).await?;
    let own = line.advocate == actor.member || actor.account == Some(line.account);
    let shortfalls = ctx.store.rewards().shortfalls_of(&[id]).await?;
    Ok(Some(Life { line, steps, own, shortfalls }))
}

/// One reward as the lists of approvals and deliveries show it, wherever it stands; `None` for somebody who sees none of
/// them, and where there is none.
///
/// # Errors
/// When the memory fails.
pub async fn line(ctx: &Ctx, actor: &Actor, id: RewardId) -> Result<Option<RewardLine>, StoreError> {
    let Some(power) = actor.delivering() else { return Ok(None) };
    let line = ctx.store.rewards().line(id).await?;
    Ok(line.filter(|line| power.covers(line.delivery.as_ref().and_then(|delivery| delivery.owner))))
}

/// An advocate's own rewards.
///
/// # Errors
/// When the memory fails.
pub async fn mine(ctx: &Ctx, referrer: &Referrer, before: Option<Place>) -> Result<Mine, StoreError> {
    use chrono::Datelike;
    let lines = ctx.store.rewards().of_advocate(referrer.member(), before).await?;
    let balances = ctx.store.ledger().balances_of(referrer.member()).await?;
    let year = |at: DateTime<Utc>| at.with_timezone(&ctx.host.zone).year();
    let this_year = year(ctx.now());
    let first = ctx.store.rewards().first_of(referrer.member()).await?.map_or(this_year, year);
    let by_creation =
        |line: &RewardLine| Place { at: store::micros(line.created_at), id: line.id.into_inner() };
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let (member, account) = (referrer.member(), referrer.account());
    let release = match ctx.store.releases().holding(member, account, today).await? {
        Some(release) => Some((release, ctx.store.rewards().received(member, this_year).await?)),
        None => None,
    };
    let years = (first..=this_year).rev().collect();
    let page = page(lines, by_creation);
    let ids: Vec<RewardId> = page.lines.iter().map(|line| line.id).collect();
    let receipts = ctx.store.with_receipt(&ids).await?;
    let shortfalls = own_shortfalls(ctx, referrer, &ids).await?;
    Ok(Mine { page, balances, years, release, receipts, shortfalls })
}

/// Both sides of one referral, for whoever may see the referral: the caller has checked that.
///
/// # Errors
/// When the memory fails.
pub async fn of_referral(ctx: &Ctx, referral: ReferralId) -> Result<Vec<RewardLine>, StoreError> {
    ctx.store.rewards().lines_of_referral(referral).await
}

/// The kind of account on which a reward in this state is booked, for pages that explain a balance.
impl Mine {
    /// How much of a unit stands on a kind of account.
    pub fn balance(&self, unit: Unit, kind: LedgerAccountKind) -> i64 {
        let found = self.balances.iter().find(|balance| balance.unit == unit && balance.kind == kind);
        found.map_or(0, |balance| balance.value)
    }

    /// How many rewards on this page wait for the advocate's choice.
    pub fn waiting(&self) -> usize {
        self.page.lines.iter().filter(|line| line.state == RewardCode::Pending).count()
    }
}
