//! Signing in, and one's own profile.

pub mod colleagues;
pub mod join;
pub mod joining;
pub mod letter;
pub mod manners;
pub mod people;
pub mod profile;
pub mod requests;
pub mod sign_in;
pub mod stop;
