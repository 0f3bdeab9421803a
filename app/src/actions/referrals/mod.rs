//! Forms of referrals: submit, choose, withdraw, say; for staff move, thank, answer.

mod choose;
mod messages;
mod move_stage;
mod submit;

pub use choose::choose;
pub use messages::{answer, ask, thank};
pub use move_stage::{move_stage, withdraw};
pub use submit::submit;
