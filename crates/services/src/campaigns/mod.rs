//! Campaigns: marketing lets what is offered bring more for a time, tries it with a group first, and closes it with its
//! figures. What was promised by one is in the terms of each referral.

mod for_advocate;
mod moment;
mod own;
mod save;
mod step;
mod view;

pub use for_advocate::for_advocate;
pub use moment::{MomentError, in_zone, local};
pub use own::{OwnCampaign, own_campaign};
pub(crate) use save::keeps_guard;
pub use save::{SaveCampaignError, save_campaign};
pub use step::{StepError, take_step};
pub use store::campaigns::{CampaignFigures, NamedCampaign};
pub use view::{CampaignView, campaign, campaigns};
