//! What came to nothing behind a link, what was put right, and messages that nobody has read yet.

use domain::{
    accounts::{RecipientKind, WorkDomain},
    consent::{ConsentPath, ConsentState, PreferredChannel},
    members::Actor,
    referrals::Step,
    text::{CompanyName, EmailAddress, Language, PersonName, Reason, RoleTitle},
    touches::CodeKind,
};

use super::{Error, Staff};
use crate::{
    Ctx,
    consent::{self, Entry, Origin},
    jobs,
    referrals::{self, AmendReferral, Line, carried_link_token, programme},
    touches::share_kit,
};

/// Somebody of a customer opens the first advocate's own link, and the link of one of their referrals; the advocate puts
/// that one right and asks about another, and an account manager answers in a third.
pub(super) async fn tell(ctx: &Ctx, staff: &Staff, advocates: &[(Actor, String)]) -> Result<(), Error> {
    let (first, _) = advocates.first().ok_or("somebody recommends")?;
    let referrer = first.referrer().ok_or("an advocate refers")?;
    let other = advocates.iter().find(|(actor, _)| actor.account != first.account);
    let (other, _) = other.ok_or("another customer recommends, too")?;
    let customer = ctx.store.members().person(other.member).await?.ok_or("they are there")?;
    let domain = WorkDomain::of(&customer.email).ok_or("they have an address at work")?;
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let kit = share_kit(ctx, &referrer, programme.program.id).await?;
    let target = ctx.store.touches().target(kit.code.as_str(), CodeKind::Link).await?;
    let own = Origin::OwnShare { target: target.ok_or("the link leads somewhere")?, touch: None };
    consent::submit_entry(ctx, &own, &entry(&domain, "own")?).await?;

    let lines = ctx.store.referrals().of_advocate(first.member, None, 200).await?;
    let mut open = lines.iter().filter(|line| line.progress.position.open().is_some());
    if let Some(waits) = lines.iter().find(|line| waits_for_link(line)) {
        let origin = Origin::CarriedLink { token: carried_link_token(ctx, waits.id) };
        consent::submit_entry(ctx, &origin, &entry(&domain, "carried")?).await?;
        let stored = ctx.store.referrals().load(waits.id).await?.ok_or("it is there")?;
        let amended = AmendReferral {
            referral: waits.id,
            company: CompanyName::parse(&format!("{} & Co. KG", waits.company))?,
            role: RoleTitle::parse(&stored.role_title)?,
            reason: Reason::parse(&stored.reason)?,
            version: stored.version,
        };
        referrals::amend(ctx, &referrer, amended).await?;
    }
    if let Some(line) = open.next() {
        let question =
            Reason::parse("Gibt es schon einen Termin? Ich sehe die Leute nächste Woche auf der Messe.")?;
        referrals::say(ctx, first, line.id, question, None).await?;
    }
    if let Some((line, manager)) = open.find_map(|line| {
        let theirs = staff.managers.iter().find(|(actor, _)| Some(actor.member) == line.account_manager);
        theirs.map(|(manager, _)| (line, manager))
    }) {
        let answer =
            Reason::parse("Wissen Sie, ob die zweite Linie schon läuft? Dann bringe ich die Zahlen mit.")?;
        referrals::say(ctx, manager, line.id, answer, None).await?;
    }
    jobs::run_due(ctx).await?;
    Ok(())
}

fn waits_for_link(line: &Line) -> bool {
    line.progress.position.open() == Some(Step::Submitted)
        && line.progress.consent == ConsentState::Awaiting
        && line.progress.consent_path == ConsentPath::CarriedLink
}

fn entry(domain: &WorkDomain, key: &str) -> Result<Entry, Error> {
    Ok(Entry {
        name: PersonName::parse("Kontakt eines Kunden")?,
        company: Some(CompanyName::parse("Eine Firma, die schon kauft")?),
        role: None,
        email: EmailAddress::parse(&format!("einkauf@{}", domain.as_str()))?,
        phone: None,
        recipient_kind: RecipientKind::PrivateCompany,
        preferred: PreferredChannel::Mail,
        best_time: None,
        language: Language::German,
        shows_steps: false,
        read_in: Language::German,
        form_key: format!("demo-neutral-{key}"),
        source: format!("demo-neutral-{key}"),
    })
}
