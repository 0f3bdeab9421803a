//! Customers' companies.

use domain::ids::AccountId;

use super::{Path, with_id};

/// Customers' companies.
pub const ACCOUNTS: Path = Path::fixed("/manage/accounts");
/// The form of a new one.
pub const NEW_ACCOUNT: Path = Path::fixed("/manage/accounts/new");
/// Route: one company.
pub const ACCOUNT: &str = "/manage/accounts/{id}";

/// One company.
pub fn account(id: AccountId) -> Path {
    with_id(ACCOUNT, id)
}
