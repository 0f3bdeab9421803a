//! Tiers.

use super::Path;

/// The tiers as advocates see them.
pub const TIERS: Path = Path::fixed("/tiers");
/// The tiers as staff see them.
pub const MANAGE_TIERS: Path = Path::fixed("/manage/tiers");
/// All tiers, to be edited together.
pub const TIERS_DRAFT: Path = Path::fixed("/manage/tiers/draft");
/// What the draft would do.
pub const TIERS_PREVIEW: Path = Path::fixed("/manage/tiers/preview");
/// Putting the draft into effect.
pub const TIERS_EFFECT: Path = Path::fixed("/manage/tiers/effect");
/// Taking a roll-out on, or back.
pub const TIERS_ROLLOUT: Path = Path::fixed("/manage/tiers/rollout");
