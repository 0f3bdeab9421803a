//! `POST /work/referrals/{id}/deal`

use axum::{Form, extract::Path as Segment};
use domain::ids::ReferralId;
use services::referrals::{self, RecordDealError};

use super::move_stage::deal;
use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /work/referrals/{id}/deal`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn record_deal(
    Segment(id): Segment<ReferralId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = referrals::duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties).ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let back = paths::work_referral(id);
    let version = form.version();
    // The page's other forms are made on what is stored now.
    form.forget("version");
    let Some(size) = deal(&mut form, "size", ctx.host.currency) else {
        if form.is_sound() {
            form.refuse("size", "not_an_amount");
        }
        return form.back_to(&back, &visitor).await;
    };
    match referrals::record_deal(ctx, &power, id, version, size).await {
        Ok(()) => {
            visitor.flash(Flash::DealRecorded).await?;
            Ok(go(&back))
        }
        Err(RecordDealError::NotFound) => Err(PageError::NotFound),
        Err(RecordDealError::Store(error)) => Err(error.into()),
        Err(error) => {
            // Where a size is recorded, there is no field for one any more.
            let whole = matches!(error, RecordDealError::Stale | RecordDealError::Recorded);
            let field = if whole { "" } else { "size" };
            form.refuse(field, error.to_string());
            form.back_to(&back, &visitor).await
        }
    }
}
