//! The parts every page is made of.

mod amounts;
mod clock;
mod copy;
mod fields;
mod lollipop;
mod marks;
pub(crate) mod qr;
mod stave;

pub use amounts::{amount, part};
pub use clock::{promise, until};
pub use copy::copy_button;
pub use fields::{Choice, Field, choice_field, error_summary, select_field, text_area, text_field, tick_box};
pub use lollipop::{Stem, lollipop};
pub use marks::{Party, icon, note, party};
pub use stave::stave;
