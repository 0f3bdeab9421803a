//! The parts every page is made of.

mod fields;
mod marks;

pub use fields::{Choice, Field, choice_field, error_summary, select_field, text_area, text_field, tick_box};
pub use marks::{Party, icon, note, party};
