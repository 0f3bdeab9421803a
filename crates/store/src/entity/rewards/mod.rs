//! What was earned, delivered and booked.

pub(crate) mod cap_tallies;
pub(crate) mod deliveries;
pub(crate) mod ledger_accounts;
pub(crate) mod ledger_transfers;
pub(crate) mod rewards;
