//! What an installation needs before anybody can use it.

use store::StoreError;

use crate::{Ctx, incentives, tiers};

/// Makes what is missing: the first programme with its thank-yous, and the tiers. Called at every start, changes nothing that is there.
///
/// # Errors
/// When the memory fails.
pub async fn prepare(ctx: &Ctx) -> Result<(), StoreError> {
    incentives::ensure_defaults(ctx).await?;
    tiers::ensure_defaults(ctx).await
}
