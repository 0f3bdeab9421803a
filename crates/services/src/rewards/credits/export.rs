//! The credits that the billing system has yet to book, as a file for it.

use domain::{members::Actor, rewards::CreditReference};
use serde_json::json;
use store::{StoreError, rewards::OpenCredit};

use crate::{Ctx, csv_cell, csv_file, rewards::desk::ActError};

/// The credits that are approved and not booked; `None` for somebody who may not decide about rewards.
///
/// # Errors
/// When the memory fails.
pub async fn open_credits(ctx: &Ctx, actor: &Actor) -> Result<Option<Vec<OpenCredit>>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    ctx.store.rewards().open_credits().await.map(Some)
}

/// All of them as a CSV file. Amounts are in minor units of money, or whole units of anything else. A credit that was
/// exported before has the same reference again, so that the billing system knows it.
///
/// # Errors
/// When the role is missing.
pub async fn export_credits(ctx: &Ctx, actor: &Actor) -> Result<Vec<u8>, ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    let credits = tx.rewards().open_credits().await?;
    let ids: Vec<_> = credits.iter().map(|credit| credit.reward).collect();
    tx.rewards().note_exported(&ids, power.member(), now).await?;
    let details = json!({ "credits": ids.len() });
    let entry =
        ctx.audit_entry(Some(power.member()), "rewards.export_credits", "rewards", "credits", details);
    tx.audit(entry).await?;
    tx.commit().await?;
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&ctx.host.zone).date_naive().to_string();
    let heading = [
        "reference",
        "customer",
        "person",
        "amount",
        "unit",
        "approved",
        "first_exported",
        "category",
        "category_state",
    ];
    let rows = credits.iter().map(|credit| {
        [
            CreditReference::of(credit.reward).to_string(),
            csv_cell(&credit.account_name),
            csv_cell(credit.person.as_deref().unwrap_or_default()),
            credit.amount.value().to_string(),
            credit.amount.unit().to_string(),
            day(credit.approved_at),
            day(credit.exported_at.unwrap_or(now)),
            credit.category.map_or_else(String::new, |known| known.category.as_str().to_owned()),
            credit
                .category
                .map_or("", |known| if known.confirmed { "confirmed" } else { "proposed" })
                .to_owned(),
        ]
    });
    // A machine reads it: the same whichever language somebody has chosen.
    let rows = std::iter::once(heading.map(str::to_owned)).chain(rows).collect();
    Ok(csv_file(domain::text::Language::German, rows))
}
