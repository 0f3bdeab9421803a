//! Tiers.

use domain::tiers::TierCode;

use super::{Path, built};

/// The tiers as advocates see them.
pub const TIERS: Path = Path::fixed("/tiers");
/// The tiers as staff see them.
pub const MANAGE_TIERS: Path = Path::fixed("/manage/tiers");
/// The route of [`manage_tier`].
pub const MANAGE_TIER: &str = "/manage/tiers/{code}";

/// The editor of one tier.
pub fn manage_tier(code: &TierCode) -> Path {
    built(MANAGE_TIER.replace("{code}", code.as_str()))
}
