//! What the host owes at any day, and what a fiscal year has moved for whom. Counted from the ledger's transfers, so a day in the
//! past says what was true then; what a reward is for tax and accounting is what finance says today.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{ledger::FiscalYear, members::Actor, text::Language};
use store::{
    StoreError,
    ledger::{Standing, StatementLine, StatementOf, YearLine, YearReceiver},
    rewards::Categorised,
};
use words::{Words, keys};

use super::{
    settings::{RewardSettings, SETTINGS, read},
    statement::{category_name, file, part_key, plain_number, unit_name},
};
use crate::{Ctx, csv_cell, csv_file};

/// The day after, at midnight: what was booked on the day itself counts.
fn after(ctx: &Ctx, day: NaiveDate) -> DateTime<Utc> {
    ctx.midnight(day.succ_opt().unwrap_or(day))
}

fn today(ctx: &Ctx) -> NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

/// The fiscal year that today belongs to.
async fn current(ctx: &Ctx) -> Result<FiscalYear, StoreError> {
    let settings: RewardSettings = read(ctx.store.setting(SETTINGS).await?)?;
    let month = settings.fiscal_month.into();
    FiscalYear::containing(today(ctx), month).ok_or(StoreError::Corrupt("settings.value"))
}

/// What is open at the end of a day.
#[derive(Clone, Debug)]
pub struct Obligations {
    /// The day.
    pub on: NaiveDate,
    /// What stands on the accounts.
    pub standing: Vec<Standing>,
    /// The last days of the latest fiscal years, the latest first.
    pub year_ends: Vec<NaiveDate>,
}

/// What is open at the end of this day, or of today; `None` for somebody who may not decide about rewards.
///
/// # Errors
/// When the memory fails.
pub async fn obligations(
    ctx: &Ctx,
    actor: &Actor,
    on: Option<NaiveDate>,
) -> Result<Option<Obligations>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    let on = on.unwrap_or_else(|| today(ctx));
    let standing = ctx.store.ledger().standing(after(ctx, on)).await?;
    let before = std::iter::successors(current(ctx).await?.previous(), |year| year.previous());
    Ok(Some(Obligations { on, standing, year_ends: before.take(3).map(FiscalYear::last_day).collect() }))
}

/// All of it as a file for accounting: a byte order mark, semicolons and decimal commas whichever language is read.
pub fn obligations_file(found: &Obligations, language: Language) -> Vec<u8> {
    let words = Words::new(language);
    let head = [
        keys::OBLIGATIONS_DAY,
        keys::OBLIGATIONS_STATE,
        keys::STATEMENT_CATEGORY,
        keys::STATEMENT_PART,
        keys::STATEMENT_AMOUNT,
        keys::STATEMENT_UNIT,
    ];
    let rows = found.standing.iter().map(|line| {
        [
            found.on.to_string(),
            words.code("obligation", line.account.as_str()).into_owned(),
            category(words, line.category),
            words.say(part_key(line.part)).into_owned(),
            plain_number(line.value, line.unit, Language::German),
            unit_name(words, line.unit),
        ]
    });
    let head = head.map(|key| words.say(key).into_owned());
    csv_file(Language::German, std::iter::once(head).chain(rows).collect())
}

fn category(words: Words, known: Option<Categorised>) -> String {
    known.map_or_else(String::new, |known| category_name(words, known))
}

/// What a fiscal year has moved.
#[derive(Clone, Debug)]
pub struct YearEnd {
    /// Which year.
    pub year: FiscalYear,
    /// The years that may be looked at, the latest first.
    pub years: Vec<FiscalYear>,
    /// Receiver by receiver, in the order of their names.
    pub lines: Vec<YearLine>,
}

/// The fiscal year that begins in this calendar year, or the one that today belongs to, where there is none.
async fn fiscal(ctx: &Ctx, year: Option<i32>) -> Result<(FiscalYear, FiscalYear), StoreError> {
    let current = current(ctx).await?;
    let month = chrono::Datelike::month(&current.first_day());
    let asked =
        year.filter(|year| *year <= current.year()).and_then(|year| FiscalYear::beginning(year, month));
    Ok((asked.unwrap_or(current), current))
}

async fn moved(ctx: &Ctx, year: FiscalYear, of: Option<YearReceiver>) -> Result<Vec<YearLine>, StoreError> {
    let (from, until) = (ctx.midnight(year.first_day()), after(ctx, year.last_day()));
    ctx.store.ledger().moved_in(from, until, of).await
}

/// What a fiscal year has moved, for each receiver; `None` for somebody who may not decide about rewards.
///
/// # Errors
/// When the memory fails.
pub async fn year_end(ctx: &Ctx, actor: &Actor, year: Option<i32>) -> Result<Option<YearEnd>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    let (year, current) = fiscal(ctx, year).await?;
    let lines = moved(ctx, year, None).await?;
    let years = std::iter::successors(Some(current), |year| year.previous()).take(5).collect();
    Ok(Some(YearEnd { year, years, lines }))
}

/// All of it as a file for accounting.
pub fn year_end_file(found: &YearEnd, language: Language) -> Vec<u8> {
    let words = Words::new(language);
    let head = [
        keys::YEAR_END_YEAR,
        keys::YEAR_END_RECEIVER,
        keys::YEAR_END_KIND,
        keys::STATEMENT_CATEGORY,
        keys::STATEMENT_UNIT,
        keys::YEAR_END_BEFORE,
        keys::YEAR_END_DELIVERED,
        keys::YEAR_END_TAKEN_BACK,
        keys::YEAR_END_AFTER,
        keys::YEAR_END_TO_RETURN,
    ];
    let rows = found.lines.iter().map(|line| {
        let number = |value| plain_number(value, line.unit, Language::German);
        let kind = match line.receiver {
            YearReceiver::Company(_) => keys::YEAR_END_COMPANY,
            YearReceiver::Person(_) => keys::YEAR_END_PERSON,
        };
        [
            found.year.to_string(),
            csv_cell(&line.name),
            words.say(kind).into_owned(),
            category(words, line.category),
            unit_name(words, line.unit),
            number(line.open_before),
            number(line.delivered),
            number(line.taken_back),
            number(line.open_after),
            number(line.to_return),
        ]
    });
    let head = head.map(|key| words.say(key).into_owned());
    csv_file(Language::German, std::iter::once(head).chain(rows).collect())
}

/// A receiver's bookings of a fiscal year.
#[derive(Clone, Debug)]
pub struct ReceiverYear {
    /// Which year.
    pub year: FiscalYear,
    /// The receiver's name.
    pub name: String,
    /// Every booking, oldest first.
    pub lines: Vec<StatementLine>,
    /// What it comes to, by category and unit.
    pub totals: Vec<YearLine>,
}

/// A receiver's statement of a fiscal year; `None` for somebody who may not decide about rewards, and where nothing was ever theirs.
///
/// # Errors
/// When the memory fails.
pub async fn receiver_year(
    ctx: &Ctx,
    actor: &Actor,
    receiver: YearReceiver,
    year: Option<i32>,
) -> Result<Option<ReceiverYear>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    let (year, _) = fiscal(ctx, year).await?;
    let totals = moved(ctx, year, Some(receiver)).await?;
    let Some(name) = totals.first().map(|line| line.name.clone()) else { return Ok(None) };
    let of = match receiver {
        YearReceiver::Company(account) => StatementOf::Company(account),
        YearReceiver::Person(member) => StatementOf::Person(member),
    };
    let (from, until) = (ctx.midnight(year.first_day()), after(ctx, year.last_day()));
    let lines = ctx.store.ledger().statement(of, from, until).await?;
    Ok(Some(ReceiverYear { year, name, lines, totals }))
}

/// The bookings as a file for accounting.
pub fn receiver_year_file(ctx: &Ctx, found: &ReceiverYear, language: Language) -> Vec<u8> {
    file(ctx, &found.lines, language, Language::German)
}
