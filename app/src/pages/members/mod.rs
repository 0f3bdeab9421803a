//! Signing in, and one's own profile.

pub mod profile;
pub mod sign_in;
