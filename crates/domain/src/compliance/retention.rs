//! How long what is kept that nobody needs for ever.

use chrono::{DateTime, Months, TimeDelta, Utc};

codes! {
    /// What has a time after which it is deleted, whoever it belonged to. Contacts have dates of their own.
    pub enum Kept {
        /// Sessions of people who have not come back.
        Sessions => "sessions",
        /// What was typed into forms that were refused or interrupted.
        Forms => "forms",
        /// Files that were read in.
        Uploads => "uploads",
        /// Wishes to join whose address nobody has confirmed.
        JoinRequests => "join_requests",
        /// Links that members gave to colleagues.
        ColleagueLinks => "colleague_links",
        /// Marks of forms that have moved a referral.
        MoveForms => "move_forms",
        /// Counts of tries, by hash.
        Throttles => "throttles",
        /// Sign-ins by mail, used or not.
        SignIns => "sign_ins",
        /// Clicks and typed codes, one by one. How many there were is counted elsewhere and stays.
        Clicks => "clicks",
        /// Reasons for suspicion that weighed too little for a case.
        FraudNotes => "fraud_notes",
        /// Mails that have left, and those that were given up, with their words.
        Mails => "mails",
        /// Mails to people who wanted to join and have become nothing here.
        StrangersMails => "strangers_mails",
    }
}

impl Kept {
    /// What is as old as this at the latest has had its time. Where a row carries its own end, that end is compared,
    /// elsewhere the moment it is about.
    pub fn until(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Sessions
            | Self::Forms
            | Self::Uploads
            | Self::JoinRequests
            | Self::ColleagueLinks
            | Self::Throttles => now,
            // Long enough to answer somebody who asks why they could not get in.
            Self::SignIns => now - TimeDelta::days(3),
            // Nobody presses a button twice with a month in between.
            Self::MoveForms => now - TimeDelta::days(30),
            Self::Clicks | Self::FraudNotes => now.checked_sub_months(Months::new(13)).unwrap_or(now),
            Self::Mails => now - TimeDelta::days(90),
            // One that has not left by then never will: it is tried for a day and a half.
            Self::StrangersMails => now - TimeDelta::days(7),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn clicks_live_for_thirteen_months_to_the_day() {
        let now = Utc.with_ymd_and_hms(2026, 3, 31, 12, 0, 0).unwrap();
        assert_eq!(Kept::Clicks.until(now), Utc.with_ymd_and_hms(2025, 2, 28, 12, 0, 0).unwrap());
        assert!(Kept::ALL.iter().all(|kept| kept.until(now) <= now));
    }
}
