//! Features saved by marketing, keys made and revoked by administrators, and the key of a grant, made by its advocate.

use axum::{Form, extract::Path as Segment};
use domain::{
    access::ApiScope,
    ids::{ApiKeyId, FeatureId, RewardId},
    text::{ApiKeyName, Bilingual, FeatureName, Reason},
};
use services::{
    StoreError,
    access::{self, Feature, MakeKeyError, SaveFeatureError},
};

use crate::{
    forms::{Flash, FormState, Pairs, day},
    pages::{PageError, PageResult, access::shown},
    paths::{self, Path},
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /manage/features/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn create_feature(person: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    save(person, None, &pairs, &paths::NEW_FEATURE).await
}

/// `POST /manage/features/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn save_feature(
    Segment(id): Segment<FeatureId>,
    person: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    save(person, Some(id), &pairs, &paths::feature(id)).await
}

async fn save(
    SignedIn { visitor, person }: SignedIn,
    id: Option<FeatureId>,
    pairs: &Pairs,
    back: &Path,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let known = match id {
        Some(id) => Some(ctx.store.access().feature(id).await?.ok_or(PageError::NotFound)?),
        None => None,
    };
    let mut form = FormState::of(pairs);
    let Some(feature) = read(&mut form, id.unwrap_or_else(|| ctx.new_id())) else {
        return form.back_to(back, &visitor).await;
    };
    let error = match access::save_feature(ctx, &power, &feature, known.is_none()).await {
        Ok(()) => return done(&visitor, &paths::FEATURES).await,
        Err(SaveFeatureError::Store(error)) => return Err(error.into()),
        Err(error) => error,
    };
    let field = match error {
        SaveFeatureError::Seats | SaveFeatureError::Taken => "seats",
        SaveFeatureError::Days => "ends_on",
        SaveFeatureError::Incentive | SaveFeatureError::NotAccess => "incentive",
        SaveFeatureError::Stale | SaveFeatureError::Store(_) => "",
    };
    if let (SaveFeatureError::Stale, Some(known)) = (&error, &known) {
        form.overtaken(known.version);
    }
    form.refuse(field, error.to_string());
    form.back_to(back, &visitor).await
}

/// The feature as the form says it; what is wrong is noted, of every field.
fn read(form: &mut FormState, id: FeatureId) -> Option<Feature> {
    let name_de = form.parse("name_de", FeatureName::parse);
    let name_en = form.parse("name_en", FeatureName::parse);
    let starts_on = form.parse("starts_on", day);
    let ends_on = form.parse_given("ends_on", day);
    let seats = form.parse("seats", |typed| typed.trim().parse::<i32>().map_err(|_| "feature_seats"));
    let terms_de = form.parse("terms_de", Reason::parse);
    let terms_en = form.parse("terms_en", Reason::parse);
    let guide_de = form.parse_given("guide_de", Reason::parse);
    let guide_en = form.parse_given("guide_en", Reason::parse);
    if !form.is_sound() {
        return None;
    }
    let guide = |text: Option<Reason>| text.map(Reason::into_string).unwrap_or_default();
    Some(Feature {
        id,
        incentive: form.parse_optional("incentive"),
        name: Bilingual::new(name_de?.into_string(), name_en?.into_string()),
        terms: Bilingual::new(terms_de?.into_string(), terms_en?.into_string()),
        guide: Bilingual::new(guide(guide_de), guide(guide_en)),
        starts_on: starts_on?,
        ends_on,
        seats: seats?,
        taken: 0,
        version: form.version(),
    })
}

/// `POST /manage/keys`: makes a key, which the page after it shows to this browser.
///
/// # Errors
/// For anybody but administrators.
pub async fn create_key(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let mut form = FormState::of(&pairs);
    let id: Option<ApiKeyId> = form.parse_optional("id");
    let name = form.parse("name", ApiKeyName::parse);
    let scopes: Vec<_> = ApiScope::ALL.iter().copied().filter(|scope| form.ticked(scope.as_str())).collect();
    if scopes.is_empty() {
        form.refuse(ApiScope::GrantsRead.as_str(), "choice_missing");
    }
    let (Some(name), true) = (name, form.is_sound()) else {
        return form.back_to(&paths::API_KEYS, &visitor).await;
    };
    match access::create_key(ctx, by, id.unwrap_or_else(|| ctx.new_id()), name, scopes).await {
        Ok(key) => shown::on(&paths::API_KEYS, key, &visitor).await,
        Err(StoreError::Conflict) => {
            // The next press is another form's.
            form.forget("id");
            form.refuse("", "api_key_made");
            form.back_to(&paths::API_KEYS, &visitor).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /manage/keys/{id}/end`
///
/// # Errors
/// For anybody but administrators.
pub async fn end_key(Segment(id): Segment<ApiKeyId>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    access::revoke_key(&visitor.app.ctx, by, id).await?;
    done(&visitor, &paths::API_KEYS).await
}

async fn done(visitor: &Visitor, page: &Path) -> PageResult {
    visitor.flash(Flash::Saved).await?;
    Ok(go(page))
}

/// `POST /rewards/{id}/access`: makes the key of one's own grant, which the page after it shows to this browser.
///
/// # Errors
/// [`PageError::NotFound`] where there is no such grant, or it has ended.
pub async fn make_key(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let page = paths::grant(reward);
    match access::make_key(&visitor.app.ctx, &referrer, reward, form.version()).await {
        Ok(key) => shown::on(&page, key, &visitor).await,
        Err(MakeKeyError::NotFound) => Err(PageError::NotFound),
        Err(MakeKeyError::Store(error)) => Err(error.into()),
        Err(error @ MakeKeyError::Stale) => {
            form.refuse("", error.to_string());
            form.back_to(&page, &visitor).await
        }
    }
}
