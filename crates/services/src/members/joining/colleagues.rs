//! The link that a member passes on to colleagues, by whatever way they like: we write to nobody.

use chrono::{DateTime, TimeDelta, Utc};
use domain::members::Referrer;
use serde_json::json;
use store::{
    StoreError,
    joining::{ColleagueLink, Invites},
};
use uuid::Uuid;

use crate::{Ctx, members::letter_code};

/// How long a link works.
const VALID_FOR: TimeDelta = TimeDelta::days(30);
/// How many may come in by one link.
pub const COLLEAGUES_PER_LINK: i32 = 10;
/// New links of one member within the window.
const MAX_LINKS: i32 = 3;
const WINDOW: TimeDelta = TimeDelta::days(30);

/// A link to pass on.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its code, in groups.
    pub code: String,
    /// How many have come in by it.
    pub uses: i32,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
}

/// Why there is no new link.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Enough for this month.
    #[error("colleague_links_throttled")]
    Throttled,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn code(ctx: &Ctx, id: Uuid) -> String {
    letter_code::derive(ctx, "colleague-code", id)
}

fn hash(ctx: &Ctx, typed: &str) -> String {
    ctx.secret.hash("colleague-link", &letter_code::normalised(typed))
}

/// The member's link, while it works.
///
/// # Errors
/// When the memory fails.
pub async fn colleague_link(ctx: &Ctx, by: &Referrer) -> Result<Option<Link>, StoreError> {
    let link = ctx.store.joining().link_of(by.member(), ctx.now()).await?;
    Ok(link.map(|link| Link {
        code: letter_code::grouped(&code(ctx, link.id)),
        uses: link.uses,
        expires_at: link.expires_at,
    }))
}

/// Makes a new link; the one before stops working.
///
/// # Errors
/// [`LinkError::Throttled`] after a few in a month.
pub async fn new_colleague_link(ctx: &Ctx, by: &Referrer) -> Result<(), LinkError> {
    let (id, now, member) = (ctx.new_id::<Uuid>(), ctx.now(), by.member());
    let tx = ctx.store.begin().await?;
    let key = ctx.secret.hash("throttle-colleague-link", &member.to_string());
    if tx.count_try(&key, WINDOW, now).await? > MAX_LINKS {
        tx.commit().await?;
        return Err(LinkError::Throttled);
    }
    let link = ColleagueLink { id, member, uses: 0, expires_at: now + VALID_FOR };
    tx.joining().set_link(link, hash(ctx, &code(ctx, id)), now).await?;
    tx.audit(ctx.audit_entry(Some(member), "members.new_colleague_link", "member", member, json!({})))
        .await?;
    Ok(tx.commit().await?)
}

/// Takes the link away.
///
/// # Errors
/// When the memory fails.
pub async fn end_colleague_link(ctx: &Ctx, by: &Referrer) -> Result<(), StoreError> {
    let member = by.member();
    let tx = ctx.store.begin().await?;
    tx.joining().end_link(member).await?;
    tx.audit(ctx.audit_entry(Some(member), "members.end_colleague_link", "member", member, json!({})))
        .await?;
    tx.commit().await
}

/// What the link with this code invites to, while it works and has not been used up.
///
/// # Errors
/// When the memory fails.
pub async fn invites(ctx: &Ctx, typed: &str) -> Result<Option<Invites>, StoreError> {
    let found = ctx.store.joining().link_by_code(&hash(ctx, typed), ctx.now()).await?;
    Ok(found.filter(|found| found.link.uses < COLLEAGUES_PER_LINK))
}
