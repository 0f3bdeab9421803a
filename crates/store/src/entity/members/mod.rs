//! Accounts, members and the ways to sign in.

pub(crate) mod account_assignments;
pub(crate) mod account_domains;
pub(crate) mod accounts;
pub(crate) mod colleague_links;
pub(crate) mod employer_releases;
pub(crate) mod form_states;
pub(crate) mod invitations;
pub(crate) mod join_requests;
pub(crate) mod member_roles;
pub(crate) mod members;
pub(crate) mod muted_mails;
pub(crate) mod sessions;
pub(crate) mod sign_in_attempts;
pub(crate) mod throttles;
pub(crate) mod upload_chunks;
pub(crate) mod uploads;
