//! Forms of referrals: submit, choose, withdraw, say; for staff move, thank, answer.

mod amend;
mod choose;
mod first_contact;
mod messages;
mod move_stage;
mod record_deal;
mod submit;

pub use amend::amend;
pub use choose::choose;
pub use first_contact::{reveal, spoken, stop};
pub use messages::{answer, ask, thank};
pub use move_stage::{move_stage, withdraw};
pub use record_deal::record_deal;
pub use submit::submit;
