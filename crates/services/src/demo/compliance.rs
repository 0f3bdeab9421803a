//! Counsel in the demonstration: the rules are signed off before the first referral, and one is added during the year.

use chrono::NaiveDate;
use domain::{
    compliance::{Effect, Scope},
    incentives::IncentiveKind,
    members::{Actor, ProgramManaging},
    rewards::Side,
    text::{Bilingual, Country, PersonName},
};

use super::Error;
use crate::{
    Ctx,
    compliance::{NewSignOff, RuleDraft, save_rule, sign_off},
};

fn today(ctx: &Ctx) -> NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

/// Counsel has signed the rules of every market off.
pub(super) async fn sign_all(ctx: &Ctx, by: ProgramManaging) -> Result<(), Error> {
    for market in [Country::DE, Country::AT, Country::CH] {
        sign(ctx, by, market, "DMS 2025-118").await?;
    }
    Ok(())
}

/// From now on somebody looks at every credit for a company in Austria; counsel signs the change on the same day.
pub(super) async fn tighten(ctx: &Ctx, marketing: &Actor) -> Result<(), Error> {
    let by = marketing.program_managing().ok_or("marketing manages programmes")?;
    let draft = RuleDraft {
        of: None,
        market: Country::AT,
        scope: Scope { kind: Some(IncentiveKind::Credit), side: Some(Side::Advocate), ..Scope::default() },
        effect: Effect::Approval,
        legal_basis: "Stellungnahme der Kanzlei, Aktenvermerk 7".to_owned(),
        disclosure: Bilingual::new(
            "In Österreich wird jedes Guthaben einzeln geprüft.",
            "In Austria each credit is looked at.",
        ),
        review_on: None,
    };
    save_rule(ctx, by, draft).await?;
    sign(ctx, by, Country::AT, "DMS 2026-031").await
}

async fn sign(ctx: &Ctx, by: ProgramManaging, market: Country, document: &str) -> Result<(), Error> {
    let law = ctx.store.compliance().law().await?;
    let set_number = law.markets.get(&market).ok_or("the market has rules")?.set_number;
    let new = NewSignOff {
        market,
        set_number,
        counsel: PersonName::parse("Dr. Ruth Amsel")?,
        signed_on: today(ctx),
        document: document.to_owned(),
    };
    Ok(sign_off(ctx, by, new).await?)
}
