//! The playbook of a market: what its rules say, to print or to take along as Markdown.

use axum::{
    extract::Path as Segment,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{members::Actor, text::Country};
use leptos::prelude::*;
use services::{
    compliance::{Overview, overview},
    consent::rules_of,
    referrals::programme,
};
use words::keys;

use super::{
    effect,
    market::{in_order, review},
    market_name, scope,
};
use crate::{
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    visitor::{SignedIn, Visitor},
};

/// A rule in words.
struct Entry {
    title: String,
    lines: Vec<String>,
}

/// Everything a playbook says.
struct Playbook {
    title: String,
    signed: String,
    rules: Vec<Entry>,
    channels: Vec<String>,
}

/// `GET /manage/compliance/playbook/{market}`
///
/// # Errors
/// When the memory fails, there is no such market, or for somebody who is no staff.
pub async fn show(Segment(market): Segment<String>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let (market, book) = load(&visitor, &person.actor, &market).await?;
    let words = visitor.words;
    let rules = book
        .rules
        .into_iter()
        .map(|entry| {
            let lines = entry.lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
            view! { <li class="stack-tight"><strong>{entry.title}</strong>{lines}</li> }
        })
        .collect_view();
    let channels = book.channels.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let view = view! {
        <header class="page-head">
            <p class="crumb no-print">
                <a href=paths::compliance(market).to_string()>{words.say(keys::COMPLIANCE_TITLE)}</a>
            </p>
            <h1>{book.title.clone()}</h1>
            <p class="lede">{book.signed}</p>
        </header>
        <div class="stack">
            <p class="no-print">
                <a class="button" data-kind="plain" href=paths::playbook_markdown(market).to_string()>
                    {words.say(keys::COMPLIANCE_PLAYBOOK_MARKDOWN)}
                </a>
            </p>
            <section class="panel" aria-labelledby="rules">
                <header><h2 id="rules">{words.say(keys::COMPLIANCE_RULES)}</h2></header>
                <div class="body"><ul class="stack">{rules}</ul></div>
            </section>
            <section class="panel" aria-labelledby="channels">
                <header><h2 id="channels">{words.say(keys::COMPLIANCE_PLAYBOOK_CHANNELS)}</h2></header>
                <div class="body"><ul>{channels}</ul></div>
            </section>
            <p class="small muted">{words.say(keys::COMPLIANCE_NO_ADVICE)}</p>
        </div>
    };
    Ok(page(&visitor, Head::new(book.title).in_nav(Nav::Compliance).compact(), view))
}

/// `GET /manage/compliance/playbook/{market}/markdown`
///
/// # Errors
/// When the memory fails, there is no such market, or for somebody who is no staff.
pub async fn markdown(
    Segment(market): Segment<String>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let (market, book) = load(&visitor, &person.actor, &market).await?;
    let words = visitor.words;
    let mut text =
        format!("# {}\n\n{}\n\n## {}\n", book.title, book.signed, words.say(keys::COMPLIANCE_RULES));
    for entry in &book.rules {
        text.push_str(&format!("\n### {}\n\n", entry.title));
        for line in &entry.lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    text.push_str(&format!("\n## {}\n\n", words.say(keys::COMPLIANCE_PLAYBOOK_CHANNELS)));
    for line in &book.channels {
        text.push_str(&format!("- {line}\n"));
    }
    text.push_str(&format!("\n{}\n", words.say(keys::COMPLIANCE_NO_ADVICE)));
    Ok(file(text, market))
}

fn file(text: String, market: Country) -> Response {
    let disposition = format!("attachment; filename=\"playbook-{}.md\"", market.as_str().to_lowercase());
    let disposition = HeaderValue::from_str(&disposition);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/markdown; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, text).into_response()
}

async fn load(visitor: &Visitor, actor: &Actor, market: &str) -> Result<(Country, Playbook), PageError> {
    let ctx = &visitor.app.ctx;
    let found = overview(ctx, actor).await?.ok_or(PageError::NotAllowed)?;
    let market = Country::parse(market).map_err(|_| PageError::NotFound)?;
    if !found.law.markets.contains_key(&market) {
        return Err(PageError::NotFound);
    }
    let words = visitor.words;
    let mut channels = Vec::new();
    if let Some(programme) = programme(ctx).await? {
        for rule in rules_of(ctx, programme.program.id).await? {
            if rule.country == market {
                channels.push(format!(
                    "{}: {}",
                    words.code("first-contact", rule.channel.as_str()),
                    rule.ground
                ));
            }
        }
    }
    if channels.is_empty() {
        channels.push(words.say(keys::COMPLIANCE_PLAYBOOK_CHANNELS_NONE).into_owned());
    }
    let name = market_name(market, words);
    let rules = in_order(&found.law, market)
        .into_iter()
        .map(|written| Entry {
            title: format!("{}: {}", scope(written, words), effect(written.rule.effect, visitor)),
            lines: [
                Some(written.disclosure.to(words.language()).to_owned()),
                Some(format!("{}: {}", words.say(keys::COMPLIANCE_BASIS), written.legal_basis)),
                written
                    .review_on
                    .map(|day| format!("{}: {}", words.say(keys::COMPLIANCE_REVIEW), review(day, visitor))),
            ]
            .into_iter()
            .flatten()
            .collect(),
        })
        .collect();
    let title = words.with(keys::COMPLIANCE_PLAYBOOK_TITLE, [("market", name.into())]);
    Ok((market, Playbook { title, signed: signed(&found, market, visitor), rules, channels }))
}

fn signed(found: &Overview, market: Country, visitor: &Visitor) -> String {
    let words = visitor.words;
    let sign_off = found.law.markets.get(&market).and_then(|state| state.sign_off.as_ref());
    let Some(sign_off) = sign_off else { return words.say(keys::COMPLIANCE_UNSIGNED).into_owned() };
    let name = found.names.get(&sign_off.recorded_by).cloned().unwrap_or_default();
    words.with(
        keys::COMPLIANCE_SIGNED,
        [
            ("counsel", sign_off.counsel.as_str().into()),
            ("date", visitor.formats().calendar_day(sign_off.signed_on).into()),
            ("document", sign_off.document.as_str().into()),
            ("name", name.into()),
        ],
    )
}
