//! Customers' companies as staff see them: the list, one company, a new one.

pub mod account;
mod form;
pub mod list;

use domain::accounts::{AccountStatus, GiftPolicy, RecipientKind};
use words::{Key, keys};

/// What a company's standing is called.
pub(crate) fn status_key(status: AccountStatus) -> Key {
    match status {
        AccountStatus::Customer => keys::STATUS_CUSTOMER,
        AccountStatus::OpenDeal => keys::STATUS_OPEN_DEAL,
        AccountStatus::Former => keys::STATUS_FORMER,
        AccountStatus::Prospect => keys::STATUS_PROSPECT,
    }
}

pub(crate) fn kind_key(kind: RecipientKind) -> Key {
    match kind {
        RecipientKind::PrivateCompany => keys::KIND_PRIVATE_COMPANY,
        RecipientKind::PublicBody => keys::KIND_PUBLIC_BODY,
        RecipientKind::HealthProfessional => keys::KIND_HEALTH_PROFESSIONAL,
        RecipientKind::RegulatedFinancial => keys::KIND_REGULATED_FINANCIAL,
        RecipientKind::LegalProfession => keys::KIND_LEGAL_PROFESSION,
        RecipientKind::Unknown => keys::KIND_UNKNOWN,
    }
}

fn gifts_key(policy: GiftPolicy) -> Key {
    match policy {
        GiftPolicy::Any => keys::GIFTS_ANY,
        GiftPolicy::NonMonetary => keys::GIFTS_NON_MONETARY,
        GiftPolicy::None => keys::GIFTS_NONE,
    }
}
