//! Suspected misuse: the checks where facts arise, the cases they open, and what somebody decides about them.

mod check;
mod decide;
mod queries;
mod rules;

pub(crate) use check::check;
pub(crate) use decide::settle;
pub use decide::{DecideError, decide};
pub use queries::{CaseView, case, cases};
pub use rules::FRAUD;
pub use store::fraud::{CaseLine, Finding, StoredCase, Weighed};
