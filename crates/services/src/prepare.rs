//! What an installation needs before anybody can use it.

use store::StoreError;

use crate::{Ctx, incentives, tiers};

/// Makes what is missing: the tiers, and the first programme with its thank-yous. Called at every start, changes nothing that is there.
///
/// # Errors
/// When the memory fails.
pub async fn prepare(ctx: &Ctx) -> Result<(), StoreError> {
    tiers::ensure_defaults(ctx).await?;
    incentives::ensure_defaults(ctx).await
}
