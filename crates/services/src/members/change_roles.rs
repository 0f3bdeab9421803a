//! What a person may do.

use domain::{
    ids::MemberId,
    members::{Administering, Role, RoleSet},
};
use serde_json::json;

use super::{PeopleError, invite::check_roles};
use crate::{Ctx, referrals::leave};

/// Gives a person exactly these roles.
///
/// # Errors
/// [`PeopleError::LastAdministrator`] when nobody would be left who can hand roles out.
pub async fn change_roles(
    ctx: &Ctx,
    administering: Administering,
    id: MemberId,
    roles: RoleSet,
    version: i32,
) -> Result<(), PeopleError> {
    let tx = ctx.store.begin().await?;
    let before = tx.members().details(id).await?.ok_or(PeopleError::NotFound)?;
    check_roles(before.account.as_ref().map(|(account, _)| *account), roles)?;
    let demoted = before.roles.contains(Role::Administrator) && !roles.contains(Role::Administrator);
    if demoted && before.active && tx.members().count_active(Role::Administrator).await? <= 1 {
        return Err(PeopleError::LastAdministrator);
    }
    tx.members().touch(id, version).await?;
    tx.members().set_roles(administering, id, roles).await?;
    if before.roles.contains(Role::AccountManager) && !roles.contains(Role::AccountManager) {
        leave(ctx, &tx, administering.member(), id).await?;
    }
    let codes = |roles: RoleSet| roles.iter().map(Role::as_str).collect::<Vec<_>>();
    let details = json!({ "from": codes(before.roles), "to": codes(roles) });
    tx.audit(ctx.audit_entry(Some(administering.member()), "members.change_roles", "member", id, details))
        .await?;
    Ok(tx.commit().await?)
}
