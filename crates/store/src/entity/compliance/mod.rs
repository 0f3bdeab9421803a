//! The compliance matrix and what was decided by it.

pub(crate) mod compliance_cases;
pub(crate) mod compliance_markets;
pub(crate) mod compliance_rule_versions;
pub(crate) mod compliance_rules;
pub(crate) mod compliance_sign_offs;
