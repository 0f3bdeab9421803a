//! Behind the confirmation mail: a page with a button. Opening it gives nothing, since scanners open links too.

use axum::extract::Path as UrlPath;
use leptos::prelude::*;
use services::consent::{Confirmation, WORDING_VERSION, confirmation, steps_wording, wording};
use words::{Words, keys};

use super::{answers, benefits};
use crate::{
    pages::PageResult,
    paths,
    shell::{Head, go, page},
    visitor::Visitor,
};

/// `GET /confirm/{token}`
///
/// # Errors
/// When the memory fails.
pub async fn show(UrlPath(token): UrlPath<String>, mut visitor: Visitor) -> PageResult {
    let ctx = visitor.app.ctx.clone();
    let (shown, language, shows_steps) = match confirmation(&ctx, &token).await? {
        None => return Ok(answers::gone(&visitor)),
        Some(Confirmation::Done { page }) => return Ok(go(&paths::mine(&page))),
        Some(Confirmation::Open { advertised, language, shows_steps }) => (advertised, language, shows_steps),
    };
    // The language of the mail they come from, whatever this browser prefers.
    visitor.words = Words::new(language);
    let words = visitor.words;
    let host = &ctx.host.name;
    let version = i64::from(WORDING_VERSION);
    let view = view! {
        <div class="stack">
            <header class="page-head">
                <h1>{words.say(keys::CONSENT_CONFIRM_TITLE)}</h1>
                <p class="lede">{words.with(keys::CONSENT_CONFIRM_LEDE, [("host", host.as_str().into())])}</p>
            </header>
            <section class="panel" aria-labelledby="agree">
                <header><h2 id="agree">{words.say(keys::CONSENT_CONFIRM_READ)}</h2></header>
                <div class="body">
                    <p>{wording(&ctx, &shown, words)}</p>
                    {shows_steps.then(|| view! { <p>{steps_wording(&shown, words)}"."</p> })}
                    <p class="small muted">
                        {words.with(keys::MY_WORDING, [("version", version.into())])}
                    </p>
                    <form method="post" action=paths::confirm(&token).to_string()>
                        <input type="hidden" name="read_in" value=words.language().as_str()/>
                        <button class="button" data-size="large" type="submit">
                            {words.say(keys::CONSENT_CONFIRM_YES)}
                        </button>
                    </form>
                    <form class="refuse" method="post" action=paths::confirm_refuse(&token).to_string()>
                        <p>{words.say(keys::CONSENT_CONFIRM_NO_TEXT)}</p>
                        <div class="cluster">
                            <button class="button" data-kind="plain" data-size="large" type="submit">
                                {words.say(keys::CONSENT_REFUSE)}
                            </button>
                        </div>
                    </form>
                </div>
            </section>
            {benefits::both_sides(&shown, host, words, visitor.formats(), &visitor.app.assets)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CONSENT_CONFIRM_TITLE)), view))
}
