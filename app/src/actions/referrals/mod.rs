//! Forms of referrals: submit, choose, withdraw, say; for staff move, thank, answer.

mod choose;
mod first_contact;
mod messages;
mod move_stage;
mod submit;

pub use choose::choose;
pub use first_contact::{reveal, spoken, stop};
pub use messages::{answer, ask, thank};
pub use move_stage::{move_stage, withdraw};
pub use submit::submit;
