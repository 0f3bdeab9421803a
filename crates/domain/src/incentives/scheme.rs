//! A scheme: what is paid at which stage.

use serde::{Deserialize, Serialize};

use super::{Amount, AmountError, Unit};
use crate::{campaigns::Boost, referrals::Step};

codes! {
    /// The stages a part may hang on. Nothing is paid before `accepted`.
    pub enum PayingStep {
        /// The host took the referral.
        Accepted => "accepted",
        /// A first meeting was held.
        Meeting => "meeting",
        /// The need is confirmed.
        Qualified => "qualified",
        /// The contact's company became a customer.
        Won => "won",
    }
}

impl PayingStep {
    /// The stage of the pipeline.
    pub const fn step(self) -> Step {
        match self {
            Self::Accepted => Step::Accepted,
            Self::Meeting => Step::Meeting,
            Self::Qualified => Step::Qualified,
            Self::Won => Step::Won,
        }
    }
}

/// An amount for deals from a certain size on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealBand {
    /// Smallest deal, in minor units of the deal's currency.
    pub from: i64,
    /// What is paid.
    pub amount: Amount,
}

/// How much a part is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartValue {
    /// Always the same.
    Fixed(Amount),
    /// By the size of the deal, smallest band first.
    Bands(Vec<DealBand>),
    /// A share of the first year's revenue, up to a maximum that can be disclosed.
    Percent {
        /// Hundredths of a percent.
        basis_points: u32,
        /// The most that is paid.
        at_most: Amount,
    },
}

impl PartValue {
    /// Every amount that is written in it.
    fn amounts(&self) -> impl Iterator<Item = Amount> + '_ {
        let (single, bands) = match self {
            Self::Fixed(amount) | Self::Percent { at_most: amount, .. } => (Some(*amount), [].as_slice()),
            Self::Bands(bands) => (None, bands.as_slice()),
        };
        single.into_iter().chain(bands.iter().map(|band| band.amount))
    }

    fn boosted(&self, boost: Boost) -> Result<Self, SchemeError> {
        let more = |amount: Amount| boost.of(amount).ok_or(SchemeError::Overflow);
        Ok(match self {
            Self::Fixed(amount) => Self::Fixed(more(*amount)?),
            Self::Bands(bands) => Self::Bands(
                bands
                    .iter()
                    .map(|band| Ok(DealBand { from: band.from, amount: more(band.amount)? }))
                    .collect::<Result<_, _>>()?,
            ),
            Self::Percent { basis_points, at_most } => {
                // A share is a share of a whole, so it stays far from what can't be counted.
                let share = u64::from(*basis_points) * u64::from(boost.hundredths()) / 100;
                let basis_points = u32::try_from(share).map_err(|_| SchemeError::Percent)?;
                Self::Percent { basis_points, at_most: more(*at_most)? }
            }
        })
    }

    /// What is due for a deal; `None` if the deal is needed and unknown, or too small.
    pub fn due(&self, deal: Option<Amount>) -> Option<Amount> {
        match self {
            Self::Fixed(amount) => Some(*amount),
            Self::Bands(bands) => {
                let size = deal?.value();
                bands.iter().rev().find(|band| band.from <= size).map(|band| band.amount)
            }
            Self::Percent { basis_points, at_most } => {
                let deal = deal.filter(|deal| deal.unit() == at_most.unit())?;
                let share = deal.fraction((*basis_points).into(), 10_000)?;
                Some(if share.value() > at_most.value() { *at_most } else { share })
            }
        }
    }
}

/// One part of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The stage it hangs on.
    pub step: PayingStep,
    /// What it is worth.
    pub value: PartValue,
}

/// Why a scheme is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeError {
    /// A reward is promised, but no part says what.
    NoParts,
    /// "No reward" must not pay.
    PartsForNothing,
    /// This kind can't be given in this unit.
    UnitOfKind,
    /// Two parts hang on one stage.
    DuplicateStep,
    /// The parts do not agree on a unit.
    MixedUnits,
    /// Bands and shares need a deal, which is known at `won` alone.
    NeedsDeal,
    /// No bands, bands out of order, or a band below zero.
    Bands,
    /// A share of nothing, of more than everything, or one that is not paid in money.
    Percent,
    /// Together more than can be counted.
    Overflow,
}

error_codes!(SchemeError {
    Self::NoParts => "no_parts",
    Self::PartsForNothing => "parts_for_nothing",
    Self::UnitOfKind => "unit_of_kind",
    Self::DuplicateStep => "duplicate_step",
    Self::MixedUnits => "mixed_units",
    Self::NeedsDeal => "needs_deal",
    Self::Bands => "bands",
    Self::Percent => "percent",
    Self::Overflow => "overflow",
});

/// The parts of an incentive: in the order of the stages, at most one per stage, all in one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Part>", into = "Vec<Part>")]
pub struct Scheme {
    parts: Vec<Part>,
    maximum: Option<Amount>,
}

impl Scheme {
    /// Checks the parts and puts them in order.
    pub fn new(mut parts: Vec<Part>) -> Result<Self, SchemeError> {
        parts.sort_by_key(|part| part.step);
        if parts.windows(2).any(|pair| pair[0].step == pair[1].step) {
            return Err(SchemeError::DuplicateStep);
        }
        for part in &parts {
            check_value(part)?;
        }
        let units: Vec<Unit> = parts.iter().flat_map(|part| part.value.amounts()).map(Amount::unit).collect();
        if units.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(SchemeError::MixedUnits);
        }
        let maximum = sum_of_maxima(&parts).map_err(|_| SchemeError::Overflow)?;
        Ok(Self { parts, maximum })
    }

    /// The parts in the order of the stages.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The most that may be paid in all; `None` if nothing is.
    pub const fn maximum(&self) -> Option<Amount> {
        self.maximum
    }

    /// The scheme with a campaign's boost on every amount and every share, rounded down.
    pub fn boosted(&self, boost: Boost) -> Result<Self, SchemeError> {
        let boosted = |part: &Part| Ok(Part { step: part.step, value: part.value.boosted(boost)? });
        Self::new(self.parts.iter().map(boosted).collect::<Result<_, _>>()?)
    }

    /// What is left of the scheme for somebody who chooses it at this stage: later stages only.
    pub fn after(&self, step: Step) -> Self {
        let parts: Vec<_> = self.parts.iter().filter(|part| part.step.step() > step).cloned().collect();
        // Fewer parts cannot overflow where all of them did not.
        let maximum = sum_of_maxima(&parts).unwrap_or(None);
        Self { parts, maximum }
    }
}

impl TryFrom<Vec<Part>> for Scheme {
    type Error = SchemeError;
    fn try_from(parts: Vec<Part>) -> Result<Self, Self::Error> {
        Self::new(parts)
    }
}

impl From<Scheme> for Vec<Part> {
    fn from(scheme: Scheme) -> Self {
        scheme.parts
    }
}

fn check_value(part: &Part) -> Result<(), SchemeError> {
    match &part.value {
        PartValue::Fixed(_) => Ok(()),
        _ if part.step != PayingStep::Won => Err(SchemeError::NeedsDeal),
        PartValue::Bands(bands) => {
            let rising = bands.is_sorted_by(|a, b| a.from < b.from);
            let legal = rising && bands.first().is_some_and(|first| first.from >= 0);
            legal.then_some(()).ok_or(SchemeError::Bands)
        }
        PartValue::Percent { basis_points, at_most } => {
            let legal = (1..=10_000).contains(basis_points) && matches!(at_most.unit(), Unit::Money(_));
            legal.then_some(()).ok_or(SchemeError::Percent)
        }
    }
}

fn sum_of_maxima(parts: &[Part]) -> Result<Option<Amount>, AmountError> {
    let maxima = parts.iter().filter_map(|part| part.value.amounts().max_by_key(|amount| amount.value()));
    maxima.map(Ok).reduce(|sum, next| sum?.plus(next?)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        incentives::{IncentiveKind, testing::*},
        text::Currency,
    };

    fn part(step: PayingStep, value: PartValue) -> Part {
        Part { step, value }
    }

    fn bands(froms: &[i64]) -> PartValue {
        PartValue::Bands(froms.iter().map(|from| DealBand { from: *from, amount: euros(from + 1) }).collect())
    }

    #[test]
    fn schemes_are_checked() {
        use PayingStep::{Meeting, Won};
        let fixed = PartValue::Fixed(euros(1));
        let francs = PartValue::Fixed(Amount::new(1, Unit::Money(Currency::CHF)).unwrap());
        let refused = |parts| Scheme::new(parts).unwrap_err();
        assert_eq!(
            refused(vec![part(Won, fixed.clone()), part(Won, fixed.clone())]),
            SchemeError::DuplicateStep
        );
        assert_eq!(refused(vec![part(Meeting, fixed.clone()), part(Won, francs)]), SchemeError::MixedUnits);
        assert_eq!(refused(vec![part(Meeting, bands(&[0]))]), SchemeError::NeedsDeal);
        assert_eq!(refused(vec![part(Won, bands(&[5, 0]))]), SchemeError::Bands);
        assert_eq!(refused(vec![part(Won, bands(&[]))]), SchemeError::Bands);
        let huge = PartValue::Fixed(euros(i64::MAX));
        assert_eq!(refused(vec![part(Meeting, huge), part(Won, fixed)]), SchemeError::Overflow);
        let too_much = PartValue::Percent { basis_points: 10_001, at_most: euros(1) };
        assert_eq!(refused(vec![part(Won, too_much)]), SchemeError::Percent);
    }

    #[test]
    fn something_must_be_promised_unless_nothing_is() {
        let mut donation = incentive(IncentiveKind::Donation, &[]);
        assert_eq!(donation.validate(), Err(SchemeError::NoParts));
        donation.kind = IncentiveKind::None;
        assert_eq!(donation.validate(), Ok(()));
        assert_eq!(incentive(IncentiveKind::None, &[1]).validate(), Err(SchemeError::PartsForNothing));
    }

    #[test]
    fn the_deal_decides_bands_and_shares() {
        let by_band = bands(&[100, 1000]);
        assert_eq!(by_band.due(Some(euros(99))), None);
        assert_eq!(by_band.due(Some(euros(999))), Some(euros(101)));
        assert_eq!(by_band.due(Some(euros(1000))), Some(euros(1001)));
        assert_eq!(by_band.due(None), None);
        let share = PartValue::Percent { basis_points: 750, at_most: euros(80) };
        assert_eq!(share.due(Some(euros(999))), Some(euros(74)), "rounded down");
        assert_eq!(share.due(Some(euros(10_000))), Some(euros(80)));
    }

    #[test]
    fn a_boost_is_on_every_part() {
        let values = [
            part(PayingStep::Meeting, PartValue::Fixed(euros(15))),
            part(PayingStep::Won, PartValue::Percent { basis_points: 505, at_most: euros(99) }),
        ];
        let scheme = Scheme::new(values.into()).unwrap().boosted(Boost::new(150).unwrap()).unwrap();
        assert_eq!(scheme.parts()[0].value, PartValue::Fixed(euros(22)), "rounded down");
        let share = PartValue::Percent { basis_points: 757, at_most: euros(148) };
        assert_eq!(scheme.parts()[1].value, share);
        let banded = Scheme::new(vec![part(PayingStep::Won, bands(&[0, 99]))]).unwrap();
        let twice = banded.boosted(Boost::new(200).unwrap()).unwrap();
        assert_eq!(twice.parts()[0].value.due(Some(euros(99))), Some(euros(200)));
        assert_eq!(twice.maximum(), Some(euros(200)));
    }

    #[test]
    fn a_late_choice_serves_later_stages() {
        let scheme = incentive(IncentiveKind::Credit, &[10, 20, 30, 40]).scheme;
        let rest = scheme.after(Step::Meeting);
        assert_eq!(
            rest.parts().iter().map(|part| part.step).collect::<Vec<_>>(),
            [PayingStep::Qualified, PayingStep::Won]
        );
        assert_eq!(rest.maximum(), Some(euros(70)));
    }
}
