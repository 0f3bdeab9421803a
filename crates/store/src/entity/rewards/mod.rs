//! What was earned, delivered and booked.

pub(crate) mod cap_tallies;
pub(crate) mod conversions;
pub(crate) mod credit_exports;
pub(crate) mod deliveries;
pub(crate) mod document_chunks;
pub(crate) mod documents;
pub(crate) mod introductions;
pub(crate) mod ledger_accounts;
pub(crate) mod ledger_transfers;
pub(crate) mod receipts;
pub(crate) mod reward_categories;
pub(crate) mod rewards;
pub(crate) mod set_offs;
pub(crate) mod shortfalls;
