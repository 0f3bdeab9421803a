//! Credits that the billing system has yet to book, and what its file would do.

use axum::extract::Query;
use domain::rewards::CreditReference;
use leptos::prelude::*;
use services::rewards::{Bookings, LineOutcome, OpenCredit, look_at_bookings, open_credits};
use words::keys;

use super::hand_in::Asked;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column, list_table, scrolling_table},
    visitor::{SignedIn, Visitor},
};

/// Rows shown on the page; the file has them all.
const SHOWN: usize = 100;

/// `GET /work/credits`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let credits = open_credits(ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let text = form.value("bookings");
    let bookings = if text.is_empty() {
        None
    } else {
        let found = look_at_bookings(ctx, &person.actor, text).await;
        Some(found.map_err(|_| PageError::Unavailable)?)
    };
    let result = match bookings {
        Some(bookings) => {
            let book = paths::CREDITS_BOOK.with_form(form.clone().keep(&visitor).await?);
            Some(result(&bookings, &book.to_string(), &visitor))
        }
        None => None,
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb">
                <a href=paths::DELIVERIES.to_string()>{words.say(keys::DELIVERIES_TITLE)}</a>
            </p>
            <h1>{words.say(keys::CREDITS_TITLE)}</h1>
            <p class="lede">{words.say(keys::CREDITS_LEDE)}</p>
        </header>
        <div class="stack">
            {result}
            {open(&credits, &visitor)}
            {hand_in(&form, &visitor)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CREDITS_TITLE)).in_nav(Nav::Deliveries).compact(), view))
}

fn open(credits: &[OpenCredit], visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = credits
        .iter()
        .take(SHOWN)
        .map(|credit| {
            let receiver = match &credit.person {
                Some(person) => format!("{person}, {}", credit.account_name),
                None => credit.account_name.clone(),
            };
            let exported = credit.exported_at.map_or_else(
                || words.say(keys::CREDITS_NOT_EXPORTED).into_owned(),
                |at| formats.date(at),
            );
            let reference = CreditReference::of(credit.reward).to_string();
            view! {
                <tr>
                    <th scope="row">{receiver}</th>
                    <td class="n">{ui::amount(credit.amount, words, formats)}</td>
                    <td>{formats.date(credit.approved_at)}</td>
                    <td>{exported}</td>
                    <td><a href=paths::work_reward(credit.reward).to_string()><code>{reference}</code></a></td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::CREDITS_CUSTOMER.into(),
        Column::number(keys::REWARD_PAGE_AMOUNT),
        keys::CREDITS_APPROVED.into(),
        keys::CREDITS_EXPORTED.into(),
        keys::CREDITS_REFERENCE.into(),
    ];
    let export = (!credits.is_empty()).then(|| {
        view! {
            <form method="post" action=paths::CREDITS_EXPORT.to_string()>
                <button class="button" type="submit">{words.say(keys::CREDITS_EXPORT)}</button>
                <p class="small muted">{words.say(keys::CREDITS_EXPORT_HELP)}</p>
            </form>
        }
    });
    let empty = (keys::CREDITS_EMPTY, keys::CREDITS_EMPTY_HELP);
    view! {
        {list_table(keys::CREDITS_TITLE, columns, rows, empty, words)}
        {export}
    }
    .into_markup()
}

fn hand_in(form: &FormState, visitor: &Visitor) -> Markup {
    let asked = Asked {
        heading: keys::CREDITS_BOOKINGS,
        to: paths::CREDITS,
        file: keys::CREDITS_FILE,
        help: keys::CREDITS_FILE_HELP,
    };
    super::hand_in::form(&asked, form, visitor)
}

/// What the file does, or would do: counts, then the lines that are not taken.
fn result(found: &Bookings, book: &str, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let count =
        |outcome: LineOutcome| formats.number(i64::try_from(found.count(&outcome)).unwrap_or(i64::MAX));
    let refused: Vec<_> = found
        .lines
        .iter()
        .filter_map(|line| match line.outcome {
            LineOutcome::Refused(code) => Some((line, code)),
            _ => None,
        })
        .take(SHOWN)
        .map(|(line, code)| {
            let number = formats.number(i64::try_from(line.number).unwrap_or(i64::MAX));
            view! {
                <tr>
                    <th scope="row" class="n">{number}</th>
                    <td><code>{line.reference.clone()}</code></td>
                    <td>{words.error(code)}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns =
        [Column::number(keys::CREDITS_LINE), keys::CREDITS_REFERENCE.into(), keys::CREDITS_WHY.into()];
    let refused =
        (!refused.is_empty()).then(|| scrolling_table(keys::CREDITS_REFUSED, columns, refused, words));
    let confirm = (found.count(&LineOutcome::Booked) > 0).then(|| {
        view! {
            <form method="post" action=book.to_owned()>
                <button class="button" type="submit">{words.say(keys::CREDITS_BOOK)}</button>
            </form>
        }
    });
    let cut = found.cut.then(|| view! { <p>{words.say(keys::CREDITS_CUT)}</p> });
    view! {
        <section class="panel" aria-labelledby="result">
            <header><h2 id="result">{words.say(keys::CREDITS_RESULT)}</h2></header>
            <div class="body stack-tight">
                <dl class="facts">
                    <dt>{words.say(keys::CREDITS_WOULD_BOOK)}</dt><dd>{count(LineOutcome::Booked)}</dd>
                    <dt>{words.say(keys::CREDITS_UNCHANGED)}</dt><dd>{count(LineOutcome::Unchanged)}</dd>
                    <dt>{words.say(keys::CREDITS_REFUSED)}</dt><dd>{count(LineOutcome::Refused(""))}</dd>
                </dl>
                {cut}
                {confirm}
            </div>
            {refused}
        </section>
    }
    .into_markup()
}
