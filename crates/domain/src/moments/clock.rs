//! Two clocks per referral. Hours are plain hours for now; a business calendar would change [`clock`] alone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    consent::ConsentState,
    referrals::{Facts, Progress, Step},
};

codes! {
    /// What a clock waits for.
    pub enum ClockKind {
        /// Thanks to the advocate, from the submission on.
        Thanks => "thanks",
        /// First contact to the contact, from consent on.
        FirstContact => "first_contact",
    }
}

/// The limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSettings {
    /// From the submission to the thanks.
    pub thanks: TimeDelta,
    /// So long before the thanks are late, the programme team gives them where nobody else has.
    pub fallback_ahead: TimeDelta,
    /// From consent to the first contact.
    pub first_contact: TimeDelta,
    /// Without a move for so long, the advocate gets a notice.
    pub silence: TimeDelta,
    /// From which share of the limit on time is short, in percent.
    pub soon_percent: i32,
}

impl Default for ClockSettings {
    fn default() -> Self {
        Self {
            thanks: TimeDelta::hours(4),
            fallback_ahead: TimeDelta::minutes(15),
            first_contact: TimeDelta::hours(24),
            silence: TimeDelta::days(30),
            soon_percent: 75,
        }
    }
}

/// What a clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Rests while the contact has not answered.
    Paused,
    /// Time enough.
    Calm {
        /// Until the limit.
        remaining: TimeDelta,
    },
    /// Time is short.
    Soon {
        /// Until the limit.
        remaining: TimeDelta,
    },
    /// The promise is broken.
    Broken {
        /// Since the limit.
        overdue: TimeDelta,
    },
    /// It has been done.
    Done {
        /// Whether in time.
        kept: bool,
    },
}

/// What a clock of a referral shows, or `None` if it never started or the referral ended before it was done.
/// `done_at` is when the thanks were sent, or the timeline's first move to `contacted` or beyond.
pub fn clock(
    kind: ClockKind,
    progress: &Progress,
    done_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    settings: &ClockSettings,
) -> Option<ClockState> {
    let (start, limit) = match kind {
        ClockKind::Thanks => (progress.submitted_at, settings.thanks),
        ClockKind::FirstContact => (progress.consent_since, settings.first_contact),
    };
    if let Some(done_at) = done_at {
        return Some(ClockState::Done { kept: done_at - start <= limit });
    }
    let step = progress.position.open()?;
    if kind == ClockKind::FirstContact {
        if progress.consent == ConsentState::Awaiting {
            return Some(ClockState::Paused);
        }
        // Spoken to, but nobody says when: there is no promise to judge.
        if step >= Step::Contacted {
            return None;
        }
    }
    let passed = now - start;
    let remaining = limit - passed;
    Some(if remaining < TimeDelta::zero() {
        ClockState::Broken { overdue: -remaining }
    } else if passed >= limit * settings.soon_percent / 100 {
        ClockState::Soon { remaining }
    } else {
        ClockState::Calm { remaining }
    })
}

/// When the programme team thanks the advocate of a referral submitted at this time, unless somebody has.
pub fn fallback_thanks_at(submitted_at: DateTime<Utc>, settings: &ClockSettings) -> DateTime<Utc> {
    submitted_at + settings.thanks - settings.fallback_ahead
}

/// When the advocate is told that nothing has happened; `None` once the referral has come to an end.
pub fn silence_notice_at(facts: &Facts, settings: &ClockSettings) -> Option<DateTime<Utc>> {
    facts.position.open()?;
    Some(facts.stage_since.max(facts.consent_since) + settings.silence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referrals::{End, Position, testing::*};

    fn show(kind: ClockKind, facts: &Facts, minutes: i64) -> Option<ClockState> {
        clock(kind, &facts.progress(), None, noon() + TimeDelta::minutes(minutes), &ClockSettings::default())
    }

    #[test]
    fn thanks_are_due_in_four_hours() {
        let at = |minutes| show(ClockKind::Thanks, &facts(), minutes).unwrap();
        assert_eq!(at(179), ClockState::Calm { remaining: TimeDelta::minutes(61) });
        assert_eq!(at(180), ClockState::Soon { remaining: TimeDelta::hours(1) });
        assert_eq!(at(240), ClockState::Soon { remaining: TimeDelta::zero() });
        assert_eq!(at(241), ClockState::Broken { overdue: TimeDelta::minutes(1) });
    }

    #[test]
    fn the_team_thanks_before_the_clock_runs_out() {
        let clocks = ClockSettings::default();
        let at = fallback_thanks_at(noon(), &clocks);
        assert_eq!(at, noon() + TimeDelta::minutes(225));
        let shown = clock(ClockKind::Thanks, &facts().progress(), Some(at), at, &clocks);
        assert_eq!(shown, Some(ClockState::Done { kept: true }));
    }

    #[test]
    fn the_first_contact_waits_for_consent() {
        assert_eq!(show(ClockKind::FirstContact, &facts(), 9_999), Some(ClockState::Paused));
        let agreed = Facts { consent: ConsentState::Given, ..facts() };
        let calm = ClockState::Calm { remaining: TimeDelta::hours(23) };
        assert_eq!(show(ClockKind::FirstContact, &agreed, 60), Some(calm));
    }

    #[test]
    fn a_done_clock_remembers_the_promise() {
        let done = |hours| {
            let at = noon() + TimeDelta::hours(hours);
            clock(ClockKind::Thanks, &facts().progress(), Some(at), at, &ClockSettings::default())
        };
        assert_eq!(done(4), Some(ClockState::Done { kept: true }));
        assert_eq!(done(5), Some(ClockState::Done { kept: false }));
    }

    #[test]
    fn an_end_stops_the_clocks() {
        let position = Position::Ended { end: End::Declined, reached: Step::Submitted };
        let ended = Facts { position, ..facts() };
        assert_eq!(show(ClockKind::Thanks, &ended, 0), None);
        assert_eq!(silence_notice_at(&ended, &ClockSettings::default()), None);
        assert_eq!(
            silence_notice_at(&facts(), &ClockSettings::default()),
            Some(noon() + TimeDelta::days(30))
        );
    }
}
