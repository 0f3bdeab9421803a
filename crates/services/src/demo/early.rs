//! A recommendation from long before the year of the story: it brought a customer, and nobody ever said what they would
//! like for it, so that the reward has expired since.

use chrono::TimeDelta;
use domain::{
    accounts::RecipientKind,
    consent::PreferredChannel,
    incentives::{Amount, Unit},
    referrals::{Move, Step},
    text::{CompanyName, EmailAddress, Language, PersonName, RoleTitle},
    touches::CodeKind,
};

use super::{Error, Staff, clock::DemoClock};
use crate::{
    Ctx,
    consent::{self, Entry, Origin},
    jobs,
    ports::Clock,
    referrals::{self, MoveStage, programme},
    rewards,
    touches::share_kit,
};

/// How long before the end of the story: a reward waits for three years.
pub(super) const AGO: TimeDelta = TimeDelta::days(1_190);

/// Somebody finds the way through the link of the advocate with this address, agrees, and becomes a customer.
pub(super) async fn tell(ctx: &Ctx, clock: &DemoClock, staff: &Staff, mail: &str) -> Result<(), Error> {
    let advocate = ctx.store.members().id_by_email(&EmailAddress::parse(mail)?).await?;
    let advocate = ctx.store.members().person(advocate.ok_or("an imported person is missing")?).await?;
    let advocate = advocate.and_then(|person| person.actor.referrer()).ok_or("an advocate refers")?;
    let program = programme(ctx).await?.ok_or("there is a programme")?.program.id;
    let kit = share_kit(ctx, &advocate, program).await?;
    let target = ctx.store.touches().target(kit.code.as_str(), CodeKind::Link).await?;
    let origin = Origin::OwnShare { target: target.ok_or("the link leads somewhere")?, touch: None };
    let email = EmailAddress::parse("einkauf@giesserei-fruehauf.example")?;
    let entry = Entry {
        name: PersonName::parse("Renate Vollmer")?,
        company: Some(CompanyName::parse("Gießerei Frühauf GmbH")?),
        role: Some(RoleTitle::parse("Einkauf")?),
        email: email.clone(),
        phone: None,
        recipient_kind: RecipientKind::PrivateCompany,
        preferred: PreferredChannel::Mail,
        best_time: None,
        language: Language::German,
        read_in: Language::German,
        form_key: "demo-early".to_owned(),
        source: "demo-early".to_owned(),
        shows_steps: false,
    };
    consent::submit_entry(ctx, &origin, &entry).await?;
    later(ctx, clock, TimeDelta::days(1)).await?;
    let contact = ctx.store.contact_written_to(email.as_str()).await?.ok_or("they were written to")?;
    consent::give(ctx, &consent::confirm_token(ctx, contact), Language::German).await?;
    let contact = ctx.store.consent().contact(contact).await?.ok_or("they are there")?;
    later(ctx, clock, TimeDelta::days(20)).await?;
    let stored = ctx.store.referrals().load(contact.referral).await?.ok_or("it is there")?;
    let won = MoveStage {
        referral: contact.referral,
        action: Move::Forward(Step::Won),
        deal: Amount::new(2_400_000, Unit::Money(ctx.host.currency)).ok(),
        note: None,
        version: stored.version,
    };
    referrals::move_stage(ctx, &staff.managing(stored.facts.account_manager)?, won).await?;
    later(ctx, clock, TimeDelta::days(8)).await?;
    // What the new customer was promised is theirs in time.
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let tasks = rewards::tasks(ctx, &staff.marketing, None).await?;
    for line in tasks.into_iter().flat_map(|tasks| tasks.open.lines) {
        let clause = "Klausel 4 des Vertrags";
        rewards::deliver(ctx, &staff.marketing, line.id, line.version, clause, Some(today)).await?;
    }
    Ok(())
}

/// Time passes, and what is due is done.
async fn later(ctx: &Ctx, clock: &DemoClock, by: TimeDelta) -> Result<(), Error> {
    clock.set(clock.now() + by);
    Ok(jobs::run_due(ctx).await?)
}
