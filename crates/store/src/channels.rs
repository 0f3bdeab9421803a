//! What each channel has brought: clicks of people, referrals, customers.

use domain::{ids::MemberId, touches::Channel};

use crate::{Result, Store, StoreError, written::rows};

/// What one channel has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelResult {
    /// Which one.
    pub channel: Channel,
    /// Clicks of people.
    pub clicks: i64,
    /// Referrals.
    pub referrals: i64,
    /// Those that became customers.
    pub won: i64,
}

/// Clicks and referrals are counted apart: a referral that was submitted by form has no click. Both as they happen, since
/// there are many.
const ALL: &str = "\
    SELECT channel, CAST(SUM(clicks) AS BIGINT), CAST(SUM(referrals) AS BIGINT), CAST(SUM(won) AS BIGINT) FROM (\
    SELECT channel, clicks, 0 AS referrals, 0 AS won FROM channel_tallies \
    UNION ALL SELECT channel, 0, referrals, won FROM referral_tallies) AS parts GROUP BY channel";

/// The same of one advocate.
const ONE: &str = "\
    SELECT channel, CAST(SUM(clicks) AS BIGINT), CAST(SUM(referrals) AS BIGINT), CAST(SUM(won) AS BIGINT) FROM (\
    SELECT channel, clicks, 0 AS referrals, 0 AS won FROM channel_tallies WHERE member_id = $1 \
    UNION ALL SELECT channel, 0, referrals, won FROM referral_tallies WHERE advocate_id = $1) AS parts \
    GROUP BY channel";

impl Store {
    /// What each channel has brought, of one advocate or of all, in the order of the channels; those that have brought
    /// nothing are left out.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable channel.
    pub async fn channel_results(&self, of: Option<MemberId>) -> Result<Vec<ChannelResult>> {
        let found = match of {
            Some(advocate) => rows(self.reader(), ONE, [advocate.into_inner().into()]).await?,
            None => rows(self.reader(), ALL, []).await?,
        };
        let mut results = Vec::with_capacity(found.len());
        for row in found {
            let (channel, clicks, referrals, won): (String, i64, i64, i64) = row.try_get_many_by_index()?;
            let channel = Channel::parse(&channel).ok_or(StoreError::Corrupt("channel_tallies.channel"))?;
            results.push(ChannelResult { channel, clicks, referrals, won });
        }
        results.sort_by_key(|result| Channel::ALL.iter().position(|channel| *channel == result.channel));
        Ok(results)
    }
}
