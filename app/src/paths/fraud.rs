//! Suspected misuse.

use domain::ids::CaseId;

use super::{Path, with_id};

/// The cases of suspected misuse.
pub const CASES: Path = Path::fixed("/work/cases");
/// The route of [`case`].
pub const CASE: &str = "/work/cases/{id}";
/// The route of [`case_decision`].
pub const CASE_DECISION: &str = "/work/cases/{id}/decision";

/// A case with everything that belongs to it.
pub fn case(id: CaseId) -> Path {
    with_id(CASE, id)
}

/// Where a case is decided.
pub fn case_decision(id: CaseId) -> Path {
    with_id(CASE_DECISION, id)
}
