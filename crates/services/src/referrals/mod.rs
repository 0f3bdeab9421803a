//! Referrals: from the form to the customer. Who may do what is decided in `domain::referrals`; here a use case loads,
//! asks, and stores the answer with everything that follows from it.

mod choose;
mod follow_up;
mod move_stage;
mod queries;
mod say;
mod submit;
mod tell;
mod terms;
mod thank;

pub use choose::{Choose, ChooseError, choose};
pub use follow_up::{after_events, record};
pub(crate) use follow_up::{expire, silence};
pub use move_stage::{MoveStage, MoveStageError, move_by_form, move_stage, withdraw};
pub use queries::{Duty, detail_for_advocate, detail_for_staff, duties, reach};
pub use say::{SayError, say};
pub use store::referrals::{After, Line, Reach, Tally};
pub use submit::{
    AskInPerson, SubmitReferral, SubmitReferralError, carried_link_token, submit, submit_to_ask,
};
pub(crate) use tell::tell_advocate;
pub use terms::{Programme, Standing, programme, standing};
pub(crate) use thank::fallback_thanks;
pub use thank::{ThankError, thank};

use domain::{moments::ClockSettings, referrals::ReferralSettings};

/// The numbers of the referral rules; the defaults of `domain` until marketing may set them.
pub fn settings() -> (ReferralSettings, ClockSettings) {
    (ReferralSettings::default(), ClockSettings::default())
}
