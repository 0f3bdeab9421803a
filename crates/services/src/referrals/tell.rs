//! Telling the advocate where their referral stands, and never more than that.

use domain::{consent::Transactional, ids::ReferralId, referrals::AdvocateView};
use store::Tx;
use words::{Key, Words, keys};

use super::settings;
use crate::{
    Ctx,
    jobs::JobError,
    mail::{self, Letter},
};

/// The sentence for what an advocate sees.
fn sentence(view: AdvocateView) -> Key {
    match view {
        AdvocateView::InReview => keys::MAIL_STATE_IN_REVIEW,
        AdvocateView::InContact => keys::MAIL_STATE_IN_CONTACT,
        AdvocateView::InTalks => keys::MAIL_STATE_IN_TALKS,
        AdvocateView::Won => keys::MAIL_STATE_WON,
        AdvocateView::NotThisTime => keys::MAIL_STATE_NOT_THIS_TIME,
    }
}

/// The job behind a visible change, or behind a long silence. What is no longer so is not told: the change that came after it
/// has its own mail.
pub(crate) async fn tell_advocate(
    ctx: &Ctx,
    tx: &Tx,
    id: ReferralId,
    silent: bool,
    ordered: Option<AdvocateView>,
) -> Result<(), JobError> {
    let Some(stored) = tx.referrals().load(id).await? else { return Ok(()) };
    if ordered.is_some_and(|view| view != stored.facts.position.advocate_view()) {
        return Ok(());
    }
    let Some(advocate) = tx.members().person(stored.facts.advocate).await? else { return Ok(()) };
    let words = Words::new(advocate.language);
    let company = stored.facts.company.as_str();
    let state = words.with(
        sentence(stored.facts.position.advocate_view()),
        [("company", company.into()), ("host", ctx.host.name.as_str().into())],
    );
    let mut paragraphs = Vec::new();
    if silent {
        let days = settings(ctx).1.silence.num_days();
        paragraphs.push(words.with(keys::MAIL_SILENCE, [("company", company.into()), ("days", days.into())]));
    }
    paragraphs.push(state);
    let letter = Letter {
        subject: words.with(keys::MAIL_STATE_SUBJECT, [("company", company.into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs,
        button: Some((
            words.say(keys::MAIL_REFERRAL_BUTTON).into_owned(),
            ctx.url(&format!("/referrals/{id}")),
        )),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", ctx.host.name.as_str().into())]),
        signature: ctx.host.name.clone(),
    };
    let kind = if silent { Transactional::Silence } else { Transactional::State };
    Ok(mail::post(ctx, tx, kind, &advocate, &letter).await?)
}
