//! The form for a new referral: a company, a role, a reason, a thank-you. Never a name or an address.

use axum::extract::Query;
use domain::{
    incentives::{AdvocateStanding, BlockReason, Eligibility, Incentive, IncentiveKind},
    members::Referrer,
    referrals::WonMeans,
    text::Language,
};
use leptos::prelude::*;
use services::{
    access::Feature,
    campaigns::for_advocate,
    consent::{FirstContactRule, rules_of},
    incentives::{Offer, Organisation},
    referrals::{Programme, Standing, programme, settings, standing},
};
use words::keys;

use super::answers;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{
        PageError, PageResult, access::term, campaigns, consent::landing::days,
        incentives::first_contact::channels,
    },
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, Field, Party, note},
    visitor::{SignedIn, Visitor},
};

/// Countries of the form, the programme's own markets first.
pub(crate) const COUNTRIES: [&str; 16] =
    ["DE", "AT", "CH", "LI", "BE", "CZ", "DK", "ES", "FR", "GB", "IT", "LU", "NL", "PL", "SE", "US"];

/// `GET /refer`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let programme = match programme(ctx).await? {
        Some(programme) => Some(for_advocate(ctx, &programme, referrer.member()).await?.into_owned()),
        None => None,
    };
    let standing = standing(ctx, referrer.member()).await?.ok_or(PageError::NotAllowed)?;
    let form = match FormState::kept(&kept, &visitor).await? {
        Some(form) => form,
        None => fresh(&visitor, &referrer, programme.as_ref(), &standing).await?,
    };
    // Only the assigned account manager may speak to somebody, so there must be one.
    let rules = match &programme {
        Some(programme) if standing.account_manager.is_some() => rules_of(ctx, programme.program.id).await?,
        _ => Vec::new(),
    };
    let features = ctx.store.access().features().await?;
    let words = visitor.words;
    let head = Head::new(words.say(keys::REFER_TITLE)).in_nav(Nav::Refer);
    let host = visitor.app.ctx.host.name.clone();
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::REFER_TITLE)}</h1>
            <p class="lede">{words.with(keys::REFER_LEDE, [("host", host.clone().into())])}</p>
        </header>
        {match programme.filter(|programme| programme.program.open) {
            None => view! { <p class="notice">{words.say(keys::REFER_CLOSED)}</p> }.into_markup(),
            Some(programme) => {
                view! { <div class="split">{fields(&visitor, &form, &programme, &standing, &rules, &features)}{after(&visitor)}</div> }
                    .into_markup()
            }
        }}
    };
    Ok(page(&visitor, head, view))
}

/// The form before anything was typed: the country of one's own company, and what one gets unless one chooses otherwise.
async fn fresh(
    visitor: &Visitor,
    referrer: &Referrer,
    programme: Option<&Programme>,
    standing: &Standing,
) -> Result<FormState, PageError> {
    let ctx = &visitor.app.ctx;
    let key: uuid::Uuid = ctx.new_id();
    let own = ctx.store.incentives().own_thanks(referrer.member()).await?;
    let chosen = programme.and_then(|programme| programme.default_of(&own, &standing.receiver));
    Ok(FormState::filled([
        ("key", key.to_string()),
        ("country", standing.receiver.country.map_or("DE".to_owned(), |country| country.to_string())),
        ("channel", "link".to_owned()),
        ("incentive", chosen.map(|id| id.to_string()).unwrap_or_default()),
        ("organisation", own.organisation.map(|id| id.to_string()).unwrap_or_default()),
    ]))
}

fn fields(
    visitor: &Visitor,
    form: &FormState,
    programme: &Programme,
    standing: &Standing,
    rules: &[FirstContactRule],
    features: &[Feature],
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let host = visitor.app.ctx.host.name.as_str();
    let company = Field {
        name: "company",
        label: words.say(keys::REFER_COMPANY).into_owned(),
        autocomplete: "off",
        maxlength: 160,
        ..Field::default()
    };
    let country =
        Field { name: "country", label: words.say(keys::REFER_COUNTRY).into_owned(), ..Field::default() };
    let countries = COUNTRIES
        .iter()
        .map(|code| Choice {
            value: (*code).to_owned(),
            label: words.code("country", &code.to_lowercase()).into_owned(),
        })
        .collect();
    let role = Field {
        name: "role",
        label: words.say(keys::REFER_ROLE).into_owned(),
        help: Some(words.say(keys::REFER_ROLE_HELP).into_owned()),
        autocomplete: "off",
        full: true,
        maxlength: 120,
        ..Field::default()
    };
    let offered: Vec<_> =
        programme.choices(&standing.receiver).into_iter().map(|(offer, may)| (offer.clone(), may)).collect();
    let reason = Field {
        name: "reason",
        label: words.say(keys::REFER_REASON).into_owned(),
        help: Some(words.say(keys::REFER_REASON_HELP).into_owned()),
        full: true,
        ..Field::default()
    };
    let ways = [
        ("link", keys::REFER_WAY_LINK, keys::REFER_WAY_LINK_WHY),
        ("qr", keys::REFER_WAY_QR, keys::REFER_WAY_QR_WHY),
    ]
    .into_iter()
    .map(|(value, label, why)| {
        let id = format!("channel-{value}");
        let checked = form.value("channel") == value;
        view! {
            <div class="choice">
                <input type="radio" name="channel" id=id.clone() value=value checked=checked/>
                <label for=id>{words.say(label)}</label>
                <p class="why">{words.say(why)}</p>
            </div>
        }
    })
    .collect_view();
    view! {
        <form class="form" method="post" action=paths::REFER.to_string() novalidate=true>
            {ui::error_summary(form, words)}
            <input type="hidden" name="key" value=form.value("key").to_owned()/>
            <section class="form-part">
                <h2>{words.with(keys::REFER_WHOM, [("host", host.into())])}</h2>
                <div class="fields">
                    {ui::text_field(&company, form, words, assets)}
                    {ui::select_field(&country, countries, form, words, assets)}
                    {ui::text_field(&role, form, words, assets)}
                    {ui::text_area(&reason, form, words, assets)}
                    {answers::fields(visitor, form, &programme.program.questions)}
                </div>
            </section>
            <fieldset class="form-part">
                <legend>{words.say(keys::REFER_WAY)}</legend>
                <div class="choices">{ways}{(!rules.is_empty()).then(|| ask(visitor, form, rules))}</div>
            </fieldset>
            {choices(
                visitor,
                form,
                (programme, &standing.receiver),
                (&offered, features),
                programme.program.won_means,
                keys::REFER_THANKS_HELP,
            )}
            <div class="cluster">
                <button class="button" data-size="large" type="submit">{words.say(keys::REFER_SUBMIT)}</button>
            </div>
        </form>
    }
    .into_markup()
}

/// The third way: the account manager speaks to the person once. Only where the programme allows it.
fn ask(visitor: &Visitor, form: &FormState, rules: &[FirstContactRule]) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field {
        name,
        label: words.say(key).into_owned(),
        // Needed by this way alone.
        blank: true,
        autocomplete: "off",
        ..Field::default()
    };
    let allowed: Vec<String> = rules
        .iter()
        .map(|rule| {
            let country = words.code("country", &rule.country.to_string().to_lowercase());
            format!("{country} ({})", words.code("first-contact", rule.channel.as_str()))
        })
        .collect();
    let options = channels(visitor)
        .into_iter()
        .filter(|channel| rules.iter().any(|rule| rule.channel.as_str() == channel.value))
        .collect();
    let why = Field {
        help: Some(words.say(keys::REFER_ASK_WHY_HELP).into_owned()),
        full: true,
        ..field("ask_why", keys::FIRST_CONTACT_WHY)
    };
    let phone = Field { kind: "tel", inputmode: "tel", ..field("ask_phone", keys::REFER_ASK_PHONE) };
    view! {
        <div class="choice">
            <input type="radio" name="channel" id="channel-ask" value="ask" checked=form.value("channel") == "ask"/>
            <label for="channel-ask">{words.say(keys::REFER_WAY_ASK)}</label>
            <p class="why">
                {words.with(keys::REFER_WAY_ASK_WHY, [("days", days(visitor).into())])}" "
                {words.with(keys::REFER_ASK_ALLOWED, [("where", allowed.join(", ").into())])}
            </p>
            <div class="fields">
                {ui::text_field(&field("ask_name", keys::REFER_ASK_NAME), form, words, assets)}
                {ui::text_field(&phone, form, words, assets)}
                {ui::select_field(&field("ask_by", keys::FIRST_CONTACT_CHANNEL), options, form, words, assets)}
                {ui::text_area(&why, form, words, assets)}
            </div>
        </div>
    }
    .into_markup()
}

/// The feature that a thank-you grants, with its terms: whoever chooses it has been able to read them.
fn granting(feature: &Feature, incentive: &Incentive, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let name = feature.name.to(words.language()).to_owned();
    let days = term::days(feature.starts_on, feature.ends_on, visitor);
    let bound = (incentive.min_tier > 0).then(|| view! { <p>{words.say(keys::GRANT_BOUND_TO_TIER)}</p> });
    view! {
        <details class="fold">
            <summary>{words.with(keys::GRANT_TERMS_OF, [("feature", name.into())])}</summary>
            <p>{days}</p>
            <p class="prose">{feature.terms.to(words.language()).to_owned()}</p>
            {bound}
        </details>
    }
    .into_markup()
}

/// The thank-yous as cards; a blocked one stays visible with its reason.
pub(super) fn choices(
    visitor: &Visitor,
    form: &FormState,
    (programme, standing): (&Programme, &AdvocateStanding),
    (offered, features): (&[(Offer, Eligibility)], &[Feature]),
    won: WonMeans,
    help: words::Key,
) -> Markup {
    let (words, assets, formats) = (visitor.words, &visitor.app.assets, visitor.formats());
    let language = words.language();
    let cards = offered
        .iter()
        .map(|(offer, eligibility)| {
            let id = format!("incentive-{}", offer.incentive.id);
            let value = offer.incentive.id.to_string();
            let checked = form.value("incentive") == value;
            let reasons = match eligibility {
                Eligibility::Allowed => &[][..],
                Eligibility::Blocked(reasons) => reasons,
            };
            let blocked = !reasons.is_empty();
            let terms = offer
                .incentive
                .scheme
                .parts()
                .iter()
                .map(|part| view! { <span class="tag">{ui::part(part, words, formats)}</span> })
                .collect_view();
            let equal = (offer.incentive.kind.is_nothing())
                .then(|| view! { <span class="tag">{words.say(keys::CHOICE_EQUAL)}</span> });
            let boosted = programme.boosts.iter().find(|boosted| boosted.incentive == offer.incentive.id);
            let boosted = boosted.map(|boosted| campaigns::note(boosted, &programme.campaigns, visitor));
            let feature = features.iter().find(|feature| feature.incentive == Some(offer.incentive.id));
            let feature = feature.map(|feature| granting(feature, &offer.incentive, visitor));
            let organisations = (offer.incentive.kind.needs_organisation() && !blocked)
                .then(|| organisation_field(visitor, form, &programme.organisations));
            let rules = rules(programme, standing, offer.incentive.kind, reasons, language);
            view! {
                <div class="choice">
                    <input type="radio" name="incentive" id=id.clone() value=value checked=checked disabled=blocked
                        aria-describedby=blocked.then(|| format!("{id}-why"))/>
                    <label for=id.clone()>{offer.name.to(language).to_owned()}</label>
                    <p class="why">{offer.text.to(language).to_owned()}</p>
                    <div class="terms">{terms}{equal}</div>
                    {boosted}
                    {feature}
                    {organisations}
                    {rules.map(|rules| view! { <p class="why">{rules}</p> })}
                    {blocked.then(|| {
                        let why: Vec<_> = reasons.iter().map(|reason| words.code("block", reason.as_str())).collect();
                        view! {
                            <p class="block-reason" id=format!("{id}-why")>{ui::icon(assets, "block")}<span>{why.join(" ")}</span></p>
                        }
                    })}
                </div>
            }
        })
        .collect_view();
    let won = words.with(keys::MOVE_WON_MEANS, [("won", words.code("won-means", won.as_str()).into())]);
    let error = form.error("incentive", words);
    let described = error.is_some().then_some("incentive-error");
    let error = error.map(|error| {
        view! { <p class="error" id="incentive-error">{ui::icon(assets, "alert")}<span>{error}</span></p> }
    });
    view! {
        <fieldset class="form-part" id="incentive" aria-describedby=described>
            <legend>{words.say(keys::REFER_THANKS)}</legend>
            <p class="small muted">{words.say(help)}" "{won}</p>
            <div class="field">{error}</div>
            <div class="choices">{cards}</div>
        </fieldset>
    }
    .into_markup()
}

/// What the rules say that narrow a kind, or forbid it for what is known of the company. Where something is not known, each
/// of them would be about somebody else.
fn rules(
    programme: &Programme,
    standing: &AdvocateStanding,
    kind: IncentiveKind,
    reasons: &[BlockReason],
    language: Language,
) -> Option<String> {
    let known = reasons.iter().all(|reason| {
        !matches!(
            reason,
            BlockReason::RecipientUnknown | BlockReason::SectionUnknown | BlockReason::NotSignedOff
        )
    });
    let mut said: Vec<&str> = Vec::new();
    for rule in programme.rules_about(standing, kind) {
        let sentence = rule.disclosure.to(language);
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    (known && !said.is_empty()).then(|| said.join(" "))
}

fn organisation_field(visitor: &Visitor, form: &FormState, organisations: &[Organisation]) -> Markup {
    let field = Field {
        name: "organisation",
        label: visitor.words.say(keys::CHOICE_ORGANISATION).into_owned(),
        // Needed by a donation alone.
        blank: true,
        ..Field::default()
    };
    let options = organisations
        .iter()
        .map(|one| Choice { value: one.id.to_string(), label: one.name.clone() })
        .collect();
    ui::select_field(&field, options, form, visitor.words, &visitor.app.assets)
}

fn after(visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let host = visitor.app.ctx.host.name.as_str();
    let (_, clocks) = settings(&visitor.app.ctx);
    let (thanks, contact) = (clocks.thanks.num_hours(), clocks.first_contact.num_hours());
    let steps = [
        (Party::Advocate, keys::AFTER_SEND, keys::AFTER_SEND_TEXT),
        (Party::Customer, keys::AFTER_DECIDE, keys::AFTER_DECIDE_TEXT),
        (Party::Company, keys::AFTER_CONTACT, keys::AFTER_CONTACT_TEXT),
    ]
    .into_iter()
    .map(|(party, title, text)| {
        view! {
            <li>
                {note(assets, party)}
                <strong>{words.with(title, [("host", host.into())])}</strong>
                <p>
                    {words.with(
                        text,
                        [("days", days(visitor).into()), ("thanks", thanks.into()), ("contact", contact.into())],
                    )}
                </p>
            </li>
        }
    })
    .collect_view();
    view! {
        <aside class="stack sticky" aria-label=words.say(keys::AFTER_TITLE)>
            <section class="panel">
                <header><h2>{words.say(keys::AFTER_TITLE)}</h2></header>
                <div class="body"><ol class="stem">{steps}</ol></div>
            </section>
        </aside>
    }
    .into_markup()
}
