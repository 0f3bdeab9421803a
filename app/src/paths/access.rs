//! Early access: features, and keys of machines.

use domain::ids::{ApiKeyId, FeatureId, RewardId};

use super::{Path, with_id};

/// Features that are granted early.
pub const FEATURES: Path = Path::fixed("/manage/features");
/// A new one.
pub const NEW_FEATURE: Path = Path::fixed("/manage/features/new");
/// The route of [`feature`].
pub const FEATURE: &str = "/manage/features/{id}";
/// Keys of machines.
pub const API_KEYS: Path = Path::fixed("/manage/keys");
/// The route of [`api_key_end`].
pub const API_KEY_END: &str = "/manage/keys/{id}/end";
/// The route of [`grant`].
pub const GRANT: &str = "/rewards/{id}/access";

/// One feature.
pub fn feature(id: FeatureId) -> Path {
    with_id(FEATURE, id)
}

/// Where a key is revoked.
pub fn api_key_end(id: ApiKeyId) -> Path {
    with_id(API_KEY_END, id)
}

/// One's own grant; a form that is sent there makes a key.
pub fn grant(id: RewardId) -> Path {
    with_id(GRANT, id)
}
