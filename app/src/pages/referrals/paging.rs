//! Where a list of referrals goes on: after a moment, and after an id where several belong to the same moment.

use chrono::{DateTime, Utc};
use domain::ids::ReferralId;
use serde::Deserialize;
use services::referrals::Line;

/// The query of a list without filters.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Paging {
    /// The cursor of the last line before.
    pub(super) after: Option<String>,
}

/// The cursor behind a line, as an address holds it.
pub(super) fn cursor(at: DateTime<Utc>, id: ReferralId) -> String {
    format!("{}.{id}", at.timestamp_micros())
}

/// The cursor behind a line of a list in the order of submission.
pub(super) fn submitted(line: &Line) -> String {
    cursor(line.progress.submitted_at, line.id)
}

/// What a cursor says; one that nobody has made leads to the beginning.
pub(super) fn place(cursor: Option<&str>) -> Option<(DateTime<Utc>, ReferralId)> {
    let (at, id) = cursor?.split_once('.')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_says_what_it_was_made_of() {
        let at = DateTime::from_timestamp_micros(1_795_000_000_000_123).unwrap();
        let id: ReferralId = "0190a0b0-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(place(Some(&cursor(at, id))), Some((at, id)));
        for other in [None, Some(""), Some("7"), Some("x.y"), Some("7.y")] {
            assert_eq!(place(other), None, "{other:?}");
        }
    }
}
