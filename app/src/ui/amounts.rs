//! Amounts in words: money, seats, introductions.

use domain::incentives::{Amount, Part, PartValue, Unit};
use words::{Formats, Words, keys};

/// `500 €`, `3 Monate`, `1 Vorstellung`.
pub fn amount(amount: Amount, words: Words, formats: Formats) -> String {
    let count = [("n", amount.value().into())];
    match amount.unit() {
        Unit::Money(currency) => formats.money(amount.value(), currency.as_str()),
        Unit::Points => words.with(keys::AMOUNT_POINTS, count),
        Unit::Months => words.with(keys::AMOUNT_MONTHS, count),
        Unit::Seats => words.with(keys::AMOUNT_SEATS, count),
        Unit::Introductions => words.with(keys::AMOUNT_INTRODUCTIONS, count),
    }
}

/// `100 € nach erstem Gespräch`, `bis 400 €, wenn Kunde geworden`.
pub fn part(part: &Part, words: Words, formats: Formats) -> String {
    let (value, bounded) = match &part.value {
        PartValue::Fixed(fixed) => (amount(*fixed, words, formats), false),
        PartValue::Percent { at_most, .. } => (amount(*at_most, words, formats), true),
        PartValue::Bands(bands) => {
            let most = bands.iter().map(|band| band.amount).max_by_key(|most| most.value());
            (most.map(|most| amount(most, words, formats)).unwrap_or_default(), true)
        }
    };
    let step = words.code("part-at", part.step.as_str());
    let key = if bounded { keys::PART_UP_TO } else { keys::PART_FIXED };
    words.with(key, [("amount", value.into()), ("step", step.into())])
}
