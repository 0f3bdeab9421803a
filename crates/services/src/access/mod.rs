//! Early access: features that marketing lists, grants that rewards make, and keys of machines that ask for them.

mod features;
mod grants;
mod keys;
mod tier;

pub use features::{SaveFeatureError, save_feature};
pub use grants::{Granted, MakeKeyError, granted, key_digest, make_key, own_grant, term, today};
pub(crate) use grants::{grant, lapse, shrink};
pub use keys::{CallError, MOST_CALLS, create_key, grants_for, revoke_key};
pub use store::access::{ApiKey, Feature, Grant};
pub(crate) use tier::{end_with_tier, order_ends};
