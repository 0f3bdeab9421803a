//! Members: signing in, and who they are.

mod change_language;
mod create_admin;
mod sign_in;
mod sign_in_with;

pub use change_language::change_language;
pub use create_admin::{CreateAdminError, create_admin};
pub(crate) use sign_in::write_sign_in_mail;
pub use sign_in::{SignInError, request_sign_in, sign_in_by_code, sign_in_by_link, sign_out_everywhere};
pub use sign_in_with::{begin_sign_in_with, sign_in_with};
pub use store::members::Person;
