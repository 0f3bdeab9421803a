//! The letter of an invitation, to print.

use axum::extract::Path;
use domain::ids::MemberId;
use leptos::prelude::*;
use services::members::{self, PeopleError};
use words::{Words, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths::{self, PersonAct},
    shell::{Head, Nav, go, page},
    ui::qr::Qr,
    visitor::SignedIn,
};

/// `GET /manage/people/{id}/letter`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn show(SignedIn { visitor, person: me }: SignedIn, Path(id): Path<MemberId>) -> PageResult {
    let ctx = &visitor.app.ctx;
    let inviting = me.actor.inviting().ok_or(PageError::NotAllowed)?;
    let person = members::person(ctx, &me.actor, id).await?.ok_or(PageError::NotFound)?;
    let found = members::invitation(ctx, inviting, me.actor.administering(), id).await;
    // Who wants no letters gets none; the person's page says so.
    let found = match found {
        Err(PeopleError::Objected) => None,
        found => found.map_err(super::people::failed)?,
    };
    let Some(invitation) = found else { return Ok(go(&paths::person(id))) };
    // The letter is in its reader's language, the frame in that of whoever prints it.
    let words = Words::new(person.language);
    let url = ctx.url(paths::JOIN.as_str());
    let direct = ctx.url(paths::JOIN.with_query([("c", &invitation.code)]).as_str());
    let until = ctx.formats(person.language).date(invitation.expires_at);
    let host = ctx.host.name.clone();
    let view = view! {
        <p class="crumb no-print">
            <a href=paths::person(id).to_string()>{person.name.as_str().to_owned()}</a>
        </p>
        <div class="stack">
        <p class="notice no-print">{visitor.words.say(keys::LETTER_PRINT)}</p>
        <article class="panel letter" lang=person.language.as_str()>
            <div class="body">
                <h1>{words.say(keys::LETTER_TITLE)}</h1>
                <p>{words.with(keys::LETTER_GREETING, [("name", person.name.as_str().into())])}</p>
                <p>{words.with(keys::LETTER_INTRO, [("host", host.as_str().into())])}</p>
                <p>{words.with(keys::LETTER_HOW, [("url", url.as_str().into())])}</p>
                <div class="cluster">
                    {qr_code(&direct, words.with(keys::LETTER_QR, [("url", url.as_str().into())]))}
                    <p class="letter-code"><code>{invitation.code.clone()}</code></p>
                </div>
                <p>
                    {words.with(
                        keys::LETTER_VALID,
                        [("date", until.into()), ("email", person.email.as_str().into())],
                    )}
                </p>
                <p>{words.say(keys::LETTER_FREE)}</p>
                <p>{words.say(keys::LETTER_CLOSING)}<br/>{host}</p>
            </div>
        </article>
        <form class="no-print" method="post" action=PersonAct::Letter.of(id).to_string()>
            <button class="button" data-kind="plain" type="submit">
                {visitor.words.say(keys::PERSON_LETTER_NEW)}
            </button>
        </form>
        </div>
    };
    let title = visitor.words.say(keys::LETTER_TITLE);
    Ok(page(&visitor, Head::new(title).in_nav(Nav::People).compact(), view))
}

/// A QR code as a drawing inside the page.
pub(super) fn qr_code(address: &str, label: String) -> Markup {
    let drawn = Qr::new(address).map(|qr| qr.in_page(label));
    view! { <div class="qr">{drawn}</div> }.into_markup()
}
