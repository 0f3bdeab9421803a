//! The language a member reads.

use domain::{ids::MemberId, text::Language};
use store::StoreError;

use crate::Ctx;

/// Remembers the language for pages and mails.
///
/// # Errors
/// When the memory fails.
pub async fn change_language(ctx: &Ctx, member: MemberId, language: Language) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    tx.members().set_language(member, language).await?;
    tx.commit().await
}
