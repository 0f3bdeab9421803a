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

/// What a unit is called: `EUR`, `Monate`.
pub fn unit_name(unit: Unit, words: Words) -> String {
    let key = match unit {
        Unit::Money(currency) => return currency.as_str().to_owned(),
        Unit::Points => keys::UNIT_POINTS,
        Unit::Months => keys::UNIT_MONTHS,
        Unit::Seats => keys::UNIT_SEATS,
        Unit::Introductions => keys::UNIT_INTRODUCTIONS,
    };
    words.say(key).into_owned()
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
