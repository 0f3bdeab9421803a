//! Typing a code, and remembering a recommendation.

mod enter_code;
mod remember;

pub use enter_code::enter_code;
pub use remember::{forget, remember};
