//! The parts every page is made of.

mod amounts;
mod clock;
mod copy;
mod fields;
mod list;
mod lollipop;
mod look_only;
mod mail;
mod marks;
pub mod qr;
mod saved_meanwhile;
mod stave;

pub use amounts::{amount, part, unit_name};
pub use clock::{promise, until};
pub use copy::copy_button;
pub use fields::{
    Choice, Field, choice_field, choices, error_summary, in_text_area, select_field, text_area, text_field,
    tick_box,
};
pub use list::{ASKED, Column, Filters, Slice, filters, further, list_table, pager, scrolling_table};
pub use lollipop::{Stem, lollipop};
pub use look_only::{locked, look_only};
pub use mail::{mail_draft, post_draft};
pub use marks::{Party, icon, note, party};
pub use saved_meanwhile::{both, saved_meanwhile, saved_named};
pub use stave::stave;
