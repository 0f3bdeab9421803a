//! `POST /referrals/{id}/correction`

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::ReferralId,
    text::{CompanyName, Reason, RoleTitle},
};
use services::referrals::{self, AmendReferral, AmendReferralError, detail_for_advocate};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult, referrals::amend::FORM},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /referrals/{id}/correction`
///
/// # Errors
/// [`PageError::NotFound`] for somebody else's referral.
pub async fn amend(
    Segment(id): Segment<ReferralId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotFound)?;
    let ctx = &visitor.app.ctx;
    let page = paths::referral(id);
    let mut form = FormState::of(&pairs);
    form.tick(FORM);
    let company = form.parse("company", CompanyName::parse);
    let role = form.parse("role", RoleTitle::parse);
    let reason = form.parse("reason", Reason::parse);
    let (Some(company), Some(role), Some(reason)) = (company, role, reason) else {
        return form.back_to(&page, &visitor).await;
    };
    let command = AmendReferral { referral: id, company, role, reason, version: form.version() };
    match referrals::amend(ctx, &referrer, command).await {
        Ok(()) => {
            visitor.flash(Flash::ReferralAmended).await?;
            Ok(go(&page))
        }
        Err(AmendReferralError::NotFound) => Err(PageError::NotFound),
        Err(AmendReferralError::Store(error)) => Err(error.into()),
        Err(error) => {
            if matches!(error, AmendReferralError::Stale) {
                // The page shows what stands there now; sent once more, it is made on that.
                let now = detail_for_advocate(ctx, &referrer, id).await?.ok_or(PageError::NotFound)?;
                form.set("version", now.stored.version.to_string());
            }
            form.refuse("", error.to_string());
            form.back_to(&page, &visitor).await
        }
    }
}
