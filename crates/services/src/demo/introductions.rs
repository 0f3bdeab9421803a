//! Introductions that the host owes for mutual referrals: most were made and confirmed in the course of the year; at its end
//! one is promised, one is overdue, and one advocate says that it never took place.

use chrono::{Days, NaiveDate};
use domain::{
    incentives::IncentiveKind,
    members::{Actor, Referrer},
    rewards::{IntroductionAnswer, IntroductionFit, Whom},
    text::{CompanyName, Reason, RoleTitle},
};

use super::{Error, Staff};
use crate::{
    Ctx, jobs,
    rewards::{
        RewardLine, confirm_introduction, dispute_introduction, introduce, promise_introduction, tasks,
    },
};

/// How many are not made in the course of the year.
pub(super) const LEFT: usize = 3;
/// Which of them is promised early, and forgotten.
pub(super) const OVERDUE: usize = 0;

const WHOM: [(&str, &str); 5] = [
    ("Brandner Fördertechnik GmbH", "Leitung Einkauf"),
    ("Oderland Stahlbau AG", "Leitung Instandhaltung"),
    ("Kessler Präzision GmbH", "Werkleitung"),
    ("Nordhafen Logistik GmbH", "Leitung Technik"),
    ("Sonnleitner Backwaren GmbH", "Geschäftsführung"),
];

fn whom(number: usize) -> Result<Whom, Error> {
    let (company, role) = WHOM[number % WHOM.len()];
    Ok(Whom { company: CompanyName::parse(company)?, role: RoleTitle::parse(role)? })
}

fn referrer(advocates: &[(Actor, String)], line: &RewardLine) -> Option<Referrer> {
    advocates.iter().find(|(actor, _)| actor.member == line.advocate)?.0.referrer()
}

/// Promised until this day, and no more.
pub(super) async fn promise(
    ctx: &Ctx,
    staff: &Staff,
    line: &RewardLine,
    due: NaiveDate,
    number: usize,
) -> Result<(), Error> {
    Ok(promise_introduction(ctx, &staff.marketing, line.id, -1, whom(number)?, due).await?)
}

/// Promised, made and, but for every third, confirmed; silence does the rest.
pub(super) async fn make(
    ctx: &Ctx,
    staff: &Staff,
    advocates: &[(Actor, String)],
    line: &RewardLine,
    today: NaiveDate,
    number: usize,
) -> Result<(), Error> {
    promise(ctx, staff, line, today, number).await?;
    introduce(ctx, &staff.marketing, line.id, 0, today).await?;
    let Some(referrer) = referrer(advocates, line).filter(|_| !number.is_multiple_of(3)) else {
        return Ok(());
    };
    let fit = IntroductionFit::ALL[2 + number % 3];
    let note = Reason::parse("Wir haben uns die Linie vor Ort angesehen.")?;
    let answer = IntroductionAnswer { fit, note: number.is_multiple_of(2).then_some(note) };
    Ok(confirm_introduction(ctx, &referrer, line.id, 1, answer).await?)
}

/// What is left open at the end of the year beside the one that is overdue: one is promised, and one advocate disputes.
pub(super) async fn tell(ctx: &Ctx, staff: &Staff, advocates: &[(Actor, String)]) -> Result<(), Error> {
    let found = tasks(ctx, &staff.marketing, None).await?.ok_or("marketing hands over")?;
    let open = found.open.lines.iter().filter(|line| !line.kind.is_none_or(IncentiveKind::is_handed_over));
    let open = open.filter(|line| !found.introductions.iter().any(|known| known.reward == line.id));
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let later = today.checked_add_days(Days::new(14)).ok_or("the calendar goes on")?;
    for (number, line) in open.take(LEFT).enumerate() {
        promise(ctx, staff, line, later, number).await?;
        if let Some(referrer) = referrer(advocates, line).filter(|_| number == 1) {
            introduce(ctx, &staff.marketing, line.id, 0, today).await?;
            let reason = Reason::parse("Bei uns hat sich bis heute niemand gemeldet.")?;
            dispute_introduction(ctx, &referrer, line.id, 1, reason).await?;
        }
    }
    Ok(jobs::run_due(ctx).await?)
}
