//! The tiers of a fresh installation.

use domain::{text::Bilingual, tiers::default_tiers};
use store::{
    StoreError, Tx,
    tiers::{NamedTier, Scheme},
};

use crate::Ctx;

/// Makes sure that there are tiers and their first version: an empty table gets the defaults, any other stays as it is.
///
/// # Errors
/// When the memory fails.
pub async fn ensure_defaults(ctx: &Ctx) -> Result<(), StoreError> {
    if ctx.store.tiers().last_number().await? > 0 {
        return Ok(());
    }
    let tx = ctx.store.begin().await?;
    match in_force(ctx, &tx).await {
        Ok(_) => tx.commit().await,
        // Another server has made the first version at the same moment.
        Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The version in force. Tiers from before there were versions become the first one.
pub(super) async fn in_force(ctx: &Ctx, tx: &Tx) -> Result<Scheme, StoreError> {
    let rolled_out = tx.tiers().rolled_out().await?;
    let found = match rolled_out {
        Some(rollout) => tx.tiers().scheme(rollout.scheme).await?,
        None => tx.tiers().first_scheme().await?,
    };
    if let Some(scheme) = found {
        return Ok(scheme);
    }
    let (tiers, now) = (all(tx).await?, ctx.now());
    let first = Scheme {
        id: ctx.new_id(),
        number: 1,
        tiers,
        version: 0,
        made_by: None,
        made_at: now,
        published_at: Some(now),
    };
    tx.insert_scheme(&first).await?;
    Ok(first)
}

/// All tiers, the default ones where there are none yet.
pub(super) async fn all(tx: &Tx) -> Result<Vec<NamedTier>, StoreError> {
    let there = tx.tiers().all().await?;
    if !there.is_empty() {
        return Ok(there);
    }
    let named = default_tiers().into_iter().map(|tier| {
        let (name, benefits) = texts(tier.code.as_str());
        NamedTier { tier, name, benefits, version: 0 }
    });
    tx.insert_missing_tiers(&named.collect::<Vec<_>>()).await?;
    tx.tiers().all().await
}

/// The texts a fresh installation starts with; marketing changes them on the page of the tiers.
fn texts(code: &str) -> (Bilingual, Bilingual) {
    match code {
        "bronze" => (
            Bilingual::new("Bronze", "Bronze"),
            Bilingual::new(
                "Persönliche Ansprechperson für Ihre Empfehlungen",
                "A contact person for your referrals",
            ),
        ),
        "silver" => (
            Bilingual::new("Silber", "Silver"),
            Bilingual::new(
                "Einladung zum jährlichen Treffen der Empfehlenden",
                "Invitation to the yearly meeting",
            ),
        ),
        "gold" => (
            Bilingual::new("Gold", "Gold"),
            Bilingual::new("Neue Funktionen vor allen anderen", "New features before everybody else"),
        ),
        "ambassador" => (
            Bilingual::new("Botschafterin/Botschafter", "Ambassador"),
            Bilingual::new("Ein Platz am Tisch des Kundenbeirats", "A seat at the advisory board's table"),
        ),
        other => (Bilingual::new(other, other), Bilingual::default()),
    }
}
