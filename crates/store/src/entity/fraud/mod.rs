//! Suspected misuse and what was decided about it.

pub(crate) mod fraud_cases;
pub(crate) mod fraud_findings;
