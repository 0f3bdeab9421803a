//! Segments of customers.

pub(crate) mod segment_accounts;
pub(crate) mod segments;
