//! The compliance matrix: its rules, who signed them off, what they say about choices and rewards, and the rewards they hold.

mod gaps;
mod held;
mod review;
mod save_rule;
mod sign_off;
mod start_set;
mod view;

pub use gaps::{GapFound, gaps};
pub use held::{ReleaseError, held, release};
pub(crate) use held::{hold, room_under_caps};
pub(crate) use review::remind as remind_review;
pub use save_rule::{RuleDraft, SaveRuleError, end_rule, save_rule, touched};
pub use sign_off::{NewSignOff, SignOffError, sign_off};
pub use start_set::ensure_defaults;
pub use store::compliance::{HeldCase, Law, Market, SignOff, Touched, WrittenRule};
pub use view::{Overview, overview};

use domain::{
    compliance::Decision,
    ids::ReferralId,
    incentives::{AdvocateStanding, IncentiveKind},
};
use store::{StoreError, Tx};

/// Keeps with a referral what the matrix says about what was chosen for it.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn keep_choice(
    tx: &Tx,
    law: &Law,
    referral: ReferralId,
    standing: &AdvocateStanding,
    kind: IncentiveKind,
) -> Result<(), StoreError> {
    let decision: Decision = law.matrix.decide(&standing.case(kind));
    tx.compliance().note_choice(referral, &decision).await
}
