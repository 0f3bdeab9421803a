//! What only a demonstration shows: whom to be, and the mails that were never sent.

use leptos::prelude::*;
use services::demo::Face;
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, page},
    visitor::Visitor,
};

/// Mails on the page.
const SHOWN: u64 = 50;

/// One button per person that the demonstration can be seen as.
pub(crate) fn faces(visitor: &Visitor, faces: Vec<Face>) -> Option<Markup> {
    if faces.is_empty() {
        return None;
    }
    let words = visitor.words;
    let buttons = faces
        .into_iter()
        .map(|face| {
            let role = words.code("role", &face.role);
            view! {
                <li>
                    <button class="button" data-kind="plain" type="submit" name="member" value=face.member.to_string()>
                        {face.name}" · "{role}
                    </button>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="demo">
                <header><h2 id="demo">{words.say(keys::DEMO_TITLE)}</h2></header>
                <form class="body" method="post" action=paths::DEMO_SIGN_IN.to_string()>
                    <p class="small muted">{words.say(keys::DEMO_TEXT)}</p>
                    <ul class="cluster">{buttons}</ul>
                    <p class="small"><a href=paths::DEV_MAIL.to_string()>{words.say(keys::DEMO_MAILS)}</a></p>
                </form>
            </section>
        }
        .into_markup(),
    )
}

/// `GET /dev/mail`
///
/// # Errors
/// [`PageError::NotFound`] wherever this is no demonstration.
pub async fn mails(visitor: Visitor) -> PageResult {
    let ctx = &visitor.app.ctx;
    if !ctx.demo {
        return Err(PageError::NotFound);
    }
    let mails = ctx.store.newest_mails(SHOWN).await?;
    let words = visitor.words;
    let formats = visitor.formats();
    let items = mails
        .into_iter()
        .map(|mail| {
            view! {
                <li>
                    <details class="panel">
                        <summary class="body">
                            <strong>{mail.subject}</strong>
                            <span class="small muted">{mail.to}" · "{formats.moment(mail.created_at)}</span>
                        </summary>
                        <pre class="body mail">{mail.text}</pre>
                    </details>
                </li>
            }
        })
        .collect_view();
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::DEMO_MAILS)}</h1>
            <p class="lede">{words.say(keys::DEMO_MAILS_TEXT)}</p>
        </header>
        <ul class="stack">{items}</ul>
    };
    Ok(page(&visitor, Head::new(words.say(keys::DEMO_MAILS)), view))
}
