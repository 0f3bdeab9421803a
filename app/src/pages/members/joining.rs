//! Joining without a letter: the form, the neutral answer, and the button behind the mail.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use domain::{consent::LegalKind, text::Language};
use leptos::prelude::*;
use services::members::joining::{confirmable, invites, join_by_domain};
use words::{Key, keys};

use super::{
    people::language_choices,
    stop::{said, say},
};
use crate::{
    forms::{FormState, Kept},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, go, page},
    ui::{Field, error_summary, select_field, text_field},
    visitor::Visitor,
};

/// The form, whoever has led here.
fn form(
    visitor: &Visitor,
    kept: Option<FormState>,
    action: &paths::Path,
    (title, lede): (String, String),
    (help, submit): (Key, Key),
) -> Response {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let form = kept
        .unwrap_or_else(|| FormState::filled([("language", Language::as_str(words.language()).to_owned())]));
    let name = Field {
        name: "name",
        label: words.say(keys::JOIN_NAME).into_owned(),
        autocomplete: "name",
        maxlength: 120,
        ..Field::default()
    };
    let email = Field {
        name: "email",
        label: words.say(keys::JOIN_EMAIL).into_owned(),
        help: Some(words.say(help).into_owned()),
        kind: "email",
        inputmode: "email",
        autocomplete: "email",
        ..Field::default()
    };
    let language =
        Field { name: "language", label: words.say(keys::JOIN_LANGUAGE).into_owned(), ..Field::default() };
    let view = view! {
        <div class="narrow">
            <header class="page-head"><h1>{title.clone()}</h1><p class="lede">{lede}</p></header>
            <section class="panel">
                <form class="form body" method="post" action=action.to_string() novalidate=true>
                    {error_summary(&form, words)}
                    {text_field(&name, &form, words, assets)}
                    {text_field(&email, &form, words, assets)}
                    {select_field(&language, language_choices(words), &form, words, assets)}
                    <p class="small">
                        <a href=paths::legal(LegalKind::Privacy).to_string()>{words.say(keys::JOIN_PRIVACY)}</a>
                    </p>
                    <div class="cluster">
                        <button class="button" data-size="large" type="submit">{words.say(submit)}</button>
                    </div>
                </form>
            </section>
        </div>
    };
    page(visitor, Head::new(title), view)
}

/// `GET /join/ask`
///
/// # Errors
/// [`PageError::NotFound`] where nobody may ask by themselves.
pub async fn ask(visitor: Visitor, Query(kept): Query<Kept>) -> PageResult {
    let ctx = &visitor.app.ctx;
    if visitor.person.is_some() {
        return Ok(go(&paths::HOME));
    }
    if !join_by_domain(ctx).await? {
        return Err(PageError::NotFound);
    }
    let words = visitor.words;
    let title = words.say(keys::JOIN_ASK_TITLE).into_owned();
    let lede = words.with(keys::JOIN_ASK_LEDE, [("host", ctx.host.name.as_str().into())]);
    let kept = FormState::kept(&kept, &visitor).await?;
    let words = (keys::JOIN_EMAIL_HELP, keys::JOIN_ASK_SUBMIT);
    Ok(form(&visitor, kept, &paths::JOIN_ASK, (title, lede), words))
}

/// `GET /join/with/{code}`
///
/// # Errors
/// When the memory fails.
pub async fn with(visitor: Visitor, Path(code): Path<String>, Query(kept): Query<Kept>) -> PageResult {
    if visitor.person.is_some() {
        return Ok(go(&paths::HOME));
    }
    let Some(found) = invites(&visitor.app.ctx, &code).await? else { return Ok(lapsed(&visitor)) };
    let words = visitor.words;
    let title = words.with(keys::JOIN_WITH_TITLE, [("company", found.account_name.into())]);
    let lede = words.with(keys::JOIN_WITH_LEDE, [("name", found.name.into())]);
    let kept = FormState::kept(&kept, &visitor).await?;
    let words = (keys::JOIN_WITH_EMAIL_HELP, keys::JOIN_WITH_SUBMIT);
    Ok(form(&visitor, kept, &paths::join_with(&code), (title, lede), words))
}

/// `GET /join/confirm/{token}`: only a button, since mail scanners open every link.
///
/// # Errors
/// When the memory fails.
pub async fn confirm(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    let ctx = &visitor.app.ctx;
    if !confirmable(ctx, &token).await? {
        return Ok(lapsed(&visitor));
    }
    let words = visitor.words;
    let text = words.with(keys::JOIN_CONFIRM_TEXT, [("host", ctx.host.name.as_str().into())]);
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::JOIN_CONFIRM_TITLE)}</h1>
                <p class="lede">{text}</p>
            </header>
            <form class="cluster" method="post" action=paths::join_confirm(&token).to_string()>
                <button class="button" data-size="large" type="submit">
                    {words.say(keys::JOIN_CONFIRM_SUBMIT)}
                </button>
            </form>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::JOIN_CONFIRM_TITLE)), view))
}

/// `GET /join/sent`
///
/// # Errors
/// Never.
pub async fn sent(visitor: Visitor) -> PageResult {
    let text = visitor.words.say(keys::JOIN_SENT_TEXT).into_owned();
    Ok(said(&visitor, keys::JOIN_SENT_TITLE, text))
}

/// `GET /join/waiting`
///
/// # Errors
/// Never.
pub async fn waiting(visitor: Visitor) -> PageResult {
    let host = visitor.app.ctx.host.name.as_str();
    let text = visitor.words.with(keys::JOIN_WAITING_TEXT, [("host", host.into())]);
    Ok(said(&visitor, keys::JOIN_WAITING_TITLE, text))
}

/// `GET /join/gone`
///
/// # Errors
/// Never.
pub async fn gone(visitor: Visitor) -> PageResult {
    Ok(lapsed(&visitor))
}

/// A link that is unknown or has lapsed.
pub(crate) fn lapsed(visitor: &Visitor) -> Response {
    let text = visitor.words.say(keys::JOIN_GONE_TEXT).into_owned();
    say(visitor, StatusCode::NOT_FOUND, keys::JOIN_GONE_TITLE, text)
}
