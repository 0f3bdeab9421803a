//! Programmes and what they offer, as marketing edits them.

mod ensure_defaults;
mod own_thanks;
mod save_offer;
mod save_organisation;
mod save_pipeline;
mod save_program;
mod save_questions;

pub use ensure_defaults::ensure_defaults;
pub use own_thanks::{OwnThanksError, set_own_thanks};
pub use save_offer::{SaveOfferError, Saving, save_offer};
pub use save_organisation::{change_organisation, save_organisation};
pub use save_pipeline::{SavePipelineError, save_pipeline};
pub use save_program::{SaveProgramError, save_program};
pub use save_questions::{SaveQuestionsError, save_questions};
pub use store::incentives::{Offer, Organisation, OwnThanks, Program};
