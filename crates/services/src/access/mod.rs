//! Early access: features that marketing lists, grants that rewards make, and keys of machines that ask for them.

mod features;
mod grants;
mod keys;

pub use features::{SaveFeatureError, save_feature};
pub(crate) use grants::grant;
pub use grants::{account_named, grants_of, own_grants, show_key};
pub use keys::{CallError, Caller, call, create_key, revoke_key};
pub use store::access::{ApiKey, Feature, Grant};
