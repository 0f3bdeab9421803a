//! Jobs, mails, the audit log and the settings.

pub(crate) mod audit_entries;
pub(crate) mod jobs;
pub(crate) mod mails;
pub(crate) mod settings;
