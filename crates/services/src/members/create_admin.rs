//! The first administrator, from the command line.

use domain::{
    ids::MemberId,
    members::{Role, RoleSet},
    text::{EmailAddress, Language, PersonName},
};
use serde_json::json;
use store::{StoreError, members::NewMember};

use crate::Ctx;

/// Why there is no new administrator.
#[derive(Debug, thiserror::Error)]
pub enum CreateAdminError {
    /// Somebody signs in with this address already.
    #[error("somebody signs in with this address already")]
    Taken,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for CreateAdminError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Taken,
            other => Self::Store(other),
        }
    }
}

/// Adds a member of the host with every staff role: a new installation has one person who does everything and hands
/// roles on.
///
/// # Errors
/// [`CreateAdminError::Taken`] when the address is known.
pub async fn create_admin(
    ctx: &Ctx,
    name: PersonName,
    email: EmailAddress,
    language: Language,
) -> Result<MemberId, CreateAdminError> {
    let id: MemberId = ctx.new_id();
    let mut roles = RoleSet::EMPTY;
    for role in [Role::Administrator, Role::Marketing, Role::AccountManager] {
        roles = roles.with(role);
    }
    let tx = ctx.store.begin().await?;
    tx.members()
        .insert(&NewMember { id, account: None, name, email, language, roles, created_at: ctx.now() })
        .await?;
    tx.audit(ctx.audit_entry(None, "members.create_admin", "member", id, json!({}))).await?;
    tx.commit().await?;
    Ok(id)
}
