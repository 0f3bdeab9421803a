//! Signing in, and one's own profile.

pub mod join;
pub mod letter;
pub mod people;
pub mod profile;
pub mod sign_in;
