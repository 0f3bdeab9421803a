//! Referrals: from the form to the customer. Who may do what is decided in `domain::referrals`; here a use case loads,
//! asks, and stores the answer with everything that follows from it.

mod accept;
mod amend;
mod choose;
mod follow_up;
mod hand_over;
mod move_stage;
mod queries;
mod record_deal;
mod redate;
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
pub(crate) use hand_over::{follow_assignments, leave};
pub use move_stage::{MoveStage, MoveStageError, move_by_form, move_stage, withdraw};
pub use queries::{Duty, detail_for_advocate, detail_for_staff, duties, reach};
pub use record_deal::{RecordDealError, record_deal};
pub(crate) use redate::{order_redating, redate};
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

use store::StoreError;

use crate::{Ctx, catalogue};

/// Looks whether somebody has changed the rules of referrals, on whichever server: before every use case that goes by them,
/// and outside its transaction. Where nobody has, it is one small question.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn look_up_rules(ctx: &Ctx) -> Result<(), StoreError> {
    catalogue(ctx, None).await.map(|_| ())
}

/// The rules of referrals as the installation has set them, as this server has last looked them up; before every job it
/// does so too. And its promises of time.
pub fn settings(ctx: &Ctx) -> (ReferralSettings, ClockSettings) {
    ctx.catalogue.rules()
}
