//! Looking at people, and what can go wrong in changing them.

use domain::{ids::MemberId, members::Actor};
use store::{
    StoreError,
    people::{PeopleFilter, PersonDetails, PersonLine},
};

use crate::Ctx;

/// Why a person is not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// There is no such person, or they are not yours to see.
    #[error("not_found")]
    NotFound,
    /// Their role or yours does not allow it.
    #[error("not_allowed")]
    NotAllowed,
    /// Somebody signs in with this address already.
    #[error("address_taken")]
    Taken,
    /// Somebody has changed them since they were looked at.
    #[error("changed_meanwhile")]
    Stale,
    /// Everybody needs a role.
    #[error("no_role")]
    NoRole,
    /// Whoever recommends does so for a company.
    #[error("advocate_needs_account")]
    AdvocateNeedsAccount,
    /// Whoever works for the host belongs to no customer.
    #[error("staff_has_no_account")]
    StaffHasNoAccount,
    /// Somebody must be left who can hand roles out.
    #[error("last_administrator")]
    LastAdministrator,
    /// Nobody ends their own access.
    #[error("not_yourself")]
    NotYourself,
    /// A deputy is somebody else who may sign in.
    #[error("deputy_not_possible")]
    Deputy,
    /// Whoever is in already needs no invitation.
    #[error("joined_already")]
    JoinedAlready,
    /// A ground needs to say where it comes from.
    #[error("permission_source")]
    Source,
    /// They do not want to be written to that way.
    #[error("letter_objected")]
    Objected,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for PeopleError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Taken,
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// A page of people; `None` for those who may not see it.
///
/// # Errors
/// When the memory fails.
pub async fn people(
    ctx: &Ctx,
    actor: &Actor,
    filter: &PeopleFilter,
    limit: u64,
) -> Result<Option<Vec<PersonLine>>, StoreError> {
    if !actor.sees_people() {
        return Ok(None);
    }
    ctx.store.members().list(filter, limit).await.map(Some)
}

/// One person; `None` where there is none, or none that this actor may see.
///
/// # Errors
/// When the memory fails.
pub async fn person(ctx: &Ctx, actor: &Actor, id: MemberId) -> Result<Option<PersonDetails>, StoreError> {
    if !actor.sees_people() {
        return Ok(None);
    }
    ctx.store.members().details(id).await
}
