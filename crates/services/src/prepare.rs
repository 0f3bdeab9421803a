//! What an installation needs before anybody can use it.

use store::StoreError;

use crate::{Ctx, catalogue, compliance, incentives, tiers};

/// Makes what is missing: the tiers, the first programme with its thank-yous, and the rules of the compliance matrix. Called at every start, changes nothing that is there.
///
/// # Errors
/// When the memory fails.
pub async fn prepare(ctx: &Ctx) -> Result<(), StoreError> {
    tiers::ensure_defaults(ctx).await?;
    incentives::ensure_defaults(ctx).await?;
    compliance::ensure_defaults(ctx).await?;
    // The rules that have been set count from the first request on.
    catalogue(ctx, None).await?;
    Ok(())
}
