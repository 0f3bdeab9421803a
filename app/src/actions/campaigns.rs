//! Campaigns saved by marketing, begun, rolled out and closed.

use axum::{Form, extract::Path as Wanted};
use chrono::NaiveDateTime;
use domain::{
    campaigns::{Boost, Campaign, CampaignError, CampaignState},
    ids::CampaignId,
    text::{Bilingual, CampaignName},
};
use services::{
    Ctx,
    campaigns::{self, MomentError, NamedCampaign, SaveCampaignError, StepError, in_zone},
    referrals::{Programme, programme},
};

use crate::{
    forms::{Flash, FormState, Pairs, minor_units, minute, number},
    pages::{
        PageError, PageResult,
        campaigns::{BUDGET, INCENTIVE, budget_units},
    },
    paths::{self, Path},
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/campaigns/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn create(person: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    save(person, None, &pairs, &paths::NEW_CAMPAIGN).await
}

/// `POST /manage/campaigns/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn change(
    Wanted(id): Wanted<CampaignId>,
    person: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    save(person, Some(id), &pairs, &paths::campaign(id)).await
}

async fn save(
    SignedIn { visitor, person }: SignedIn,
    id: Option<CampaignId>,
    pairs: &Pairs,
    back: &Path,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let known = match id {
        Some(id) => Some(ctx.store.campaigns().find(id).await?.ok_or(PageError::NotFound)?),
        None => None,
    };
    let programme = programme(ctx).await?.ok_or(PageError::NotFound)?;
    let mut form = FormState::of(pairs);
    let Some(named) = read(ctx, &mut form, id, (pairs, &programme)) else {
        return form.back_to(back, &visitor).await;
    };
    let campaign = named.campaign.id;
    let error = match campaigns::save_campaign(ctx, &power, named, known.is_none()).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            return Ok(go(&paths::campaign(campaign)));
        }
        Err(SaveCampaignError::Store(error)) => return Err(error.into()),
        Err(error) => error,
    };
    let field = match error {
        SaveCampaignError::Rule(error) => field_of(error),
        SaveCampaignError::SegmentGone => "segment",
        SaveCampaignError::Closed | SaveCampaignError::Stale | SaveCampaignError::Store(_) => "",
    };
    if let (SaveCampaignError::Stale, Some(known)) = (&error, &known) {
        form.overtaken(known.campaign.version);
    }
    form.refuse(field, error.to_string());
    form.back_to(back, &visitor).await
}

/// Where it stands what is wrong.
fn field_of(error: CampaignError) -> &'static str {
    match error {
        CampaignError::Boost | CampaignError::Guard | CampaignError::Cap | CampaignError::Overflow => "boost",
        CampaignError::Time => "until",
        CampaignError::NoPilot => "pilot",
        CampaignError::Budget => "budget",
        CampaignError::Over | CampaignError::Step => "",
    }
}

/// The campaign as the form says it; what is wrong is noted, of every field.
fn read(
    ctx: &Ctx,
    form: &mut FormState,
    id: Option<CampaignId>,
    (pairs, programme): (&Pairs, &Programme),
) -> Option<NamedCampaign> {
    let name_de = form.parse("name_de", CampaignName::parse);
    let name_en = form.parse("name_en", CampaignName::parse);
    let zone = form.value("zone").trim().to_owned();
    if let Err(error @ MomentError::Zone) = in_zone(&zone, NaiveDateTime::default(), false) {
        form.refuse("zone", error.to_string());
    }
    let mut moment = |field, end| {
        let wall = form.parse(field, minute)?;
        match in_zone(&zone, wall, end) {
            Ok(at) => Some(at),
            Err(MomentError::Zone) => None,
            Err(error @ MomentError::Skipped) => {
                form.refuse(field, error.to_string());
                None
            }
        }
    };
    let (starts_at, ends_at) = (moment("from", false), moment("until", true));
    let boost = form.parse("boost", |typed| {
        let hundredths = minor_units(typed).and_then(|typed| u32::try_from(typed).ok());
        hundredths.and_then(|hundredths| Boost::new(hundredths).ok()).ok_or("campaign_boost")
    });
    let budget = budget_units(programme)
        .into_iter()
        .filter_map(|unit| number(form, &format!("{BUDGET}{unit}"), unit).map(|budget| (unit, budget)))
        .collect();
    let (segment, pilot) = (form.parse_optional("segment"), form.parse_optional("pilot"));
    let chosen = pairs.iter().filter_map(|(name, _)| name.strip_prefix(INCENTIVE));
    let incentives = chosen
        .filter_map(|id| id.parse().ok())
        .filter(|id| programme.offers.iter().any(|offer| offer.incentive.id == *id))
        .collect();
    if !form.is_sound() {
        return None;
    }
    Some(NamedCampaign {
        campaign: Campaign {
            id: id.unwrap_or_else(|| ctx.new_id()),
            version: form.version(),
            program: programme.program.id,
            incentives,
            starts_at: starts_at?,
            ends_at: ends_at?,
            boost: boost?,
            budget,
            spent: Default::default(),
            whom: None,
            pilot: None,
            state: CampaignState::Draft,
        },
        name: Bilingual::new(name_de?.into_string(), name_en?.into_string()),
        zone,
        segment,
        pilot,
    })
}

/// `POST /manage/campaigns/{id}/step`
///
/// # Errors
/// For anybody but marketing, and where there is no such step.
pub async fn step(
    Wanted(id): Wanted<CampaignId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let next = CampaignState::parse(form.value("do")).ok_or(PageError::NotFound)?;
    match campaigns::take_step(&visitor.app.ctx, &power, id, form.version(), next).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::campaign(id)))
        }
        Err(StepError::NotFound) => Err(PageError::NotFound),
        Err(StepError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                StepError::Rule(error) => field_of(error),
                StepError::Stale | StepError::NotFound | StepError::Store(_) => "",
            };
            form.refuse(field, error.to_string());
            form.back_to(&paths::campaign(id), &visitor).await
        }
    }
}
