//! Typing a code.

mod enter_code;

pub use enter_code::enter_code;
