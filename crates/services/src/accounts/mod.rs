//! Customers' companies: adding, changing, looking at them.

mod change;

use domain::{ids::AccountId, members::Actor, text::CompanyName};
use store::StoreError;

use crate::Ctx;

pub use change::{AccountCommand, AccountError, add, change};
pub use store::accounts::{AccountDetails, AccountFields, AccountLine, AccountsFilter};

/// A page of companies; `None` for those who may not see it.
///
/// # Errors
/// When the memory fails.
pub async fn accounts(
    ctx: &Ctx,
    actor: &Actor,
    filter: &AccountsFilter,
    limit: u64,
) -> Result<Option<Vec<AccountLine>>, StoreError> {
    if !actor.sees_people() {
        return Ok(None);
    }
    ctx.store.accounts().list(filter, limit).await.map(Some)
}

/// One company; `None` where there is none, or none that this actor may see.
///
/// # Errors
/// When the memory fails.
pub async fn account(ctx: &Ctx, actor: &Actor, id: AccountId) -> Result<Option<AccountDetails>, StoreError> {
    if !actor.sees_people() {
        return Ok(None);
    }
    ctx.store.accounts().details(id).await
}

/// How many companies of one name are shown: more are no hint.
const ALIKE: u64 = 3;

/// Companies that have this name but for its legal form; none for those who may not see companies.
///
/// # Errors
/// When the memory fails.
pub async fn named_like(
    ctx: &Ctx,
    actor: &Actor,
    name: &CompanyName,
) -> Result<Vec<AccountLine>, StoreError> {
    if !actor.sees_people() {
        return Ok(Vec::new());
    }
    ctx.store.accounts().named(name, ALIKE).await
}
