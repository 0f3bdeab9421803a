//! A member's link for colleagues: to print, to copy, to pass on by themselves.

use axum::extract::Query;
use leptos::prelude::*;
use services::members::joining::{COLLEAGUES_PER_LINK, Link, colleague_link};
use words::keys;

use super::letter::qr_code;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, page},
    ui::{copy_button, error_summary},
    visitor::{SignedIn, Visitor},
};

/// `GET /colleagues`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who recommend nobody.
pub async fn show(SignedIn { visitor, person }: SignedIn, Query(kept): Query<Kept>) -> PageResult {
    let by = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let link = colleague_link(&visitor.app.ctx, &by).await?;
    let make = if link.is_some() { keys::COLLEAGUES_RENEW } else { keys::COLLEAGUES_NEW };
    let end = link.is_some().then(|| {
        view! {
            <form method="post" action=paths::COLLEAGUES_END.to_string()>
                <button class="button" data-kind="plain" type="submit">{words.say(keys::COLLEAGUES_END)}</button>
            </form>
        }
    });
    let shown = match link {
        Some(link) => letter(&link, person.name.as_str(), &visitor),
        None => view! { <p class="muted">{words.say(keys::COLLEAGUES_NONE)}</p> }.into_markup(),
    };
    let view = view! {
        <p class="crumb no-print"><a href=paths::PROFILE.to_string()>{person.name.as_str().to_owned()}</a></p>
        <header class="page-head no-print">
            <h1>{words.say(keys::COLLEAGUES_TITLE)}</h1>
            <p class="lede">{words.say(keys::COLLEAGUES_LEDE)}</p>
        </header>
        <div class="stack">
            {error_summary(&form, words)}
            {shown}
            <div class="cluster no-print">
                <form method="post" action=paths::COLLEAGUES.to_string()>
                    <button class="button" type="submit">{words.say(make)}</button>
                </form>
                {end}
            </div>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::COLLEAGUES_TITLE)), view))
}

fn letter(link: &Link, name: &str, visitor: &Visitor) -> Markup {
    let (ctx, words) = (&visitor.app.ctx, visitor.words);
    let url = ctx.url(paths::JOIN.as_str());
    let direct = ctx.url(paths::join_with(&link.code).as_str());
    let valid = words.with(
        keys::COLLEAGUES_VALID,
        [
            ("date", visitor.formats().date(link.expires_at).into()),
            ("most", i64::from(COLLEAGUES_PER_LINK).into()),
            ("uses", i64::from(link.uses).into()),
        ],
    );
    let text = words
        .with(keys::COLLEAGUES_LETTER_TEXT, [("name", name.into()), ("host", ctx.host.name.as_str().into())]);
    view! {
        <p class="small muted no-print">{valid}" "{words.say(keys::COLLEAGUES_PRINT)}</p>
        <div class="link no-print">
            <output aria-label=words.say(keys::COLLEAGUES_LINK)>{direct.clone()}</output>
            {copy_button(direct.clone(), words)}
        </div>
        <article class="panel letter">
            <div class="body">
                <h2>{words.say(keys::COLLEAGUES_LETTER_TITLE)}</h2>
                <p>{text}</p>
                <p>{words.with(keys::COLLEAGUES_LETTER_HOW, [("url", url.as_str().into())])}</p>
                <div class="cluster">
                    {qr_code(&direct, words.with(keys::LETTER_QR, [("url", url.as_str().into())]))}
                    <p class="letter-code"><code>{link.code.clone()}</code></p>
                </div>
            </div>
        </article>
    }
    .into_markup()
}
