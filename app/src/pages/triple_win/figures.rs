//! Figures of the triple win: three voices, who gives whom, and the table beneath.

use domain::{incentives::Amount, referrals, triple_win::Band};
use leptos::prelude::*;
use services::triple_win::{Dashboard, Quarter, Shown};
use words::{Key, keys};

use super::{kind_key, party};
use crate::{
    markup::{IntoMarkup, Markup},
    paths,
    ui::{self, Party, Stem, icon, lollipop, note},
    visitor::Visitor,
};

/// One voice each: the figure, its chart, and amounts as far as they may be shown.
pub(super) fn voices(visitor: &Visitor, shown: &Dashboard) -> Markup {
    let words = visitor.words;
    let total = &shown.total;
    let count = |key, n: i64| words.with(key, [("n", n.into())]);
    let percent = if total.introductions > 0 { total.customers * 100 / total.introductions } else { 0 };
    let of = words.with(
        keys::WIN_FIGURE_CUSTOMERS_OF,
        [("n", total.introductions.into()), ("percent", percent.into())],
    );
    let company = voice(
        visitor,
        Party::Company,
        visitor.app.ctx.host.name.clone(),
        (count(keys::WIN_FIGURE_CUSTOMERS, total.customers), of),
        chart(visitor, Party::Company, keys::WIN_CHART_CUSTOMERS, &shown.quarters, |q| q.customers),
        vec![(keys::WIN_REVENUE, shown.revenue)],
    );
    let kinds: Vec<_> = shown
        .rewards_by_kind
        .iter()
        .map(|(kind, count)| format!("{count} × {}", words.say(kind_key(*kind))))
        .collect();
    let kinds = if kinds.is_empty() {
        words.say(keys::WIN_FLOW_REWARDS_WHY).into_owned()
    } else {
        words.with(keys::WIN_REWARDS_KINDS, [("kinds", kinds.join(", ").into())])
    };
    let advocates = voice(
        visitor,
        Party::Advocate,
        words.say(keys::WIN_ADVOCATES).into_owned(),
        (count(keys::WIN_FIGURE_REWARDS, total.rewards), kinds),
        chart(visitor, Party::Advocate, keys::WIN_CHART_REWARDS, &shown.quarters, |q| q.rewards),
        vec![(keys::WIN_DONATIONS, shown.donations)],
    );
    let customers = voice(
        visitor,
        Party::Customer,
        words.say(keys::WIN_CUSTOMERS).into_owned(),
        (
            count(keys::WIN_FIGURE_BENEFITS, total.benefits),
            count(keys::WIN_FIGURE_BENEFITS_OF, total.customers),
        ),
        chart(visitor, Party::Customer, keys::WIN_CHART_BENEFITS, &shown.quarters, |q| q.benefits),
        vec![(keys::WIN_BENEFITS_WORTH, shown.benefits)],
    );
    view! { <div class="voices">{company}{advocates}{customers}</div> }.into_markup()
}

fn voice(
    visitor: &Visitor,
    party: Party,
    name: String,
    (figure, beneath): (String, String),
    chart: Markup,
    bands: Vec<(Key, Shown)>,
) -> Markup {
    let words = visitor.words;
    let bands = bands
        .into_iter()
        .map(|(key, shown)| {
            let said = match shown {
                Shown::Band(band) => view! { <dd>{band_text(visitor, band)}</dd> }.into_markup(),
                Shown::NotYet { have, need } => {
                    let said = words.with(
                        keys::WIN_NOT_YET,
                        [("have", i64::from(have).into()), ("need", i64::from(need).into())],
                    );
                    view! { <dd class="none">{said}</dd> }.into_markup()
                }
            };
            view! { <div class="band"><dt>{words.say(key)}</dt>{said}</div> }
        })
        .collect_view();
    view! {
        <section class="panel" data-party=party.as_str()>
            <header><h2>{note(&visitor.app.assets, party)}{name}</h2></header>
            <div class="body">
                <p class="figure"><a href="#figures"><b>{figure}</b></a><span>{beneath}</span></p>
                {chart}
                <dl class="bands">{bands}</dl>
            </div>
        </section>
    }
    .into_markup()
}

/// `20.000 € bis 50.000 €`.
pub(super) fn band_text(visitor: &Visitor, band: Band) -> String {
    let say = |value| {
        let amount = Amount::new(value, band.unit);
        amount.map_or_else(|_| "0".to_owned(), |amount| ui::amount(amount, visitor.words, visitor.formats()))
    };
    let (from, below) = (say(band.from), say(band.below));
    visitor.words.with(keys::WIN_BAND, [("from", from.into()), ("below", below.into())])
}

fn chart(
    visitor: &Visitor,
    party: Party,
    caption: Key,
    quarters: &[Quarter],
    value: fn(&Quarter) -> i64,
) -> Markup {
    let words = visitor.words;
    let formats = visitor.formats();
    let stems: Vec<_> = quarters
        .iter()
        .enumerate()
        .map(|(index, quarter)| {
            // The year is said where it begins, and at the first stem.
            let with_year = index == 0 || quarter.quarter == 1;
            let running = if index + 1 == quarters.len() { "*" } else { "" };
            let label = if with_year {
                format!("Q{} {:02}{running}", quarter.quarter, quarter.year % 100)
            } else {
                format!("Q{}{running}", quarter.quarter)
            };
            Stem { label, value: value(quarter), written: formats.number(value(quarter)) }
        })
        .collect();
    let values: Vec<_> = stems.iter().map(|stem| format!("{} {}", stem.label, stem.written)).collect();
    let what = words.say(caption).into_owned();
    let title = words
        .with(keys::WIN_CHART_TITLE, [("what", what.as_str().into()), ("values", values.join(", ").into())]);
    lollipop(party, title, what, &stems)
}

struct Flow {
    giver: referrals::Party,
    receiver: referrals::Party,
    what: Key,
    why: Key,
}

const FLOWS: [Flow; 5] = {
    use referrals::Party::{Advocate, Company, Customer};
    [
        Flow {
            giver: Advocate,
            receiver: Company,
            what: keys::WIN_FLOW_INTRODUCTIONS,
            why: keys::WIN_FLOW_HOST_WHY,
        },
        Flow {
            giver: Advocate,
            receiver: Customer,
            what: keys::WIN_FLOW_INTRODUCTIONS,
            why: keys::WIN_FLOW_CUSTOMER_WHY,
        },
        Flow {
            giver: Customer,
            receiver: Company,
            what: keys::WIN_FLOW_ORDERS,
            why: keys::WIN_FLOW_ORDERS_WHY,
        },
        Flow {
            giver: Company,
            receiver: Advocate,
            what: keys::WIN_FIGURE_REWARDS,
            why: keys::WIN_FLOW_REWARDS_WHY,
        },
        Flow {
            giver: Company,
            receiver: Customer,
            what: keys::WIN_FIGURE_BENEFITS,
            why: keys::WIN_FLOW_BENEFITS_WHY,
        },
    ]
};

/// The triangle of the three, and the same in words beside it.
pub(super) fn who_gives_whom(visitor: &Visitor, shown: &Dashboard) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let said: Vec<_> = FLOWS
        .iter()
        .map(|flow| {
            let count = shown.flow(flow.giver, flow.receiver);
            let what = words.with(flow.what, [("n", count.into())]);
            (flow, what)
        })
        .collect();
    let title: Vec<_> = said
        .iter()
        .map(|(flow, what)| {
            format!("{} → {}: {what}", plural_name(visitor, flow.giver), plural_name(visitor, flow.receiver))
        })
        .collect();
    let title = words.with(keys::WIN_FLOW_TITLE, [("lines", title.join("; ").into())]);
    let lines = said
        .into_iter()
        .map(|(flow, what)| {
            view! {
                <li>
                    <span>
                        {ui::party(assets, party(flow.giver), plural_name(visitor, flow.giver))} " "
                        {icon(assets, "arrow")}<span class="hidden">{words.say(keys::WIN_GIVES_TO)}</span>
                        {ui::party(assets, party(flow.receiver), plural_name(visitor, flow.receiver))}
                    </span>
                    <b>{what}</b>
                    <small>{words.say(flow.why)}</small>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="who">
            <header><h2 id="who">{words.say(keys::WIN_WHO_GIVES)}</h2></header>
            <div class="body">
                <div class="flows">{triangle(visitor, shown, title)}<ul class="giving">{lines}</ul></div>
                <details class="fold">
                    <summary>{words.say(keys::WIN_HOW)}</summary>
                    <p class="small">{words.say(keys::WIN_HOW_TEXT)}</p>
                </details>
            </div>
        </section>
    }
    .into_markup()
}

fn plural_name(visitor: &Visitor, party: referrals::Party) -> String {
    match party {
        referrals::Party::Company => visitor.app.ctx.host.name.clone(),
        referrals::Party::Advocate => visitor.words.say(keys::WIN_ADVOCATES).into_owned(),
        referrals::Party::Customer => visitor.words.say(keys::WIN_CUSTOMERS).into_owned(),
    }
}

/// Advocates on top, the host at the left, new customers at the right; a flow is the wider the more was given.
fn triangle(visitor: &Visitor, shown: &Dashboard, title: String) -> Markup {
    use referrals::Party::{Advocate, Company, Customer};
    let most = FLOWS.iter().map(|flow| shown.flow(flow.giver, flow.receiver)).max().unwrap_or(0).max(1);
    let width = |giver, receiver| (2 + shown.flow(giver, receiver) * 5 / most).to_string();
    let count = |giver, receiver| visitor.formats().number(shown.flow(giver, receiver));
    let words = visitor.words;
    view! {
        <svg viewBox="0 0 400 336" role="img">
            <title>{title}</title>
            <g data-party="advocate">
                <path class="flow" stroke-width=width(Advocate, Company) d="M172 88C120 120 92 168 82 226"></path>
                <path class="tip" d="M80 240l-10-17 22 3z"></path>
                <path class="flow" stroke-width=width(Advocate, Customer)
                    d="M236 84C286 116 312 166 320 222"></path>
                <path class="tip" d="M322 236l-11-15 19-3z"></path>
            </g>
            <g data-party="company">
                <path class="flow" stroke-width=width(Company, Advocate)
                    d="M108 232C116 184 140 144 178 116"></path>
                <path class="tip" d="M190 108l-18 2 10 15z"></path>
                <path class="flow" stroke-width=width(Company, Customer)
                    d="M116 258C170 240 230 240 276 254"></path>
                <path class="tip" d="M290 259l-18-1 7-15z"></path>
            </g>
            <g data-party="customer">
                <path class="flow" stroke-width=width(Customer, Company)
                    d="M284 282C230 298 170 298 124 284"></path>
                <path class="tip" d="M110 279l18-4-5 17z"></path>
            </g>
            <circle class="disc" cx="204" cy="64" r="36"></circle>
            <circle class="disc" cx="78" cy="270" r="36"></circle>
            <circle class="disc" cx="326" cy="270" r="36"></circle>
            <circle class="a" cx="204" cy="64" r="15"></circle>
            <rect class="c" x="64" y="256" width="28" height="28"></rect>
            <path class="k" d="M326 252l18 31h-36z"></path>
            <text x="204" y="18" text-anchor="middle" class="count">{words.say(keys::WIN_ADVOCATES)}</text>
            <text x="78" y="326" text-anchor="middle" class="count">{short_host(visitor)}</text>
            <text x="326" y="326" text-anchor="middle" class="count">{words.say(keys::WIN_CUSTOMERS)}</text>
            <text x="84" y="146" text-anchor="end" class="count">{count(Advocate, Company)}</text>
            <text x="164" y="180" class="count">{count(Company, Advocate)}</text>
            <text x="318" y="142" class="count">{count(Advocate, Customer)}</text>
            <text x="204" y="234" text-anchor="middle" class="count">{count(Company, Customer)}</text>
            <text x="204" y="314" text-anchor="middle" class="count">{count(Customer, Company)}</text>
        </svg>
    }
    .into_markup()
}

/// The host's name without its legal form, where there is no room for it.
fn short_host(visitor: &Visitor) -> String {
    let name = visitor.app.ctx.host.name.as_str();
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

/// The figures of the charts as a table.
pub(super) fn table(visitor: &Visitor, shown: &Dashboard) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let formats = visitor.formats();
    let last = shown.quarters.len().saturating_sub(1);
    let cells = |quarter: &Quarter| {
        [quarter.introductions, quarter.customers, quarter.rewards, quarter.benefits]
            .map(|count| view! { <td class="n">{formats.number(count)}</td> })
            .collect_view()
    };
    let rows = shown
        .quarters
        .iter()
        .enumerate()
        .rev()
        .map(|(index, quarter)| {
            let named = [("q", i64::from(quarter.quarter).into()), ("year", quarter.year.to_string().into())];
            let [q, year] = named;
            let label = if index == last {
                let now = visitor.app.ctx.now();
                let date = ("date", formats.day(now, now).into());
                words.with(keys::WIN_QUARTER_RUNNING, [q, year, date])
            } else {
                words.with(keys::WIN_QUARTER, [q, year])
            };
            view! { <tr><th scope="row">{label}</th>{cells(quarter)}</tr> }
        })
        .collect_view();
    let head = |party: Option<Party>, key| {
        let text = words.say(key).into_owned();
        let said = match party {
            Some(party) => ui::party(assets, party, text),
            None => text.into_markup(),
        };
        view! { <th scope="col" class="n">{said}</th> }
    };
    view! {
        <section class="panel" id="figures">
            <div class="scroll" role="region" aria-label=words.say(keys::WIN_TABLE) tabindex="0">
                <table class="table">
                    <caption>{words.say(keys::WIN_TABLE)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.say(keys::WIN_PERIOD)}</th>
                            {head(None, keys::WIN_INTRODUCTIONS)}
                            {head(Some(Party::Company), keys::WIN_NEW_CUSTOMERS)}
                            {head(Some(Party::Advocate), keys::WIN_REWARDS)}
                            {head(Some(Party::Customer), keys::WIN_BENEFITS)}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr><th scope="row">{words.say(keys::WIN_ALL_TIME)}</th>{cells(&shown.total)}</tr>
                    </tfoot>
                </table>
            </div>
            <footer><a href=paths::TRIPLE_WIN_CSV.to_string() download="">{words.say(keys::WIN_CSV)}</a></footer>
        </section>
    }
    .into_markup()
}
