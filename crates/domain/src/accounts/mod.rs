//! Customers' companies: what they are, what they accept, and whether a referred company is already known.

mod company_match;
mod public_mail;
mod work_domain;

pub use company_match::{Advocating, Candidate, Claim, CompanyMatch, NeutralReason, match_company};
#[cfg(test)]
pub(crate) use public_mail::PROVIDERS as PUBLIC_MAIL;
pub use work_domain::WorkDomain;

codes! {
    /// How the host stands with a company.
    pub enum AccountStatus {
        /// Buys from the host.
        Customer => "customer",
        /// The host is already selling to it.
        OpenDeal => "open_deal",
        /// Was a customer.
        Former => "former",
        /// Known, nothing more.
        Prospect => "prospect",
    }
}

codes! {
    /// What kind of organisation receives a benefit; the law differs by it.
    pub enum RecipientKind {
        /// A company under private law.
        PrivateCompany => "private_company",
        /// An authority, or a company that acts for one.
        PublicBody => "public_body",
        /// A practice, a hospital or another health professional.
        HealthProfessional => "health_professional",
        /// An insurer, a bank or a broker.
        RegulatedFinancial => "regulated_financial",
        /// A law firm or a notary.
        LegalProfession => "legal_profession",
        /// Nobody has said yet.
        Unknown => "unknown",
    }
}

codes! {
    /// Which benefits a person or a company accepts by its own rules.
    pub enum GiftPolicy {
        /// No rule against any.
        Any => "any",
        /// Nothing of monetary value to themselves.
        NonMonetary => "non_monetary",
        /// Nothing at all.
        None => "none",
    }
}
