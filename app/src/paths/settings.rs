//! The numbers that an installation may set.

use super::Path;

/// The page of settings.
pub const SETTINGS: Path = Path::fixed("/manage/settings");
/// How much may be earned in a year.
pub const SETTINGS_CAPS: Path = Path::fixed("/manage/settings/caps");
/// Approval, terms and deliveries.
pub const SETTINGS_REWARDS: Path = Path::fixed("/manage/settings/rewards");
/// How referrals expire and are taken.
pub const SETTINGS_REFERRALS: Path = Path::fixed("/manage/settings/referrals");
/// How long tiers are kept, and changes of theirs can be undone.
pub const SETTINGS_TIERS: Path = Path::fixed("/manage/settings/tiers");
/// What speaks for misuse, and how much it weighs.
pub const SETTINGS_FRAUD: Path = Path::fixed("/manage/settings/fraud");
/// Where promises of time are changed.
pub const SETTINGS_CLOCKS: Path = Path::fixed("/manage/settings/clocks");
/// Who looks after what nobody is assigned to.
pub const SETTINGS_OWNER: Path = Path::fixed("/manage/settings/owner");
