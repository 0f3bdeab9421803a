//! What tiers are counted from.

use std::collections::BTreeMap;

use chrono::{DateTime, Months, Utc};

codes! {
    /// Something that is counted.
    pub enum Metric {
        /// Referrals that became customers.
        WonReferrals => "won_referrals",
        /// Referrals whose need was confirmed, won ones included.
        QualifiedReferrals => "qualified_referrals",
        /// Points.
        Points => "points",
        /// Events attended.
        EventsAttended => "events_attended",
        /// Published stories.
        Stories => "stories",
        /// Finished missions.
        Missions => "missions",
    }
}

impl Metric {
    /// Whether anything counts it yet; rules over the others are refused, for nobody could ever fulfil them.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::WonReferrals | Self::QualifiedReferrals)
    }
}

codes! {
    /// Over which time.
    pub enum Period {
        /// All time.
        Lifetime => "lifetime",
        /// The last twelve months, to the day.
        RollingYear => "rolling_year",
    }
}

/// The counts of one advocate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metrics(BTreeMap<(Metric, Period), u32>);

impl Metrics {
    /// The count; nothing counted is zero.
    pub fn get(&self, metric: Metric, period: Period) -> u32 {
        self.0.get(&(metric, period)).copied().unwrap_or(0)
    }

    /// The counts with one of them set.
    #[must_use]
    pub fn with(mut self, metric: Metric, period: Period, count: u32) -> Self {
        self.0.insert((metric, period), count);
        self
    }
}

/// The beginning of the rolling year that ends now.
pub fn year_before(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(12)).unwrap_or(now)
}
