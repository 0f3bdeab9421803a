//! A case that is tried: which rules count, and what comes of it. A form of its own address, so that it can be shared.

use axum::extract::Query;
use domain::{
    accounts::RecipientKind,
    compliance::{Case, ReceiverFacts, Section},
    incentives::IncentiveKind,
    rewards::Side,
    text::Country,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::compliance::overview;
use words::keys;

use super::{fired, kinds, market_choices, optional, recipient_choices, section_choices, sentences};
use crate::{
    forms::FormState,
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Choice, Field, select_field},
    visitor::SignedIn,
};

/// The case, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    market: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    side: String,
}

impl Asked {
    /// The case; `None` while no kind of reward is asked for.
    fn case(&self) -> Option<Case> {
        Some(Case {
            receiver: ReceiverFacts {
                market: Country::parse(&self.market).ok(),
                section: Section::parse(&self.section),
                recipient: RecipientKind::parse(&self.recipient).unwrap_or(RecipientKind::Unknown),
            },
            kind: IncentiveKind::parse(&self.kind)?,
            side: Side::parse(&self.side).unwrap_or(Side::Advocate),
        })
    }
}

/// `GET /manage/compliance/case`
///
/// # Errors
/// When the memory fails, or for somebody who is no staff.
pub async fn show(Query(asked): Query<Asked>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = overview(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let result = asked.case().map(|case| {
        let decision = found.law.matrix.decide(&case);
        let missing = decision.forbids().then(|| found.law.matrix.missing(&case)).flatten();
        let said = sentences(&decision, missing, &visitor);
        let said = said.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! {
            <section class="panel" aria-labelledby="result" role="status">
                <header><h2 id="result">{words.say(keys::COMPLIANCE_RESULT)}</h2></header>
                <div class="body">{said}</div>
            </section>
            <section class="panel" aria-labelledby="fired">
                <header><h2 id="fired">{words.say(keys::COMPLIANCE_FIRED)}</h2></header>
                <div class="body">{fired(&found.law, &decision.rules, &visitor)}</div>
            </section>
        }
    });
    let form = FormState::filled([
        ("market", asked.market.clone()),
        ("section", asked.section.clone()),
        ("recipient", asked.recipient.clone()),
        ("kind", asked.kind.clone()),
        ("side", asked.side.clone()),
    ]);
    let field =
        |name, key| Field { name, label: words.say(key).into_owned(), blank: true, ..Field::default() };
    let markets = optional(
        keys::COMPLIANCE_UNKNOWN,
        market_choices(words).into_iter().map(|one| (one.value, one.label)),
        words,
    );
    let incentives = kinds()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            label: words.code("incentive", kind.as_str()).into_owned(),
        })
        .collect();
    let sides = Side::ALL
        .iter()
        .map(|side| Choice {
            value: side.as_str().to_owned(),
            label: words.code("side", side.as_str()).into_owned(),
        })
        .collect();
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::COMPLIANCE.to_string()>{words.say(keys::COMPLIANCE_TITLE)}</a></p>
            <h1>{words.say(keys::COMPLIANCE_TRY)}</h1>
            <p class="lede">{words.say(keys::COMPLIANCE_TRY_LEDE)}</p>
        </header>
        <div class="split">
            <section class="panel" aria-label=words.say(keys::COMPLIANCE_TRY)>
                <form class="form body" method="get" action=paths::TRY_CASE.to_string()>
                    <div class="fields">
                        {select_field(&field("market", keys::COMPLIANCE_MARKET), markets, &form, words, assets)}
                        {select_field(
                            &field("section", keys::COMPLIANCE_SECTION),
                            section_choices(keys::COMPLIANCE_UNKNOWN, words), &form, words, assets,
                        )}
                        {select_field(
                            &field("recipient", keys::COMPLIANCE_RECIPIENT),
                            recipient_choices(keys::COMPLIANCE_UNKNOWN, words), &form, words, assets,
                        )}
                        {select_field(&field("kind", keys::COMPLIANCE_KIND), incentives, &form, words, assets)}
                        {select_field(&field("side", keys::COMPLIANCE_SIDE), sides, &form, words, assets)}
                    </div>
                    <div><button class="button" type="submit">{words.say(keys::COMPLIANCE_TRY_BUTTON)}</button></div>
                </form>
            </section>
            <div class="stack">{result}</div>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::COMPLIANCE_TRY)).in_nav(Nav::Compliance).compact(), view))
}
