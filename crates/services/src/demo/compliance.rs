//! Counsel in the demonstration: the rules are signed off before the first referral, and one is added during the year.

use chrono::{Months, NaiveDate};
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

/// Where the host's customers are.
const MARKETS: [Country; 3] = [Country::DE, Country::AT, Country::CH];

fn today(ctx: &Ctx) -> NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

/// Counsel has signed the rules of every market off.
pub(super) async fn sign_all(ctx: &Ctx, by: ProgramManaging) -> Result<(), Error> {
    for market in MARKETS {
        sign(ctx, by, market, "DMS 2025-118").await?;
    }
    Ok(())
}

/// From now on somebody looks at every donation for a company in Austria, and the yearly review of all rules is done; counsel
/// signs what has changed on the same day.
pub(super) async fn tighten(ctx: &Ctx, marketing: &Actor) -> Result<(), Error> {
    let by = marketing.program_managing().ok_or("marketing manages programmes")?;
    let draft = RuleDraft {
        of: None,
        market: Country::AT,
        scope: Scope { kind: Some(IncentiveKind::Donation), side: Some(Side::Advocate), ..Scope::default() },
        effect: Effect::Approval,
        legal_basis: "Stellungnahme der Kanzlei, Aktenvermerk 7".to_owned(),
        disclosure: Bilingual::new(
            "In Österreich wird jede Spende einzeln geprüft.",
            "In Austria each donation is looked at.",
        ),
        review_on: None,
    };
    save_rule(ctx, by, draft).await?;
    let law = ctx.store.compliance().law().await?;
    let next = today(ctx).checked_add_months(Months::new(12));
    for market in MARKETS {
        for rule in law.rules(market).into_iter().filter(|rule| rule.review_on.is_some()) {
            let reviewed = RuleDraft {
                of: Some(rule.rule.id),
                market,
                scope: rule.rule.scope,
                effect: rule.rule.effect,
                legal_basis: rule.legal_basis.clone(),
                disclosure: rule.disclosure.clone(),
                review_on: next,
            };
            save_rule(ctx, by, reviewed).await?;
        }
        sign(ctx, by, market, "DMS 2026-031").await?;
    }
    Ok(())
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
