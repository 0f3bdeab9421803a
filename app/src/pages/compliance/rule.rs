//! One rule: what it says, what a change would touch, and what it said before.

use axum::extract::{Path as Segment, Query};
use domain::{
    compliance::{CapPeriod, Decision, Effect, EffectCode},
    ids::ComplianceRuleId,
    incentives::Unit,
    members::Actor,
    rewards::Side,
    text::{Country, Currency},
};
use leptos::prelude::*;
use serde::Deserialize;
use services::compliance::{Overview, Touched, WrittenRule, overview, touched};
use words::keys;

use super::{
    effect, kinds, market::author, market_choices, market_name, optional, recipient_choices, scope,
    section_choices, sentences,
};
use crate::{
    actions::compliance::draft,
    forms::{FormState, Kept, as_typed},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Choice, Field, error_summary, saved_meanwhile, select_field, text_area, text_field, unit_name},
    visitor::{SignedIn, Visitor},
};

/// In which market a new rule is written.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    #[serde(default)]
    market: String,
}

/// The units that a cap can count.
pub(crate) fn cap_units(visitor: &Visitor) -> Vec<Unit> {
    let mut units: Vec<Unit> =
        [visitor.app.ctx.host.currency, Currency::EUR, Currency::CHF].map(Unit::Money).into();
    units.dedup();
    units.extend([Unit::Months, Unit::Seats, Unit::Introductions]);
    units
}

async fn seen(visitor: &Visitor, actor: &Actor) -> Result<Overview, PageError> {
    overview(&visitor.app.ctx, actor).await?.ok_or(PageError::NotAllowed)
}

/// `GET /manage/compliance/rules/new`
///
/// # Errors
/// When the memory fails, or for anybody but marketing.
pub async fn new(
    Query(market): Query<Where>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| {
        let market = Country::parse(&market.market).unwrap_or(Country::DE);
        FormState::filled([
            ("market", market.to_string()),
            ("effect", EffectCode::Forbid.to_string()),
            ("cap_unit", visitor.app.ctx.host.currency.to_string()),
        ])
    });
    let words = visitor.words;
    let effects = looked(&visitor, &form, None).await?;
    let view = view! {
        {head(&visitor, words.say(keys::COMPLIANCE_EDITOR_NEW).into_owned())}
        {error_summary(&form, words)}
        <div class="split"><div>{editor(&visitor, &form, None)}</div><aside class="stack">{effects}</aside></div>
    };
    let head = Head::new(words.say(keys::COMPLIANCE_EDITOR_NEW)).in_nav(Nav::Compliance).compact();
    Ok(page(&visitor, head, view))
}

/// `GET /manage/compliance/rules/{id}`
///
/// # Errors
/// When the memory fails, there is no such rule, or for somebody who is no staff.
pub async fn show(
    Segment(id): Segment<ComplianceRuleId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let found = seen(&visitor, &person.actor).await?;
    let history = found.law.history(id);
    let newest = *history.last().ok_or(PageError::NotFound)?;
    let refused = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    // Ending a rule that somebody has changed is refused without anything typed.
    let typed = !refused.value("market").is_empty();
    let form = if typed { refused.clone() } else { filled(newest, &visitor) };
    let words = visitor.words;
    let edits = found.editable && !newest.ended;
    let theirs = (edits && typed && refused.is_overtaken()).then(|| saved(newest, &visitor));
    let effects = if edits { looked(&visitor, &form, Some(id)).await? } else { None };
    let body = if edits { editor(&visitor, &form, Some(newest)) } else { reading(&found, newest, &visitor) };
    let past = history.iter().rev().map(|written| said(&found, written, &visitor)).collect_view();
    let title = scope(newest, words);
    let view = view! {
        {head(&visitor, title.clone())}
        {error_summary(&refused, words)}
        {theirs}
        <div class="split">
            <div class="stack">{body}</div>
            <aside class="stack" aria-label=words.say(keys::COMPLIANCE_HISTORY)>
                {effects}
                <section class="panel" aria-labelledby="history">
                    <header><h2 id="history">{words.say(keys::COMPLIANCE_HISTORY)}</h2></header>
                    <div class="body"><ul class="stack-tight">{past}</ul></div>
                </section>
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Compliance).compact(), view))
}

fn head(visitor: &Visitor, title: String) -> Markup {
    let words = visitor.words;
    view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::COMPLIANCE.to_string()>{words.say(keys::COMPLIANCE_TITLE)}</a></p>
            <h1>{title}</h1>
        </header>
    }
    .into_markup()
}

fn filled(written: &WrittenRule, visitor: &Visitor) -> FormState {
    let of = written.rule.scope;
    let code = |code: Option<&'static str>| code.unwrap_or_default().to_owned();
    let mut form = FormState::filled([
        ("market", written.rule.market.to_string()),
        ("version", written.rule.id.version.to_string()),
        ("section", code(of.section.map(|one| one.as_str()))),
        ("recipient", code(of.recipient.map(|one| one.as_str()))),
        ("kind", code(of.kind.map(|one| one.as_str()))),
        ("side", code(of.side.map(|one| one.as_str()))),
        ("effect", written.rule.effect.code().to_string()),
        ("cap_unit", visitor.app.ctx.host.currency.to_string()),
        ("legal_basis", written.legal_basis.clone()),
        ("disclosure_de", written.disclosure.de.clone()),
        ("disclosure_en", written.disclosure.en.clone()),
        ("review_on", written.review_on.map(|day| day.to_string()).unwrap_or_default()),
    ]);
    if let Effect::Cap(cap) = written.rule.effect {
        let (value, unit) = (cap.amount.value(), cap.amount.unit());
        form.set("cap_amount", as_typed(value, unit, visitor.words.language()));
        form.set("cap_unit", unit.as_str());
        form.set("cap_period", cap.period.as_str());
    }
    form
}

/// What somebody else has saved meanwhile.
fn saved(written: &WrittenRule, visitor: &Visitor) -> Markup {
    let rows = vec![
        (keys::COMPLIANCE_FOR, scope(written, visitor.words)),
        (keys::COMPLIANCE_EFFECT, effect(written.rule.effect, visitor)),
        (keys::COMPLIANCE_BASIS, written.legal_basis.clone()),
        (keys::COMPLIANCE_DISCLOSURE_DE, written.disclosure.de.clone()),
        (keys::COMPLIANCE_DISCLOSURE_EN, written.disclosure.en.clone()),
        (
            keys::COMPLIANCE_REVIEW,
            written.review_on.map(|day| visitor.formats().calendar_day(day)).unwrap_or_default(),
        ),
    ];
    saved_meanwhile(rows, visitor)
}

fn reading(found: &Overview, written: &WrittenRule, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    view! {
        <section class="panel" aria-labelledby="rule">
            <header><h2 id="rule">{market_name(written.rule.market, words)}</h2></header>
            <div class="body">
                <p><span class="tag">{effect(written.rule.effect, visitor)}</span></p>
                <p>{written.disclosure.to(words.language()).to_owned()}</p>
                <p>{written.legal_basis.clone()}</p>
                <p class="small muted">{author(found, written, visitor)}</p>
            </div>
        </section>
    }
    .into_markup()
}

/// A version of the rule, in one line.
fn said(found: &Overview, written: &WrittenRule, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let version = words.with(keys::COMPLIANCE_VERSION, [("n", i64::from(written.rule.id.version).into())]);
    let says = match written.ended {
        true => words.say(keys::COMPLIANCE_ENDED).into_owned(),
        false => format!("{}: {}", scope(written, words), effect(written.rule.effect, visitor)),
    };
    view! {
        <li>
            <strong>{version}</strong>" "{says}
            <p class="small muted">{written.legal_basis.clone()}" · "{author(found, written, visitor)}</p>
        </li>
    }
    .into_markup()
}

fn editor(visitor: &Visitor, form: &FormState, of: Option<&WrittenRule>) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field { name, label: words.say(key).into_owned(), ..Field::default() };
    let any = |name, key| Field { blank: true, ..field(name, key) };
    let incentives =
        kinds().map(|kind| (kind.as_str().to_owned(), words.code("incentive", kind.as_str()).into_owned()));
    let sides = Side::ALL
        .iter()
        .map(|side| (side.as_str().to_owned(), words.code("side", side.as_str()).into_owned()));
    let effects: Vec<_> = EffectCode::ALL
        .iter()
        .map(|one| Choice {
            value: one.as_str().to_owned(),
            label: words.code("effect", one.as_str()).into_owned(),
        })
        .collect();
    let periods: Vec<_> = CapPeriod::ALL
        .iter()
        .map(|one| Choice {
            value: one.as_str().to_owned(),
            label: words.code("cap-period", one.as_str()).into_owned(),
        })
        .collect();
    let units = cap_units(visitor)
        .into_iter()
        .map(|unit| Choice { value: unit.as_str().to_owned(), label: unit_name(unit, words) })
        .collect();
    let cap = Field {
        optional: true,
        inputmode: "decimal",
        help: Some(words.say(keys::COMPLIANCE_CAP_HELP).into_owned()),
        ..field("cap_amount", keys::COMPLIANCE_CAP_AMOUNT)
    };
    let basis = Field { full: true, maxlength: 500, ..field("legal_basis", keys::COMPLIANCE_BASIS) };
    let sentence = |name, key| Field {
        maxlength: 500,
        help: Some(words.say(keys::COMPLIANCE_DISCLOSURE_HELP).into_owned()),
        ..field(name, key)
    };
    let review = Field { optional: true, kind: "date", ..field("review_on", keys::COMPLIANCE_REVIEW) };
    let action = of.map_or(paths::NEW_RULE, |written| paths::compliance_rule(written.rule.id.rule));
    let market = match of {
        None => select_field(
            &field("market", keys::COMPLIANCE_MARKET),
            market_choices(words),
            form,
            words,
            assets,
        ),
        Some(written) => {
            let market = written.rule.market;
            view! {
                <div class="field">
                    <span class="label">{words.say(keys::COMPLIANCE_MARKET)}</span>
                    <p>{market_name(market, words)}</p>
                    <input type="hidden" name="market" value=market.to_string()/>
                </div>
            }
            .into_markup()
        }
    };
    let end = of.map(|written| {
        view! {
            <form method="post" action=paths::compliance_rule_end(written.rule.id.rule).to_string()>
                <input type="hidden" name="version" value=written.rule.id.version.to_string()/>
                <button class="button" data-kind="plain" type="submit">{words.say(keys::COMPLIANCE_END)}</button>
            </form>
        }
    });
    view! {
        <form class="form" method="post" action=action.to_string() novalidate=true>
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="panel" aria-labelledby="for">
                <header><h2 id="for">{words.say(keys::COMPLIANCE_FOR)}</h2></header>
                <div class="body"><div class="fields">
                    {market}
                    {select_field(
                        &any("section", keys::COMPLIANCE_SECTION),
                        section_choices(keys::COMPLIANCE_ANY, words), form, words, assets,
                    )}
                    {select_field(
                        &any("recipient", keys::COMPLIANCE_RECIPIENT),
                        recipient_choices(keys::COMPLIANCE_ANY, words), form, words, assets,
                    )}
                    {select_field(
                        &any("kind", keys::COMPLIANCE_KIND),
                        optional(keys::COMPLIANCE_ANY, incentives, words), form, words, assets,
                    )}
                    {select_field(
                        &any("side", keys::COMPLIANCE_SIDE),
                        optional(keys::COMPLIANCE_ANY, sides, words), form, words, assets,
                    )}
                </div></div>
            </section>
            <section class="panel" aria-labelledby="says">
                <header><h2 id="says">{words.say(keys::COMPLIANCE_EFFECT)}</h2></header>
                <div class="body"><div class="fields">
                    {select_field(&field("effect", keys::COMPLIANCE_EFFECT), effects, form, words, assets)}
                    {text_field(&cap, form, words, assets)}
                    {select_field(&any("cap_unit", keys::COMPLIANCE_CAP_UNIT), units, form, words, assets)}
                    {select_field(&any("cap_period", keys::COMPLIANCE_CAP_PERIOD), periods, form, words, assets)}
                    {text_field(&basis, form, words, assets)}
                    {text_area(&sentence("disclosure_de", keys::COMPLIANCE_DISCLOSURE_DE), form, words, assets)}
                    {text_area(&sentence("disclosure_en", keys::COMPLIANCE_DISCLOSURE_EN), form, words, assets)}
                    {text_field(&review, form, words, assets)}
                </div></div>
            </section>
            <div class="cluster">
                <button class="button" data-kind="plain" type="submit" name="act" value="look">
                    {words.say(keys::COMPLIANCE_LOOK)}
                </button>
                <button class="button" type="submit" name="act" value="save">{words.say(keys::COMPLIANCE_SAVE)}</button>
            </div>
        </form>
        {end}
    }
    .into_markup()
}

/// What the change in the form would touch, where somebody has asked for it.
async fn looked(
    visitor: &Visitor,
    form: &FormState,
    of: Option<ComplianceRuleId>,
) -> Result<Option<Markup>, PageError> {
    let mut typed = form.clone();
    if form.value("act") != "look" || !form.is_sound() {
        return Ok(None);
    }
    let Some(draft) = draft(&mut typed, of) else { return Ok(None) };
    let found = touched(&visitor.app.ctx, &draft).await?;
    let words = visitor.words;
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let said = match count {
        0 => words.say(keys::COMPLIANCE_TOUCHED_NONE).into_owned(),
        n => words.with(keys::COMPLIANCE_TOUCHED_COUNT, [("n", n.into())]),
    };
    let items = found.iter().map(|one| touched_line(one, visitor)).collect_view();
    let panel = view! {
        <section class="panel" aria-labelledby="touched" role="status">
            <header><h2 id="touched">{words.say(keys::COMPLIANCE_TOUCHED)}</h2></header>
            <div class="body">
                <p><strong>{said}</strong></p>
                <ul class="stack-tight">{items}</ul>
                <p class="small muted">{words.say(keys::COMPLIANCE_TOUCHED_NOTE)}</p>
            </div>
        </section>
    };
    Ok(Some(panel.into_markup()))
}

fn touched_line((one, then): &(Touched, Decision), visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let what = match one.reward {
        Some(_) => keys::COMPLIANCE_TOUCHED_REWARD,
        None => keys::COMPLIANCE_TOUCHED_CHOICE,
    };
    let kind = words.code("incentive", one.kind.as_str());
    let then = format!("{}: {}", words.say(keys::COMPLIANCE_THEN), sentences(then, None, visitor).join(" "));
    let name = format!("{kind} ({}), {}, {}", words.say(what), one.company, one.advocate_name);
    view! { <li>{name}<p class="small muted">{then}</p></li> }.into_markup()
}
