//! Referrals go with their company to another account manager, and are nobody's when theirs leaves.

use domain::ids::{AccountId, MemberId};
use serde_json::json;
use store::{StoreError, Tx};

use crate::{Ctx, settings::in_charge};

/// After companies were assigned to somebody else: hands over what is open or won, in the same transaction. One line of the
/// audit log says so, of the company or the import that did it.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn follow_assignments(
    ctx: &Ctx,
    tx: &Tx,
    by: Option<MemberId>,
    accounts: &[AccountId],
    (object_kind, object_key): (&'static str, &str),
) -> Result<(), StoreError> {
    let owner = in_charge(tx, None).await?;
    let moved = tx.referrals().follow_assignments(accounts, owner).await?;
    if moved == 0 {
        return Ok(());
    }
    let details = json!({ "accounts": accounts, "referrals": moved });
    tx.audit(ctx.audit_entry(by, "referrals.hand_over", object_kind, object_key, details)).await
}

/// After an account manager has left, or does something else now: what was theirs is nobody's.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn leave(ctx: &Ctx, tx: &Tx, by: MemberId, manager: MemberId) -> Result<(), StoreError> {
    let owner = in_charge(tx, None).await?.filter(|owner| *owner != manager);
    let free = tx.referrals().leave(manager, owner).await?;
    let details = json!({ "referrals": free });
    tx.audit(ctx.audit_entry(Some(by), "referrals.leave", "member", manager, details)).await
}
