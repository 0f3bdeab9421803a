//! The kinds of thank-you. A file per kind says all that the kind decides; the rest of the code asks, so that a new kind is
//! a file here, a line in the table below, and its texts.

mod credit;
mod donation;
mod early_access;
mod mutual_referral;
mod nothing;

use chrono::NaiveDate;

use super::Unit;
use crate::{
    rewards::{Proof, ProofError, TaxCategory},
    triple_win::WinKind,
};

codes! {
    /// What kind of thank-you it is; each kind has its own fulfilment.
    pub enum IncentiveKind {
        /// The host introduces a suitable contact to the advocate's company.
        MutualReferral => "mutual_referral",
        /// A feature before everybody else has it.
        EarlyAccess => "early_access",
        /// Money to an organisation, in the name of the advocate's company.
        Donation => "donation",
        /// Money off the next invoice.
        Credit => "credit",
        /// No reward: an equal choice, disclosed as such.
        None => "none",
    }
}

codes! {
    /// A step from the approval to the proof.
    pub enum FulfilmentStep {
        /// Staff say whom they will introduce, and until when.
        Promise => "promise",
        /// Staff note the day on which they made the introduction.
        Introduce => "introduce",
        /// The advocate says that it happened.
        Confirm => "confirm",
        /// Staff record what was handed over, with its proof.
        HandOver => "hand_over",
    }
}

/// Whom a kind goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GoesTo {
    /// Nobody: there is nothing to receive.
    Nobody,
    /// The advocate's company, or the advocate with their employer's release.
    Company,
    /// An organisation of the list, in the company's name.
    Organisation,
}

/// What a kind decides.
pub(super) struct Behaviour {
    /// Whether the receiver is richer by money.
    monetary: bool,
    /// How it counts in the triple win.
    win: Option<WinKind>,
    /// Whether it may be counted in this unit.
    allows: fn(Unit) -> bool,
    /// Whom it goes to.
    goes_to: GoesTo,
    /// What is done between the approval and the proof, in this order.
    steps: &'static [FulfilmentStep],
    /// Whether it can be ended again after it was handed over.
    revocable: bool,
    /// Whether the billing system books it.
    booked: bool,
    /// Whether a receipt is handed in with its delivery.
    needs_receipt: bool,
    /// Whether the proof is worth nothing without the day it happened on.
    proof_needs_day: bool,
    /// What it is for tax and accounting where a company has it that pays VAT; nothing where nothing is given.
    category: Option<TaxCategory>,
}

impl IncentiveKind {
    const fn behaviour(self) -> &'static Behaviour {
        match self {
            Self::MutualReferral => &mutual_referral::BEHAVIOUR,
            Self::EarlyAccess => &early_access::BEHAVIOUR,
            Self::Donation => &donation::BEHAVIOUR,
            Self::Credit => &credit::BEHAVIOUR,
            Self::None => &nothing::BEHAVIOUR,
        }
    }

    /// Whether the receiver is richer by money. A donation is not: it leaves the receiver's hands.
    pub const fn is_monetary(self) -> bool {
        self.behaviour().monetary
    }

    /// How it counts in the triple win; nothing was given where nothing was chosen.
    pub const fn win_kind(self) -> Option<WinKind> {
        self.behaviour().win
    }

    /// Whether it may be counted in this unit.
    pub fn allows(self, unit: Unit) -> bool {
        (self.behaviour().allows)(unit)
    }

    pub(crate) const fn goes_to(self) -> GoesTo {
        self.behaviour().goes_to
    }

    /// Whether it is the choice of no thank-you at all.
    pub fn is_nothing(self) -> bool {
        self.goes_to() == GoesTo::Nobody
    }

    /// Whether whoever chooses it also chooses an organisation that receives it.
    pub fn needs_organisation(self) -> bool {
        self.goes_to() == GoesTo::Organisation
    }

    /// What is done between the approval and the proof, in this order; nothing where nothing is owed.
    pub const fn steps(self) -> &'static [FulfilmentStep] {
        self.behaviour().steps
    }

    /// Whether staff alone record that it was handed over; otherwise the advocate has a word in it.
    pub fn is_handed_over(self) -> bool {
        self.steps().contains(&FulfilmentStep::HandOver)
    }

    /// Whether it can be ended again after it was handed over.
    pub const fn is_revocable(self) -> bool {
        self.behaviour().revocable
    }

    /// Whether the billing system books it.
    pub const fn is_booked(self) -> bool {
        self.behaviour().booked
    }

    /// Whether a receipt is handed in with its delivery.
    pub const fn needs_receipt(self) -> bool {
        self.behaviour().needs_receipt
    }

    /// Whether its proof is worth nothing without the day it happened on.
    pub const fn proof_needs_day(self) -> bool {
        self.behaviour().proof_needs_day
    }

    /// What it is for tax and accounting where a company has it that pays VAT; nothing where nothing is given.
    pub(crate) const fn category(self) -> Option<TaxCategory> {
        self.behaviour().category
    }

    /// The proof that it was handed over.
    ///
    /// # Errors
    /// When something is missing, or has not happened yet.
    pub fn prove(
        self,
        reference: &str,
        on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Proof, ProofError> {
        let proof = Proof::new(reference, on, today)?;
        if self.proof_needs_day() && on.is_none() { Err(ProofError::DayMissing) } else { Ok(proof) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{referrals::testing::noon, text::Currency};

    #[test]
    fn each_kind_decides_for_itself() {
        let money = Unit::Money(Currency::EUR);
        for kind in IncentiveKind::ALL.iter().copied() {
            let nothing = kind == IncentiveKind::None;
            assert_eq!(kind.is_nothing(), nothing, "{kind}");
            assert_eq!(kind.win_kind().is_none(), nothing, "{kind}");
            assert_eq!(kind.steps().is_empty(), nothing, "{kind}");
            assert_eq!(kind.needs_organisation(), kind == IncentiveKind::Donation, "{kind}");
            assert_eq!(kind.is_revocable(), kind == IncentiveKind::EarlyAccess, "{kind}");
            assert_eq!(kind.is_monetary(), kind == IncentiveKind::Credit, "{kind}");
            let allowed = matches!(kind, IncentiveKind::Donation | IncentiveKind::Credit);
            assert_eq!(kind.allows(money), allowed, "{kind}");
            let counted = kind.allows(Unit::Introductions);
            assert_eq!(counted, kind == IncentiveKind::MutualReferral, "{kind}");
        }
    }

    #[test]
    fn each_kind_says_what_proves_it() {
        let today = noon().date_naive();
        assert!(IncentiveKind::Donation.prove("Q-2026-17", None, today).is_ok());
        let day_missing = IncentiveKind::MutualReferral.prove("Polar", None, today);
        assert_eq!(day_missing, Err(ProofError::DayMissing));
        assert!(IncentiveKind::MutualReferral.prove("Polar", Some(today), today).is_ok());
    }
}
