//! What the contact is told about benefits before anything is submitted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    incentives::{Amount, Incentive, IncentiveKind, Scheme, Unit},
    text::Bilingual,
    triple_win::WinKind,
};

/// The most the advocate may get, by unit. A unit that is missing is not promised at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Amount>", from = "Vec<Amount>")]
pub struct Maximum(BTreeMap<Unit, i64>);

impl Maximum {
    /// The amounts, one per unit.
    pub fn amounts(&self) -> impl Iterator<Item = Amount> + '_ {
        self.0.iter().filter_map(|(unit, value)| Amount::new(*value, *unit).ok())
    }

    /// Whether an amount of this unit stays within it.
    pub fn covers(&self, amount: Amount) -> bool {
        self.0.get(&amount.unit()).is_some_and(|most| amount.value() <= *most)
    }

    fn raise(&mut self, amount: Amount) {
        let most = self.0.entry(amount.unit()).or_insert(0);
        *most = amount.value().max(*most);
    }
}

impl From<Vec<Amount>> for Maximum {
    fn from(amounts: Vec<Amount>) -> Self {
        let mut maximum = Self::default();
        amounts.into_iter().for_each(|amount| maximum.raise(amount));
        maximum
    }
}

impl From<Maximum> for Vec<Amount> {
    fn from(maximum: Maximum) -> Self {
        maximum.amounts().collect()
    }
}

/// A choice would give the advocate more than the contact was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisclosureExceeded {
    /// This kind was not named.
    Kind,
    /// The amount is above the maximum that was named.
    Amount,
}

error_codes!(DisclosureExceeded {
    Self::Kind => "kind_not_disclosed",
    Self::Amount => "amount_above_disclosure",
});

/// What the new customer's company gets, in the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactBenefit {
    /// What it is, as the contact reads it.
    pub text: Bilingual,
    /// What kind of thing it is.
    pub kind: WinKind,
    /// How much, where it can be counted.
    pub amount: Option<Amount>,
}

/// The snapshot kept with the consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The kind chosen at that time.
    pub chosen: Option<IncentiveKind>,
    /// The kinds the advocate might still choose.
    pub kinds: BTreeSet<IncentiveKind>,
    /// The most the advocate might get.
    pub maximum: Maximum,
    /// The benefit of the contact's own company; `None` where it is promised none.
    #[serde(default)]
    pub benefit: Option<ContactBenefit>,
}

impl Disclosure {
    /// The disclosure of a choice among offers.
    pub fn of<'a>(
        chosen: Option<IncentiveKind>,
        offers: impl IntoIterator<Item = &'a Incentive>,
        benefit: Option<ContactBenefit>,
    ) -> Self {
        let mut disclosure = Self { chosen, kinds: BTreeSet::new(), maximum: Maximum::default(), benefit };
        for offer in offers {
            disclosure.kinds.insert(offer.kind);
            if let Some(most) = offer.scheme.maximum() {
                disclosure.maximum.raise(most);
            }
        }
        disclosure
    }

    /// Whether a later choice, together with what was earned before, stays within what was told.
    /// To take nothing more is always within.
    pub fn covers(
        &self,
        kind: IncentiveKind,
        rest: &Scheme,
        earned: &[Amount],
    ) -> Result<(), DisclosureExceeded> {
        if kind == IncentiveKind::None {
            return Ok(());
        }
        if !self.kinds.contains(&kind) {
            return Err(DisclosureExceeded::Kind);
        }
        let Some(most) = rest.maximum() else { return Ok(()) };
        let same_unit = earned.iter().filter(|amount| amount.unit() == most.unit());
        let total = same_unit.copied().try_fold(most, Amount::plus);
        match total {
            Ok(total) if self.maximum.covers(total) => Ok(()),
            _ => Err(DisclosureExceeded::Amount),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incentives::testing::{euros, incentive};

    #[test]
    fn kinds_and_amounts_are_bounds() {
        let told = Disclosure::of(None, [&incentive(IncentiveKind::Donation, &[100, 400])], None);
        assert_eq!(told.maximum.amounts().collect::<Vec<_>>(), [euros(500)]);
        let more = incentive(IncentiveKind::Donation, &[100, 401]);
        assert_eq!(told.covers(more.kind, &more.scheme, &[]), Err(DisclosureExceeded::Amount));
        let same = incentive(IncentiveKind::Donation, &[500]);
        assert_eq!(told.covers(same.kind, &same.scheme, &[euros(1)]), Err(DisclosureExceeded::Amount));
        let other = incentive(IncentiveKind::Credit, &[100]);
        assert_eq!(told.covers(other.kind, &other.scheme, &[]), Err(DisclosureExceeded::Kind));
        assert_eq!(told.covers(IncentiveKind::None, &Scheme::default(), &[]), Ok(()));
    }

    proptest! {
        #[test]
        fn a_disclosure_is_never_exceeded(
            told in prop::collection::vec(prop::collection::vec(1..1_000i64, 1..4), 1..4),
            later in prop::collection::vec(1..1_000i64, 1..4),
        ) {
            let offers: Vec<_> = told.iter().map(|parts| incentive(IncentiveKind::Credit, parts)).collect();
            let disclosure = Disclosure::of(None, &offers, None);
            let choice = incentive(IncentiveKind::Credit, &later);
            let most = told.iter().map(|parts| parts.iter().sum::<i64>()).max().unwrap();
            prop_assert_eq!(disclosure.covers(choice.kind, &choice.scheme, &[]).is_ok(), later.iter().sum::<i64>() <= most);
        }
    }
}
