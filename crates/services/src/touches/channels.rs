//! What each channel has brought.

use domain::members::{Actor, Referrer};
use store::{StoreError, channels::ChannelResult};

use crate::Ctx;

/// What each channel has brought an advocate; empty where there is nothing yet.
///
/// # Errors
/// When the memory fails.
pub async fn own_channel_results(ctx: &Ctx, by: &Referrer) -> Result<Vec<ChannelResult>, StoreError> {
    ctx.store.channel_results(Some(by.member())).await
}

/// What each channel has brought all advocates; `None` for those who do not see programmes as staff do.
///
/// # Errors
/// When the memory fails.
pub async fn channel_results(ctx: &Ctx, actor: &Actor) -> Result<Option<Vec<ChannelResult>>, StoreError> {
    if actor.account.is_some() || !actor.sees_programs() {
        return Ok(None);
    }
    ctx.store.channel_results(None).await.map(Some)
}
