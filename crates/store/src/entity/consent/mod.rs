//! What people agreed to, objected to and must never be asked again.

pub(crate) mod first_contact_rules;
pub(crate) mod first_contacts;
pub(crate) mod legal_texts;
pub(crate) mod permissions;
pub(crate) mod suppressions;
pub(crate) mod terms_acceptances;
