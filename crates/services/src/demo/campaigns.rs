//! Campaigns in the story: one of the spring, over and closed with its figures; one that a pilot group has had first and now
//! all of its segment have; and a draft that meets it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveTime, Utc};
use domain::{
    campaigns::{Boost, Campaign, CampaignState},
    ids::{CampaignId, SegmentId},
    incentives::{IncentiveKind, Unit},
    members::ProgramManaging,
    text::Bilingual,
};

use super::Error;
use crate::{
    Ctx,
    campaigns::{NamedCampaign, in_zone, save_campaign, take_step},
    referrals::programme,
};

/// A campaign as marketing writes it: from the first moment of a day to the last of another, counted back from the story's
/// end.
struct Plan {
    name: Bilingual,
    from: u64,
    days: u64,
    boost: u32,
    budget: Option<i64>,
    only: Option<IncentiveKind>,
    segment: Option<SegmentId>,
    pilot: Option<SegmentId>,
}

/// What the story decides about in the end.
pub(super) struct Planned {
    spring: CampaignId,
    late: CampaignId,
}

/// Before the first referral, and after the caps.
pub(super) async fn plan(ctx: &Ctx, power: &ProgramManaging, end: DateTime<Utc>) -> Result<Planned, Error> {
    let segments = ctx.store.segments().all().await?;
    let named = |english: &str| segments.iter().find(|one| one.name.en == english).map(|one| one.id);
    let spring = Plan {
        name: Bilingual::new("Frühling der guten Sache", "Spring for a good cause"),
        from: 260,
        days: 90,
        boost: 150,
        budget: Some(200_000),
        only: Some(IncentiveKind::Donation),
        segment: None,
        pilot: None,
    };
    let spring = write(ctx, power, end, spring).await?;
    take_step(ctx, power, spring, 0, CampaignState::Running).await?;
    let late = Plan {
        name: Bilingual::new("Doppelt danken", "Thanks twice"),
        from: 60,
        days: 90,
        boost: 200,
        budget: Some(500_000),
        only: None,
        segment: named("Manufacturing"),
        pilot: named("Austria and Switzerland"),
    };
    let late = write(ctx, power, end, late).await?;
    take_step(ctx, power, late, 0, CampaignState::Pilot).await?;
    let next = Plan {
        name: Bilingual::new("Frisch ins neue Jahr", "Fresh into the new year"),
        from: 0,
        days: 60,
        boost: 150,
        budget: None,
        only: Some(IncentiveKind::Credit),
        segment: None,
        pilot: named("Austria and Switzerland"),
    };
    write(ctx, power, end, next).await?;
    Ok(Planned { spring, late })
}

/// By the end of the year one is closed, and the other is for all of its segment.
pub(super) async fn tell(ctx: &Ctx, power: &ProgramManaging, planned: &Planned) -> Result<(), Error> {
    take_step(ctx, power, planned.spring, 1, CampaignState::Closed).await?;
    Ok(take_step(ctx, power, planned.late, 1, CampaignState::Running).await?)
}

async fn write(
    ctx: &Ctx,
    power: &ProgramManaging,
    end: DateTime<Utc>,
    plan: Plan,
) -> Result<CampaignId, Error> {
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let zone = ctx.host.zone.name();
    let first = end.with_timezone(&ctx.host.zone).date_naive() - Days::new(plan.from);
    let last = first + Days::new(plan.days);
    let evening = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default();
    let only: BTreeSet<_> = programme
        .offers
        .iter()
        .filter(|offer| plan.only == Some(offer.incentive.kind))
        .map(|offer| offer.incentive.id)
        .collect();
    let money = Unit::Money(ctx.host.currency);
    let id: CampaignId = ctx.new_id();
    let named = NamedCampaign {
        campaign: Campaign {
            id,
            version: 0,
            program: programme.program.id,
            incentives: only,
            starts_at: in_zone(zone, first.and_time(NaiveTime::MIN), false)?,
            ends_at: in_zone(zone, last.and_time(evening), true)?,
            boost: Boost::new(plan.boost)?,
            budget: plan.budget.map(|budget| (money, budget)).into_iter().collect(),
            spent: BTreeMap::new(),
            whom: None,
            pilot: None,
            state: CampaignState::Draft,
        },
        name: plan.name,
        zone: zone.to_owned(),
        segment: plan.segment,
        pilot: plan.pilot,
    };
    save_campaign(ctx, power, named, true).await?;
    Ok(id)
}
