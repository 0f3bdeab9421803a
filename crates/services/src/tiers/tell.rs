//! Telling an advocate that they have another tier, and what it brings, or that they will lose the one they have.

use domain::{
    consent::Transactional,
    ids::MemberId,
    text::Bilingual,
    tiers::{TierCause, TierCode},
};
use store::{Tx, members::Person, tiers::NamedTier};
use uuid::Uuid;
use words::{Key, Words, keys};

use crate::{
    Ctx,
    jobs::JobError,
    mail::{self, Letter},
};

/// The job behind a move. Part of what the advocate's own referrals have brought about, so no permission is needed.
pub(crate) async fn tell_tier(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<(), JobError> {
    let Some(moved) = tx.tiers().tier_move(id).await? else { return Ok(()) };
    // Two rises in one go are told as one.
    if tx.tiers().of_member(moved.member).await? != moved.to {
        return Ok(());
    }
    let Some(advocate) = tx.members().person(moved.member).await? else { return Ok(()) };
    // By the version that moved them: a pilot's tiers are not in force.
    let tiers = tiers_of(tx, moved.scheme).await?;
    let reached = found(&tiers, moved.to.as_ref());
    if moved.cause == TierCause::Lapsed {
        let Some(lost) = found(&tiers, moved.from.as_ref()) else { return Ok(()) };
        let (subject, said) = (keys::MAIL_TIER_LOST_SUBJECT, keys::MAIL_TIER_LOST);
        let now = match reached {
            Some(tier) => tier.name.to(advocate.language).to_owned(),
            None => Words::new(advocate.language).say(keys::TIERS_NONE).into_owned(),
        };
        return post(
            ctx,
            tx,
            &advocate,
            &lost.name,
            subject,
            [(said, now), (keys::MAIL_TIER_KEPT, String::new())],
        )
        .await;
    }
    let Some(tier) = reached else { return Ok(()) };
    let benefits = tier.benefits.to(advocate.language).to_owned();
    let paragraphs = [(keys::MAIL_TIER, String::new()), (keys::MAIL_TIER_BRINGS, benefits)];
    post(ctx, tx, &advocate, &tier.name, keys::MAIL_TIER_SUBJECT, paragraphs).await
}

/// The job behind a warning; silent where the advocate meets their tier again, or is warned of another day.
pub(crate) async fn warn_tier(ctx: &Ctx, tx: &Tx, member: MemberId, fall_at: i64) -> Result<(), JobError> {
    let warning = tx.tiers().warning(member).await?;
    let Some(warning) = warning.filter(|warning| warning.fall_at.timestamp_micros() == fall_at) else {
        return Ok(());
    };
    let Some(advocate) = tx.members().person(member).await? else { return Ok(()) };
    let scheme = match tx.tiers().under_way().await? {
        Some(rollout) if tx.tiers().takes_part(rollout.id, member).await? => Some(rollout.scheme),
        _ => None,
    };
    let tiers = tiers_of(tx, scheme).await?;
    let code = tx.tiers().of_member(member).await?;
    let Some(tier) = found(&tiers, code.as_ref()) else { return Ok(()) };
    let until = ctx.formats(advocate.language).date(warning.fall_at);
    let why = match warning.cause {
        TierCause::Scheme => keys::MAIL_TIER_RISK_SCHEME,
        TierCause::Referral => keys::MAIL_TIER_RISK_REFERRAL,
        TierCause::PinEnded => keys::MAIL_TIER_RISK_PIN,
        _ => keys::MAIL_TIER_RISK_LAPSED,
    };
    let paragraphs = [(why, String::new()), (keys::MAIL_TIER_RISK_UNTIL, until)];
    post(ctx, tx, &advocate, &tier.name, keys::MAIL_TIER_RISK_SUBJECT, paragraphs).await
}

async fn tiers_of(tx: &Tx, scheme: Option<Uuid>) -> Result<Vec<NamedTier>, JobError> {
    Ok(match scheme {
        Some(scheme) => tx.tiers().scheme(scheme).await?.map(|scheme| scheme.tiers).unwrap_or_default(),
        None => tx.tiers().all().await?,
    })
}

fn found<'a>(tiers: &'a [NamedTier], code: Option<&TierCode>) -> Option<&'a NamedTier> {
    tiers.iter().find(|named| Some(&named.tier.code) == code)
}

/// A mail about a tier; each paragraph knows the tier, the host, and one value of its own.
async fn post(
    ctx: &Ctx,
    tx: &Tx,
    advocate: &Person,
    tier: &Bilingual,
    subject: Key,
    paragraphs: [(Key, String); 2],
) -> Result<(), JobError> {
    let words = Words::new(advocate.language);
    let name = tier.to(advocate.language);
    let host = ctx.host.name.as_str();
    let paragraph = |(key, value): (Key, String)| {
        words.with(key, [("tier", name.into()), ("host", host.into()), ("value", value.into())])
    };
    let letter = Letter {
        subject: words.with(subject, [("tier", name.into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs: paragraphs.map(paragraph).into(),
        button: Some((words.say(keys::MAIL_TIER_BUTTON).into_owned(), ctx.url("/tiers"))),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", host.into())]),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Tier, advocate, &letter).await?)
}
