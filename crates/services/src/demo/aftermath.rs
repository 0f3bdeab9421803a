//! What happens to rewards later: refunds before and after a delivery, an employer's release, an organisation that is no
//! longer offered.

use chrono::Days;
use domain::{
    ids::OrganisationId,
    incentives::{PayingStep, Unit},
    members::Actor,
    rewards::{CreditReference, DealReference, RewardCode, ShortfallDecision, TaxCategory},
    text::{CompanyName, PersonName, Reason},
};
use store::rewards::RewardFilter;

use super::{Error, Staff};
use crate::{
    Ctx,
    incentives::{Organisation, change_organisation, save_organisation},
    members::{RecordRelease, record_release},
    rewards::{
        ActError, TakeBack, book_credits, categorise, decide_shortfall, export_credits, list, open_credits,
        shortfalls, take_back, take_conversions,
    },
};

pub(super) async fn tell(ctx: &Ctx, staff: &Staff, advocate: Option<&Actor>) -> Result<(), Error> {
    let smaller = "Der Auftrag wurde um ein Viertel kleiner.";
    refund(ctx, &staff.marketing, RewardCode::Fulfilled, 25, smaller).await?;
    ask_back(ctx, &staff.marketing).await?;
    refund(ctx, &staff.marketing, RewardCode::Fulfilled, 50, "Die Hälfte der Anlage wurde abbestellt.")
        .await?;
    refund(ctx, &staff.marketing, RewardCode::Clearing, 25, smaller).await?;
    let gone = "Der neue Kunde ist vom Vertrag zurückgetreten.";
    refund(ctx, &staff.marketing, RewardCode::Clearing, 100, gone).await?;
    tell_of_deals(ctx, &staff.marketing).await?;
    bill(ctx, &staff.marketing).await?;
    let power = staff.marketing.program_managing().ok_or("marketing manages programmes")?;
    let (name, legal_name) = ("Werkraum Nord", "Werkraum Nord e. V.");
    let id: OrganisationId = ctx.new_id();
    save_organisation(ctx, &power, id, CompanyName::parse(name)?, CompanyName::parse(legal_name)?).await?;
    let (name, legal_name) = (name.to_owned(), legal_name.to_owned());
    change_organisation(ctx, &power, &Organisation { id, name, legal_name, active: false, version: 0 })
        .await?;
    let Some(advocate) = advocate else { return Ok(()) };
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let command = RecordRelease {
        member: advocate.member,
        released_by: PersonName::parse("Karin Tjaden")?,
        released_on: today,
        valid_until: today.checked_add_days(Days::new(365)),
        caps: [(Unit::Money(ctx.host.currency), 50_000)].into(),
        document: "HR-2026-17".to_owned(),
    };
    record_release(ctx, &staff.marketing, command).await?;
    Ok(())
}

/// What billing tells of the newest deals: one is not paid yet, one has become smaller, one has grown.
async fn tell_of_deals(ctx: &Ctx, marketing: &Actor) -> Result<(), Error> {
    let filter = RewardFilter { state: Some(RewardCode::Clearing), ..RewardFilter::default() };
    let lines = list(ctx, marketing, &filter).await?.unwrap_or_default();
    let whole = lines.into_iter().filter(|line| line.part == PayingStep::Won && line.refunded_percent == 0);
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let mut file = String::from("event_id;referral;kind;date;amount;currency\n");
    let told = ["unpaid;{day};;EUR", "reduced;{day};1000,00;EUR", "upsell;{day};4800,00;EUR"];
    for (number, (line, told)) in (1..).zip(whole.zip(told)) {
        let reference = DealReference::of(line.referral);
        let told = told.replace("{day}", &today.to_string());
        file.push_str(&format!("FB-2026-{number:03};{reference};{told}\n"));
    }
    take_conversions(ctx, marketing, &file).await?;
    Ok(())
}

/// What is approved goes to the billing system, and the first of it comes back booked.
async fn bill(ctx: &Ctx, marketing: &Actor) -> Result<(), Error> {
    for state in [RewardCode::Approved, RewardCode::Fulfilled] {
        confirm(ctx, marketing, state).await?;
    }
    export_credits(ctx, marketing).await?;
    let open = open_credits(ctx, marketing).await?.unwrap_or_default();
    let Some(first) = open.first() else { return Ok(()) };
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let reference = CreditReference::of(first.reward);
    let file = format!("reference;booking;date\n{reference};RE-2026-0412;{today}\n");
    book_credits(ctx, marketing, &file).await?;
    Ok(())
}

/// Finance confirms what is proposed for the newest rewards in this state, and says of the first one that it lowers an invoice.
async fn confirm(ctx: &Ctx, marketing: &Actor, state: RewardCode) -> Result<(), Error> {
    let filter = RewardFilter { state: Some(state), ..RewardFilter::default() };
    let lines = list(ctx, marketing, &filter).await?.unwrap_or_default();
    for (number, line) in lines.iter().take(6).enumerate() {
        let Some(known) = line.category else { continue };
        let lowers = number == 0 && known.category == TaxCategory::Mediation;
        let category = if lowers { TaxCategory::PriceReduction } else { known.category };
        categorise(ctx, marketing, line.id, None, category).await?;
    }
    Ok(())
}

/// What was just taken back after its delivery is asked back; the next one waits for a decision.
async fn ask_back(ctx: &Ctx, marketing: &Actor) -> Result<(), Error> {
    let found = shortfalls(ctx, marketing).await?.unwrap_or_default();
    let Some(first) = found.first() else { return Ok(()) };
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let until = today.checked_add_days(Days::new(21)).unwrap_or(today);
    let decision = ShortfallDecision::AskBack { until };
    let note = Reason::parse("Die Gutschrift ist schon gebucht, bitte gleichen Sie sie aus.")?;
    decide_shortfall(ctx, marketing, first.shortfall.id, first.version, decision, &note).await?;
    Ok(())
}

/// As much of the newest deal in this state is paid back as may still be, where nothing was before.
async fn refund(
    ctx: &Ctx,
    marketing: &Actor,
    state: RewardCode,
    percent: u8,
    reason: &str,
) -> Result<(), Error> {
    let filter = RewardFilter { state: Some(state), ..RewardFilter::default() };
    let lines = list(ctx, marketing, &filter).await?.unwrap_or_default();
    let reason = Reason::parse(reason)?;
    let whole = lines.into_iter().filter(|line| line.part == PayingStep::Won && line.refunded_percent == 0);
    for line in whole {
        match take_back(ctx, marketing, line.id, line.version, TakeBack::Refund { percent }, &reason).await {
            Ok(()) => break,
            Err(ActError::Rule(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
