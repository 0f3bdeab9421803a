//! The triple win: the page for members, a panel for the home page, and the entries of one referral.

mod figures;

use axum::response::Response;
use domain::{
    referrals,
    triple_win::{Seen, WinCause, WinKind},
};
use leptos::prelude::*;
use services::triple_win::{Dashboard, Quarter, SeenEntry, Whose, dashboard, dashboard_csv};
use words::{Key, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageResult, csv},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Party, icon, note},
    visitor::{SignedIn, Visitor},
};

/// `GET /triple-win`
///
/// # Errors
/// When the memory fails.
pub async fn show(SignedIn { visitor, .. }: SignedIn) -> PageResult {
    let shown = dashboard(&visitor.app.ctx, Whose::All).await?;
    Ok(render(&visitor, &shown))
}

fn render(visitor: &Visitor, shown: &Dashboard) -> Response {
    let words = visitor.words;
    let head = Head::new(words.say(keys::WIN_TITLE)).in_nav(Nav::TripleWin);
    let Some(since) = shown.since else {
        let view = view! {
            <header class="page-head"><h1>{words.say(keys::WIN_TITLE)}</h1></header>
            <section class="panel">
                <div class="body">
                    <p>{words.say(keys::WIN_EMPTY)}</p>
                    <p class="small muted">{words.say(keys::WIN_HOW_TEXT)}</p>
                </div>
            </section>
        };
        return page(visitor, head, view);
    };
    let formats = visitor.formats();
    let range = words.with(
        keys::WIN_RANGE,
        [("from", formats.date(since).into()), ("to", formats.date(visitor.app.ctx.now()).into())],
    );
    let view = view! {
        <header class="page-head">
            <p class="crumb">{words.say(keys::WIN_TITLE)} " · " {range}</p>
            <h1 class="hidden">{words.say(keys::WIN_TITLE)}</h1>
            {sentence(visitor, &shown.total)}
        </header>
        <div class="stack">
            {figures::voices(visitor, shown)}
            {figures::who_gives_whom(visitor, shown)}
            {figures::table(visitor, shown)}
        </div>
    };
    page(visitor, head, view)
}

/// What the three have of it, in one sentence.
fn sentence(visitor: &Visitor, total: &Quarter) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let part = |key, n: i64| words.with(key, [("n", n.into())]);
    let mark = |party: Party, text: String| {
        view! { <mark data-party=party.as_str()>{note(assets, party)}{text}</mark> }
    };
    let host = visitor.app.ctx.host.name.clone();
    view! {
        <p class="sentence">
            {part(keys::WIN_SENTENCE_START, total.introductions)} " "
            {mark(Party::Company, host)} " "
            {part(keys::WIN_SENTENCE_CUSTOMERS, total.customers)} " "
            {mark(Party::Advocate, words.say(keys::WIN_MARK_ADVOCATES).into_owned())} " "
            {part(keys::WIN_SENTENCE_REWARDS, total.rewards)} " "
            {mark(Party::Customer, words.say(keys::WIN_MARK_CUSTOMERS).into_owned())} " "
            {part(keys::WIN_SENTENCE_BENEFITS, total.benefits)}
        </p>
    }
    .into_markup()
}

/// `GET /triple-win.csv`
///
/// # Errors
/// When the memory fails.
pub async fn csv(SignedIn { visitor, .. }: SignedIn) -> PageResult {
    let file = dashboard_csv(&visitor.app.ctx, visitor.words.language()).await?;
    Ok(csv::file(file, "triple-win.csv"))
}

/// What one advocate's referrals have brought the three, for the home page.
pub fn panel(visitor: &Visitor, total: &Quarter) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let host = visitor.app.ctx.host.name.as_str();
    let lines = [
        (Party::Company, words.with(keys::WIN_PANEL_COMPANY, [("host", host.into())]), total.customers),
        (Party::Advocate, words.say(keys::WIN_PANEL_ADVOCATE).into_owned(), total.rewards),
        (Party::Customer, words.say(keys::WIN_PANEL_CUSTOMER).into_owned(), total.benefits),
    ];
    let lines = (total.introductions > 0).then(|| {
        let lines = lines
            .into_iter()
            .map(|(party, text, count)| {
                let count = visitor.formats().number(count);
                view! {
                    <li data-party=party.as_str()>{note(assets, party)}<span>{text}</span><b>{count}</b></li>
                }
            })
            .collect_view();
        // Given and received, whatever else the thank-yous were.
        let account = [("given", total.introductions.into()), ("received", total.returned.into())];
        view! {
            <ul class="mini-voices">{lines}</ul>
            <p class="small muted">{words.with(keys::WIN_PANEL_RECIPROCITY, account)}</p>
        }
    });
    view! {
        <section class="panel" aria-labelledby="wins">
            <header>
                <h2 id="wins">{words.say(keys::WIN_TITLE)}</h2>
                <a href=paths::TRIPLE_WIN.to_string()>{words.say(keys::WIN_PANEL_ALL)}</a>
            </header>
            <div class="body">
                <p class="small muted">{words.with(keys::WIN_PANEL_OF, [("n", total.introductions.into())])}</p>
                {lines}
            </div>
        </section>
    }
    .into_markup()
}

/// The entries of one referral as one of the three sees them: `services::triple_win::of_referral` has already left out
/// what they may not see.
pub fn of_referral(visitor: &Visitor, entries: &[SeenEntry]) -> Markup {
    let words = visitor.words;
    let body = if entries.is_empty() {
        view! { <p class="small muted">{words.say(keys::WIN_REFERRAL_EMPTY)}</p> }.into_markup()
    } else {
        let lines = entries.iter().map(|entry| entry_line(visitor, entry)).collect_view();
        view! { <ul class="giving">{lines}</ul> }.into_markup()
    };
    view! {
        <section class="panel" aria-labelledby="win-of-referral">
            <header><h2 id="win-of-referral">{words.say(keys::WIN_REFERRAL_TITLE)}</h2></header>
            <div class="body">{body}</div>
        </section>
    }
    .into_markup()
}

fn entry_line(visitor: &Visitor, entry: &SeenEntry) -> Markup {
    let (words, assets, formats) = (visitor.words, &visitor.app.assets, visitor.formats());
    let kind = words.say(kind_key(entry.kind));
    let amount = match entry.seen {
        Seen::Kind | Seen::Full(None) | Seen::UpTo(None) => None,
        Seen::Full(Some(amount)) => Some(ui::amount(amount, words, formats)),
        Seen::UpTo(Some(amount)) => {
            let amount = ui::amount(amount, words, formats);
            Some(words.with(keys::WIN_SEEN_UP_TO, [("amount", amount.into())]))
        }
        Seen::Band(band) => Some(figures::band_text(visitor, band)),
        Seen::NotYet => Some(words.say(keys::WIN_SEEN_NOT_YET).into_owned()),
    };
    let what = amount.map_or_else(|| kind.to_string(), |amount| format!("{kind}: {amount}"));
    view! {
        <li>
            <span>
                {ui::party(assets, party(entry.giver), one_name(visitor, entry.giver))} " "
                {icon(assets, "arrow")}<span class="hidden">{words.say(keys::WIN_GIVES_TO)}</span>
                {ui::party(assets, party(entry.receiver), one_name(visitor, entry.receiver))}
            </span>
            <b>{what}</b>
            <small>{words.say(cause_key(entry.cause))} ", " {formats.date(entry.at)}</small>
        </li>
    }
    .into_markup()
}

/// The party as the marks know it.
pub(super) fn party(party: referrals::Party) -> Party {
    match party {
        referrals::Party::Company => Party::Company,
        referrals::Party::Advocate => Party::Advocate,
        referrals::Party::Customer => Party::Customer,
    }
}

fn one_name(visitor: &Visitor, party: referrals::Party) -> String {
    match party {
        referrals::Party::Company => visitor.app.ctx.host.name.clone(),
        referrals::Party::Advocate => visitor.words.say(keys::WIN_REFERRAL_ADVOCATE).into_owned(),
        referrals::Party::Customer => visitor.words.say(keys::WIN_REFERRAL_NEW_CUSTOMER).into_owned(),
    }
}

pub(super) fn kind_key(kind: WinKind) -> Key {
    match kind {
        WinKind::Money => keys::WIN_KIND_MONEY,
        WinKind::Saving => keys::WIN_KIND_SAVING,
        WinKind::Access => keys::WIN_KIND_ACCESS,
        WinKind::Introduction => keys::WIN_KIND_INTRODUCTION,
        WinKind::Donation => keys::WIN_KIND_DONATION,
        WinKind::Standing => keys::WIN_KIND_STANDING,
        WinKind::Time => keys::WIN_KIND_TIME,
    }
}

fn cause_key(cause: WinCause) -> Key {
    match cause {
        WinCause::Accepted => keys::WIN_CAUSE_ACCEPTED,
        WinCause::Won => keys::WIN_CAUSE_WON,
        WinCause::RewardFulfilled => keys::WIN_CAUSE_REWARD_FULFILLED,
        WinCause::BenefitFulfilled => keys::WIN_CAUSE_BENEFIT_FULFILLED,
    }
}
