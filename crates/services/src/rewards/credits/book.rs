//! Bookings that come back from the billing system: looked at first, then each credit is delivered exactly once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    ids::RewardId,
    incentives::IncentiveKind,
    members::Actor,
    rewards::{CreditReference, Proof, RewardCode, Side},
};
use serde_json::json;
use store::rewards::RewardLine;

use crate::{
    Ctx,
    imports::text::{Row, Rows},
    rewards::{
        approve::load,
        desk::{ActError, Desk},
    },
};

/// Lines of one transaction: few enough that nobody waits for it.
const BATCH: usize = 20;
/// Most lines of one file.
const MOST_LINES: usize = 5_000;

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineOutcome {
    /// It is booked with this.
    Booked,
    /// It was booked with the same before.
    Unchanged,
    /// It is not taken; the code says why.
    Refused(&'static str),
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, as an editor counts.
    pub number: u64,
    /// The reference that it names.
    pub reference: String,
    /// What becomes of it.
    pub outcome: LineOutcome,
    /// What would prove the delivery.
    booking: Option<(RewardId, Proof)>,
}

/// A file of bookings, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookings {
    /// Its lines, but for the heading.
    pub lines: Vec<Line>,
    /// Whether lines beyond the most that are taken were left out.
    pub cut: bool,
}

impl Bookings {
    /// How many lines have this outcome; refused ones whatever the reason.
    pub fn count(&self, outcome: &LineOutcome) -> usize {
        let same = std::mem::discriminant(outcome);
        self.lines.iter().filter(|line| std::mem::discriminant(&line.outcome) == same).count()
    }
}

/// `2026-11-30` or `30.11.2026`.
pub(in crate::rewards) fn day(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim();
    ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|format| NaiveDate::parse_from_str(typed, format).ok())
}

/// What a line says: the reward, its proof, and the amount where it names one.
fn read(
    record: &csv::StringRecord,
    today: NaiveDate,
) -> Result<(RewardId, Proof, Option<i64>), &'static str> {
    let field = |place: usize| record.get(place).unwrap_or_default().trim();
    let reference = CreditReference::parse(field(0)).ok_or("booking_unknown")?;
    let on = day(field(2)).ok_or("not_a_date")?;
    let proof = Proof::new(field(1), Some(on), today).map_err(|error| error.code())?;
    let amount = match field(3) {
        "" => None,
        typed => Some(typed.parse().map_err(|_| "booking_amount")?),
    };
    Ok((reference.reward(), proof, amount))
}

/// What becomes of a booking, as the reward stands.
fn judge(line: Option<&RewardLine>, proof: &Proof, amount: Option<i64>) -> LineOutcome {
    let credit =
        line.filter(|line| line.side == Side::Advocate && line.kind.is_some_and(IncentiveKind::is_booked));
    let Some(line) = credit else { return LineOutcome::Refused("booking_unknown") };
    let differs =
        amount.is_some_and(|amount| line.to_hand_over().is_none_or(|known| known.value() != amount));
    match line.state {
        _ if differs => LineOutcome::Refused("booking_amount"),
        RewardCode::Fulfilled if line.proof.as_ref() == Some(proof) => LineOutcome::Unchanged,
        RewardCode::Fulfilled => LineOutcome::Refused("booking_other"),
        RewardCode::Approved if line.held => LineOutcome::Refused("reward_held"),
        RewardCode::Approved => LineOutcome::Booked,
        _ => LineOutcome::Refused("booking_not_approved"),
    }
}

/// What a file of bookings would do: `reference;booking;date`, and the amount in minor units behind it where the billing
/// system names it. The first line is the heading. Nothing is changed.
///
/// # Errors
/// When the role is missing, or the memory fails.
pub async fn look_at_bookings(ctx: &Ctx, actor: &Actor, text: &str) -> Result<Bookings, ActError> {
    actor.approving().ok_or(ActError::NotAllowed)?;
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let mut found = Bookings::default();
    let mut seen = BTreeSet::new();
    let mut read_lines = Vec::new();
    let mut rows = Rows::of(text);
    let mut record = csv::StringRecord::new();
    while let Some(row) = rows.next(&mut record) {
        if read_lines.len() == MOST_LINES {
            found.cut = true;
            break;
        }
        let (number, booking) = match row {
            Row::Read(number) => (number, read(&record, today)),
            Row::Open(number) | Row::Unreadable(number) => (number, Err("booking_unreadable")),
        };
        read_lines.push((number, record.get(0).unwrap_or_default().to_owned(), booking));
    }
    let ids: Vec<RewardId> =
        read_lines.iter().filter_map(|(.., read)| read.as_ref().ok().map(|(id, ..)| *id)).collect();
    let known = ctx.store.rewards().lines_of(&ids).await?;
    for (number, reference, read) in read_lines {
        let (outcome, booking) = match read {
            Err(code) => (LineOutcome::Refused(code), None),
            Ok((id, ..)) if !seen.insert(id) => (LineOutcome::Refused("booking_twice"), None),
            Ok((id, proof, amount)) => {
                let line = known.iter().find(|line| line.id == id);
                (judge(line, &proof, amount), Some((id, proof)))
            }
        };
        found.lines.push(Line { number, reference, outcome, booking });
    }
    Ok(found)
}

/// Books what the file says, some lines in a transaction each. What is booked already stays as it is, so that the same
/// file may be handed in again.
///
/// # Errors
/// When the role is missing, the memory fails, or somebody changed a credit at the same moment: what was booked until then
/// stays booked, and the file can be handed in again.
pub async fn book_credits(ctx: &Ctx, actor: &Actor, text: &str) -> Result<Bookings, ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let found = look_at_bookings(ctx, actor, text).await?;
    let booked = found.lines.iter().filter(|line| line.outcome == LineOutcome::Booked);
    let due: Vec<_> = booked.filter_map(|line| line.booking.as_ref()).collect();
    for some in due.chunks(BATCH) {
        let now = ctx.now();
        let tx = ctx.store.begin().await?;
        let mut desk = Desk::new(ctx, &tx, Some(power.member()));
        for (reward, proof) in some {
            let mut stored = load(&tx, *reward).await?;
            // Somebody was faster than between the look and this.
            if stored.reward.facts().state.code() != RewardCode::Approved {
                return Err(ActError::Stale);
            }
            let change = stored.reward.clone().fulfil(now)?;
            desk.change(&mut stored, change).await?;
            tx.rewards().finish_delivery(*reward, Some(power.member()), now, Some(proof)).await?;
        }
        desk.close().await?;
        let details = json!({ "credits": some.len() });
        let entry =
            ctx.audit_entry(Some(power.member()), "rewards.book_credits", "rewards", "credits", details);
        tx.audit(entry).await?;
        tx.commit().await?;
    }
    Ok(found)
}
