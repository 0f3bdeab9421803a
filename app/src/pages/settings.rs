//! The numbers that an installation may set. Administrators change them, marketing reads what it works with.

use axum::extract::Query;
use domain::{
    fraud::FraudRules,
    incentives::{Amount, Unit},
};
use leptos::prelude::*;
use services::{
    rewards::{Caps, RewardSettings},
    settings::{Clocks, ReferralRules, Settings, settings},
    tiers::TierSettings,
};
use words::{Key, keys};

use crate::{
    forms::{FormState, Kept, Pairs, as_typed},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::{Head, Nav, page},
    ui::{self, Choice, Field, error_summary, select_field, text_field},
    visitor::{SignedIn, Visitor},
};

/// The hidden field that says which of the page's forms was sent.
pub(crate) const GROUP: &str = "group";
/// The group of caps.
pub(crate) const CAPS: &str = "caps";
/// The group of numbers around rewards.
pub(crate) const REWARDS: &str = "rewards";
/// The group of rules of referrals.
pub(crate) const REFERRALS: &str = "referrals";
/// The group of numbers of tiers.
pub(crate) const TIERS: &str = "tiers";
/// The group of checks of misuse.
pub(crate) const FRAUD: &str = "fraud";
/// The group of promises of time.
pub(crate) const CLOCKS: &str = "clocks";
/// The group of whose task things are.
pub(crate) const OWNER: &str = "owner";

/// A unit that can be capped, with the names of its two fields.
pub(crate) struct Capped {
    /// What is counted.
    pub(crate) unit: Unit,
    /// The field of the cap for one advocate.
    pub(crate) advocate: &'static str,
    /// The field of the cap for the whole programme.
    pub(crate) program: &'static str,
}

/// Everything that can be capped, money in the host's currency.
pub(crate) fn capped(visitor: &Visitor) -> [Capped; 5] {
    let capped = |unit, advocate, program| Capped { unit, advocate, program };
    [
        capped(Unit::Money(visitor.app.ctx.host.currency), "advocate_money", "program_money"),
        capped(Unit::Introductions, "advocate_introductions", "program_introductions"),
        capped(Unit::Seats, "advocate_seats", "program_seats"),
        capped(Unit::Months, "advocate_months", "program_months"),
        capped(Unit::Points, "advocate_points", "program_points"),
    ]
}

/// A whole number of a group: its field, what it is called, and where it stands among what is set.
pub(crate) struct Number<S> {
    name: &'static str,
    label: Key,
    help: Key,
    get: fn(&S) -> i64,
    set: fn(&mut S, &str) -> bool,
}

macro_rules! number {
    ($name:ident, $label:ident, $help:ident) => {
        Number {
            name: stringify!($name),
            label: keys::$label,
            help: keys::$help,
            get: |all| all.$name.into(),
            set: |all, typed| typed.trim().parse().map(|number| all.$name = number).is_ok(),
        }
    };
}

/// The numbers around rewards.
pub(crate) const NUMBERS: [Number<RewardSettings>; 7] = [
    number!(clearing_days, SETTINGS_CLEARING, SETTINGS_CLEARING_HELP),
    number!(refund_days, SETTINGS_REFUND, SETTINGS_REFUND_HELP),
    number!(expiry_months, SETTINGS_EXPIRY, SETTINGS_EXPIRY_HELP),
    number!(delivery_days, SETTINGS_DELIVERY, SETTINGS_DELIVERY_HELP),
    number!(benefit_days, SETTINGS_BENEFIT, SETTINGS_BENEFIT_HELP),
    number!(introduction_days, SETTINGS_INTRODUCTION, SETTINGS_INTRODUCTION_HELP),
    number!(fiscal_month, SETTINGS_FISCAL, SETTINGS_FISCAL_HELP),
];

/// The times in which a referral has to move.
pub(crate) const TERMS: [Number<ReferralRules>; 2] = [
    number!(consent_days, SETTINGS_CONSENT_DAYS, SETTINGS_CONSENT_DAYS_HELP),
    number!(idle_months, SETTINGS_IDLE, SETTINGS_IDLE_HELP),
];

/// The promises of time.
pub(crate) const PROMISES: [Number<Clocks>; 3] = [
    number!(thanks_hours, SETTINGS_THANKS, SETTINGS_THANKS_HELP),
    number!(contact_hours, SETTINGS_CONTACT, SETTINGS_CONTACT_HELP),
    number!(silence_days, SETTINGS_SILENCE, SETTINGS_SILENCE_HELP),
];

/// The numbers of days around tiers.
pub(crate) const TIER_DAYS: [Number<TierSettings>; 2] = [
    number!(grace_days, SETTINGS_GRACE, SETTINGS_GRACE_HELP),
    number!(undo_days, SETTINGS_UNDO, SETTINGS_UNDO_HELP),
];

/// The numbers of the checks of misuse: the threshold, the weights in the order of the reasons, and what the counting ones
/// count.
pub(crate) const FRAUD_NUMBERS: [Number<FraudRules>; 13] = [
    number!(threshold, SETTINGS_FRAUD_THRESHOLD, SETTINGS_FRAUD_THRESHOLD_HELP),
    number!(same_person, FRAUD_NAME_SAME_PERSON, FRAUD_REASON_SAME_PERSON),
    number!(colleague, FRAUD_NAME_COLLEAGUE, FRAUD_REASON_COLLEAGUE),
    number!(same_company, FRAUD_NAME_SAME_COMPANY, FRAUD_REASON_SAME_COMPANY),
    number!(known_mailbox, FRAUD_NAME_KNOWN_MAILBOX, FRAUD_REASON_KNOWN_MAILBOX),
    number!(disposable, FRAUD_NAME_DISPOSABLE, FRAUD_REASON_DISPOSABLE),
    number!(velocity, FRAUD_NAME_VELOCITY, FRAUD_REASON_VELOCITY),
    number!(shared_address, FRAUD_NAME_SHARED_ADDRESS, FRAUD_REASON_SHARED_ADDRESS),
    number!(quick_win, FRAUD_NAME_QUICK_WIN, FRAUD_REASON_QUICK_WIN),
    number!(velocity_referrals, SETTINGS_FRAUD_REFERRALS, SETTINGS_FRAUD_REFERRALS_HELP),
    number!(velocity_hours, SETTINGS_FRAUD_HOURS, SETTINGS_FRAUD_HOURS_HELP),
    number!(address_contacts, SETTINGS_FRAUD_CONTACTS, SETTINGS_FRAUD_CONTACTS_HELP),
    number!(quick_minutes, SETTINGS_FRAUD_MINUTES, SETTINGS_FRAUD_MINUTES_HELP),
];

/// Reads the numbers of a form, or notes which of them are none.
pub(crate) fn read_numbers<S>(form: &mut FormState, numbers: &[Number<S>], all: &mut S) {
    for number in numbers {
        if !(number.set)(all, form.value(number.name)) {
            form.refuse(number.name, "not_a_number");
        }
    }
}

/// `GET /manage/settings`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators and marketing.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = settings(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let kept = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let lede = if found.editable { keys::SETTINGS_LEDE } else { keys::SETTINGS_LEDE_READING };
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_SETTINGS)}</h1>
            <p class="lede">{words.say(lede)}</p>
        </header>
        <div class="stack narrow">
            {group(&visitor, &found, &kept, &Group::rewards(&visitor, &found))}
            {group(&visitor, &found, &kept, &Group::caps(&visitor, &found))}
            {group(&visitor, &found, &kept, &Group::referrals(&visitor, &found))}
            {group(&visitor, &found, &kept, &Group::tiers(&visitor, &found))}
            {group(&visitor, &found, &kept, &Group::fraud(&visitor, &found))}
            {group(&visitor, &found, &kept, &Group::clocks(&visitor, &found))}
            {group(&visitor, &found, &kept, &Group::owner(&visitor, &found))}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_SETTINGS)).in_nav(Nav::Settings).compact(), view))
}

/// A group as the page shows it: what stands, and the form that changes it.
struct Group {
    code: &'static str,
    action: Path,
    title: Key,
    help: Key,
    version: i32,
    /// What stands now, in words.
    standing: Vec<(String, String)>,
    /// What stands now, as the form is filled with it.
    filled: Vec<(String, String)>,
    fields: Fields,
}

type Fields = Box<dyn Fn(&FormState) -> Markup>;

impl Group {
    fn caps(visitor: &Visitor, found: &Settings) -> Self {
        let words = visitor.words;
        let caps: &Caps = &found.caps.value;
        let mut standing = Vec::new();
        let mut filled = Vec::new();
        let mut fields = Vec::new();
        for one in capped(visitor) {
            let sides = [
                (one.advocate, caps.advocate.get(&one.unit), keys::SETTINGS_CAP_ADVOCATE),
                (one.program, caps.program.get(&one.unit), keys::SETTINGS_CAP_PROGRAM),
            ];
            for (name, cap, key) in sides {
                let label = words.with(key, [("unit", ui::unit_name(one.unit, visitor.words).into())]);
                standing.push((label.clone(), cap_in_words(cap.copied(), one.unit, visitor)));
                filled.push((
                    name.to_owned(),
                    cap.map(|cap| as_typed(*cap, one.unit, words.language())).unwrap_or_default(),
                ));
                let inputmode = if matches!(one.unit, Unit::Money(_)) { "decimal" } else { "numeric" };
                fields.push(Field {
                    name,
                    label,
                    inputmode,
                    autocomplete: "off",
                    blank: true,
                    maxlength: 20,
                    ..Field::default()
                });
            }
        }
        let fields = text_fields(visitor, fields);
        Self {
            code: CAPS,
            action: paths::SETTINGS_CAPS,
            title: keys::SETTINGS_CAPS,
            help: keys::SETTINGS_CAPS_HELP,
            version: found.caps.version,
            standing,
            filled,
            fields,
        }
    }

    fn rewards(visitor: &Visitor, found: &Settings) -> Self {
        let (words, formats) = (visitor.words, visitor.formats());
        let limit = found.rewards.value.four_eyes_above;
        let said = limit.map_or_else(
            || words.say(keys::SETTINGS_FOUR_EYES_NONE).into_owned(),
            |limit| ui::amount(limit, words, formats),
        );
        let mut standing = vec![(words.say(keys::SETTINGS_FOUR_EYES).into_owned(), said)];
        let limit = limit.map(|limit| as_typed(limit.value(), limit.unit(), words.language()));
        let mut filled = vec![("four_eyes".to_owned(), limit.unwrap_or_default())];
        let currency = visitor.app.ctx.host.currency.as_str().to_owned();
        let mut fields = vec![Field {
            name: "four_eyes",
            label: words.say(keys::SETTINGS_FOUR_EYES).into_owned(),
            help: Some(words.with(keys::SETTINGS_FOUR_EYES_HELP, [("currency", currency.into())])),
            inputmode: "decimal",
            autocomplete: "off",
            blank: true,
            maxlength: 20,
            ..Field::default()
        }];
        let numbers = whole_numbers(visitor, &NUMBERS, &found.rewards.value);
        standing.extend(numbers.standing);
        filled.extend(numbers.filled);
        fields.extend(numbers.fields);
        let fields = text_fields(visitor, fields);
        Self {
            code: REWARDS,
            action: paths::SETTINGS_REWARDS,
            title: keys::SETTINGS_REWARDS,
            help: keys::SETTINGS_REWARDS_HELP,
            version: found.rewards.version,
            standing,
            filled,
            fields,
        }
    }

    fn referrals(visitor: &Visitor, found: &Settings) -> Self {
        let (words, assets) = (visitor.words, visitor.app.assets.clone());
        let rules = &found.referrals.value;
        let numbers = whole_numbers(visitor, &TERMS, rules);
        let by_rule = words.say(if rules.accept_by_rule { keys::FORM_YES } else { keys::FORM_NO });
        let mut standing = vec![(words.say(keys::SETTINGS_BY_RULE).into_owned(), by_rule.into_owned())];
        let mut filled = Vec::new();
        if rules.accept_by_rule {
            filled.push(("accept_by_rule".to_owned(), "yes".to_owned()));
        }
        standing.extend(numbers.standing);
        filled.extend(numbers.filled);
        let numbers = text_fields(visitor, numbers.fields);
        let by_rule = Field {
            name: "accept_by_rule",
            label: words.say(keys::SETTINGS_BY_RULE).into_owned(),
            help: Some(words.say(keys::SETTINGS_BY_RULE_HELP).into_owned()),
            blank: true,
            ..Field::default()
        };
        let fields: Fields = Box::new(move |form| {
            view! { {numbers(form)}{ui::tick_box(&by_rule, form, words, &assets)} }.into_markup()
        });
        Self {
            code: REFERRALS,
            action: paths::SETTINGS_REFERRALS,
            title: keys::SETTINGS_REFERRALS,
            help: keys::SETTINGS_REFERRALS_HELP,
            version: found.referrals.version,
            standing,
            filled,
            fields,
        }
    }

    fn tiers(visitor: &Visitor, found: &Settings) -> Self {
        let numbers = whole_numbers(visitor, &TIER_DAYS, &found.tiers.value);
        Self {
            code: TIERS,
            action: paths::SETTINGS_TIERS,
            title: keys::NAV_TIERS,
            help: keys::SETTINGS_TIERS_HELP,
            version: found.tiers.version,
            standing: numbers.standing,
            filled: numbers.filled,
            fields: text_fields(visitor, numbers.fields),
        }
    }

    fn fraud(visitor: &Visitor, found: &Settings) -> Self {
        let numbers = whole_numbers(visitor, &FRAUD_NUMBERS, &found.fraud.value);
        Self {
            code: FRAUD,
            action: paths::SETTINGS_FRAUD,
            title: keys::FRAUD_TITLE,
            help: keys::SETTINGS_FRAUD_HELP,
            version: found.fraud.version,
            standing: numbers.standing,
            filled: numbers.filled,
            fields: text_fields(visitor, numbers.fields),
        }
    }

    fn clocks(visitor: &Visitor, found: &Settings) -> Self {
        let numbers = whole_numbers(visitor, &PROMISES, &found.clocks.value);
        Self {
            code: CLOCKS,
            action: paths::SETTINGS_CLOCKS,
            title: keys::SETTINGS_CLOCKS,
            help: keys::SETTINGS_CLOCKS_HELP,
            version: found.clocks.version,
            standing: numbers.standing,
            filled: numbers.filled,
            fields: text_fields(visitor, numbers.fields),
        }
    }

    fn owner(visitor: &Visitor, found: &Settings) -> Self {
        let (words, assets) = (visitor.words, visitor.app.assets.clone());
        let everybody = words.say(keys::SETTINGS_OWNER_EVERYBODY).into_owned();
        let mut options = vec![Choice { value: String::new(), label: everybody.clone() }];
        options.extend(
            found
                .managers
                .iter()
                .map(|manager| Choice { value: manager.id.to_string(), label: manager.name.clone() }),
        );
        let owner = found.owner.value;
        let name = owner.and_then(|owner| found.managers.iter().find(|manager| manager.id == owner));
        let name = name.map_or(everybody, |manager| manager.name.clone());
        let label = words.say(keys::SETTINGS_OWNER_FIELD).into_owned();
        let filled = vec![("owner".to_owned(), owner.map(|owner| owner.to_string()).unwrap_or_default())];
        let standing = vec![(label.clone(), name)];
        let field = Field { name: "owner", label, blank: true, full: true, ..Field::default() };
        let fields: Fields =
            Box::new(move |form| select_field(&field, options.clone(), form, words, &assets));
        Self {
            code: OWNER,
            action: paths::SETTINGS_OWNER,
            title: keys::SETTINGS_OWNER,
            help: keys::SETTINGS_OWNER_HELP,
            version: found.owner.version,
            standing,
            filled,
            fields,
        }
    }
}

/// Whole numbers of a group: how they stand, what their form is filled with, and their fields.
struct Numbers {
    standing: Pairs,
    filled: Pairs,
    fields: Vec<Field<'static>>,
}

fn whole_numbers<S>(visitor: &Visitor, numbers: &[Number<S>], all: &S) -> Numbers {
    let (words, formats) = (visitor.words, visitor.formats());
    let mut group = Numbers { standing: Vec::new(), filled: Vec::new(), fields: Vec::new() };
    for &Number { name, label, help, get, .. } in numbers {
        let value = get(all);
        group.standing.push((words.say(label).into_owned(), formats.number(value)));
        group.filled.push((name.to_owned(), value.to_string()));
        group.fields.push(Field {
            name,
            label: words.say(label).into_owned(),
            help: Some(words.say(help).into_owned()),
            inputmode: "numeric",
            autocomplete: "off",
            maxlength: 5,
            ..Field::default()
        });
    }
    group
}

/// Fields of text, one below the other.
fn text_fields(visitor: &Visitor, fields: Vec<Field<'static>>) -> Fields {
    let (words, assets) = (visitor.words, visitor.app.assets.clone());
    Box::new(move |form| {
        fields.iter().map(|field| text_field(field, form, words, &assets)).collect_view().into_markup()
    })
}

fn group(visitor: &Visitor, found: &Settings, kept: &FormState, group: &Group) -> Markup {
    let words = visitor.words;
    let mine = kept.value(GROUP) == group.code;
    let body = if found.editable {
        let form = if mine { kept.clone() } else { FormState::of(&group.filled) };
        let version = if mine { kept.value("version").to_owned() } else { group.version.to_string() };
        let theirs = (mine && kept.is_overtaken()).then(|| ui::saved_named(group.standing.clone(), visitor));
        view! {
            <form class="form body" method="post" action=group.action.to_string() novalidate=true>
                {mine.then(|| error_summary(kept, words)).flatten()}
                {theirs}
                <input type="hidden" name=GROUP value=group.code/>
                <input type="hidden" name="version" value=version/>
                <p class="small muted">{words.say(group.help)}</p>
                <div class="fields">{(group.fields)(&form)}</div>
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::SETTINGS_SAVE)}</button>
                </div>
            </form>
        }
        .into_markup()
    } else {
        let rows =
            group.standing.iter().cloned().map(|(what, value)| view! { <dt>{what}</dt><dd>{value}</dd> });
        view! {
            <div class="body">
                <p class="small muted">{words.say(group.help)}</p>
                <dl class="facts">{rows.collect_view()}</dl>
            </div>
        }
        .into_markup()
    };
    let id = format!("group-{}", group.code);
    let labelled = id.clone();
    view! {
        <section class="panel" aria-labelledby=labelled>
            <header><h2 id=id>{words.say(group.title)}</h2></header>
            {body}
        </section>
    }
    .into_markup()
}

fn cap_in_words(cap: Option<i64>, unit: Unit, visitor: &Visitor) -> String {
    match cap {
        None => visitor.words.say(keys::SETTINGS_CAP_NONE).into_owned(),
        Some(cap) => Amount::new(cap, unit).map_or_else(
            |_| visitor.formats().number(0),
            |cap| ui::amount(cap, visitor.words, visitor.formats()),
        ),
    }
}
