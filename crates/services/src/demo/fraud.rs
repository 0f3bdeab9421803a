//! What the checks of misuse have noticed: a company that is only called like its advocate's, which was a false alarm, and a
//! contact with an advocate's own name, about whom nobody has decided yet.

use domain::{
    accounts::RecipientKind,
    consent::PreferredChannel,
    fraud::CaseVerdict,
    members::{Actor, Referrer},
    referrals::{Move, Step},
    text::{CompanyName, Country, EmailAddress, Language, PersonName, Reason, RoleTitle},
    touches::{Channel, CodeKind},
};

use super::{Error, Staff, questions};
use crate::{
    Ctx,
    consent::{self, Entry, Origin},
    fraud::{case, cases, decide},
    jobs,
    referrals::{self, MoveStage, SubmitReferral, programme},
    touches::share_kit,
};

/// The private address of somebody who recommends themselves.
const PRIVATE: &str = "privat@wiesengrund-beratung.example";

/// Two advocates whom nobody looks at the demonstration as, so that their pages stay as they are.
pub(super) async fn tell(ctx: &Ctx, staff: &Staff, advocates: &[(Actor, String)]) -> Result<(), Error> {
    let [.., (namesake, _), (themselves, name)] = advocates else {
        return Err("two advocates are there".into());
    };
    sister_company(ctx, staff, &namesake.referrer().ok_or("an advocate refers")?).await?;
    own_name(ctx, staff, &themselves.referrer().ok_or("an advocate refers")?, name).await
}

async fn sister_company(ctx: &Ctx, staff: &Staff, by: &Referrer) -> Result<(), Error> {
    let standing = referrals::standing(ctx, by.member()).await?.ok_or("an advocate has a company")?;
    let questions = programme(ctx).await?.ok_or("there is a programme")?.program.questions;
    let command = SubmitReferral {
        company: CompanyName::parse(&standing.account_name)?,
        country: Country::AT,
        role: RoleTitle::parse("Leitung Werk")?,
        reason: Reason::parse("Unsere Schwester in Linz kauft selbst ein und sucht gerade.")?,
        answers: questions::answers(&questions, 1),
        channel: Channel::Link,
        incentive: None,
        organisation: None,
        key: "demo-sister".to_owned(),
    };
    referrals::submit(ctx, by, command).await?;
    let open = cases(ctx, &staff.marketing, true, None).await?.ok_or("marketing sees cases")?;
    let line = open.into_iter().find(|line| line.case.case.advocate == by.member());
    let found = line.ok_or("the company's own name is noticed")?.case;
    let why = Reason::parse(
        "Die Schwesterfirma ist selbständig und kauft selbst ein. Mit der Kundenbetreuung geklärt.",
    )?;
    let now = case(ctx, &staff.marketing, found.case.id).await?.ok_or("it is there")?.case;
    Ok(decide(ctx, &staff.marketing, (now.case.id, now.version), CaseVerdict::FalseAlarm, &why).await?)
}

/// They come by their own link under their own name, agree, and the referral is accepted: what it earns is held.
async fn own_name(ctx: &Ctx, staff: &Staff, by: &Referrer, name: &str) -> Result<(), Error> {
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let kit = share_kit(ctx, by, programme.program.id).await?;
    let target = ctx.store.touches().target(kit.code.as_str(), CodeKind::Link).await?;
    let origin = Origin::OwnShare { target: target.ok_or("the link leads somewhere")?, touch: None };
    let entry = Entry {
        name: PersonName::parse(name)?,
        company: Some(CompanyName::parse("Wiesengrund Beratung")?),
        role: None,
        email: EmailAddress::parse(PRIVATE)?,
        phone: None,
        recipient_kind: RecipientKind::PrivateCompany,
        preferred: PreferredChannel::Mail,
        best_time: None,
        language: Language::German,
        shows_steps: false,
        read_in: Language::German,
        form_key: "demo-own-name".to_owned(),
        source: "demo-own-name".to_owned(),
    };
    consent::submit_entry(ctx, &origin, &entry).await?;
    jobs::run_due(ctx).await?;
    let id = ctx.store.contact_written_to(PRIVATE).await?.ok_or("the mail is written")?;
    let contact = ctx.store.consent().contact(id).await?.ok_or("they are there")?;
    consent::give(ctx, &consent::confirm_token(ctx, id), Language::German).await?;
    let stored = ctx.store.referrals().load(contact.referral).await?.ok_or("it is there")?;
    let power = staff.managing(stored.facts.account_manager)?;
    let command = MoveStage {
        referral: contact.referral,
        action: Move::Forward(Step::Accepted),
        deal: None,
        note: None,
        version: stored.version,
    };
    referrals::move_stage(ctx, &power, command).await?;
    Ok(jobs::run_due(ctx).await?)
}
