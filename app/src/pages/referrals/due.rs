//! What is due: every open referral that somebody looks after, by when its next promise ends.

use axum::extract::Query;
use chrono::{DateTime, TimeDelta};
use domain::{
    ids::ReferralId,
    moments::{ClockKind, clock},
    referrals::Party,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::referrals::{AfterDue, Line, duties, reach, settings};
use words::keys;

use super::stages::Stages;
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui,
    visitor::{SignedIn, Visitor},
};

/// Lines on one page.
const PAGE: usize = 50;

/// Where the list goes on.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Paging {
    /// Microseconds of the last due time before.
    at: Option<i64>,
    /// The id of its referral.
    id: Option<ReferralId>,
}

impl Paging {
    fn after(self) -> Option<AfterDue> {
        Some(AfterDue { due_at: DateTime::from_timestamp_micros(self.at?)?, id: self.id? })
    }
}

/// `GET /work/due`
///
/// # Errors
/// When the memory fails, or for somebody who looks after no referrals.
pub async fn list(Query(paging): Query<Paging>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties.clone()).ok_or(PageError::NotAllowed)?;
    let reach = reach(power.member(), &duties);
    let limit = u64::try_from(PAGE + 1).unwrap_or(u64::MAX);
    let mut lines = ctx.store.referrals().due(&reach, paging.after(), limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let stages = Stages::of(&visitor).await?;
    let words = visitor.words;
    let next = lines.last().filter(|_| more).and_then(|last| {
        let at = last.due_at?.timestamp_micros();
        let href = format!("{}?at={at}&id={}", paths::DUE, last.id);
        Some(view! { <p><a class="button" data-kind="plain" href=href>{words.say(keys::LIST_MORE)}</a></p> })
    });
    let table = if lines.is_empty() {
        view! { <section class="panel"><div class="body"><p>{words.say(keys::DUE_EMPTY)}</p></div></section> }
            .into_markup()
    } else {
        view! {
            <section class="panel">
                <div class="scroll" role="region" tabindex="0" aria-label=words.say(keys::DUE_TITLE)>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{words.say(keys::REFER_COMPANY)}</th>
                                <th scope="col">{words.say(keys::DUE_WHAT)}</th>
                                <th scope="col">{words.say(keys::DUE_UNTIL)}</th>
                                <th scope="col">{words.say(keys::LIST_STAGE)}</th>
                                <th scope="col">{words.say(keys::LIST_ADVOCATE)}</th>
                            </tr>
                        </thead>
                        <tbody>{lines.iter().map(|line| row(&visitor, &stages, line)).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_markup()
    };
    let view = view! {
        <header class="page-head">
            <div class="spread">
                <h1>{words.say(keys::DUE_TITLE)}</h1>
                <a class="small" href=paths::BOARD.to_string()>{words.say(keys::NAV_BOARD)}</a>
            </div>
            <p class="lede">{words.say(keys::DUE_LEDE)}</p>
        </header>
        <div class="stack">{table}{next}</div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::DUE_TITLE)).in_nav(Nav::Board).compact(), view))
}

fn row(visitor: &Visitor, stages: &Stages, line: &Line) -> Markup {
    let (words, formats, now) = (visitor.words, visitor.formats(), visitor.app.ctx.now());
    let assets = &visitor.app.assets;
    let (rules, clocks) = settings(&visitor.app.ctx);
    let ball = line.progress.ball(&rules, &clocks);
    // Both may be open; what comes first is what the line stands here for.
    let thanks = line.progress.submitted_at + clocks.thanks;
    let thanks_first =
        line.thanks_done_at.is_none() && ball.is_none_or(|ball| thanks - ball.due <= TimeDelta::zero());
    let (what, party, until) = if thanks_first {
        let state = clock(ClockKind::Thanks, &line.progress, None, now, &clocks);
        let until = state.map(|state| ui::promise(state, clocks.thanks, words, formats, assets));
        (words.say(keys::OVERDUE_THANKS), Some(Party::Company), until)
    } else {
        let what = ball.map(|ball| words.code("next", ball.next.as_str())).unwrap_or_default();
        let until = ball.map(|ball| ui::until(ball.due, now, words, formats, assets));
        (what, ball.map(|ball| ball.party), until)
    };
    let whose = party.map(|party| match party {
        Party::Advocate => words.say(keys::BALL_ADVOCATE).into_owned(),
        Party::Customer => words.say(keys::BALL_CUSTOMER).into_owned(),
        Party::Company => {
            words.with(keys::BALL_COMPANY, [("host", visitor.app.ctx.host.name.as_str().into())])
        }
    });
    let whose = party.zip(whose).map(|(party, whose)| ui::party(assets, party.into(), whose));
    view! {
        <tr>
            <th scope="row"><a href=paths::work_referral(line.id).to_string()>{line.company.clone()}</a></th>
            <td>{whose}<span>{what}</span></td>
            <td>{until}</td>
            <td>{line.stop().map(|stop| stages.stop(stop))}</td>
            <td>{line.advocate.clone()}", "{line.account.clone()}</td>
        </tr>
    }
    .into_markup()
}
