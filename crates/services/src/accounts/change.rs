//! Adding and changing a company.

use domain::{
    accounts::WorkDomain,
    ids::{AccountId, MemberId},
    members::{Inviting, Role},
};
use serde_json::json;
use store::{StoreError, Tx, accounts::AccountFields};

use crate::{Ctx, referrals::follow_assignments};

/// Why a company is not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no such company.
    #[error("not_found")]
    NotFound,
    /// One of the domains belongs to another company.
    #[error("domain_taken")]
    DomainTaken,
    /// Somebody has changed it since it was looked at.
    #[error("changed_meanwhile")]
    Stale,
    /// Whoever looks after a company must be account manager.
    #[error("not_an_account_manager")]
    Manager,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::DomainTaken,
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// A company as it shall be.
#[derive(Clone, Debug)]
pub struct AccountCommand {
    /// What is known about it.
    pub fields: AccountFields,
    /// Its mail domains.
    pub domains: Vec<WorkDomain>,
    /// Who looks after it.
    pub manager: Option<MemberId>,
}

async fn check_manager(tx: &Tx, manager: Option<MemberId>) -> Result<(), AccountError> {
    let Some(manager) = manager else { return Ok(()) };
    let found = tx.members().details(manager).await?;
    match found {
        Some(person) if person.active && person.roles.contains(Role::AccountManager) => Ok(()),
        _ => Err(AccountError::Manager),
    }
}

/// Adds a company.
///
/// # Errors
/// [`AccountError::DomainTaken`] when one of the domains belongs to another.
pub async fn add(ctx: &Ctx, by: Inviting, command: AccountCommand) -> Result<AccountId, AccountError> {
    let (id, now) = (ctx.new_id::<AccountId>(), ctx.now());
    let tx = ctx.store.begin().await?;
    check_manager(&tx, command.manager).await?;
    tx.accounts().insert(by, id, &command.fields, &command.domains, now).await?;
    tx.accounts().assign(by, id, command.manager, now).await?;
    tx.audit(ctx.audit_entry(Some(by.member()), "accounts.add", "account", id, json!({}))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a company.
///
/// # Errors
/// [`AccountError::Stale`] when somebody has changed it since `version`.
pub async fn change(
    ctx: &Ctx,
    by: Inviting,
    id: AccountId,
    command: AccountCommand,
    version: i32,
) -> Result<(), AccountError> {
    let tx = ctx.store.begin().await?;
    let before = tx.accounts().details(id).await?.ok_or(AccountError::NotFound)?;
    if before.manager != command.manager {
        check_manager(&tx, command.manager).await?;
    }
    tx.accounts().change(by, id, &command.fields, version).await?;
    if before.domains != command.domains {
        tx.accounts().set_domains(by, id, &command.domains).await?;
    }
    if before.manager != command.manager {
        tx.accounts().assign(by, id, command.manager, ctx.now()).await?;
        follow_assignments(ctx, &tx, Some(by.member()), &[id], ("account", &id.to_string())).await?;
    }
    let details = json!({
        "status": [before.fields.status, command.fields.status],
        "gift_policy": [before.fields.gift_policy, command.fields.gift_policy],
        "recipient_kind": [before.fields.recipient_kind, command.fields.recipient_kind],
        "manager": command.manager,
        "domains": before.domains != command.domains,
    });
    tx.audit(ctx.audit_entry(Some(by.member()), "accounts.change", "account", id, details)).await?;
    Ok(tx.commit().await?)
}
