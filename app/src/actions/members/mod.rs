//! Signing in and out, joining, one's own profile, and what staff do to people.

pub mod join;
pub mod joining;
mod language;
pub mod manners;
pub mod people;
pub mod pin;
pub mod release;
mod sign_in;
mod sign_in_with;
mod sign_out;

pub use language::change_language;
pub use sign_in::{request, with_code, with_link};
pub use sign_in_with::{back_from_provider, leave_for_provider};
pub use sign_out::{sign_out, sign_out_everywhere};
