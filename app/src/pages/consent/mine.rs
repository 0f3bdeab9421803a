//! A contact's private page.

use axum::extract::{Path as UrlPath, Query};
use domain::{
    consent::{ConsentPath, ConsentState},
    referrals::{Party, Position, Step},
    text::Language,
};
use leptos::prelude::*;
use services::{
    consent::{MyPage, OwedBenefit, my_page, pass_on_link},
    triple_win::of_referral,
};
use words::{Key, Words, keys};

use super::{
    answers,
    benefits::{self, advocate_name},
    fields::{contact_fields, preferred_name, recipient_name, steps_field},
    landing::days,
    pass_on,
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageResult, triple_win},
    paths::{self, Path},
    shell::{Head, page},
    ui::{self, error_summary, saved_meanwhile},
    visitor::Visitor,
};

/// Where it stands, as the contact is told: their own no is theirs alone, every other end is just an end.
fn stage(mine: &MyPage) -> Key {
    if mine.contact.consent == ConsentState::Withdrawn {
        return keys::MY_STAGE_WITHDRAWN;
    }
    match mine.referral.facts.position {
        Position::On(Step::Submitted) => keys::MY_STAGE_SUBMITTED,
        Position::On(Step::Accepted) => keys::MY_STAGE_ACCEPTED,
        Position::On(Step::Contacted) => keys::MY_STAGE_CONTACTED,
        Position::On(Step::Meeting) => keys::MY_STAGE_MEETING,
        Position::On(Step::Qualified) => keys::MY_STAGE_QUALIFIED,
        Position::On(Step::Won) => keys::MY_STAGE_WON,
        Position::Ended { .. } => keys::MY_STAGE_ENDED,
    }
}

/// What a step of consent is called.
pub(crate) fn said(state: ConsentState) -> Key {
    match state {
        ConsentState::Awaiting => keys::MY_SAID_AWAITING,
        ConsentState::Given => keys::MY_SAID_GIVEN,
        ConsentState::Refused => keys::MY_SAID_REFUSED,
        ConsentState::Withdrawn => keys::MY_SAID_WITHDRAWN,
    }
}

/// `GET /my/{token}`
///
/// # Errors
/// When the memory fails.
pub async fn show(UrlPath(token): UrlPath<String>, Query(kept): Query<Kept>, visitor: Visitor) -> PageResult {
    let Some(mine) = my_page(&visitor.app.ctx, &token).await? else { return Ok(answers::gone(&visitor)) };
    let words = visitor.words;
    let host = visitor.app.ctx.host.name.clone();
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&mine));
    let title = words.with(keys::MY_TITLE, [("host", host.as_str().into())]);
    let hand_on = pass_on_link(&visitor.app.ctx, &mine.referral).await?;
    let company = mine.referral.facts.company.as_str();
    let wins = of_referral(&visitor.app.ctx, mine.referral.facts.id, Party::Customer).await?;
    let view = view! {
        <header class="page-head">
            <h1>{title.clone()}</h1>
            <p class="lede">{words.with(stage(&mine), [("host", host.as_str().into())])}</p>
            <p class="small muted">
                {words.with(keys::MY_FOR_COMPANY, [("company", company.into())])}" · "{words.say(keys::MY_LEDE)}
            </p>
        </header>
        <div class="split">
            <div class="stack">
                {mine.benefit.as_ref().map(|owed| owed_benefit(owed, &visitor))}
                {benefits::both_sides(&mine.advertised, &host, words, visitor.formats(), &visitor.app.assets)}
                {data(&visitor, &token, &mine, &form)}
                {from_advocate(&visitor, &mine)}
            </div>
            <div class="stack">
                {hand_on.map(|link| pass_on::pass_on(&visitor, &mine.advertised, link))}
                {triple_win::of_referral(&visitor, &wins)}
                {history(&visitor, &mine)}
                {ways_out(&visitor, &token, &mine)}
            </div>
        </div>
    };
    Ok(page(&visitor, Head::new(title), view))
}

fn filled(mine: &MyPage) -> FormState {
    let contact = &mine.contact;
    let mut form = FormState::filled([
        ("name", contact.name.clone()),
        ("role", contact.role_title.clone().unwrap_or_default()),
        ("phone", contact.phone.clone().unwrap_or_default()),
        ("kind", contact.recipient_kind.as_str().to_owned()),
        ("preferred", contact.preferred.as_str().to_owned()),
        ("time", contact.best_time.clone().unwrap_or_default()),
        ("language", contact.language.as_str().to_owned()),
        ("version", contact.version.to_string()),
    ]);
    if contact.shows_steps {
        form.set("steps", "yes");
    }
    form
}

/// What is stored, in the words of the form.
fn saved(mine: &MyPage, words: Words) -> Vec<(Key, String)> {
    let contact = &mine.contact;
    let said = |key: Key| words.say(key).into_owned();
    let language = match contact.language {
        Language::German => keys::CONSENT_LANGUAGE_DE,
        Language::English => keys::CONSENT_LANGUAGE_EN,
    };
    vec![
        (keys::CONSENT_FIELD_NAME, contact.name.clone()),
        (keys::CONSENT_FIELD_ROLE, contact.role_title.clone().unwrap_or_default()),
        (keys::CONSENT_FIELD_PHONE, contact.phone.clone().unwrap_or_default()),
        (keys::CONSENT_FIELD_KIND, said(recipient_name(contact.recipient_kind))),
        (keys::CONSENT_FIELD_PREFERRED, said(preferred_name(contact.preferred))),
        (keys::CONSENT_FIELD_TIME, contact.best_time.clone().unwrap_or_default()),
        (keys::CONSENT_FIELD_LANGUAGE, said(language)),
        (keys::CONSENT_FIELD_STEPS, said(if contact.shows_steps { keys::FORM_YES } else { keys::FORM_NO })),
    ]
}

fn data(visitor: &Visitor, token: &str, mine: &MyPage, form: &FormState) -> Markup {
    let words = visitor.words;
    let date = visitor.formats().date(mine.contact.created_at);
    let source = match &mine.spoken_to_by {
        None => words.with(keys::MY_DATA_SOURCE, [("date", date.into())]),
        Some(manager) => {
            let host = visitor.app.ctx.host.name.as_str();
            let name = advocate_name(&mine.advertised, words);
            let values = [("manager", manager.as_str().into()), ("host", host.into()), ("name", name.into())];
            words.with(keys::MY_DATA_SOURCE_SPOKEN, values)
        }
    };
    let address = (!mine.contact.email.is_empty())
        .then(|| view! { <p><strong>{mine.contact.email.clone()}</strong></p> });
    let theirs = form.is_overtaken().then(|| saved_meanwhile(saved(mine, words), visitor));
    view! {
        <section class="panel" aria-labelledby="data">
            <header><h2 id="data">{words.say(keys::MY_DATA)}</h2></header>
            <div class="body">
                <p class="small muted">{source}</p>
                {address}
                <form class="form" method="post" action=paths::mine(token).to_string() novalidate=true>
                    {error_summary(form, words)}
                    {theirs}
                    <input type="hidden" name="version" value=form.value("version").to_owned()/>
                    {contact_fields(form, false, false, words, &visitor.app.assets)}
                    {steps_field(form, &mine.advertised, words, &visitor.app.assets)}
                    <div class="cluster">
                        <button class="button" type="submit">{words.say(keys::MY_SAVE)}</button>
                    </div>
                </form>
            </div>
        </section>
    }
    .into_markup()
}

/// What their company was promised: until when, or since when they have it.
fn owed_benefit(owed: &OwedBenefit, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let name = owed.name.to(words.language()).trim().trim_end_matches('.').to_owned();
    let name = match owed.amount {
        Some(amount) => format!("{name}, {}", ui::amount(amount, words, formats)),
        None => name,
    };
    let dated = |key, at| words.with(key, [("date", formats.date(at).into())]);
    let (mark, when) = match (owed.delivered_at, owed.due_at) {
        (Some(at), _) => ("check", dated(keys::MY_BENEFIT_DELIVERED, at)),
        (None, Some(at)) => ("clock", dated(keys::MY_BENEFIT_DUE, at)),
        (None, None) => ("clock", words.say(keys::MY_BENEFIT_PROMISED).into_owned()),
    };
    view! {
        <section class="panel" data-party="customer" aria-labelledby="owed">
            <div class="body">
                <h2 id="owed">
                    {ui::note(&visitor.app.assets, ui::Party::Customer)}{words.say(keys::MY_BENEFIT)}
                </h2>
                <p>{name}</p>
                <p class="clock">{ui::icon(&visitor.app.assets, mark)}<span>{when}</span></p>
            </div>
        </section>
    }
    .into_markup()
}

/// What somebody else has entered: the advocate, where they submitted the referral and the contact came later.
fn from_advocate(visitor: &Visitor, mine: &MyPage) -> Option<Markup> {
    if mine.referral.facts.consent_path == ConsentPath::OwnShare {
        return None;
    }
    let words = visitor.words;
    let name = advocate_name(&mine.advertised, words);
    let date = visitor.formats().date(mine.referral.facts.submitted_at);
    let row = |label, value: &str| {
        (!value.is_empty()).then(|| view! { <dt>{words.say(label)}</dt><dd>{value.to_owned()}</dd> })
    };
    Some(
        view! {
            <section class="panel" data-party="advocate" aria-labelledby="theirs">
                <header><h2 id="theirs">{words.say(keys::MY_THEIRS)}</h2></header>
                <div class="body">
                    <p class="small muted">
                        {words.with(keys::MY_THEIRS_SOURCE, [("name", name.into()), ("date", date.into())])}
                    </p>
                    <dl class="facts">
                        {row(keys::REFER_COMPANY, mine.referral.facts.company.as_str())}
                        {row(keys::CONSENT_FIELD_ROLE, &mine.referral.role_title)}
                        {row(keys::REFER_REASON, &mine.referral.reason)}
                    </dl>
                    <p class="small muted">{words.say(keys::MY_THEIRS_END)}</p>
                </div>
            </section>
        }
        .into_markup(),
    )
}

fn history(visitor: &Visitor, mine: &MyPage) -> Markup {
    let words = visitor.words;
    let steps = mine
        .steps
        .iter()
        .map(|step| {
            let version = i64::from(step.wording_version);
            view! {
                <li>
                    <strong>{words.say(said(step.state))}</strong>
                    <p>
                        <time datetime=step.at.to_rfc3339()>{visitor.formats().moment(step.at)}</time>
                    </p>
                    <details>
                        <summary class="small">
                            {words.with(keys::MY_WORDING, [("version", version.into())])}
                        </summary>
                        <p>{step.wording.clone()}</p>
                    </details>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="said">
            <header><h2 id="said">{words.say(keys::MY_HISTORY)}</h2></header>
            <div class="body"><ol class="stem">{steps}</ol></div>
        </section>
    }
    .into_markup()
}

fn ways_out(visitor: &Visitor, token: &str, mine: &MyPage) -> Markup {
    let words = visitor.words;
    let way = |path: Path, label: Key, help: String| {
        view! {
            <form class="stack-tight" method="post" action=path.to_string()>
                <div class="cluster">
                    <button class="button" data-kind="plain" type="submit">{words.say(label)}</button>
                </div>
                <p class="small muted">{help}</p>
            </form>
        }
    };
    let withdraw = (mine.contact.consent == ConsentState::Given).then(|| {
        way(
            paths::mine_withdraw(token),
            keys::MY_WITHDRAW,
            words.with(keys::MY_WITHDRAW_HELP, [("days", days(visitor).into())]),
        )
    });
    view! {
        <section class="panel" aria-labelledby="end">
            <header><h2 id="end">{words.say(keys::MY_END)}</h2></header>
            <div class="body">
                {withdraw}
                {way(paths::mine_erase(token), keys::MY_ERASE, words.say(keys::MY_ERASE_HELP).into_owned())}
                {way(paths::mine_object(token), keys::MY_OBJECT, words.say(keys::MY_OBJECT_HELP).into_owned())}
            </div>
        </section>
    }
    .into_markup()
}
