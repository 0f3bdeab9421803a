//! Imprint, privacy notice and terms: to read, to agree to, to edit.

use axum::extract::{Path, Query};
use domain::{consent::LegalKind, text::Language};
use leptos::prelude::*;
use services::legal::{self, Shown};
use words::keys;

use crate::{
    forms::{FormState, Kept},
    pages::{PageError, PageResult, members::manners},
    paths,
    shell::{Head, Nav, go, legal_title, page},
    ui::{Field, error_summary, icon, text_area, tick_box},
    visitor::{SignedIn, Visitor},
};

fn version_line(shown: &Shown, visitor: &Visitor) -> String {
    let words = visitor.words;
    match shown.since {
        Some(at) => words.with(
            keys::LEGAL_VERSION,
            [("version", i64::from(shown.version).into()), ("date", visitor.formats().date(at).into())],
        ),
        None => words.say(keys::LEGAL_DEFAULT).into_owned(),
    }
}

/// `GET /legal/{kind}`
///
/// # Errors
/// [`PageError::NotFound`] for texts that do not exist.
pub async fn text(visitor: Visitor, Path(kind): Path<String>) -> PageResult {
    let kind = LegalKind::parse(&kind).ok_or(PageError::NotFound)?;
    let shown = legal::current(&visitor.app.ctx, kind, visitor.words.language()).await?;
    let title = visitor.words.say(legal_title(kind));
    let line = version_line(&shown, &visitor);
    let html = legal::to_html(&shown.markdown);
    let view = view! {
        <article class="prose">
            <header class="page-head"><h1>{title.clone()}</h1><p class="small muted">{line}</p></header>
            <div class="stack" inner_html=html></div>
        </article>
    };
    let sentence = format!("{title}: {}", visitor.app.ctx.host.name);
    Ok(page(&visitor, Head::new(title).indexed(sentence), view))
}

/// `GET /welcome/terms`
///
/// # Errors
/// When the memory fails.
pub async fn terms(visitor: Visitor, Query(kept): Query<Kept>) -> PageResult {
    let Some(person) = visitor.person.clone() else { return Ok(visitor.to_sign_in(&paths::TERMS).await) };
    if !person.owes_terms() {
        return Ok(go(&visitor.take_wanted().await?));
    }
    let words = visitor.words;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let shown = legal::current(&visitor.app.ctx, LegalKind::Terms, words.language()).await?;
    let agree = Field { name: "agree", label: words.say(keys::TERMS_AGREE).into_owned(), ..Field::default() };
    // At the first visit they say as well how they take part; nothing is chosen for them.
    let first = person.agreed_terms == 0;
    let again = if first { keys::TERMS_LEDE } else { keys::TERMS_AGAIN };
    let assets = &visitor.app.assets;
    let html = legal::to_html(&shown.markdown);
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::TERMS_TITLE)}</h1>
                <p class="lede">{words.say(again)}</p>
            </header>
            <section class="panel" aria-labelledby="terms">
                <header><h2 id="terms">{words.say(keys::LEGAL_TERMS)}</h2>
                    <span class="small muted">{version_line(&shown, &visitor)}</span></header>
                <div class="body prose" inner_html=html></div>
            </section>
            <form class="form consent" method="post" action=paths::TERMS.to_string() novalidate=true>
                {error_summary(&form, words)}
                <input type="hidden" name="version" value=shown.version.to_string()/>
                {first.then(|| view! {
                    {manners::choices(&form, &visitor)}
                    <p class="small muted">{words.say(keys::MANNERS_LATER)}</p>
                })}
                {tick_box(&agree, &form, words, assets)}
                <p class="small">
                    <a href=paths::legal(LegalKind::Privacy).to_string()>{words.say(keys::TERMS_PRIVACY)}</a>
                </p>
                <div class="cluster">
                    <button class="button" data-size="large" type="submit">{words.say(keys::TERMS_SUBMIT)}</button>
                </div>
            </form>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::TERMS_TITLE)), view))
}

/// `GET /manage/legal`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn texts(SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.administering().ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let mut rows = Vec::new();
    for kind in LegalKind::ALL.iter().copied() {
        let shown = legal::current(&visitor.app.ctx, kind, words.language()).await?;
        rows.push(view! {
            <tr>
                <th scope="row"><a href=paths::legal(kind).to_string()>{words.say(legal_title(kind))}</a></th>
                <td>{version_line(&shown, &visitor)}</td>
                <td>
                    <a href=paths::legal_text(kind).to_string()>
                        {words.say(keys::LEGAL_EDIT)}
                        <span class="hidden">": " {words.say(legal_title(kind))}</span>
                    </a>
                </td>
            </tr>
        });
    }
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_LEGAL)}</h1>
            <p class="lede">{words.say(keys::LEGAL_LEDE)}</p>
        </header>
        <div class="stack">
            <p class="notice">{icon(&visitor.app.assets, "shield")}<span>{words.say(keys::LEGAL_COUNSEL)}</span></p>
            <section class="panel"><table class="table"><tbody>{rows}</tbody></table></section>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_LEGAL)).in_nav(Nav::Legal).compact(), view))
}

/// `GET /manage/legal/{kind}`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn editor(
    SignedIn { visitor, person }: SignedIn,
    Path(kind): Path<String>,
    Query(kept): Query<Kept>,
) -> PageResult {
    person.actor.administering().ok_or(PageError::NotAllowed)?;
    let kind = LegalKind::parse(&kind).ok_or(PageError::NotFound)?;
    let (words, ctx) = (visitor.words, &visitor.app.ctx);
    let german = legal::current(ctx, kind, Language::German).await?;
    let english = legal::current(ctx, kind, Language::English).await?;
    let kept = FormState::kept(&kept, &visitor).await?;
    let theirs = kept.as_ref().is_some_and(|form| form.is_overtaken()).then(|| {
        view! {
            <section class="panel">
                <header><h2>{words.say(keys::CHANGED_THEIRS)}</h2></header>
                <div class="body prose">
                    <div inner_html=legal::to_html(&german.markdown)></div>
                    <div inner_html=legal::to_html(&english.markdown)></div>
                </div>
            </section>
        }
    });
    let form = kept.unwrap_or_else(|| {
        FormState::filled([
            ("german", german.markdown.clone()),
            ("english", english.markdown.clone()),
            ("version", german.version.to_string()),
        ])
    });
    let help = words.say(keys::LEGAL_MARKDOWN_HELP).into_owned();
    let field = |name, key| Field {
        name,
        label: words.say(key).into_owned(),
        help: Some(help.clone()),
        full: true,
        maxlength: 60_000,
        ..Field::default()
    };
    let assets = &visitor.app.assets;
    let title = words.say(legal_title(kind));
    let view = view! {
        <p class="crumb"><a href=paths::LEGAL_TEXTS.to_string()>{words.say(keys::LEGAL_BACK)}</a></p>
        <header class="page-head">
            <h1>{title.clone()}</h1>
            <p class="lede">{version_line(&german, &visitor)}</p>
        </header>
        <div class="stack">
            {theirs}
            <section class="panel">
                <form class="form body legal-editor" method="post" action=paths::legal_text(kind).to_string() novalidate=true>
                    {error_summary(&form, words)}
                    <input type="hidden" name="version" value=form.value("version").to_owned()/>
                    {text_area(&field("german", keys::LEGAL_GERMAN), &form, words, assets)}
                    {text_area(&field("english", keys::LEGAL_ENGLISH), &form, words, assets)}
                    <div class="cluster">
                        <button class="button" type="submit">{words.say(keys::LEGAL_PUBLISH)}</button>
                    </div>
                </form>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Legal).compact(), view))
}
