//! One's own profile: how one takes part, what one wants to be written about, where one is signed in.

use axum::extract::Query;
use domain::consent::{Channel, Transactional};
use leptos::prelude::*;
use services::members::{self, Manners, Wishes};
use words::{Key, keys};

use super::manners::choices;
use crate::{
    actions::members::manners::{asked, kind_field, objection_field},
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageResult, incentives::own_thanks},
    paths,
    shell::{Head, page},
    ui::{Field, error_summary, tick_box},
    visitor::{SignedIn, Visitor},
};

/// `GET /profile`
///
/// # Errors
/// When the memory fails.
pub async fn show(SignedIn { visitor, person }: SignedIn, Query(kept): Query<Kept>) -> PageResult {
    let words = visitor.words;
    let ctx = &visitor.app.ctx;
    let member = person.actor.member;
    let wishes = members::wishes(ctx, member).await?;
    // One page, two forms: what was refused belongs to the one whose field it names.
    let kept = FormState::kept(&kept, &visitor).await?;
    let of_thanks = |form: &FormState| {
        ["incentive", "organisation"].iter().any(|field| form.error(field, words).is_some())
    };
    let (kept_thanks, kept) = if kept.as_ref().is_some_and(of_thanks) { (kept, None) } else { (None, kept) };
    let thanks = match person.actor.referrer() {
        Some(referrer) => own_thanks::panel(&visitor, &referrer, kept_thanks).await?,
        None => None,
    };
    let manners = match person.actor.referrer() {
        Some(_) => members::manners(ctx, member).await?.map(|manners| taking_part(manners, kept, &visitor)),
        None => None,
    };
    let colleagues = person.actor.referrer().map(|_| {
        view! {
            <a class="button" data-kind="plain" href=paths::COLLEAGUES.to_string()>
                {words.say(keys::COLLEAGUES_TITLE)}
            </a>
        }
    });
    let kinds = asked(&person.actor).collect();
    let view = view! {
        <header class="page-head"><h1>{person.name.as_str().to_owned()}</h1></header>
        <div class="stack narrow">
            <div class="cluster">{colleagues}</div>
            {manners}
            {thanks}
            {messages(&wishes, kinds, &visitor)}
            <section class="panel" aria-labelledby="sessions">
                <header><h2 id="sessions">{words.say(keys::PROFILE_SESSIONS)}</h2></header>
                <div class="body">
                    <p class="small muted">
                        {words.with(keys::PROFILE_SIGNED_IN_AS, [("email", person.email.as_str().into())])}
                    </p>
                    <div class="cluster">
                        <form method="post" action=paths::SIGN_OUT.to_string()>
                            <button class="button" type="submit">{words.say(keys::PROFILE_SIGN_OUT)}</button>
                        </form>
                        <form method="post" action=paths::SIGN_OUT_EVERYWHERE.to_string()>
                            <button class="button" data-kind="plain" type="submit">
                                {words.say(keys::PROFILE_SIGN_OUT_EVERYWHERE)}
                            </button>
                        </form>
                    </div>
                </div>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(person.name.as_str()), view))
}

fn taking_part(manners: Manners, kept: Option<FormState>, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let form = kept.unwrap_or_else(|| {
        let share = if manners.shares_name { "name" } else { "nobody" };
        let gifts = if manners.refuses_gifts { "none" } else { "any" };
        FormState::filled([("share", share.to_owned()), ("gifts", gifts.to_owned())])
    });
    view! {
        <section class="panel" aria-labelledby="manners">
            <header><h2 id="manners">{words.say(keys::MANNERS_TITLE)}</h2></header>
            <form class="form body" method="post" action=paths::MANNERS.to_string()>
                {error_summary(&form, words)}
                {choices(&form, visitor)}
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::MANNERS_SAVE)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}

fn kind_key(kind: Transactional) -> Key {
    match kind {
        Transactional::Silence => keys::WISHES_SILENCE,
        Transactional::Message => keys::WISHES_MESSAGE,
        Transactional::Thanks => keys::WISHES_THANKS,
        Transactional::Reward => keys::WISHES_REWARD,
        Transactional::Tier => keys::WISHES_TIER,
        _ => keys::WISHES_STATE,
    }
}

fn objection_key(channel: Channel) -> Key {
    match channel {
        Channel::Mail => keys::WISHES_OBJECT_MAIL,
        Channel::Phone => keys::WISHES_OBJECT_PHONE,
        Channel::Post => keys::WISHES_OBJECT_POST,
    }
}

/// Mails that one may do without, and objections to advertising. An objection that stands is not a box to untick.
fn messages(wishes: &Wishes, kinds: Vec<Transactional>, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let mut form = FormState::default();
    for kind in kinds.iter().filter(|kind| !wishes.muted.contains(kind)) {
        form.tick(kind_field(*kind));
    }
    let tick = |name, key| {
        let field = Field { name, label: words.say(key).into_owned(), optional: true, ..Field::default() };
        tick_box(&field, &form, words, assets)
    };
    let kinds = (!kinds.is_empty()).then(|| {
        let boxes: Vec<_> = kinds.into_iter().map(|kind| tick(kind_field(kind), kind_key(kind))).collect();
        view! {
            <fieldset class="field">
                <legend class="label">{words.say(keys::WISHES_LEDE)}</legend>
                {boxes}
            </fieldset>
        }
    });
    let objections: Vec<_> = Channel::ALL
        .iter()
        .map(|channel| {
            if wishes.objected.contains(channel) {
                let said = words.say(keys::WISHES_OBJECTED);
                return view! { <p>{words.say(objection_key(*channel))} ": " <strong>{said}</strong></p> }
                    .into_markup();
            }
            tick(objection_field(*channel), objection_key(*channel))
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="messages">
            <header><h2 id="messages">{words.say(keys::WISHES_TITLE)}</h2></header>
            <form class="form body" method="post" action=paths::WISHES.to_string()>
                {kinds}
                <fieldset class="field">
                    <legend class="label">{words.say(keys::WISHES_OBJECTIONS)}</legend>
                    {objections}
                    <p class="help">{words.say(keys::WISHES_OBJECTIONS_HELP)}</p>
                </fieldset>
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::WISHES_SAVE)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}
