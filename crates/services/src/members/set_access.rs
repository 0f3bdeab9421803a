//! Ending and giving back the right to sign in.

use domain::{
    ids::MemberId,
    members::{Administering, Role},
};
use serde_json::json;

use super::PeopleError;
use crate::{Ctx, referrals::leave};

/// Ends a person's access, with every session they have, or gives it back.
///
/// # Errors
/// [`PeopleError::NotYourself`] and [`PeopleError::LastAdministrator`] keep somebody at the helm.
pub async fn set_access(
    ctx: &Ctx,
    administering: Administering,
    id: MemberId,
    active: bool,
) -> Result<(), PeopleError> {
    if id == administering.member() && !active {
        return Err(PeopleError::NotYourself);
    }
    let tx = ctx.store.begin().await?;
    let before = tx.members().details(id).await?.ok_or(PeopleError::NotFound)?;
    if before.active == active {
        return Ok(());
    }
    let administrates = before.roles.contains(Role::Administrator);
    if !active && administrates && tx.members().count_active(Role::Administrator).await? <= 1 {
        return Err(PeopleError::LastAdministrator);
    }
    tx.members().set_active(administering, id, active).await?;
    if !active {
        tx.members().end_sessions(id, ctx.now()).await?;
        tx.members().end_invitations(id, ctx.now()).await?;
        if before.roles.contains(Role::AccountManager) {
            leave(ctx, &tx, administering.member(), id).await?;
        }
    }
    let action = if active { "members.reactivate" } else { "members.deactivate" };
    tx.audit(ctx.audit_entry(Some(administering.member()), action, "member", id, json!({}))).await?;
    Ok(tx.commit().await?)
}
