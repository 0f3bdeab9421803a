//! The numbers of the checks, as the installation has set them.

use domain::fraud::FraudRules;
use store::{StoreError, Tx};

use crate::rewards::read_setting;

/// The setting with weights, threshold and windows.
pub const FRAUD: &str = "fraud.rules";

pub(super) async fn load(tx: &Tx) -> Result<FraudRules, StoreError> {
    read_setting(tx.setting(FRAUD).await?)
}
