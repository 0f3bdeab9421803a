//! The file as a whole: looked at first, then each event is taken exactly once.

use domain::{
    ids::MemberId,
    members::Actor,
    rewards::{ConversionEffect, ConversionKind},
};
use serde_json::json;
use store::{StoreError, rewards::NewConversion};

use super::{
    judge::{Known, Outcome},
    line::Columns,
};
use crate::{
    Ctx,
    imports::text::{Row, Rows},
    rewards::{
        desk::{ActError, Desk},
        follow::follow_payment,
    },
};

/// Lines of one transaction: few enough that nobody waits for it.
const BATCH: usize = 20;
/// Most lines of one file.
const MOST_LINES: usize = 5_000;

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionLine {
    /// Its number, as an editor counts.
    pub number: u64,
    /// Billing's number of the event.
    pub event: String,
    /// The new customer, where the deal is known.
    pub company: Option<String>,
    /// What became of the deal, where that can be read.
    pub kind: Option<ConversionKind>,
    /// What becomes of the line.
    pub outcome: Outcome,
    /// What it says, word for word.
    pub fields: Vec<String>,
}

/// A file of conversions, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversions {
    /// Its headings.
    pub headings: Vec<String>,
    /// Whether a column is missing that each line needs: nothing of it is read then.
    pub no_columns: bool,
    /// Its lines, but for the heading and those that say nothing.
    pub lines: Vec<ConversionLine>,
    /// Whether lines beyond the most that are taken were left out.
    pub cut: bool,
}

impl Conversions {
    /// How many lines have an outcome like this.
    pub fn count(&self, like: impl Fn(&Outcome) -> bool) -> usize {
        self.lines.iter().filter(|line| like(&line.outcome)).count()
    }

    /// How many lines are new.
    pub fn taken(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Takes(_)))
    }

    /// How many lines are not taken.
    pub fn refused(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Refused(_)))
    }
}

/// A file as it is read, with what each line says; the outcome of those that say something is yet to be found.
fn read(ctx: &Ctx, text: &str) -> (Conversions, Vec<Option<NewConversion>>) {
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let mut rows = Rows::of(text);
    let headings = rows.headings().iter().map(str::to_owned).collect();
    let mut found = Conversions { headings, ..Conversions::default() };
    let mut told = Vec::new();
    let Some(columns) = Columns::find(rows.headings()) else {
        found.no_columns = true;
        return (found, told);
    };
    let mut record = csv::StringRecord::new();
    while let Some(row) = rows.next(&mut record) {
        let (number, read) = match row {
            Row::Read(_) if columns.is_blank(&record) => continue,
            Row::Read(number) => (number, columns.read(&record, today, ctx.host.currency)),
            Row::Open(number) | Row::Unreadable(number) => (number, Err("booking_unreadable")),
        };
        if found.lines.len() == MOST_LINES {
            found.cut = true;
            break;
        }
        let outcome = match read {
            Ok(_) => Outcome::Unchanged,
            Err(code) => Outcome::Refused(code.to_owned()),
        };
        found.lines.push(ConversionLine {
            number,
            event: columns.event(&record).to_owned(),
            company: None,
            kind: read.as_ref().ok().map(|told| told.kind),
            outcome,
            fields: record.iter().map(str::to_owned).collect(),
        });
        told.push(read.ok());
    }
    (found, told)
}

/// What a file would do. Nothing is changed.
///
/// # Errors
/// When the role is missing, or the memory fails.
pub async fn look_at_conversions(ctx: &Ctx, actor: &Actor, text: &str) -> Result<Conversions, ActError> {
    actor.approving().ok_or(ActError::NotAllowed)?;
    look(ctx, Some(actor), text).await
}

async fn look(ctx: &Ctx, actor: Option<&Actor>, text: &str) -> Result<Conversions, ActError> {
    let (mut found, told) = read(ctx, text);
    let events: Vec<_> = told.iter().flatten().collect();
    let mut known = Known::of(ctx.store.rewards().dealings(&events).await?);
    for (line, told) in found.lines.iter_mut().zip(&told) {
        let Some(told) = told else { continue };
        line.company = known.company(told).map(str::to_owned);
        let (outcome, change) = known.judge(ctx, actor, told);
        line.outcome = outcome;
        if let (Some((reward, _)), Some(stored)) = (change, known.reward(told.referral)) {
            stored.reward = reward;
        }
    }
    Ok(found)
}

/// Takes what the file says, some lines in a transaction each. What was taken before stays as it is, so that the same file
/// may be handed in again.
///
/// # Errors
/// When the role is missing, the memory fails, or somebody changed a reward at the same moment: what was taken until then
/// stays, and the file can be handed in again.
pub async fn take_conversions(ctx: &Ctx, actor: &Actor, text: &str) -> Result<Conversions, ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    take(ctx, Some((actor, power.member())), text).await
}

/// The same from the command line, where nobody is signed in; or, with `dry_run`, only a look.
///
/// # Errors
/// When the memory fails, or somebody changed a reward at the same moment.
pub async fn take_conversions_of_host(ctx: &Ctx, text: &str, dry_run: bool) -> Result<Conversions, ActError> {
    if dry_run { look(ctx, None, text).await } else { take(ctx, None, text).await }
}

async fn take(ctx: &Ctx, by: Option<(&Actor, MemberId)>, text: &str) -> Result<Conversions, ActError> {
    let (mut found, told) = read(ctx, text);
    let mut due: Vec<_> =
        found.lines.iter_mut().zip(&told).filter_map(|(line, told)| Some((line, told.as_ref()?))).collect();
    let mut rest = due.as_mut_slice();
    while !rest.is_empty() {
        let (some, others) = rest.split_at_mut(batch(rest));
        take_some(ctx, by, some).await?;
        rest = others;
    }
    Ok(found)
}

/// How many of the next lines one transaction takes: what a payment brings back is booked by itself.
fn batch(rest: &[(&mut ConversionLine, &NewConversion)]) -> usize {
    let paid = rest.iter().position(|(_, told)| told.kind == ConversionKind::Paid);
    paid.unwrap_or(rest.len()).clamp(1, BATCH)
}

async fn take_some(
    ctx: &Ctx,
    by: Option<(&Actor, MemberId)>,
    some: &mut [(&mut ConversionLine, &NewConversion)],
) -> Result<(), ActError> {
    let (actor, member) = (by.map(|(actor, _)| actor), by.map(|(_, member)| member));
    let events: Vec<_> = some.iter().map(|(_, told)| *told).collect();
    let referrals: Vec<_> = events.iter().map(|told| told.referral).collect();
    let tx = ctx.store.begin().await?;
    let advocates: Vec<_> = tx.rewards().deals(&referrals).await?.iter().map(|deal| deal.advocate).collect();
    tx.rewards().lock_advocates(&advocates).await?;
    // Read behind the lock, so that nobody gives back the same share a second time.
    let mut known = Known::of(tx.rewards().dealings(&events).await?);
    let mut desk = Desk::new(ctx, &tx, member);
    let (mut taken, mut paid) = (0_u32, None);
    for (line, told) in some.iter_mut() {
        line.company = known.company(told).map(str::to_owned);
        let (outcome, change) = known.judge(ctx, actor, told);
        if let Outcome::Takes(effect) = &outcome {
            match (change, known.reward(told.referral)) {
                // What it is worth now is found when the lines are booked.
                (Some(_), _) if *effect == ConversionEffect::EarnedAgain => paid = Some(told.referral),
                (Some(change), Some(stored)) => desk.change(stored, change).await?,
                _ => {}
            }
            let kept = tx.rewards().insert_conversion(ctx.new_id(), told, *effect, member, ctx.now()).await;
            kept.map_err(|error| match error {
                // Somebody has handed in the same at this moment.
                StoreError::Conflict => ActError::Stale,
                other => other.into(),
            })?;
            taken += 1;
        }
        line.outcome = outcome;
    }
    desk.close().await?;
    if let Some(referral) = paid {
        let stored = tx.referrals().load(referral).await?.ok_or(ActError::NotFound)?;
        follow_payment(ctx, &tx, &stored.facts, member).await?;
    }
    if taken > 0 {
        let details = json!({ "conversions": taken });
        tx.audit(ctx.audit_entry(member, "rewards.take_conversions", "rewards", "conversions", details))
            .await?;
    }
    Ok(tx.commit().await?)
}
