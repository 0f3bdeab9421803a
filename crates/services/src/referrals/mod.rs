//! Referrals: from the form to the customer. Who may do what is decided in `domain::referrals`; here a use case loads,
//! asks, and stores the answer with everything that follows from it.

mod accept;
mod amend;
mod choose;
mod follow_up;
mod move_stage;
mod queries;
mod record_deal;
mod say;
mod stock;
mod submit;
mod tell;
mod tell_message;
mod terms;
mod thank;

pub(crate) use accept::accept_by_rule;
pub use amend::{AmendReferral, AmendReferralError, amend};
pub use choose::{Choose, ChooseError, choose};
pub use follow_up::{after_events, record};
pub(crate) use follow_up::{expire, silence};
pub use move_stage::{MoveStage, MoveStageError, move_by_form, move_stage, withdraw};
pub use queries::{Duty, detail_for_advocate, detail_for_staff, duties, reach};
pub use record_deal::{RecordDealError, record_deal};
pub use say::{SayError, looked, say};
pub use store::referrals::{After, AfterDue, Line, Place, Reach, Tally};
pub use submit::{
    AskInPerson, SubmitReferral, SubmitReferralError, carried_link_token, submit, submit_to_ask,
};
pub(crate) use tell::tell_advocate;
pub(crate) use tell_message::tell_message;
pub use terms::{Programme, Standing, programme, standing};
pub(crate) use thank::fallback_thanks;
pub use thank::{ThankError, thank};

use domain::{moments::ClockSettings, referrals::ReferralSettings};

use crate::Ctx;

/// The rules of referrals as the installation has set them, as far as this server knows: it looks at every page of somebody
/// who is signed in and before every job. And the clocks.
pub fn settings(ctx: &Ctx) -> (ReferralSettings, ClockSettings) {
    (ctx.catalogue.rules(), ClockSettings::default())
}
