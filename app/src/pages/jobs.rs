//! What the worker could not do, and mails that have not left.

use domain::compliance::Kept;
use leptos::prelude::*;
use services::{
    jobs::{Failed, Failures, failures},
    retention::{Report, last_report},
};
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::{Head, Nav, page},
    ui::{Column, icon, scrolling_table},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/jobs`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn show(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let found = failures(&visitor.app.ctx, by).await?;
    let removed = last_report(&visitor.app.ctx, by).await?;
    let words = visitor.words;
    let nothing = found.dead.is_empty() && found.retried.is_empty();
    let all = (!nothing).then(|| {
        view! {
            <form method="post" action=paths::JOBS_RETRY.to_string()>
                <button class="button" type="submit">{words.say(keys::JOBS_RETRY_ALL)}</button>
            </form>
        }
    });
    let dead = words.with(keys::JOBS_DEAD, [("n", count(found.dead_count).into())]);
    let retried = words.with(keys::JOBS_RETRIED, [("n", count(found.retried_count).into())]);
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_JOBS)}</h1>
            <p class="lede">{words.say(keys::JOBS_LEDE)}</p>
        </header>
        <div class="stack">
            {mails(&visitor, &found)}
            {all}
            {list(&visitor, "dead", dead, &found.dead)}
            {list(&visitor, "retried", retried, &found.retried)}
            {retention(&visitor, removed.as_ref())}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_JOBS)).in_nav(Nav::Jobs).compact(), view))
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Whether the mails are on their way, in one sentence.
fn mails(visitor: &Visitor, found: &Failures) -> Markup {
    let words = visitor.words;
    let (mark, text) = match found.unsent_since {
        Some(since) => {
            let values = [("n", found.unsent.into()), ("since", visitor.formats().moment(since).into())];
            ("clock", words.with(keys::JOBS_MAILS_WAIT, values))
        }
        None => ("check", words.say(keys::JOBS_MAILS_SENT).into_owned()),
    };
    view! { <p class="notice">{icon(&visitor.app.assets, mark)}<span>{text}</span></p> }.into_markup()
}

/// How long what is kept, and what the last run has deleted of it.
fn retention(visitor: &Visitor, last: Option<&Report>) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let ran = match last {
        Some(report) => words.with(keys::JOBS_RETENTION_RAN, [("at", formats.moment(report.at).into())]),
        None => words.say(keys::JOBS_RETENTION_NEVER).into_owned(),
    };
    let rows = Kept::ALL
        .iter()
        .map(|kept| {
            let removed = last.map(|report| report.removed.get(kept).copied().unwrap_or_default());
            let removed = removed.map_or_else(|| "–".to_owned(), |rows| formats.number(count(rows)));
            view! {
                <tr>
                    <th scope="row">{words.code("kept", kept.as_str())}</th>
                    <td>{words.code("kept-for", kept.as_str())}</td>
                    <td class="n">{removed}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::JOBS_RETENTION_WHAT.into(),
        keys::JOBS_RETENTION_FOR.into(),
        Column::number(keys::JOBS_RETENTION_REMOVED),
    ];
    view! {
        <section class="panel" aria-labelledby="retention">
            <header><h2 id="retention">{words.say(keys::JOBS_RETENTION)}</h2></header>
            <div class="body"><p class="small muted">{ran}</p></div>
            {scrolling_table(keys::JOBS_RETENTION, columns, rows, words)}
        </section>
    }
    .into_markup()
}

fn list(visitor: &Visitor, id: &'static str, title: String, jobs: &[Failed]) -> Option<Markup> {
    if jobs.is_empty() {
        return None;
    }
    let rows = jobs.iter().map(|failed| row(visitor, failed)).collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby=id>
                <header><h2 id=id>{title}</h2></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_markup(),
    )
}

/// `Mail: Stand einer Empfehlung, an Anna Berger`; a contact stays unnamed here.
fn name(visitor: &Visitor, failed: &Failed) -> String {
    let words = visitor.words;
    let Some(mail) = &failed.mail else { return words.code("job", &failed.job.kind).into_owned() };
    let what = words.code("mail-kind", &mail.kind);
    match &mail.member {
        Some((_, name)) => {
            words.with(keys::JOBS_MAIL_TO, [("what", what.into()), ("name", name.as_str().into())])
        }
        None => words.with(keys::JOBS_MAIL_TO_CONTACT, [("what", what.into())]),
    }
}

fn row(visitor: &Visitor, failed: &Failed) -> Markup {
    let (words, formats, job) = (visitor.words, visitor.formats(), &failed.job);
    let name = name(visitor, failed);
    let label = words.with(keys::JOBS_RETRY_OF, [("what", name.as_str().into())]);
    let retry: Path = paths::job_retry(job.id);
    let (when, at) = match job.dead_at {
        Some(at) => (keys::JOBS_GIVEN_UP, at),
        None => (keys::JOBS_NEXT, job.run_at),
    };
    let ordered = formats.moment(job.created_at);
    view! {
        <li>
            <article class="referral">
                <div class="who">
                    <h3>{name}</h3>
                    <p>{words.code("job-error", &job.last_error)}</p>
                    <p>{words.with(keys::JOBS_TRIES, [("n", job.attempts.into()), ("at", ordered.into())])}</p>
                </div>
                <p class="where">
                    <span>{words.say(when)}</span>
                    <time class="small muted" datetime=at.to_rfc3339()>{formats.moment(at)}</time>
                </p>
                <form class="ball" method="post" action=retry.to_string()>
                    <button class="button" data-kind="plain" type="submit" aria-label=label>
                        {words.say(keys::JOBS_RETRY)}
                    </button>
                </form>
            </article>
        </li>
    }
    .into_markup()
}
