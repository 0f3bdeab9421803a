//! The statement of a year, for an advocate's tax or gift register.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    incentives::Unit,
    ledger::{LedgerAccountKind, TransferCause},
    members::Referrer,
    text::Language,
};
use store::{
    StoreError,
    ledger::{StatementLine, StatementOf},
    rewards::Categorised,
};
use words::{Key, Words, keys};

use crate::{Ctx, csv_cell};

/// Every booking of a calendar year (in the host's zone) as CSV with a byte order mark, so that Excel reads the
/// umlauts. Semicolons in German, commas in English.
///
/// # Errors
/// When the memory fails.
pub async fn statement(
    ctx: &Ctx,
    referrer: &Referrer,
    year: i32,
    language: Language,
) -> Result<Vec<u8>, StoreError> {
    let of = StatementOf::Advocate(referrer.member());
    let lines = ctx.store.ledger().statement(of, start(ctx, year), start(ctx, year + 1)).await?;
    Ok(file(ctx, &lines, language, language))
}

/// Bookings as CSV: in the words of one language, with the numbers and delimiters of another.
pub(super) fn file(ctx: &Ctx, lines: &[StatementLine], language: Language, numbers: Language) -> Vec<u8> {
    let words = Words::new(language);
    let head = [
        keys::STATEMENT_DATE,
        keys::STATEMENT_COMPANY,
        keys::STATEMENT_PART,
        keys::STATEMENT_KIND,
        keys::STATEMENT_BOOKING,
        keys::STATEMENT_ORGANISATION,
        keys::STATEMENT_AMOUNT,
        keys::STATEMENT_UNIT,
        keys::STATEMENT_CATEGORY,
    ];
    let mut rows = vec![head.map(|key| words.say(key).into_owned())];
    for line in lines {
        rows.push([
            line.at.with_timezone(&ctx.host.zone).format("%Y-%m-%d").to_string(),
            csv_cell(&line.company),
            words.say(part_key(line.part)).into_owned(),
            line.kind.map_or_else(String::new, |kind| words.code("incentive", kind.as_str()).into_owned()),
            booking_name(words, line),
            csv_cell(line.organisation.as_deref().unwrap_or_default()),
            plain_number(line.amount.value(), line.amount.unit(), numbers),
            unit_name(words, line.amount.unit()),
            line.category.map_or_else(String::new, |known| category_name(words, known)),
        ]);
    }
    crate::csv_file(numbers, rows)
}

/// What a booking is, in words.
pub fn booking_name(words: Words, line: &StatementLine) -> String {
    words.say(booking_key(line.cause, line.from, line.to)).into_owned()
}

fn start(ctx: &Ctx, year: i32) -> DateTime<Utc> {
    ctx.midnight(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default())
}

/// A number that spreadsheets calculate with, in whole units.
pub(super) fn plain_number(value: i64, unit: Unit, language: Language) -> String {
    let point = match language {
        Language::German => ',',
        Language::English => '.',
    };
    match unit {
        Unit::Money(_) => {
            let sign = if value < 0 { "-" } else { "" };
            format!("{sign}{}{point}{:02}", value.unsigned_abs() / 100, value.unsigned_abs() % 100)
        }
        _ => value.to_string(),
    }
}

pub(super) fn unit_name(words: Words, unit: Unit) -> String {
    let key = match unit {
        Unit::Money(currency) => return currency.as_str().to_owned(),
        Unit::Points => keys::UNIT_POINTS,
        Unit::Months => keys::UNIT_MONTHS,
        Unit::Seats => keys::UNIT_SEATS,
        Unit::Introductions => keys::UNIT_INTRODUCTIONS,
    };
    words.say(key).into_owned()
}

/// What a reward is for tax and accounting, in words.
pub fn category_name(words: Words, known: Categorised) -> String {
    let name = words.code("tax-category", known.category.as_str()).into_owned();
    if known.confirmed { name } else { words.with(keys::CATEGORY_PROPOSED, [("category", name.into())]) }
}

pub(super) fn part_key(part: domain::incentives::PayingStep) -> Key {
    use domain::incentives::PayingStep::{Accepted, Meeting, Qualified, Won};
    match part {
        Accepted => keys::REWARD_PART_ACCEPTED,
        Meeting => keys::REWARD_PART_MEETING,
        Qualified => keys::REWARD_PART_QUALIFIED,
        Won => keys::REWARD_PART_WON,
    }
}

fn booking_key(cause: TransferCause, from: LedgerAccountKind, to: LedgerAccountKind) -> Key {
    use LedgerAccountKind::{Budget, Owed, Receivable, Reserved, Settled};
    match (from, to) {
        (Receivable, _) if cause == TransferCause::ShortfallSetOff => keys::STATEMENT_SET_OFF,
        (Receivable, _) if cause == TransferCause::ShortfallWaived => keys::STATEMENT_WAIVED,
        (Receivable, _) => keys::STATEMENT_GIVEN_BACK,
        (_, Receivable) => keys::STATEMENT_RECEIVABLE,
        (Budget, Reserved) => keys::STATEMENT_RESERVED,
        (Reserved, Owed) => keys::STATEMENT_OWED,
        (Owed, Settled) => keys::STATEMENT_SETTLED,
        _ => keys::STATEMENT_RETURNED,
    }
}
