//! What billing tells of deals after they were won: what a file would do, and what was told before.

use axum::extract::Query;
use leptos::prelude::*;
use services::rewards::{
    ActError, ConversionLine, ConversionOutcome, Conversions, StoredConversion, conversions_template,
    latest_conversions, look_at_conversions, refused_conversions,
};
use words::keys;

use super::hand_in::{self, Asked};
use crate::{
    actions::rewards::conversions::FILE,
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, csv},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column, list_table, scrolling_table},
    visitor::{SignedIn, Visitor},
};

/// Lines shown on the page.
const SHOWN: usize = 100;

/// `GET /work/conversions`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let told = latest_conversions(ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let text = form.value(FILE);
    let result = if text.is_empty() {
        None
    } else {
        let found = look_at_conversions(ctx, &person.actor, text).await;
        let found = found.map_err(|_| PageError::Unavailable)?;
        let id = form.clone().keep(&visitor).await?;
        let (take, errors) = (paths::CONVERSIONS_TAKE.with_form(id), paths::CONVERSIONS_ERRORS.with_form(id));
        Some(result(&found, &take.to_string(), &errors.to_string(), &visitor))
    };
    let asked = Asked {
        heading: keys::CONVERSIONS_HAND_IN,
        to: paths::CONVERSIONS,
        file: keys::CONVERSIONS_FILE,
        help: keys::CONVERSIONS_FILE_HELP,
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::WORK_REWARDS.to_string()>{words.say(keys::NAV_ALL_REWARDS)}</a></p>
            <div class="spread">
                <h1>{words.say(keys::CONVERSIONS_TITLE)}</h1>
                <a class="small" href=paths::CONVERSIONS_TEMPLATE.to_string() download="">
                    {words.say(keys::CONVERSIONS_TEMPLATE)}
                </a>
            </div>
            <p class="lede">{words.say(keys::CONVERSIONS_LEDE)}</p>
        </header>
        <div class="stack">
            {result}
            {hand_in::form(&asked, &form, &visitor)}
            {before(&told, &visitor)}
        </div>
    };
    let head = Head::new(words.say(keys::CONVERSIONS_TITLE)).in_nav(Nav::AllRewards).compact();
    Ok(page(&visitor, head, view))
}

/// What the file does, or would do: counts, then line by line.
fn result(found: &Conversions, take: &str, errors: &str, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let number = |count: usize| formats.number(i64::try_from(count).unwrap_or(i64::MAX));
    let lines = found.lines.iter().take(SHOWN).map(|line| row(line, visitor)).collect();
    let columns = [
        Column::number(keys::CREDITS_LINE),
        keys::CONVERSIONS_EVENT.into(),
        keys::CONVERSIONS_COMPANY.into(),
        keys::CONVERSIONS_KIND.into(),
        keys::CONVERSIONS_OUTCOME.into(),
    ];
    let lines =
        (!found.lines.is_empty()).then(|| scrolling_table(keys::CONVERSIONS_LINES, columns, lines, words));
    let confirm = (found.taken() > 0).then(|| {
        view! {
            <form method="post" action=take.to_owned()>
                <button class="button" type="submit">{words.say(keys::CONVERSIONS_TAKE)}</button>
            </form>
        }
    });
    let errors = (found.refused() > 0).then(|| {
        view! {
            <p>
                <a class="button" data-kind="plain" download="" href=errors.to_owned()>
                    {words.say(keys::IMPORT_ERRORS)}
                </a>
            </p>
        }
    });
    let cut = found.cut.then(|| view! { <p>{words.say(keys::CREDITS_CUT)}</p> });
    let more = (found.lines.len() > SHOWN)
        .then(|| view! { <p class="small muted">{words.say(keys::CONVERSIONS_MORE)}</p> });
    let unchanged = found.count(|outcome| *outcome == ConversionOutcome::Unchanged);
    view! {
        <section class="panel" aria-labelledby="result">
            <header><h2 id="result">{words.say(keys::CREDITS_RESULT)}</h2></header>
            <div class="body stack-tight">
                <dl class="facts">
                    <dt>{words.say(keys::CONVERSIONS_NEW)}</dt><dd>{number(found.taken())}</dd>
                    <dt>{words.say(keys::CONVERSIONS_UNCHANGED)}</dt><dd>{number(unchanged)}</dd>
                    <dt>{words.say(keys::CREDITS_REFUSED)}</dt><dd>{number(found.refused())}</dd>
                </dl>
                {cut}
                {confirm}
                {errors}
            </div>
            {lines}
            {more}
        </section>
    }
    .into_markup()
}

fn row(line: &ConversionLine, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let outcome = match &line.outcome {
        ConversionOutcome::Takes(effect) => words.code("conversion-effect", effect.as_str()).into_owned(),
        ConversionOutcome::Unchanged => words.say(keys::CONVERSIONS_UNCHANGED).into_owned(),
        ConversionOutcome::Refused(code) => words.error(code),
    };
    let number = visitor.formats().number(i64::try_from(line.number).unwrap_or(i64::MAX));
    let kind = line.kind.map(|kind| words.code("conversion", kind.as_str()).into_owned());
    view! {
        <tr>
            <th scope="row" class="n">{number}</th>
            <td><code>{line.event.clone()}</code></td>
            <td>{line.company.clone()}</td>
            <td>{kind}</td>
            <td>{outcome}</td>
        </tr>
    }
    .into_markup()
}

/// What was told before, the latest first.
fn before(told: &[StoredConversion], visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = told
        .iter()
        .map(|known| {
            let amount = known.told.amount.map(|amount| ui::amount(amount, words, formats));
            let kind = words.code("conversion", known.told.kind.as_str());
            let effect = words.code("conversion-effect", known.effect.as_str());
            view! {
                <tr>
                    <th scope="row">{known.company.clone()}</th>
                    <td>{kind}</td>
                    <td class="n">{amount}</td>
                    <td>{formats.calendar_day(known.told.on)}</td>
                    <td>{effect}</td>
                    <td><code>{known.told.event.clone()}</code></td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::CONVERSIONS_COMPANY.into(),
        keys::CONVERSIONS_KIND.into(),
        Column::number(keys::REWARD_PAGE_AMOUNT),
        keys::CONVERSIONS_DAY.into(),
        keys::CONVERSIONS_OUTCOME.into(),
        keys::CONVERSIONS_EVENT.into(),
    ];
    let empty = (keys::CONVERSIONS_EMPTY, keys::CONVERSIONS_EMPTY_HELP);
    list_table(keys::CONVERSIONS_BEFORE, columns, rows, empty, words)
}

/// `GET /work/conversions/template.csv`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn template(SignedIn { visitor, person }: SignedIn) -> PageResult {
    match conversions_template(&visitor.app.ctx, &person.actor).await {
        Ok(file) => Ok(csv::file(file, "after-the-deal.csv")),
        Err(ActError::Store(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotAllowed),
    }
}

/// `GET /work/conversions/errors.csv`
///
/// # Errors
/// [`PageError::NotFound`] for a file that has lapsed.
pub async fn errors(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.ok_or(PageError::NotFound)?;
    match look_at_conversions(&visitor.app.ctx, &person.actor, form.value(FILE)).await {
        Ok(found) => Ok(csv::file(refused_conversions(&found, visitor.words), "after-the-deal-errors.csv")),
        Err(ActError::Store(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotAllowed),
    }
}
