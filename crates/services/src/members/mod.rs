//! Members: signing in, and who they are.

mod change_language;
mod change_person;
mod change_roles;
mod create_admin;
mod invite;
mod join;
pub mod joining;
mod letter_code;
mod manners;
mod people;
mod permission;
mod release;
mod set_access;
mod sign_in;
mod sign_in_with;

pub use change_language::change_language;
pub use change_person::change_person;
pub use change_roles::change_roles;
pub use create_admin::{CreateAdminError, create_admin};
pub use invite::{Invitation, Invite, Sender, invitation, invite, renew_invitation};
pub use join::{JoinError, join};
pub(crate) use joining::write_join_mail;
pub use manners::{change_manners, manners};
pub use people::{PeopleError, people, person};
pub use permission::{
    RecordPermission, Wishes, change_wishes, permit, record_objection, record_permission, wishes,
};
pub use release::{RecordRelease, RecordReleaseError, record_release, revoke_release};
pub use set_access::set_access;
pub(crate) use sign_in::write_sign_in_mail;
pub use sign_in::{SignInError, request_sign_in, sign_in_by_code, sign_in_by_link, sign_out_everywhere};
pub use sign_in_with::{begin_sign_in_with, sign_in_with};
pub use store::{
    members::{Manners, Person},
    people::{Colleague, PeopleFilter, PersonChange, PersonDetails, PersonLine},
    permissions::PermissionRow,
    releases::RecordedRelease,
};
