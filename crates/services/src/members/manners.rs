//! How a member takes part: whether contacts read their name, and whether they take benefits themselves.

use domain::ids::MemberId;
use serde_json::json;
use store::{StoreError, members::Manners};

use crate::{Ctx, touches::renew_codes};

/// How this member takes part.
///
/// # Errors
/// When the memory fails.
pub async fn manners(ctx: &Ctx, member: MemberId) -> Result<Option<Manners>, StoreError> {
    ctx.store.members().manners(member).await
}

/// Changes it. What was promised to contacts before stays as it was frozen. Codes are made of names: somebody who is no
/// longer to be named gets others, and those that are out lead on where they did.
///
/// # Errors
/// When the memory fails.
pub async fn change_manners(ctx: &Ctx, member: MemberId, manners: Manners) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    let before = tx.members().manners(member).await?;
    tx.members().set_manners(member, manners).await?;
    if !manners.shares_name && before.is_some_and(|before| before.shares_name) {
        renew_codes(ctx, &tx, member).await?;
    }
    let details = json!({ "shares_name": manners.shares_name, "refuses_gifts": manners.refuses_gifts });
    tx.audit(ctx.audit_entry(Some(member), "members.change_manners", "member", member, details)).await?;
    tx.commit().await
}
