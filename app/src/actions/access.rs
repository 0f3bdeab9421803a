//! Features saved by marketing, keys made and revoked by administrators, and the key of a grant, shown once.

use axum::{Form, extract::Path as Segment};
use domain::{
    access::ApiScope,
    ids::{ApiKeyId, FeatureId, RewardId},
    text::{Bilingual, CompanyName},
};
use services::access::{self, Feature, SaveFeatureError};
use words::keys;

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
    let text = |form: &FormState, name: &str| form.value(name).trim().to_owned();
    let starts_on = form.parse("starts_on", day);
    let seats = form.parse("seats", |typed| typed.trim().parse::<i32>().map_err(|_| "not_a_count"));
    let (Some(starts_on), Some(seats)) = (starts_on, seats) else {
        return form.back_to(back, &visitor).await;
    };
    let feature = Feature {
        id: id.unwrap_or_else(|| ctx.new_id()),
        incentive: form.parse_optional("incentive"),
        name: Bilingual::new(text(&form, "name_de"), text(&form, "name_en")),
        terms: Bilingual::new(text(&form, "terms_de"), text(&form, "terms_en")),
        starts_on,
        seats,
        taken: 0,
        version: form.version(),
    };
    let error = match access::save_feature(ctx, &power, &feature, known.is_none()).await {
        Ok(_) => {
            visitor.flash(Flash::Saved).await?;
            return Ok(go(&paths::FEATURES));
        }
        Err(SaveFeatureError::Store(error)) => return Err(error.into()),
        Err(error) => error,
    };
    let field = match error {
        SaveFeatureError::Missing(field) => field,
        SaveFeatureError::Seats | SaveFeatureError::Taken => "seats",
        SaveFeatureError::Incentive | SaveFeatureError::NotAccess => "incentive",
        _ => "",
    };
    if let (SaveFeatureError::Stale, Some(known)) = (&error, &known) {
        form.overtaken(known.version);
    }
    form.refuse(field, error.to_string());
    form.back_to(back, &visitor).await
}

/// `POST /manage/keys`: answers the key, once.
///
/// # Errors
/// For anybody but administrators.
pub async fn create_key(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", CompanyName::parse);
    let scopes: Vec<_> = ApiScope::ALL.iter().copied().filter(|scope| form.ticked(scope.as_str())).collect();
    if scopes.is_empty() {
        form.refuse(ApiScope::GrantsRead.as_str(), "choice_missing");
    }
    let (Some(name), true) = (name, form.is_sound()) else {
        return form.back_to(&paths::API_KEYS, &visitor).await;
    };
    let key = access::create_key(&visitor.app.ctx, by, name, scopes).await?;
    Ok(shown::once(&visitor, keys::API_KEY_NEW, key, &paths::API_KEYS))
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

/// `POST /rewards/{id}/key`: answers the key of one's own grant, once.
///
/// # Errors
/// [`PageError::NotFound`] where there is no such grant, or its key was shown before.
pub async fn show_key(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let key = access::show_key(&visitor.app.ctx, &referrer, reward).await?.ok_or(PageError::NotFound)?;
    Ok(shown::once(&visitor, keys::GRANT_KEY_TITLE, key, &paths::REWARDS))
}
