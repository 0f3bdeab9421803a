//! What each reason weighs, and from when on something is a reason: settings of the installation.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::FraudReason;

/// The numbers of the checks. A weight of 0 switches its check off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FraudRules {
    /// The sum of weights from which on a case is opened.
    pub threshold: u16,
    /// See [`FraudReason::SamePerson`].
    pub same_person: u16,
    /// See [`FraudReason::Colleague`].
    pub colleague: u16,
    /// See [`FraudReason::SameCompany`].
    pub same_company: u16,
    /// See [`FraudReason::KnownMailbox`].
    pub known_mailbox: u16,
    /// See [`FraudReason::Disposable`].
    pub disposable: u16,
    /// See [`FraudReason::Velocity`].
    pub velocity: u16,
    /// See [`FraudReason::SharedAddress`].
    pub shared_address: u16,
    /// See [`FraudReason::QuickWin`].
    pub quick_win: u16,
    /// So many referrals of one advocate are many, …
    pub velocity_referrals: u16,
    /// … if they come within so many hours.
    pub velocity_hours: u16,
    /// So many contacts from one network address are many.
    pub address_contacts: u16,
    /// A deal that is won within so many minutes after the referral was accepted was not sold by anybody.
    pub quick_minutes: u16,
}

impl Default for FraudRules {
    fn default() -> Self {
        Self {
            threshold: 50,
            same_person: 100,
            colleague: 60,
            same_company: 60,
            known_mailbox: 40,
            disposable: 50,
            velocity: 30,
            shared_address: 40,
            quick_win: 40,
            velocity_referrals: 10,
            velocity_hours: 24,
            address_contacts: 5,
            quick_minutes: 60,
        }
    }
}

/// The heaviest weight, and the highest threshold.
const HEAVIEST: u16 = 1000;

impl FraudRules {
    /// What a reason weighs; `None` where its check is switched off.
    pub fn weight(&self, reason: FraudReason) -> Option<u16> {
        let weight = match reason {
            FraudReason::SamePerson => self.same_person,
            FraudReason::Colleague => self.colleague,
            FraudReason::SameCompany => self.same_company,
            FraudReason::KnownMailbox => self.known_mailbox,
            FraudReason::Disposable => self.disposable,
            FraudReason::Velocity => self.velocity,
            FraudReason::SharedAddress => self.shared_address,
            FraudReason::QuickWin => self.quick_win,
        };
        (weight > 0).then_some(weight)
    }

    /// The time in which many referrals are too many.
    pub fn velocity_window(&self) -> TimeDelta {
        TimeDelta::hours(self.velocity_hours.into())
    }

    /// The first number that makes no sense: its field.
    pub fn senseless(&self) -> Option<&'static str> {
        let checks = [
            // A threshold of nothing would open a case for everybody.
            ((1..=HEAVIEST).contains(&self.threshold), "threshold"),
            (self.same_person <= HEAVIEST, "same_person"),
            (self.colleague <= HEAVIEST, "colleague"),
            (self.same_company <= HEAVIEST, "same_company"),
            (self.known_mailbox <= HEAVIEST, "known_mailbox"),
            (self.disposable <= HEAVIEST, "disposable"),
            (self.velocity <= HEAVIEST, "velocity"),
            (self.shared_address <= HEAVIEST, "shared_address"),
            (self.quick_win <= HEAVIEST, "quick_win"),
            // One referral, or one contact, is never many. A day has room for fifty submissions.
            ((2..=200).contains(&self.velocity_referrals), "velocity_referrals"),
            ((1..=720).contains(&self.velocity_hours), "velocity_hours"),
            ((2..=200).contains(&self.address_contacts), "address_contacts"),
            ((1..=10_080).contains(&self.quick_minutes), "quick_minutes"),
        ];
        checks.into_iter().find(|(sensible, _)| !sensible).map(|(_, field)| field)
    }
}
