//! What is granted early, and who may ask for it.

pub(crate) mod api_keys;
pub(crate) mod features;
pub(crate) mod grants;
