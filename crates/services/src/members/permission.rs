//! The permission record: on which ground a member may be written to, and the question every message asks.

use domain::{
    consent::{self, Basis, Channel, MessageKind},
    ids::MemberId,
    members::Inviting,
};
use serde_json::json;
use store::{StoreError, permissions::NewPermission};

use super::PeopleError;
use crate::Ctx;

/// A ground to record.
#[derive(Clone, Debug)]
pub struct RecordPermission {
    /// Whose.
    pub member: MemberId,
    /// For which channel.
    pub channel: Channel,
    /// The ground.
    pub basis: Basis,
    /// Where it comes from, in a few words.
    pub source: String,
}

/// Whether a message of this kind may go to this member over this channel. Whatever is not part of a transaction asks
/// here before it is written.
///
/// # Errors
/// When the memory fails.
pub async fn may_write(
    ctx: &Ctx,
    member: MemberId,
    channel: Channel,
    kind: MessageKind,
) -> Result<bool, StoreError> {
    let recorded = ctx.store.permissions().on(member, channel).await?;
    Ok(consent::may_write(channel, kind, recorded))
}

/// Records a ground.
///
/// # Errors
/// [`PeopleError::NotFound`] when there is no such member.
pub async fn record_permission(ctx: &Ctx, by: Inviting, record: RecordPermission) -> Result<(), PeopleError> {
    let RecordPermission { member, channel, basis, source } = record;
    let tx = ctx.store.begin().await?;
    tx.members().details(member).await?.ok_or(PeopleError::NotFound)?;
    let new = NewPermission { id: ctx.new_id(), member, channel, basis, source, at: ctx.now() };
    tx.permissions().record(new).await?;
    let details = json!({ "channel": channel, "basis": basis });
    tx.audit(ctx.audit_entry(Some(by.member()), "members.record_permission", "member", member, details))
        .await?;
    Ok(tx.commit().await?)
}

/// Notes that a member does not want to be written to over this channel; `by` is who wrote it down, which may be the
/// member.
///
/// # Errors
/// [`PeopleError::NotFound`] when there is no such member.
pub async fn record_objection(
    ctx: &Ctx,
    by: MemberId,
    member: MemberId,
    channel: Channel,
) -> Result<(), PeopleError> {
    let tx = ctx.store.begin().await?;
    tx.members().details(member).await?.ok_or(PeopleError::NotFound)?;
    let source = if by == member { "self" } else { "staff" };
    let new = NewPermission {
        id: ctx.new_id(),
        member,
        channel,
        basis: Basis::None,
        source: source.to_owned(),
        at: ctx.now(),
    };
    tx.permissions().object(new).await?;
    let details = json!({ "channel": channel });
    tx.audit(ctx.audit_entry(Some(by), "members.record_objection", "member", member, details)).await?;
    Ok(tx.commit().await?)
}
