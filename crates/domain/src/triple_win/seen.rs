//! What one party gets to see of an entry: decided here, so that a page is never handed more than it may show.

use chrono::TimeDelta;

use super::{Band, BandRules, Sight, WinEntry, band};
use crate::{incentives::Amount, referrals::Party};

/// What a party sees of an entry's amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The kind, and nothing about the amount.
    Kind,
    /// The kind, and the most that was disclosed to the contact; `None` where nothing was.
    UpTo(Option<Amount>),
    /// A range that holds the amount.
    Band(Band),
    /// A range will be shown once there are enough amounts and time has passed.
    NotYet,
    /// The amount itself; `None` where nothing is counted.
    Full(Option<Amount>),
}

impl WinEntry {
    /// What `viewer` sees; `None` if not even that the entry exists. `among` amounts of its kind are old enough,
    /// itself included; `maximum` is what the contact was told about rewards in this unit.
    pub fn seen_by(
        &self,
        viewer: Party,
        among: u32,
        age: TimeDelta,
        maximum: Option<Amount>,
        rules: &BandRules,
    ) -> Option<Seen> {
        match self.visibility.of(viewer) {
            Sight::Hidden => None,
            Sight::Kind => Some(Seen::Kind),
            Sight::KindAndMaximum => Some(Seen::UpTo(maximum)),
            Sight::Band => {
                let shown = self.amount.and_then(|amount| band(amount, among, age, rules));
                Some(shown.map_or(Seen::NotYet, Seen::Band))
            }
            Sight::Full => Some(Seen::Full(self.amount)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        incentives::{IncentiveKind, testing::euros},
        triple_win::{on_reward_fulfilled, on_won},
    };

    #[test]
    fn only_the_host_sees_the_deal() {
        let deal = on_won(Some(euros(4_200)))[1];
        let month = TimeDelta::days(30);
        let seen = |viewer, among, age| deal.seen_by(viewer, among, age, None, &BandRules::default());
        assert_eq!(seen(Party::Company, 1, TimeDelta::zero()), Some(Seen::Full(Some(euros(4_200)))));
        for other in [Party::Advocate, Party::Customer] {
            assert_eq!(seen(other, 4, month), Some(Seen::NotYet));
            assert_eq!(seen(other, 5, month - TimeDelta::seconds(1)), Some(Seen::NotYet));
            assert!(matches!(seen(other, 5, month), Some(Seen::Band(shown)) if shown.from == 2_000));
        }
    }

    #[test]
    fn the_new_customer_sees_what_was_disclosed() {
        let reward = on_reward_fulfilled(IncentiveKind::Credit, euros(70)).unwrap();
        let told = Some(euros(500));
        let seen = reward.seen_by(Party::Customer, 9, TimeDelta::days(99), told, &BandRules::default());
        assert_eq!(seen, Some(Seen::UpTo(told)));
    }
}
