//! Forms of programmes and offers.

mod first_contact;
mod offer;
mod organisation;
mod own_thanks;
mod program;
mod questions;
mod stages;

pub use first_contact::{allow_first_contact, end_first_contact};
pub use offer::{create_offer, save_offer};
pub use organisation::{add_organisation, change_organisation};
pub use own_thanks::set_own_thanks;
pub use program::save_program;
pub use questions::save_questions;
pub use stages::save_stages;
