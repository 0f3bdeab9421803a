//! What is due: every open referral that somebody looks after, by when its next promise ends.

use axum::extract::Query;
use domain::{
    moments::{ClockKind, clock},
    referrals::Party,
};
use leptos::prelude::*;
use services::referrals::{AfterDue, Line, duties, reach, settings};
use words::keys;

use super::{
    paging::{Paging, cursor, place},
    parts,
    stages::Stages,
};
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, ASKED, Slice},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/due`
///
/// # Errors
/// When the memory fails, or for somebody who looks after no referrals.
pub async fn list(Query(paging): Query<Paging>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties.clone()).ok_or(PageError::NotAllowed)?;
    let reach = reach(power.member(), &duties);
    let after = place(paging.after.as_deref()).map(|(due_at, id)| AfterDue { due_at, id });
    let lines = ctx.store.referrals().due(&reach, after, ASKED).await?;
    let Slice { lines, first, next } = Slice::of(lines, &paths::DUE, paging.after.as_deref(), |line| {
        line.due_at.map(|due_at| cursor(due_at, line.id)).unwrap_or_default()
    });
    let stages = Stages::of(&visitor).await?;
    let words = visitor.words;
    let rows = lines.iter().map(|line| row(&visitor, &stages, line)).collect();
    let columns =
        [keys::REFER_COMPANY, keys::DUE_WHAT, keys::DUE_UNTIL, keys::LIST_STAGE, keys::LIST_ADVOCATE];
    let empty = (keys::DUE_EMPTY, keys::DUE_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <div class="spread">
                <h1>{words.say(keys::DUE_TITLE)}</h1>
                <a class="small" href=paths::BOARD.to_string()>{words.say(keys::NAV_BOARD)}</a>
            </div>
            <p class="lede">{words.say(keys::DUE_LEDE)}</p>
        </header>
        <div class="stack">
            {ui::list_table(keys::DUE_TITLE, columns, rows, empty, words)}
            {ui::pager(first.as_ref(), next.as_ref(), words)}
        </div>
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
    let thanks_first = line.thanks_done_at.is_none() && ball.is_none_or(|ball| thanks <= ball.due);
    let (what, party, until) = if thanks_first {
        let state = clock(ClockKind::Thanks, &line.progress, None, now, &clocks);
        let until = state.map(|state| ui::promise(state, clocks.thanks, words, formats, assets));
        (words.say(keys::OVERDUE_THANKS), Some(Party::Company), until)
    } else {
        let what = ball.map(|ball| words.code("next", ball.next.as_str())).unwrap_or_default();
        let until = ball.map(|ball| ui::until(ball.due, now, words, formats, assets));
        (what, ball.map(|ball| ball.party), until)
    };
    let whose = party.map(|party| view! { {parts::whose(visitor, party)}<br/> });
    view! {
        <tr>
            <th scope="row"><a href=paths::work_referral(line.id).to_string()>{line.company.clone()}</a></th>
            <td>{whose}{what}</td>
            <td>{until}</td>
            <td>{line.stop().map(|stop| stages.stop(stop))}</td>
            <td>{line.advocate.clone()}", "{line.account.clone()}</td>
        </tr>
    }
    .into_markup()
}
