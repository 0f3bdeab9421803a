//! First and last moments as people write them: by the clock on the wall, in a time zone.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc, offset::LocalResult};
use chrono_tz::Tz;

/// Why a moment is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// There is no such time zone.
    #[error("campaign_zone")]
    Zone,
    /// The clocks leap over it.
    #[error("campaign_no_such_time")]
    Skipped,
}

/// The first moment of a wall clock's minute in this zone, or, for an end, the first moment after it. An hour that comes
/// twice is all within: a beginning is its first, an end its second.
///
/// # Errors
/// [`MomentError`] where the zone is unknown, or the clocks leap over that minute.
pub fn in_zone(zone: &str, wall: NaiveDateTime, end: bool) -> Result<DateTime<Utc>, MomentError> {
    let zone: Tz = zone.parse().map_err(|_| MomentError::Zone)?;
    let at = match zone.from_local_datetime(&wall) {
        LocalResult::None => return Err(MomentError::Skipped),
        LocalResult::Single(at) => at,
        LocalResult::Ambiguous(first, second) => {
            if end {
                second
            } else {
                first
            }
        }
    };
    let at = at.with_timezone(&Utc);
    Ok(if end { at + TimeDelta::minutes(1) } else { at })
}

/// The wall clock's minute of a moment: of a beginning, or of the last one before an end.
pub fn local(zone: &str, at: DateTime<Utc>, end: bool) -> NaiveDateTime {
    let at = if end { at - TimeDelta::minutes(1) } else { at };
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    at.with_timezone(&zone).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_on_the_wall_decides_also_when_it_leaps() {
        let at = |text, end| in_zone("Europe/Berlin", wall(text), end).map(|at| at.to_rfc3339());
        assert_eq!(at("2026-12-01T00:00:00", false).unwrap(), "2026-11-30T23:00:00+00:00");
        assert_eq!(at("2026-12-31T23:59:00", true).unwrap(), "2026-12-31T23:00:00+00:00", "the whole minute");
        assert_eq!(at("2027-03-28T02:30:00", false), Err(MomentError::Skipped));
        // 2:30 comes twice: summer time first.
        assert_eq!(at("2026-10-25T02:30:00", false).unwrap(), "2026-10-25T00:30:00+00:00");
        assert_eq!(at("2026-10-25T02:30:00", true).unwrap(), "2026-10-25T01:31:00+00:00");
        assert_eq!(in_zone("Nowhere/Else", wall("2026-10-25T02:30:00"), true), Err(MomentError::Zone));
    }

    #[test]
    fn what_was_written_is_shown_again() {
        for (text, end) in
            [("2026-12-01T00:00:00", false), ("2026-10-25T02:30:00", true), ("2027-03-28T03:00:00", true)]
        {
            let at = in_zone("Europe/Vienna", wall(text), end).unwrap();
            assert_eq!(local("Europe/Vienna", at, end), wall(text));
        }
    }
}
