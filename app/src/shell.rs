//! The frame around a page: head, bars, footer. And the two answers a handler gives: a page, or a way on.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    consent::LegalKind,
    members::{Actor, Duties},
};
use leptos::prelude::*;
use words::{Key, Words, keys};

use crate::{
    markup::{IntoMarkup, Markup, written},
    paths::{self, Path},
    ui::{Party, icon, note},
    visitor::Visitor,
};

/// What the frame has to know about a page.
#[derive(Clone, Debug)]
pub struct Head {
    /// The title, without the product's name.
    pub title: String,
    /// Which entry of the bars is this page's.
    pub nav: Option<Nav>,
    /// Staff's lists and boards are set tighter.
    pub compact: bool,
    /// What search engines may say of it: of public pages only, no other is kept by them.
    pub indexed: Option<String>,
    /// The status to answer with.
    pub status: StatusCode,
}

impl Head {
    /// An ordinary page with this title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), nav: None, compact: false, indexed: None, status: StatusCode::OK }
    }

    /// Belongs to this entry of the bars.
    #[must_use]
    pub fn in_nav(mut self, nav: Nav) -> Self {
        self.nav = Some(nav);
        self
    }

    /// Set tighter.
    #[must_use]
    pub fn compact(mut self) -> Self {
        self.compact = true;
        self
    }

    /// May be found by search engines, which show this sentence.
    #[must_use]
    pub fn indexed(mut self, description: impl Into<String>) -> Self {
        self.indexed = Some(description.into());
        self
    }

    /// Answers with this status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// The entries of the bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// Home.
    Home,
    /// The form, and one's own referrals.
    Refer,
    /// One's own rewards.
    Rewards,
    /// What all referrals have brought the three.
    TripleWin,
    /// What came to nothing behind advocates' own links.
    Neutral,
    /// What waits for approval.
    Approvals,
    /// What is to be delivered.
    Deliveries,
    /// All rewards.
    AllRewards,
    /// What companies and the host have given each other.
    Reciprocity,
    /// Tiers and their rules.
    Tiers,
    /// The compliance matrix.
    Compliance,
    /// The rewards that it holds.
    Held,
    /// Suspected misuse.
    Cases,
    /// The board of open referrals.
    Board,
    /// All referrals that one looks after.
    WorkList,
    /// Programme and catalogue.
    Incentives,
    /// People: members and invitations.
    People,
    /// Customers' companies.
    Accounts,
    /// Customers from a file.
    Import,
    /// Terms, privacy notice, imprint.
    Legal,
    /// The numbers that may be set.
    Settings,
    /// Keys of machines.
    ApiKeys,
    /// What the worker could not do.
    Jobs,
}

impl Nav {
    /// Its icon in the bar of phones.
    const fn mark(self) -> &'static str {
        match self {
            Self::Refer => "send",
            Self::Rewards => "gift",
            Self::TripleWin => "chord",
            _ => "home",
        }
    }
}

/// An entry of a bar, and who sees it.
struct Entry {
    nav: Nav,
    path: Path,
    label: Key,
    seen_by: fn(&Actor) -> bool,
}

/// Everybody's bar.
static MAIN: &[Entry] = &[
    Entry { nav: Nav::Home, path: paths::HOME, label: keys::NAV_HOME, seen_by: |_| true },
    Entry {
        nav: Nav::Refer,
        path: paths::REFER,
        label: keys::NAV_REFER,
        seen_by: |actor| actor.referrer().is_some(),
    },
    Entry {
        nav: Nav::Rewards,
        path: paths::REWARDS,
        label: keys::NAV_REWARDS,
        seen_by: |actor| actor.referrer().is_some(),
    },
    Entry { nav: Nav::TripleWin, path: paths::TRIPLE_WIN, label: keys::NAV_TRIPLE_WIN, seen_by: |_| true },
];

/// What staff do every day.
static WORK: &[Entry] = &[
    Entry { nav: Nav::Board, path: paths::BOARD, label: keys::NAV_BOARD, seen_by: looks_after },
    Entry {
        nav: Nav::WorkList,
        path: paths::WORK_REFERRALS,
        label: keys::NAV_WORK_LIST,
        seen_by: looks_after,
    },
    Entry {
        nav: Nav::Neutral,
        path: paths::NEUTRAL_ANSWERS,
        label: keys::NAV_NEUTRAL,
        seen_by: |actor| looks_after(actor) || actor.program_managing().is_some(),
    },
    Entry {
        nav: Nav::Approvals,
        path: paths::APPROVALS,
        label: keys::NAV_APPROVALS,
        seen_by: |actor| actor.approving().is_some(),
    },
    Entry {
        nav: Nav::Deliveries,
        path: paths::DELIVERIES,
        label: keys::NAV_DELIVERIES,
        seen_by: |actor| actor.delivering().is_some(),
    },
    Entry {
        nav: Nav::Held,
        path: paths::HELD,
        label: keys::COMPLIANCE_HELD,
        seen_by: |actor| actor.approving().is_some(),
    },
    Entry {
        nav: Nav::Cases,
        path: paths::CASES,
        label: keys::FRAUD_TITLE,
        seen_by: |actor| actor.approving().is_some(),
    },
    Entry {
        nav: Nav::Reciprocity,
        path: paths::RECIPROCITIES,
        label: keys::NAV_RECIPROCITY,
        seen_by: |actor| actor.delivering().is_some(),
    },
    Entry {
        nav: Nav::AllRewards,
        path: paths::WORK_REWARDS,
        label: keys::NAV_ALL_REWARDS,
        seen_by: |actor| actor.approving().is_some(),
    },
];

/// Advocates see what a programme offers where they refer; the catalogue is for staff.
fn staff_sees_programs(actor: &Actor) -> bool {
    actor.account.is_none() && actor.sees_programs()
}

/// Whether somebody looks after referrals at all; which ones, each page asks for itself.
fn looks_after(actor: &Actor) -> bool {
    actor.account_managing(Duties::default()).is_some()
}

/// What staff run the portal with.
static MANAGE: &[Entry] = &[
    Entry {
        nav: Nav::Incentives,
        path: paths::INCENTIVES,
        label: keys::NAV_INCENTIVES,
        seen_by: staff_sees_programs,
    },
    Entry {
        nav: Nav::Tiers,
        path: paths::MANAGE_TIERS,
        label: keys::NAV_TIERS,
        seen_by: staff_sees_programs,
    },
    Entry {
        nav: Nav::Compliance,
        path: paths::COMPLIANCE,
        label: keys::NAV_COMPLIANCE,
        seen_by: staff_sees_programs,
    },
    Entry { nav: Nav::People, path: paths::PEOPLE, label: keys::NAV_PEOPLE, seen_by: Actor::sees_people },
    Entry {
        nav: Nav::Accounts,
        path: paths::ACCOUNTS,
        label: keys::NAV_ACCOUNTS,
        seen_by: Actor::sees_people,
    },
    Entry {
        nav: Nav::Import,
        path: paths::IMPORT,
        label: keys::NAV_IMPORT,
        seen_by: |actor| actor.administering().is_some(),
    },
    Entry {
        nav: Nav::Legal,
        path: paths::LEGAL_TEXTS,
        label: keys::NAV_LEGAL,
        seen_by: |actor| actor.administering().is_some(),
    },
    Entry {
        nav: Nav::Settings,
        path: paths::SETTINGS,
        label: keys::NAV_SETTINGS,
        seen_by: |actor| actor.administering().is_some() || actor.program_managing().is_some(),
    },
    Entry {
        nav: Nav::ApiKeys,
        path: paths::API_KEYS,
        label: keys::NAV_API_KEYS,
        seen_by: |actor| actor.administering().is_some(),
    },
    Entry {
        nav: Nav::Jobs,
        path: paths::JOBS,
        label: keys::NAV_JOBS,
        seen_by: |actor| actor.administering().is_some(),
    },
];

/// The groups of the second bar.
static STAFF: &[(Key, &[Entry])] = &[(keys::NAV_WORK, WORK), (keys::NAV_MANAGE, MANAGE)];

/// A redirect after a form. 303: what follows is a GET, whatever came before.
pub fn go(path: &Path) -> Response {
    match HeaderValue::from_str(path.as_str()) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, HeaderValue::from_static("/"))]).into_response()
        }
    }
}

/// Room for a page before its text has to move; most are shorter.
const PAGE: usize = 32 * 1024;

/// Renders a page inside the frame.
pub fn page(visitor: &Visitor, head: Head, main: impl IntoView + 'static) -> Response {
    let status = head.status;
    let html = written(document(visitor, head, main.into_markup()), PAGE);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        // Pages show a person's own data, also after they have signed out on a shared machine.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, html).into_response()
}

fn document(visitor: &Visitor, head: Head, main: Markup) -> impl IntoView + use<> {
    let words = visitor.words;
    let host = visitor.app.ctx.host.name.clone();
    let assets = &visitor.app.assets;
    let title = format!("{} · {host}", head.title);
    let signed_in = visitor.person.is_some();
    let robots = if head.indexed.is_some() { "index, follow" } else { "noindex, nofollow" };
    let density = head.compact.then_some("compact");
    let body_class = if signed_in { "has-tabs" } else { "public" };
    view! {
        <!DOCTYPE html>
        <html lang=words.language().as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                <meta name="robots" content=robots/>
                {head.indexed.map(|sentence| view! { <meta name="description" content=sentence/> })}
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=assets.style.clone()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <script type="module" src=assets.comfort.clone()></script>
            </head>
            <body class=body_class data-density=density>
                <a class="skip" href="#content">{words.say(keys::SHELL_SKIP)}</a>
                {visitor.app.ctx.demo.then(|| view! {
                    <aside class="demo-flag" aria-label=words.say(keys::SHELL_DEMO_LABEL)>{words.say(keys::SHELL_DEMO)}</aside>
                })}
                {topbar(visitor, head.nav)}
                {subbar(visitor, head.nav)}
                <main id="content" class="page" tabindex="-1">
                    {visitor.flash.map(|flash| {
                        view! {
                            <p class="notice flash" role="status">
                                {icon(assets, "check")}<span>{words.say(flash.key())}</span>
                            </p>
                        }
                    })}
                    {main}
                </main>
                {foot(visitor)}
                {tabbar(visitor, head.nav)}
            </body>
        </html>
    }
}

fn topbar(visitor: &Visitor, current: Option<Nav>) -> Markup {
    let words = visitor.words;
    let profile = visitor.person.as_ref().map(|person| {
        let staff = person.actor.account.is_none();
        let party = if staff { Party::Company } else { Party::Advocate };
        view! {
            <a class="initials" data-party=party.as_str() href=paths::PROFILE.as_str().to_owned()>
                <span aria-hidden="true">{initials(person.name.as_str())}</span>
                <span class="hidden">
                    {words.with(keys::SHELL_PROFILE, [("name", person.name.as_str().into())])}
                </span>
            </a>
        }
    });
    let nav = visitor.person.as_ref().map(|person| {
        let entries = entries(MAIN, &person.actor, current, words);
        view! { <nav aria-label=words.say(keys::NAV_LABEL)><ul>{entries}</ul></nav> }
    });
    view! {
        <header class="topbar">
            <div>
                <a class="brand" href=paths::HOME.to_string()>{chord()}{visitor.app.ctx.host.name.clone()}</a>
                {nav}
                <div class="end">{profile}</div>
            </div>
        </header>
    }
    .into_markup()
}

fn entries(bar: &'static [Entry], actor: &Actor, current: Option<Nav>, words: Words) -> Vec<Markup> {
    bar.iter()
        .filter(|entry| (entry.seen_by)(actor))
        .map(|entry| {
            let here = (Some(entry.nav) == current).then_some("page");
            view! { <li><a href=entry.path.to_string() aria-current=here>{words.say(entry.label)}</a></li> }
                .into_markup()
        })
        .collect()
}

/// The bar within a thumb's reach on phones: the same entries as on top, with their icons.
fn tabbar(visitor: &Visitor, current: Option<Nav>) -> Option<Markup> {
    let words = visitor.words;
    let person = visitor.person.as_ref()?;
    let entries = MAIN
        .iter()
        .filter(|entry| (entry.seen_by)(&person.actor))
        .map(|entry| {
            let here = (Some(entry.nav) == current).then_some("page");
            let mark = icon(&visitor.app.assets, entry.nav.mark());
            view! { <li><a href=entry.path.to_string() aria-current=here>{mark}{words.say(entry.label)}</a></li> }
        })
        .collect_view();
    Some(
        view! { <nav class="tabbar" aria-label=words.say(keys::NAV_TABS)><ul>{entries}</ul></nav> }
            .into_markup(),
    )
}

/// The second bar, of those who have anything to do there.
fn subbar(visitor: &Visitor, current: Option<Nav>) -> Option<Markup> {
    let words = visitor.words;
    let actor = visitor.person.as_ref()?.actor;
    let groups: Vec<_> = STAFF
        .iter()
        .map(|(label, bar)| (label, entries(bar, &actor, current, words)))
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(label, entries)| view! { <ul><li>{words.say(*label)}</li>{entries}</ul> })
        .collect();
    (!groups.is_empty()).then(|| {
        view! { <nav class="subbar" aria-label=words.say(keys::NAV_STAFF)><div>{groups}</div></nav> }
            .into_markup()
    })
}

fn chord() -> Markup {
    view! {
        <svg class="chord" viewBox="0 0 24 28" aria-hidden="true">
            <path class="stem" d="M20 3v22"></path>
            <path class="k" d="M12 2.5 16.8 10.5H7.2z"></path>
            <circle class="a" cx="12" cy="15" r="4"></circle>
            <rect class="c" x="8.2" y="19.8" width="7.6" height="6.6"></rect>
        </svg>
    }
    .into_markup()
}

fn foot(visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let other = match words.language() {
        domain::text::Language::German => domain::text::Language::English,
        domain::text::Language::English => domain::text::Language::German,
    };
    let back = visitor.path.clone();
    view! {
        <footer class="foot">
            <div>
                <span class="party" data-party="company">
                    {note(&visitor.app.assets, Party::Company)}{visitor.app.ctx.host.name.clone()}
                </span>
                {LegalKind::ALL
                    .iter()
                    .map(|kind| {
                        let href = paths::legal(*kind).to_string();
                        view! { <a href=href>{words.say(legal_title(*kind))}</a> }
                    })
                    .collect_view()}
                {visitor.person.is_some().then(|| view! {
                    <form class="end" method="post" action=paths::SIGN_OUT.to_string()>
                        <button class="button" data-kind="quiet" type="submit">{words.say(keys::PROFILE_SIGN_OUT)}</button>
                    </form>
                })}
                <form class=visitor.person.is_none().then_some("end") method="post" action=paths::LANGUAGE.to_string()>
                    <input type="hidden" name="back" value=back/>
                    <button class="button" data-kind="quiet" type="submit" name="language" value=other.as_str()
                        lang=other.as_str()>
                        {words.say(keys::SHELL_OTHER_LANGUAGE)}
                    </button>
                </form>
            </div>
        </footer>
    }
    .into_markup()
}

/// What a legal text is called.
pub fn legal_title(kind: LegalKind) -> Key {
    match kind {
        LegalKind::Imprint => keys::LEGAL_IMPRINT,
        LegalKind::Privacy => keys::LEGAL_PRIVACY,
        LegalKind::Terms => keys::LEGAL_TERMS,
    }
}

/// `Anna Berger` → `AB`.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|part| part.chars().find(|c| c.is_alphabetic()));
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Anna Maria Berger"), "AB");
        assert_eq!(initials("Ägidius"), "Ä");
        assert_eq!(initials("  "), "");
    }
}
