//! What a reward is for tax and accounting.

use crate::{
    accounts::RecipientKind,
    incentives::{IncentiveKind, Unit},
};

codes! {
    /// What a reward is for tax and accounting. The documents differ: who writes them, and whether VAT stands on them.
    pub enum TaxCategory {
        /// The receiver pays less for what the host sells them: it lowers an invoice.
        PriceReduction => "price_reduction",
        /// The receiver is paid for having brought a customer: with VAT, and by a document that the host writes.
        Mediation => "mediation",
        /// A person has it: their own income.
        PersonIncome => "person_income",
        /// Nobody had promised it.
        Gift => "gift",
        /// One service for another, each with its value and its VAT.
        Barter => "barter",
        /// An organisation has it.
        Donation => "donation",
    }
}

/// What the category is proposed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxCase {
    /// What kind of thank-you.
    pub kind: IncentiveKind,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether a person has it, with their employer's release.
    pub to_person: bool,
    /// What kind of organisation the advocate's company is.
    pub recipient: RecipientKind,
}

impl TaxCase {
    /// What finance is proposed; nothing where nothing is given. A proposal by a general rule, which knows neither the
    /// contract nor the country: **the company's tax adviser confirms it**, and finance confirms or changes it for each
    /// reward.
    ///
    /// - What a person has is their income, whatever it is.
    /// - A reward was promised before the recommendation, so it is given *for* it: the company of the advocate has brought a
    ///   customer and is paid for it. Money is paid for mediation, and a service for it is a barter. So nothing here is ever
    ///   proposed as a gift: a gift is what nobody had promised.
    /// - Free months, seats or points of what the host sells lower the price of that.
    /// - So does money for a public body: it does not mediate as a business, and has no VAT to show.
    /// - A donation is one, in whoever's name it is made.
    ///
    /// What nobody has said about a company counts as a business: the proposal with the document is the one that is checked.
    pub fn proposed(self) -> Option<TaxCategory> {
        let for_companies = self.kind.category()?;
        Some(match for_companies {
            TaxCategory::Donation => TaxCategory::Donation,
            _ if self.to_person => TaxCategory::PersonIncome,
            TaxCategory::Mediation
                if !matches!(self.unit, Unit::Money(_)) || self.recipient == RecipientKind::PublicBody =>
            {
                TaxCategory::PriceReduction
            }
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Currency;

    #[test]
    fn each_case_has_its_proposal() {
        use IncentiveKind::{Credit, Donation, EarlyAccess, MutualReferral};
        use TaxCategory::{Barter, Mediation, PersonIncome, PriceReduction};
        let euro = Unit::Money(Currency::EUR);
        let case = |kind, unit, to_person, recipient| TaxCase { kind, unit, to_person, recipient }.proposed();
        let company = RecipientKind::PrivateCompany;
        assert_eq!(case(Credit, euro, false, company), Some(Mediation));
        assert_eq!(case(Credit, euro, false, RecipientKind::Unknown), Some(Mediation));
        assert_eq!(case(Credit, euro, false, RecipientKind::PublicBody), Some(PriceReduction));
        assert_eq!(case(Credit, Unit::Months, false, company), Some(PriceReduction));
        assert_eq!(case(Credit, euro, true, company), Some(PersonIncome));
        assert_eq!(case(EarlyAccess, Unit::Seats, true, company), Some(PersonIncome));
        assert_eq!(case(EarlyAccess, Unit::Seats, false, company), Some(Barter));
        assert_eq!(case(MutualReferral, Unit::Introductions, false, company), Some(Barter));
        assert_eq!(case(Donation, euro, false, company), Some(TaxCategory::Donation));
        assert_eq!(case(IncentiveKind::None, euro, false, company), None);
        for kind in IncentiveKind::ALL {
            for recipient in RecipientKind::ALL {
                assert_ne!(case(*kind, euro, false, *recipient), Some(TaxCategory::Gift), "it was promised");
            }
        }
    }
}
