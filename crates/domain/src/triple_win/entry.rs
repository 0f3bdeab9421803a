//! Entries: made by events, exactly as the table of the core says, and by nothing else.

use super::WinKind;
use crate::{
    incentives::{Amount, IncentiveKind},
    referrals::Party,
};

codes! {
    /// The event that is the evidence.
    pub enum WinCause {
        /// The host took the referral.
        Accepted => "accepted",
        /// The contact's company became a customer.
        Won => "won",
        /// The advocate's reward was delivered.
        RewardFulfilled => "reward_fulfilled",
        /// The contact's benefit was delivered.
        BenefitFulfilled => "benefit_fulfilled",
    }
}

codes! {
    /// How much of an entry a party sees.
    pub enum Sight {
        /// Nothing.
        Hidden => "hidden",
        /// Its kind.
        Kind => "kind",
        /// Its kind, and the maximum that was disclosed.
        KindAndMaximum => "kind_and_maximum",
        /// The amount as a band, late, and only among enough others.
        Band => "band",
        /// Everything.
        Full => "full",
    }
}

/// What each party sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visibility {
    /// The host.
    pub company: Sight,
    /// The advocate.
    pub advocate: Sight,
    /// The new customer; before they are one, on the contact's private page.
    pub customer: Sight,
}

impl Visibility {
    const ALL: Self = Self { company: Sight::Full, advocate: Sight::Full, customer: Sight::Full };

    /// What the table of the core says for an entry of this cause and kind.
    pub const fn for_entry(cause: WinCause, kind: WinKind) -> Self {
        match (cause, kind) {
            (WinCause::Won, WinKind::Money) => {
                Self { company: Sight::Full, advocate: Sight::Band, customer: Sight::Band }
            }
            (WinCause::Accepted | WinCause::Won, _) => Self::ALL,
            (WinCause::RewardFulfilled, _) => Self { customer: Sight::KindAndMaximum, ..Self::ALL },
            (WinCause::BenefitFulfilled, _) => Self { advocate: Sight::Kind, ..Self::ALL },
        }
    }

    /// What this party sees.
    pub const fn of(self, party: Party) -> Sight {
        match party {
            Party::Company => self.company,
            Party::Advocate => self.advocate,
            Party::Customer => self.customer,
        }
    }
}

/// One entry: giver, receiver, what, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WinEntry {
    /// Who gave.
    pub giver: Party,
    /// Who received.
    pub receiver: Party,
    /// What kind of thing.
    pub kind: WinKind,
    /// How much, where it can be counted.
    pub amount: Option<Amount>,
    /// The evidence.
    pub cause: WinCause,
    /// Who sees it.
    pub visibility: Visibility,
}

/// The host took the referral: the advocate introduced somebody.
pub fn on_accepted() -> WinEntry {
    WinEntry {
        giver: Party::Advocate,
        receiver: Party::Company,
        kind: WinKind::Introduction,
        amount: None,
        cause: WinCause::Accepted,
        visibility: Visibility::ALL,
    }
}

/// The deal was made: the advocate's introduction served the new customer too, and the host earns, if it says how much.
pub fn on_won(deal: Option<Amount>) -> Vec<WinEntry> {
    let introduction = WinEntry {
        giver: Party::Advocate,
        receiver: Party::Customer,
        kind: WinKind::Introduction,
        amount: None,
        cause: WinCause::Won,
        visibility: Visibility::ALL,
    };
    let revenue = WinEntry {
        giver: Party::Customer,
        receiver: Party::Company,
        kind: WinKind::Money,
        amount: deal,
        cause: WinCause::Won,
        visibility: Visibility::for_entry(WinCause::Won, WinKind::Money),
    };
    vec![introduction, revenue]
}

/// The advocate's reward was delivered, to their company, to them or to an organisation. Nothing for "no reward".
pub fn on_reward_fulfilled(kind: IncentiveKind, amount: Amount) -> Option<WinEntry> {
    let kind = kind.win_kind()?;
    Some(WinEntry {
        giver: Party::Company,
        receiver: Party::Advocate,
        kind,
        amount: Some(amount),
        cause: WinCause::RewardFulfilled,
        visibility: Visibility::for_entry(WinCause::RewardFulfilled, kind),
    })
}

/// The contact's benefit was delivered to their company; only money, a saving or access can be one.
pub fn on_benefit_fulfilled(kind: WinKind, amount: Option<Amount>) -> Option<WinEntry> {
    kind.may_be_benefit().then_some(WinEntry {
        giver: Party::Company,
        receiver: Party::Customer,
        kind,
        amount,
        cause: WinCause::BenefitFulfilled,
        visibility: Visibility::for_entry(WinCause::BenefitFulfilled, kind),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::testing::euros;

    fn line(entry: &WinEntry) -> String {
        let sights = Party::ALL.iter().map(|party| entry.visibility.of(*party).as_str());
        let sights: Vec<_> = sights.collect();
        format!("{}: {} → {} {} [{}]", entry.cause, entry.giver, entry.receiver, entry.kind, sights.join(" "))
    }

    #[test]
    fn the_table_of_the_core_holds() {
        assert_eq!(line(&on_accepted()), "accepted: advocate → company introduction [full full full]");
        let won: Vec<_> = on_won(Some(euros(1))).iter().map(line).collect();
        assert_eq!(
            won,
            [
                "won: advocate → customer introduction [full full full]",
                "won: customer → company money [full band band]"
            ]
        );
        let reward = on_reward_fulfilled(IncentiveKind::Donation, euros(1)).unwrap();
        assert_eq!(
            line(&reward),
            "reward_fulfilled: company → advocate donation [full full kind_and_maximum]"
        );
        let benefit = on_benefit_fulfilled(WinKind::Saving, None).unwrap();
        assert_eq!(line(&benefit), "benefit_fulfilled: company → customer saving [full kind full]");
        assert_eq!(on_reward_fulfilled(IncentiveKind::None, euros(1)), None);
        assert_eq!(on_benefit_fulfilled(WinKind::Standing, None), None);
    }
}
