//! Suspected misuse: the cases, and one of them with what speaks for it.

pub mod case;
pub mod list;

use domain::fraud::{Met, score};
use services::fraud::{CaseLine, Weighed};
use words::Words;

/// What the reasons of a case weigh together.
fn weight(reasons: &[Weighed]) -> i64 {
    score(reasons.iter().map(|weighed| (weighed.reason, weighed.weight))).into()
}

/// The reasons of a case, in a few words each.
fn in_short(line: &CaseLine, words: Words) -> String {
    let names = line.reasons.iter().map(|weighed| words.code("fraud-name", weighed.reason.as_str()));
    names.collect::<Vec<_>>().join(", ")
}

/// What was found, in a sentence, with what was counted.
fn sentence(met: &Met, words: Words) -> String {
    match met.count {
        Some(count) => words.with_code("fraud-found", met.reason.as_str(), [("n", i64::from(count).into())]),
        None => words.code("fraud-reason", met.reason.as_str()).into_owned(),
    }
}
