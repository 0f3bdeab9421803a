//! Attribution: the first or the last touch within the window wins, the other advocates have an assist.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Channel, Visitor};
use crate::ids::{MemberId, TouchId};

codes! {
    /// Which touch wins.
    pub enum TouchRule {
        /// The earliest within the window.
        First => "first",
        /// The latest.
        Last => "last",
    }
}

/// How touches are attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributionSettings {
    /// Which touch wins.
    pub rule: TouchRule,
    /// How long a touch counts, to the second.
    pub window: TimeDelta,
}

impl Default for AttributionSettings {
    fn default() -> Self {
        Self { rule: TouchRule::First, window: TimeDelta::days(90) }
    }
}

/// A click or a typed code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Which touch.
    pub id: TouchId,
    /// Whose link or code it was.
    pub advocate: MemberId,
    /// Where it was met.
    pub channel: Channel,
    /// Who came.
    pub visitor: Visitor,
    /// When.
    pub at: DateTime<Utc>,
}

/// Whom a referral belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The touch that won.
    pub winner: Touch,
    /// Touches of other advocates within the window, in the order of time.
    pub assists: Vec<Touch>,
}

/// Attributes a submission at `now`; `None` if no touch of a person lies within the window.
/// Two touches in one second are ordered by their ids, so that the answer does not depend on the order of rows.
pub fn choose(touches: &[Touch], now: DateTime<Utc>, settings: &AttributionSettings) -> Option<Attribution> {
    let second = |time: DateTime<Utc>| time.timestamp();
    let counts = |touch: &&Touch| {
        let age = second(now) - second(touch.at);
        touch.visitor == Visitor::Person && (0..=settings.window.num_seconds()).contains(&age)
    };
    let mut valid: Vec<Touch> = touches.iter().filter(counts).copied().collect();
    valid.sort_by_key(|touch| (second(touch.at), touch.id));
    let winner = *match settings.rule {
        TouchRule::First => valid.first(),
        TouchRule::Last => valid.last(),
    }?;
    valid.retain(|touch| touch.advocate != winner.advocate);
    Some(Attribution { winner, assists: valid })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::referrals::testing::noon;

    fn touch(id: u128, advocate: u128, seconds_ago: i64) -> Touch {
        Touch {
            id: Uuid::from_u128(id).into(),
            advocate: Uuid::from_u128(advocate).into(),
            channel: Channel::Link,
            visitor: Visitor::Person,
            at: noon() - TimeDelta::seconds(seconds_ago),
        }
    }

    const WINDOW: i64 = 90 * 24 * 3600;

    #[test]
    fn the_window_ends_to_the_second() {
        let settings = AttributionSettings::default();
        assert!(choose(&[touch(1, 1, WINDOW)], noon(), &settings).is_some());
        assert_eq!(choose(&[touch(1, 1, WINDOW + 1)], noon(), &settings), None);
        assert_eq!(choose(&[touch(1, 1, -1)], noon(), &settings), None, "not from the future");
    }

    #[test]
    fn the_rule_decides_and_others_assist() {
        let touches = [touch(2, 8, 50), touch(1, 7, 100), touch(3, 7, 10)];
        let by = |rule| {
            let settings = AttributionSettings { rule, ..AttributionSettings::default() };
            let found = choose(&touches, noon(), &settings).unwrap();
            (found.winner.id, found.assists.iter().map(|touch| touch.id).collect::<Vec<_>>())
        };
        assert_eq!(by(TouchRule::First), (touches[1].id, vec![touches[0].id]));
        assert_eq!(by(TouchRule::Last), (touches[2].id, vec![touches[0].id]));
        let robot = Touch { visitor: Visitor::Robot, ..touch(1, 7, 1) };
        assert_eq!(choose(&[robot], noon(), &AttributionSettings::default()), None);
    }

    proptest! {
        #[test]
        fn the_order_of_rows_does_not_matter(
            mut rows in prop::collection::vec((0..4u128, 0..3i64), 1..8),
            last: bool,
        ) {
            let rule = if last { TouchRule::Last } else { TouchRule::First };
            let settings = AttributionSettings { rule, ..AttributionSettings::default() };
            let with_ids: Vec<_> = (0..).zip(rows.drain(..)).map(|(id, (who, ago))| touch(id, who, ago)).collect();
            let mut turned = with_ids.clone();
            turned.reverse();
            prop_assert_eq!(choose(&with_ids, noon(), &settings), choose(&turned, noon(), &settings));
        }
    }
}
