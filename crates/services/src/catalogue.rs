//! What changes seldom and stands on nearly every page: the programme with all it offers, the tiers, the rules of referrals.
//!
//! It is read once and remembered until the number that the database keeps beside it has moved on, which it does in the
//! same transaction as every change, on whichever server. Pages read it; use cases that write look for themselves.

use std::sync::{Arc, PoisonError, RwLock};

use domain::{moments::ClockSettings, referrals::ReferralSettings};
use store::{StoreError, tiers::NamedTier};
use uuid::Uuid;

use crate::{
    Ctx,
    referrals::{Programme, programme},
    settings::{Clocks, ReferralRules},
    tiers::pilot,
};

/// The programme with all it offers, and the tiers.
#[derive(Debug)]
pub struct Catalogue {
    /// The programme that new referrals belong to; `None` before marketing has made one.
    pub programme: Option<Programme>,
    /// All tiers, from the lowest.
    pub tiers: Arc<[NamedTier]>,
    /// A pilot of other tiers that is running: its roll-out, and its tiers.
    pub pilot: Option<(Uuid, Arc<[NamedTier]>)>,
    /// The rules of referrals.
    pub rules: ReferralSettings,
    /// The promises of time.
    pub clocks: ClockSettings,
}

/// The catalogue that was read last, with its version. All clones remember the same.
#[derive(Clone, Debug, Default)]
pub struct RememberedCatalogue(Arc<RwLock<Option<Versioned>>>);

impl RememberedCatalogue {
    /// The rules and promises of referrals that were read last; those of a fresh installation before anything was read.
    pub(crate) fn rules(&self) -> (ReferralSettings, ClockSettings) {
        let remembered = self.0.read().unwrap_or_else(PoisonError::into_inner);
        remembered.as_ref().map(|(_, catalogue)| (catalogue.rules, catalogue.clocks)).unwrap_or_default()
    }
}

/// A catalogue, and how often it had changed when it was read.
type Versioned = (i32, Arc<Catalogue>);

/// The catalogue of this version, which the request has read with the person who asks; without it, of today.
///
/// # Errors
/// When the memory fails.
pub async fn catalogue(ctx: &Ctx, version: Option<i32>) -> Result<Arc<Catalogue>, StoreError> {
    let version = match version {
        Some(read) => read,
        None => ctx.store.catalogue_version().await?,
    };
    {
        let remembered = ctx.catalogue.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, catalogue)) = &*remembered
            && *of == version
        {
            return Ok(catalogue.clone());
        }
    }
    let fresh = Arc::new(Catalogue {
        programme: programme(ctx).await?,
        tiers: ctx.store.tiers().all().await?.into(),
        pilot: pilot(ctx).await?,
        rules: ReferralRules::load(&ctx.store).await?,
        clocks: Clocks::load(&ctx.store).await?,
    });
    *ctx.catalogue.0.write().unwrap_or_else(PoisonError::into_inner) = Some((version, fresh.clone()));
    Ok(fresh)
}
