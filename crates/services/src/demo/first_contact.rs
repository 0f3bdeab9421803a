//! The third way to consent: allowed in Switzerland by telephone, and somebody who expects a call.

use domain::{
    consent::FirstContactChannel,
    members::Actor,
    text::{CompanyName, Country, PersonName, Phone, Reason, RoleTitle},
    touches::Channel,
};

use super::{Error, Staff, questions};
use crate::{
    Ctx, consent,
    referrals::{AskInPerson, SubmitReferral, programme, standing, submit_to_ask},
};

/// Marketing allows it, and an advocate asks the first account manager to call.
pub(super) async fn tell(ctx: &Ctx, staff: &Staff, advocates: &[(Actor, String)]) -> Result<(), Error> {
    let marketing = staff.marketing.program_managing().ok_or("marketing manages programmes")?;
    let program = programme(ctx).await?.ok_or("there is a programme")?.program;
    let (channel, country) = (FirstContactChannel::Phone, Country::CH);
    let ground = "Erfundenes Beispiel: Die Rechtsabteilung hat Anrufe bei Firmen geprüft, wenn die Person den \
        Anruf erwartet.";
    consent::allow(ctx, &marketing, program.id, channel, country, Reason::parse(ground)?).await?;
    let manager = staff.managers.first().map(|(actor, _)| actor.member);
    for (advocate, _) in advocates {
        let Some(referrer) = advocate.referrer() else { continue };
        let known = standing(ctx, referrer.member()).await?;
        if known.and_then(|known| known.account_manager) != manager {
            continue;
        }
        let command = SubmitReferral {
            company: CompanyName::parse("Bodensee Pumpen AG")?,
            country,
            role: RoleTitle::parse("Leitung Technik")?,
            reason: Reason::parse("Neue Halle in Kreuzlingen, und im Januar beginnt die Planung.")?,
            answers: questions::answers(&program.questions, 1),
            channel: Channel::Link,
            incentive: None,
            organisation: None,
            key: "demo-first-contact".to_owned(),
        };
        let ask = AskInPerson {
            channel,
            name: PersonName::parse("Urs Keller")?,
            phone: Some(Phone::parse("+41 71 555 01 23")?),
            circumstances: Reason::parse("Wir haben am Montag telefoniert; er erwartet einen Anruf.")?,
        };
        submit_to_ask(ctx, &referrer, command, ask).await?;
        return Ok(());
    }
    Ok(())
}
