//! An invitation to hand over: a letter to print, and a mail to write in one's own program.

use axum::extract::Path;
use domain::ids::MemberId;
use leptos::prelude::*;
use services::{
    members::{self, Invitation, PeopleError, PersonDetails, Sender},
    referrals::duties,
};
use words::{Words, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths::{self, PersonAct},
    shell::{Head, Nav, go, page},
    ui::{icon, mail_draft, qr::Qr},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/people/{id}/letter`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who hand over no invitations.
pub async fn show(SignedIn { visitor, person: me }: SignedIn, Path(id): Path<MemberId>) -> PageResult {
    let ctx = &visitor.app.ctx;
    let sender = Sender::of(&me.actor, duties(ctx, me.actor.member).await?).ok_or(PageError::NotAllowed)?;
    let person = members::person(ctx, &me.actor, id).await?.ok_or(PageError::NotFound)?;
    let found = members::invitation(ctx, &sender, id).await;
    // Who wants neither letter nor mail gets none; the person's page says so.
    let found = match found {
        Err(PeopleError::Objected) => None,
        found => found.map_err(super::people::failed)?,
    };
    let Some(invitation) = found else { return Ok(go(&paths::person(id))) };
    let renew = matches!(sender, Sender::Inviting(..)).then(|| {
        view! {
            <form class="no-print" method="post" action=PersonAct::Letter.of(id).to_string()>
                <button class="button" data-kind="plain" type="submit">
                    {visitor.words.say(keys::PERSON_LETTER_NEW)}
                </button>
            </form>
        }
    });
    let view = view! {
        <p class="crumb no-print">
            <a href=paths::person(id).to_string()>{person.name.as_str().to_owned()}</a>
        </p>
        <div class="stack">
            {mail(&visitor, me.name.as_str(), &person, &invitation)}
            {letter(&visitor, &person, &invitation)}
            {renew}
        </div>
    };
    let title = visitor.words.say(keys::LETTER_TITLE);
    Ok(page(&visitor, Head::new(title).in_nav(Nav::People).compact(), view))
}

/// Where the code is entered, and where it stands already.
fn ways_in(visitor: &Visitor, invitation: &Invitation) -> (String, String) {
    let ctx = &visitor.app.ctx;
    let direct = paths::JOIN.with_query([("c", &invitation.code)]);
    (ctx.url(paths::JOIN.as_str()), ctx.url(direct.as_str()))
}

/// Until when the code works, in the language of its reader.
fn valid(visitor: &Visitor, person: &PersonDetails, invitation: &Invitation) -> String {
    let until = visitor.app.ctx.formats(person.language).date(invitation.expires_at);
    let values = [("date", until.into()), ("email", person.email.as_str().into())];
    Words::new(person.language).with(keys::LETTER_VALID, values)
}

/// The letter is in its reader's language, the frame in that of whoever prints it.
fn letter(visitor: &Visitor, person: &PersonDetails, invitation: &Invitation) -> Markup {
    if !invitation.by_letter {
        let said = visitor.words.error("letter_objected");
        return view! { <p class="notice">{icon(&visitor.app.assets, "shield")}<span>{said}</span></p> }
            .into_markup();
    }
    let words = Words::new(person.language);
    let (url, direct) = ways_in(visitor, invitation);
    let host = visitor.app.ctx.host.name.clone();
    view! {
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
                <p>{valid(visitor, person, invitation)}</p>
                <p>{words.say(keys::LETTER_FREE)}</p>
                <p>{words.say(keys::LETTER_CLOSING)}<br/>{host}</p>
            </div>
        </article>
    }
    .into_markup()
}

/// The draft for one's own mail program, where the permission record lets one write; why there is none elsewhere.
fn mail(visitor: &Visitor, sender: &str, person: &PersonDetails, invitation: &Invitation) -> Markup {
    let frame = visitor.words;
    let assets = &visitor.app.assets;
    let body = if invitation.by_mail {
        let words = Words::new(person.language);
        let (url, direct) = ways_in(visitor, invitation);
        let host = visitor.app.ctx.host.name.as_str();
        let how = [
            ("link", direct.as_str().into()),
            ("url", url.as_str().into()),
            ("code", invitation.code.as_str().into()),
        ];
        let text = [
            words.with(keys::LETTER_GREETING, [("name", person.name.as_str().into())]),
            words.with(keys::LETTER_INTRO, [("host", host.into())]),
            words.with(keys::LETTER_MAIL_HOW, how),
            valid(visitor, person, invitation),
            words.say(keys::LETTER_FREE).into_owned(),
            format!("{}\n{sender}, {host}", words.say(keys::LETTER_CLOSING)),
        ];
        let subject = words.with(keys::LETTER_MAIL_SUBJECT, [("host", host.into())]);
        let draft = mail_draft(&subject, &text.join("\n\n"));
        let to = frame.with(keys::LETTER_MAIL_TO, [("email", person.email.as_str().into())]);
        view! {
            <p class="small muted">{to}</p>
            <div class="cluster">
                <a class="button" data-kind="plain" href=draft>
                    {icon(assets, "mail")}{frame.say(keys::LETTER_MAIL_PREPARE)}
                </a>
            </div>
        }
        .into_markup()
    } else {
        view! { <p class="small muted">{frame.say(keys::LETTER_MAIL_NONE)}</p> }.into_markup()
    };
    view! {
        <section class="panel no-print" aria-labelledby="own-mail">
            <header><h2 id="own-mail">{frame.say(keys::LETTER_MAIL_TITLE)}</h2></header>
            <div class="body">{body}</div>
        </section>
    }
    .into_markup()
}

/// A QR code as a drawing inside the page.
pub(super) fn qr_code(address: &str, label: String) -> Markup {
    let drawn = Qr::new(address).map(|qr| qr.in_page(label));
    view! { <div class="qr">{drawn}</div> }.into_markup()
}
