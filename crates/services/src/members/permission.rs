//! The permission record: on which ground a member may be written to, and the leave that advertising needs.

use domain::{
    consent::{self, Basis, Channel, Permit, Transactional},
    ids::MemberId,
    members::Inviting,
    text::PermissionSource,
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
    /// Where it comes from; needed where there is a ground.
    pub source: Option<PermissionSource>,
}

/// Leave to send this member advertising over this channel; without it no such message can be written.
///
/// # Errors
/// When the memory fails.
pub async fn permit(ctx: &Ctx, member: MemberId, channel: Channel) -> Result<Option<Permit>, StoreError> {
    let recorded = ctx.store.permissions().on(member, channel).await?;
    Ok(consent::may_advertise(member, channel, recorded))
}

/// What a member has said about being written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// Mails they do without.
    pub muted: Vec<Transactional>,
    /// Ways over which they want no advertising.
    pub objected: Vec<Channel>,
}

/// What a member has said about being written to.
///
/// # Errors
/// When the memory fails.
pub async fn wishes(ctx: &Ctx, member: MemberId) -> Result<Wishes, StoreError> {
    let permissions = ctx.store.permissions();
    let recorded = permissions.of(member).await?;
    let objected = recorded.iter().filter(|row| row.objected_at.is_some()).map(|row| row.channel);
    Ok(Wishes { muted: permissions.muted(member).await?, objected: objected.collect() })
}

/// Notes what a member wants to be written about. An objection is noted once and ended by nothing here: only a consent
/// given anew does.
///
/// # Errors
/// When the memory fails.
pub async fn change_wishes(ctx: &Ctx, member: MemberId, wishes: &Wishes) -> Result<(), StoreError> {
    let muted: Vec<_> = wishes.muted.iter().copied().filter(|kind| kind.can_be_muted()).collect();
    let tx = ctx.store.begin().await?;
    tx.permissions().set_muted(member, &muted).await?;
    for channel in &wishes.objected {
        let new = objection(ctx, member, *channel, "self");
        tx.permissions().object(new).await?;
    }
    let details = json!({ "muted": muted, "objected": wishes.objected });
    tx.audit(ctx.audit_entry(Some(member), "members.change_wishes", "member", member, details)).await?;
    tx.commit().await
}

fn objection(ctx: &Ctx, member: MemberId, channel: Channel, source: &str) -> NewPermission {
    NewPermission {
        id: ctx.new_id(),
        member,
        channel,
        basis: Basis::None,
        source: source.to_owned(),
        at: ctx.now(),
    }
}

/// Records a ground. One without a source could not be proved (Art. 7 (1) GDPR, § 7 UWG).
///
/// # Errors
/// [`PeopleError::NotFound`] when there is no such member, [`PeopleError::Source`] when nothing says where it comes from.
pub async fn record_permission(ctx: &Ctx, by: Inviting, record: RecordPermission) -> Result<(), PeopleError> {
    let RecordPermission { member, channel, basis, source } = record;
    if basis != Basis::None && source.is_none() {
        return Err(PeopleError::Source);
    }
    let source = source.map_or_else(String::new, PermissionSource::into_string);
    let tx = ctx.store.begin().await?;
    tx.members().details(member).await?.ok_or(PeopleError::NotFound)?;
    let before = tx.permissions().on(member, channel).await?.map(|recorded| recorded.basis);
    let new = NewPermission { id: ctx.new_id(), member, channel, basis, source, at: ctx.now() };
    tx.permissions().record(new).await?;
    let details = json!({ "channel": channel, "basis": [before, Some(basis)] });
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
    let new = objection(ctx, member, channel, source);
    tx.permissions().object(new).await?;
    let details = json!({ "channel": channel });
    tx.audit(ctx.audit_entry(Some(by), "members.record_objection", "member", member, details)).await?;
    Ok(tx.commit().await?)
}
