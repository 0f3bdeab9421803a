//! The features that are granted early.

use axum::extract::{Path as Segment, Query};
use domain::{ids::FeatureId, members::ProgramManaging};
use leptos::prelude::*;
use services::{
    access::{Feature, Grant, granted},
    referrals::programme,
};
use words::keys;

use super::term;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, rewards::Paging},
    paths::{self, Path},
    shell::{Head, Nav, page},
    ui::{self, Choice, Column, Field, list_table},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/features`
///
/// # Errors
/// For anybody but marketing.
pub async fn list(SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let all = visitor.app.ctx.store.access().features().await?;
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = all
        .iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row">
                        <a href=paths::feature(one.id).to_string()>{one.name.to(words.language()).to_owned()}</a>
                    </th>
                    <td>{term::days(one.starts_on, one.ends_on, &visitor)}</td>
                    <td class="n">{formats.number(one.seats.into())}</td>
                    <td class="n">{formats.number((one.seats - one.taken).into())}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::FEATURE_NAME.into(),
        keys::FEATURE_DAYS.into(),
        Column::number(keys::FEATURE_SEATS),
        Column::number(keys::FEATURE_FREE),
    ];
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{words.say(keys::FEATURES_TITLE)}</h1>
            <p class="lede">{words.say(keys::FEATURES_LEDE)}</p>
        </header>
        <div class="stack">
            {list_table(keys::FEATURES_TITLE, columns, rows, (keys::FEATURES_EMPTY, keys::FEATURES_EMPTY_HELP), words)}
            <p><a class="button" href=paths::NEW_FEATURE.to_string()>{words.say(keys::FEATURE_NEW)}</a></p>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::FEATURES_TITLE)).in_nav(Nav::Incentives).compact(), view))
}

/// `GET /manage/features/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn new(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let title = visitor.words.say(keys::FEATURE_NEW).into_owned();
    edit(&visitor, &form, title, &paths::NEW_FEATURE, None, None).await
}

/// `GET /manage/features/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn show(
    Segment(id): Segment<FeatureId>,
    Query(kept): Query<Kept>,
    Query(paging): Query<Paging>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let one = visitor.app.ctx.store.access().feature(id).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&one));
    let title = one.name.to(visitor.words.language()).to_owned();
    let grants = grants(&visitor, &power, &one, paging).await?;
    edit(&visitor, &form, title, &paths::feature(id), Some(&one), Some(grants)).await
}

fn filled(one: &Feature) -> FormState {
    FormState::filled([
        ("name_de", one.name.de.clone()),
        ("name_en", one.name.en.clone()),
        ("terms_de", one.terms.de.clone()),
        ("terms_en", one.terms.en.clone()),
        ("guide_de", one.guide.de.clone()),
        ("guide_en", one.guide.en.clone()),
        ("starts_on", one.starts_on.to_string()),
        ("ends_on", one.ends_on.map(|last| last.to_string()).unwrap_or_default()),
        ("seats", one.seats.to_string()),
        ("incentive", one.incentive.map(|id| id.to_string()).unwrap_or_default()),
        ("version", one.version.to_string()),
    ])
}

/// What somebody else has saved meanwhile.
fn theirs(one: &Feature, visitor: &Visitor) -> Markup {
    let saved = vec![
        (keys::FEATURE_NAME_DE, one.name.de.clone()),
        (keys::FEATURE_NAME_EN, one.name.en.clone()),
        (keys::FEATURE_TERMS_DE, one.terms.de.clone()),
        (keys::FEATURE_TERMS_EN, one.terms.en.clone()),
        (keys::FEATURE_GUIDE_DE, one.guide.de.clone()),
        (keys::FEATURE_GUIDE_EN, one.guide.en.clone()),
        (keys::FEATURE_DAYS, term::days(one.starts_on, one.ends_on, visitor)),
        (keys::FEATURE_SEATS, visitor.formats().number(one.seats.into())),
    ];
    ui::saved_meanwhile(saved, visitor)
}

/// To whom it is granted: each line leads to the reward, where the access is ended.
async fn grants(
    visitor: &Visitor,
    power: &ProgramManaging,
    one: &Feature,
    paging: Paging,
) -> Result<Markup, PageError> {
    let words = visitor.words;
    let found = granted(&visitor.app.ctx, power, one, paging.place()).await?;
    let rows = found.grants.iter().map(|grant| row(grant, visitor)).collect();
    let columns = [
        keys::GRANT_ACCOUNT.into(),
        keys::GRANT_ADVOCATE.into(),
        Column::number(keys::FEATURE_SEATS),
        keys::FEATURE_DAYS.into(),
        keys::API_KEY_STATE.into(),
    ];
    let empty = (keys::GRANTS_EMPTY, keys::GRANTS_EMPTY_HELP);
    let next = found.next.map(|place| Paging::of(&paths::feature(one.id), place));
    Ok(view! {
        <section class="stack" aria-labelledby="grants">
            <h2 id="grants">{words.say(keys::GRANTS_TITLE)}</h2>
            {list_table(keys::GRANTS_TITLE, columns, rows, empty, words)}
            {next.map(|next| ui::further(&next, keys::PAGER_NEXT, words))}
        </section>
    }
    .into_markup())
}

fn row(grant: &Grant, visitor: &Visitor) -> Markup {
    view! {
        <tr>
            <th scope="row">
                <a href=paths::work_reward(grant.reward).to_string()>{grant.account_name.clone()}</a>
            </th>
            <td>{grant.advocate_name.clone()}</td>
            <td class="n">{visitor.formats().number(grant.seats)}</td>
            <td>{term::of(grant, visitor)}</td>
            <td>{term::state(grant, visitor)}</td>
        </tr>
    }
    .into_markup()
}

async fn edit(
    visitor: &Visitor,
    form: &FormState,
    title: String,
    action: &Path,
    known: Option<&Feature>,
    grants: Option<Markup>,
) -> PageResult {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name: &'static str, key, kind: &'static str| Field {
        name,
        label: words.say(key).into_owned(),
        kind,
        maxlength: 160,
        ..Field::default()
    };
    let text = |name, key| ui::text_field(&field(name, key, "text"), form, words, assets);
    let area = |name: &'static str, key, optional| {
        let area = Field { full: true, maxlength: 2000, optional, ..field(name, key, "text") };
        ui::text_area(&area, form, words, assets)
    };
    let last = Field {
        help: Some(words.say(keys::FEATURE_END_HELP).into_owned()),
        optional: true,
        ..field("ends_on", keys::FEATURE_END, "date")
    };
    let seats = Field { inputmode: "numeric", ..field("seats", keys::FEATURE_SEATS, "text") };
    let offers = programme(&visitor.app.ctx).await?.map(|found| found.offers).unwrap_or_default();
    let none = Choice { value: String::new(), label: words.say(keys::FEATURE_NO_INCENTIVE).into_owned() };
    let granting = offers.iter().filter(|offer| offer.incentive.kind.is_revocable()).map(|offer| Choice {
        value: offer.incentive.id.to_string(),
        label: offer.name.to(words.language()).to_owned(),
    });
    let incentive = Field {
        help: Some(words.say(keys::FEATURE_INCENTIVE_HELP).into_owned()),
        optional: true,
        ..field("incentive", keys::FEATURE_INCENTIVE, "text")
    };
    let choices = std::iter::once(none).chain(granting).collect();
    let overtaken = known.filter(|_| form.is_overtaken()).map(|one| theirs(one, visitor));
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::FEATURES.to_string()>{words.say(keys::FEATURES_TITLE)}</a></p>
            <h1>{title.clone()}</h1>
        </header>
        <form class="form" method="post" action=action.to_string() novalidate=true>
            {ui::error_summary(form, words)}
            {overtaken}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="form-part">
                <div class="fields">
                    {text("name_de", keys::FEATURE_NAME_DE)}
                    {text("name_en", keys::FEATURE_NAME_EN)}
                    {ui::text_field(&field("starts_on", keys::FEATURE_START, "date"), form, words, assets)}
                    {ui::text_field(&last, form, words, assets)}
                    {ui::text_field(&seats, form, words, assets)}
                    {ui::select_field(&incentive, choices, form, words, assets)}
                    {area("terms_de", keys::FEATURE_TERMS_DE, false)}
                    {area("terms_en", keys::FEATURE_TERMS_EN, false)}
                    {area("guide_de", keys::FEATURE_GUIDE_DE, true)}
                    {area("guide_en", keys::FEATURE_GUIDE_EN, true)}
                </div>
            </section>
            <div><button class="button" type="submit">{words.say(keys::FEATURE_SAVE)}</button></div>
        </form>
        {grants}
    };
    Ok(page(visitor, Head::new(title).in_nav(Nav::Incentives).compact(), view))
}
