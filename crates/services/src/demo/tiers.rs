//! The tiers in the story: the night's count, which warns those whose year has rolled on; then one more tier, tried with a pilot
//! and put into effect; and a draft that waits for somebody to look at what it would do.

use chrono::Days;
use domain::{
    members::Actor,
    text::{Bilingual, Reason},
    tiers::{Metric, Period, Pilot, PilotKind, TierCode, TierRule},
};

use super::Error;
use crate::{
    Ctx,
    jobs::{self, Job},
    tiers::{DraftTier, NextStep, decide, editor, keep_at, overview, put_into_effect, save_draft},
};

/// Platinum comes between gold and ambassador; Austria first, then everybody. One advocate is kept at gold by hand.
pub(super) async fn tell(ctx: &Ctx, marketing: &Actor, speaker: Option<&Actor>) -> Result<(), Error> {
    let tx = ctx.store.begin().await?;
    tx.push_job(Job::RecountTiers { after: None }.to_new(ctx, ctx.now())).await?;
    tx.commit().await?;
    jobs::run_due(ctx).await?;

    let (seen, mut tiers) = drafted(ctx, marketing).await?;
    let top = tiers.len().saturating_sub(1);
    tiers.insert(
        top,
        DraftTier {
            code: None,
            name: Bilingual::new("Platin", "Platinum"),
            benefits: Bilingual::new(
                "Ein Tag mit der Entwicklung im Jahr",
                "A day with the developers each year",
            ),
            rules: vec![won(3)],
            needs_term: false,
        },
    );
    save_draft(ctx, marketing, seen, tiers).await?;
    let pilot = Pilot::new(PilotKind::Countries, ["AT".to_owned()]);
    put_into_effect(ctx, marketing, 0, pilot, true).await?;
    jobs::run_due(ctx).await?;
    let found = overview(ctx, marketing).await?.and_then(|found| found.rollout);
    let rollout = found.ok_or("a pilot is running")?.rollout.id;
    decide(ctx, marketing, rollout, NextStep::RollOut).await?;
    jobs::run_due(ctx).await?;

    if let Some(speaker) = speaker {
        let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
        let until = today.checked_add_days(Days::new(180)).unwrap_or(today);
        let reason = Reason::parse("Spricht auf unserem Kundentag im Frühjahr.")?;
        keep_at(ctx, marketing, speaker.member, TierCode::parse("gold")?, until, &reason).await?;
    }
    let (seen, mut tiers) = drafted(ctx, marketing).await?;
    if let Some(silver) = tiers.iter_mut().find(|tier| tier.name.en == "Silver") {
        silver.rules = vec![TierRule { metric: Metric::WonReferrals, at_least: 2, period: Period::Lifetime }];
    }
    Ok(save_draft(ctx, marketing, seen, tiers).await?)
}

fn won(at_least: u32) -> TierRule {
    TierRule { metric: Metric::WonReferrals, at_least, period: Period::RollingYear }
}

/// The tiers as the editor would send them back.
async fn drafted(ctx: &Ctx, marketing: &Actor) -> Result<(i32, Vec<DraftTier>), Error> {
    let editor = editor(ctx, marketing).await?.ok_or("marketing edits the tiers")?;
    Ok((editor.version, editor.tiers.into_iter().map(DraftTier::from).collect()))
}
