//! The button behind the link of the mail: the address is theirs.

use domain::{
    ids::MemberId,
    members::{Role, RoleSet},
};
use serde_json::json;
use store::{StoreError, Tx, joining::JoinRequest, members::NewMember};

use super::{COLLEAGUES_PER_LINK, hash};
use crate::Ctx;

/// What confirming has led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// A colleague has invited them: they are in.
    In(MemberId),
    /// Staff look at it.
    Waiting,
    /// The link has lapsed, or leads nowhere.
    Gone,
}

/// Whether the link of the mail still works.
///
/// # Errors
/// When the memory fails.
pub async fn confirmable(ctx: &Ctx, token: &str) -> Result<bool, StoreError> {
    let found = ctx.store.joining().request_by_link(&hash(ctx, token)).await?;
    Ok(found.is_some_and(|request| works(ctx, &request)))
}

fn works(ctx: &Ctx, request: &JoinRequest) -> bool {
    request.confirmed_at.is_some() || request.expires_at > ctx.now()
}

/// Confirms the address. Pressed twice, it is confirmed once.
///
/// # Errors
/// When the memory fails.
pub async fn confirm_request(ctx: &Ctx, token: &str) -> Result<Confirmed, StoreError> {
    let tx = ctx.store.begin().await?;
    let request = tx.joining().request_by_link(&hash(ctx, token)).await?;
    let Some(request) = request.filter(|request| works(ctx, request)) else { return Ok(Confirmed::Gone) };
    let Some(colleague) = request.invited_by else {
        tx.joining().confirm(request.id, ctx.now()).await?;
        tx.audit(ctx.audit_entry(None, "members.confirm_join", "join_request", request.id, json!({})))
            .await?;
        tx.commit().await?;
        return Ok(Confirmed::Waiting);
    };
    // The link may have been used up, or its owner may have left, since the form was sent.
    let open = tx.members().person(colleague).await?.is_some();
    let open = open && tx.joining().use_link(colleague, COLLEAGUES_PER_LINK).await?;
    if !open || !tx.joining().take(request.id).await? {
        return Ok(Confirmed::Gone);
    }
    match admit(ctx, &tx, &request).await {
        Ok(id) => {
            let details = json!({ "by": "colleague", "colleague": colleague });
            tx.audit(ctx.audit_entry(Some(id), "members.join", "member", id, details)).await?;
            tx.members().note_joined(id, ctx.now()).await?;
            tx.commit().await?;
            Ok(Confirmed::In(id))
        }
        Err(StoreError::Conflict) => Ok(Confirmed::Gone),
        Err(error) => Err(error),
    }
}

/// Makes the member of a request that was taken.
pub(super) async fn admit(ctx: &Ctx, tx: &Tx, request: &JoinRequest) -> Result<MemberId, StoreError> {
    let id: MemberId = ctx.new_id();
    tx.members()
        .insert(&NewMember {
            id,
            account: Some(request.account),
            name: request.name.clone(),
            email: request.email.clone(),
            language: request.language,
            roles: RoleSet::EMPTY.with(Role::Advocate),
            created_at: ctx.now(),
        })
        .await?;
    Ok(id)
}
