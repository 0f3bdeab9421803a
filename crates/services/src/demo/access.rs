//! Features that are granted early: from its listing on, each delivery of the thank-you grants one. At the end of the year
//! one access was ended by hand, an advocate has made their key, and the licence server has asked.

use chrono::{DateTime, Months, TimeDelta, Utc};
use domain::{
    access::ApiScope,
    incentives::IncentiveKind,
    members::{Actor, Administering, ProgramManaging},
    rewards::RewardCode,
    text::{ApiKeyName, Bilingual, Reason},
};

use super::{Error, Staff};
use crate::{
    Ctx,
    access::{
        CallError, Feature, Grant, create_key, granted, grants_for, make_key, revoke_key, save_feature,
    },
    referrals::programme,
    rewards::{TakeBack, line, take_back},
};

/// Marketing lists the feature that early access grants, and one that is yet to come.
pub(super) async fn list(ctx: &Ctx, power: &ProgramManaging, end: DateTime<Utc>) -> Result<Feature, Error> {
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let early = programme.offers.iter().find(|offer| offer.incentive.kind == IncentiveKind::EarlyAccess);
    // With the year of the story.
    let begins = (end - TimeDelta::days(365)).with_timezone(&ctx.host.zone).date_naive();
    let forecast = Feature {
        id: ctx.new_id(),
        incentive: early.map(|offer| offer.incentive.id),
        name: Bilingual::new("Wartungsvorschau", "Maintenance forecast"),
        terms: Bilingual::new(
            "Zum Ausprobieren, ohne zugesagte Verfügbarkeit. Rückmeldungen sind willkommen.",
            "To try out, without promised availability. Feedback is welcome.",
        ),
        guide: Bilingual::new(
            "Öffnen Sie Einstellungen, Vorschau, und tragen Sie den Schlüssel ein. Danach steht die Vorschau bei jeder \
             Anlage.",
            "Open settings, preview, and enter the key. From then on each machine shows its forecast.",
        ),
        starts_on: begins,
        ends_on: begins.checked_add_months(Months::new(18)),
        seats: 1_000,
        taken: 0,
        version: 0,
    };
    save_feature(ctx, power, &forecast, true).await?;
    let twin = Feature {
        id: ctx.new_id(),
        incentive: None,
        name: Bilingual::new("Digitaler Zwilling", "Digital twin"),
        terms: Bilingual::new("Bis zum ersten Termin offen.", "Open until the first date."),
        guide: Bilingual::default(),
        starts_on: begins.checked_add_months(Months::new(15)).unwrap_or(begins),
        ends_on: None,
        seats: 20,
        ..forecast.clone()
    };
    save_feature(ctx, power, &twin, true).await?;
    Ok(forecast)
}

/// What happened to the grants of this feature by the end of the year.
pub(super) async fn tell(
    ctx: &Ctx,
    staff: &Staff,
    by: Administering,
    feature: &Feature,
    advocates: &[(Actor, String)],
) -> Result<(), Error> {
    let power = staff.marketing.program_managing().ok_or("marketing manages programmes")?;
    let grants = granted(ctx, &power, feature, None).await?.grants;
    let open: Vec<&Grant> = grants.iter().filter(|grant| grant.ended_at.is_none()).collect();
    if let Some(oldest) = open.last()
        && let Some(line) = line(ctx, &staff.marketing, oldest.reward).await?
        && line.state == RewardCode::Fulfilled
    {
        let why = Reason::parse("Auf Wunsch der Organisation: Die Anlage wurde verkauft.")?;
        take_back(ctx, &staff.marketing, line.id, line.version, TakeBack::Revocation, &why).await?;
    }
    let maker = open.iter().find_map(|grant| {
        let (actor, _) = advocates.iter().find(|(actor, _)| actor.member == grant.advocate)?;
        Some((actor.referrer()?, grant.reward))
    });
    if let Some((referrer, reward)) = maker {
        make_key(ctx, &referrer, reward, 0).await?;
    }
    let make = |name: &str| -> Result<_, Error> {
        Ok((ctx.new_id(), ApiKeyName::parse(name)?, vec![ApiScope::GrantsRead]))
    };
    let (id, name, scopes) = make("Testaufbau")?;
    create_key(ctx, by, id, name, scopes).await?;
    revoke_key(ctx, by, id).await?;
    let (id, name, scopes) = make("Lizenzserver")?;
    let key = create_key(ctx, by, id, name, scopes).await?;
    match open.first() {
        Some(grant) => match grants_for(ctx, &key, Some(&grant.account.to_string())).await {
            Ok(_) => Ok(()),
            Err(CallError::Store(error)) => Err(error.into()),
            Err(refused) => Err(refused.to_string().into()),
        },
        None => Ok(()),
    }
}
