//! Who may do what: roles, and powers that can only be had from an [`Actor`].
//!
//! A rule that needs a power takes its value as an argument; so a missing permission check does not compile.

mod contact_sight;
mod powers;
mod roles;

pub use contact_sight::ContactSight;
pub use powers::{
    AccountManaging, Administering, Approving, Auditing, Delivering, Duties, Inviting, ProgramManaging,
    Referrer,
};
pub use roles::{Role, RoleSet};

use crate::ids::{AccountId, MemberId};

/// The signed-in member on whose behalf something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who it is.
    pub member: MemberId,
    /// Their company, for members of a customer; the host's staff have none.
    pub account: Option<AccountId>,
    /// Everything they are.
    pub roles: RoleSet,
}
