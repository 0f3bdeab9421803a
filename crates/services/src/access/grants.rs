//! Grants: made by the delivery of an early access, ended with its months, each with a key that its advocate has made.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{Days, NaiveDate};
use domain::{
    access::{AccessState, AccessTerm, months_of, seats_of},
    ids::{FeatureId, IncentiveId, ReferralId, RewardId},
    incentives::Amount,
    members::{Delivering, ProgramManaging, Referrer},
    tiers::TierCode,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    StoreError, Tx,
    access::{Feature, Grant, NewGrant},
    rewards::{PAGE, Place, StoredReward},
};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    rewards::{ActError, end_of},
};

/// Today, by the host's calendar: features begin and end with its days.
pub fn today(ctx: &Ctx) -> NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

/// On which days a grant holds.
pub fn term(ctx: &Ctx, grant: &Grant) -> AccessTerm {
    AccessTerm {
        granted_on: grant.since.with_timezone(&ctx.host.zone).date_naive(),
        starts_on: grant.starts_on,
        ends_on: grant.ends_on,
        months: grant.months,
    }
}

/// Grants the feature that the reward's thank-you names, in the transaction of its delivery; nothing where it names none.
pub(crate) async fn grant(
    ctx: &Ctx,
    tx: &Tx,
    power: &Delivering,
    stored: &StoredReward,
) -> Result<(), ActError> {
    let facts = stored.reward.facts();
    let Some(promise) = facts.promise.filter(|promise| promise.kind.is_revocable()) else { return Ok(()) };
    let Some(feature) = tx.access().feature_of(promise.incentive).await? else { return Ok(()) };
    if feature.ends_on.is_some_and(|last| last < today(ctx)) {
        return Err(ActError::FeatureOver);
    }
    let seats = seats_of(promise.amount);
    if !tx.access().take_seats(power, feature.id, seats).await? {
        return Err(ActError::NoSeats);
    }
    let tier = tier_asked_for(tx, facts.key.referral, promise.incentive).await?;
    let new = NewGrant {
        reward: facts.id,
        feature: &feature,
        account: stored.earner.account,
        advocate: stored.earner.advocate,
        seats,
        months: months_of(promise.amount),
        tier,
        at: ctx.now(),
    };
    tx.access().insert_grant(power, new).await?;
    order_lapse(ctx, tx, facts.id).await?;
    Ok(())
}

/// The tier that an access is bound to: the one that its offer asked for when the referral was submitted, or asks for today
/// where that is less. What became stricter since the promise binds nobody.
async fn tier_asked_for(
    tx: &Tx,
    referral: ReferralId,
    incentive: IncentiveId,
) -> Result<Option<TierCode>, StoreError> {
    let found = tx.referrals().load(referral).await?;
    let promised = found.and_then(|found| Some(found.facts.terms.offer(incentive)?.min_tier)).unwrap_or(0);
    let today = tx.incentives().offer(incentive).await?.map_or(0, |offer| offer.incentive.min_tier);
    let least = promised.min(today);
    if least == 0 {
        return Ok(None);
    }
    let tiers = tx.tiers().all().await?;
    let asked = tiers.into_iter().rfind(|named| named.tier.order <= least);
    Ok(asked.map(|named| named.tier.code))
}

/// Takes back what a partial refund leaves nothing of. Answers what is to be given back.
pub(crate) async fn shrink(
    ctx: &Ctx,
    tx: &Tx,
    reward: RewardId,
    left: Amount,
) -> Result<Option<(FeatureId, i64)>, StoreError> {
    let grant = tx.access().grant(reward).await?.filter(|grant| grant.ended_at.is_none());
    let Some(grant) = grant else { return Ok(None) };
    let freed = tx.access().shrink_grant(&grant, seats_of(left), months_of(left)).await?;
    order_lapse(ctx, tx, reward).await?;
    Ok(Some(freed))
}

/// Orders the end of a grant that is counted in months, as its feature stands now; each day is ordered once.
async fn order_lapse(ctx: &Ctx, tx: &Tx, reward: RewardId) -> Result<(), StoreError> {
    let Some(grant) = tx.access().grant(reward).await? else { return Ok(()) };
    let next_day = term(ctx, &grant).last_of_months().and_then(|last| last.checked_add_days(Days::new(1)));
    let Some(day) = next_day else { return Ok(()) };
    let mut job = Job::LapseGrant { reward: reward.into() }.to_new(ctx, end_of(day, ctx));
    job.dedup_key = Some(format!("lapse_grant:{reward}:{day}"));
    tx.push_job(job).await
}

/// The job: the months are over, so the seats are free. A feature that was put off has put off its months too.
pub(crate) async fn lapse(ctx: &Ctx, tx: &Tx, reward: RewardId) -> Result<(), JobError> {
    let grant = tx.access().grant(reward).await?.filter(|grant| grant.ended_at.is_none());
    let Some(grant) = grant else { return Ok(()) };
    let Some(last) = term(ctx, &grant).last_of_months() else { return Ok(()) };
    if last >= today(ctx) {
        return Ok(order_lapse(ctx, tx, reward).await?);
    }
    let Some(freed) = tx.access().end_grant(reward, ctx.now()).await? else { return Ok(()) };
    tx.access().free_seats(&[freed].into()).await?;
    let details = json!({ "feature": grant.feature, "seats": grant.seats });
    Ok(tx.audit(ctx.audit_entry(None, "access.lapse", "grant", reward, details)).await?)
}

/// A page of the grants of a feature.
#[derive(Clone, Debug)]
pub struct Granted {
    /// The newest first.
    pub grants: Vec<Grant>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// The grants of a feature, for marketing.
///
/// # Errors
/// When the memory fails.
pub async fn granted(
    ctx: &Ctx,
    _: &ProgramManaging,
    feature: &Feature,
    before: Option<Place>,
) -> Result<Granted, StoreError> {
    let mut grants = ctx.store.access().grants_with(feature.id, before).await?;
    let more = grants.len() > PAGE;
    grants.truncate(PAGE);
    let place = |last: &Grant| Place { at: store::micros(last.since), id: last.reward.into_inner() };
    let next = grants.last().filter(|_| more).map(place);
    Ok(Granted { grants, next })
}

/// The grant that an advocate's own reward has made.
///
/// # Errors
/// When the memory fails.
pub async fn own_grant(
    ctx: &Ctx,
    referrer: &Referrer,
    reward: RewardId,
) -> Result<Option<Grant>, StoreError> {
    let grant = ctx.store.access().grant(reward).await?;
    Ok(grant.filter(|grant| grant.advocate == referrer.member()))
}

/// Why no key is made for a grant.
#[derive(Debug, thiserror::Error)]
pub enum MakeKeyError {
    /// There is no such grant, it is somebody else's, or it has ended.
    #[error("not_found")]
    NotFound,
    /// Another key was made since the page was shown.
    #[error("grant_key_stale")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for MakeKeyError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Makes the key of an advocate's own grant, of which `made` were made before, and answers it: only its hash is kept. The
/// key before it works no more, so whoever has lost one can have another.
///
/// # Errors
/// [`MakeKeyError`] says why not.
pub async fn make_key(
    ctx: &Ctx,
    referrer: &Referrer,
    reward: RewardId,
    made: i32,
) -> Result<String, MakeKeyError> {
    let tx = ctx.store.begin().await?;
    let own = tx.access().grant(reward).await?.filter(|grant| grant.advocate == referrer.member());
    let holds =
        |grant: &Grant| grant.ended_at.is_none() && term(ctx, grant).state(today(ctx)) != AccessState::Over;
    own.filter(holds).ok_or(MakeKeyError::NotFound)?;
    let key = new_key(ctx, "dka_");
    // Not keyed: whoever runs the feature compares it with the hash of what they are shown. Nobody guesses 32 bytes.
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&key));
    tx.access().keep_grant_key(referrer, reward, made, &hash).await?;
    let details = json!({ "made": made + 1 });
    tx.audit(ctx.audit_entry(Some(referrer.member()), "access.make_key", "grant", reward, details)).await?;
    tx.commit().await?;
    Ok(key)
}

/// The SHA-256 of a grant's key in hexadecimal digits, as tools print it; `None` until a key was made.
pub fn key_digest(grant: &Grant) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(grant.key_hash.as_deref()?).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A new key: a prefix that says what it is for, and 32 random bytes.
pub(super) fn new_key(ctx: &Ctx, prefix: &str) -> String {
    let mut bytes = [0; 32];
    ctx.random.fill(&mut bytes);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}
