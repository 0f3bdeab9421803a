//! Forms of programmes and offers.

mod offer;
mod organisation;
mod program;

pub use offer::{create_offer, save_offer};
pub use organisation::add_organisation;
pub use program::save_program;
