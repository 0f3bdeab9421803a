//! Telling an advocate that they have another tier, and what it brings.

use domain::{consent::Transactional, text::Language};
use store::{Tx, tiers::NamedTier};
use uuid::Uuid;
use words::{Words, keys};

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
    let tiers = match moved.scheme {
        Some(scheme) => tx.tiers().scheme(scheme).await?.map(|scheme| scheme.tiers).unwrap_or_default(),
        None => tx.tiers().all().await?,
    };
    let reached = |named: &NamedTier| Some(&named.tier.code) == moved.to.as_ref();
    let Some(tier) = tiers.into_iter().find(reached) else { return Ok(()) };
    let words = Words::new(advocate.language);
    let (name, benefits) = match advocate.language {
        Language::German => (tier.name.de, tier.benefits.de),
        Language::English => (tier.name.en, tier.benefits.en),
    };
    let letter = Letter {
        subject: words.with(keys::MAIL_TIER_SUBJECT, [("tier", name.as_str().into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs: vec![
            words.with(
                keys::MAIL_TIER,
                [("tier", name.as_str().into()), ("host", ctx.host.name.as_str().into())],
            ),
            words.with(keys::MAIL_TIER_BRINGS, [("benefits", benefits.into())]),
        ],
        button: Some((words.say(keys::MAIL_TIER_BUTTON).into_owned(), ctx.url("/tiers"))),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", ctx.host.name.as_str().into())]),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Tier, &advocate, &letter).await?)
}
