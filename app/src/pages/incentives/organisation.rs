//! One organisation that donations can go to: its names, and whether it can be chosen.

use axum::extract::{Path as Segment, Query};
use domain::ids::OrganisationId;
use leptos::prelude::*;
use services::incentives::Organisation;
use words::{Words, keys};

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    state::Assets,
    ui::{self, Field},
    visitor::{SignedIn, Visitor},
};

/// The fields of its two names.
pub(super) fn names(form: &FormState, words: Words, assets: &Assets) -> Markup {
    let field = |name: &'static str, key| {
        let label = words.say(key).into_owned();
        ui::text_field(&Field { name, label, maxlength: 160, ..Field::default() }, form, words, assets)
    };
    view! {
        {field("name", keys::ORGANISATION_NAME)}
        {field("legal_name", keys::ORGANISATION_LEGAL_NAME)}
    }
    .into_markup()
}

fn filled(one: &Organisation) -> FormState {
    let mut form = FormState::filled([
        ("name", one.name.clone()),
        ("legal_name", one.legal_name.clone()),
        ("version", one.version.to_string()),
    ]);
    if one.active {
        form.tick("active");
    }
    form
}

/// What somebody else has saved meanwhile.
fn theirs(one: &Organisation, visitor: &Visitor) -> Markup {
    let active = if one.active { keys::FORM_YES } else { keys::FORM_NO };
    let saved = vec![
        (keys::ORGANISATION_NAME, one.name.clone()),
        (keys::ORGANISATION_LEGAL_NAME, one.legal_name.clone()),
        (keys::ORGANISATION_ACTIVE, visitor.words.say(active).into_owned()),
    ];
    ui::saved_meanwhile(saved, visitor)
}

/// `GET /manage/organisations/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn show(
    Segment(id): Segment<OrganisationId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let one = visitor.app.ctx.store.incentives().organisation(id).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&one));
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let active = Field {
        name: "active",
        label: words.say(keys::ORGANISATION_ACTIVE).into_owned(),
        help: Some(words.say(keys::ORGANISATION_ACTIVE_HELP).into_owned()),
        optional: true,
        ..Field::default()
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{one.name.clone()}</h1>
            <p class="lede">{words.say(keys::ORGANISATION_TITLE)}</p>
        </header>
        <form class="form" method="post" action=paths::organisation(id).to_string() novalidate=true>
            {ui::error_summary(&form, words)}
            {form.is_overtaken().then(|| theirs(&one, &visitor))}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="form-part"><div class="fields">{names(&form, words, assets)}</div></section>
            {ui::tick_box(&active, &form, words, assets)}
            <div><button class="button" type="submit">{words.say(keys::ORGANISATION_SAVE)}</button></div>
        </form>
    };
    Ok(page(&visitor, Head::new(one.name).in_nav(Nav::Incentives).compact(), view))
}
