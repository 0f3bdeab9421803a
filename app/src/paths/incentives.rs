//! The programme and what it offers.

use domain::ids::{IncentiveId, OrganisationId};

use super::{Path, with_id};

/// The programme and everything it offers.
pub const INCENTIVES: Path = Path::fixed("/manage/incentives");
/// A new thank-you.
pub const NEW_OFFER: Path = Path::fixed("/manage/incentives/new");
/// The route of [`offer`].
pub const OFFER: &str = "/manage/incentives/{id}";
/// A programme's texts and rules.
pub const PROGRAM: Path = Path::fixed("/manage/program");
/// The stages of a programme.
pub const STAGES: Path = Path::fixed("/manage/program/stages");
/// Where a human first contact is allowed.
pub const FIRST_CONTACT: Path = Path::fixed("/manage/program/first-contact");
/// Ends what was allowed there.
pub const FIRST_CONTACT_END: Path = Path::fixed("/manage/program/first-contact/end");
/// What the form of a referral asks besides.
pub const PROGRAM_QUESTIONS: Path = Path::fixed("/manage/program/questions");
/// Where one's own default thank-you is kept.
pub const OWN_THANKS: Path = Path::fixed("/profile/thank-you");
/// Where an organisation is added.
pub const ORGANISATIONS: Path = Path::fixed("/manage/organisations");

/// The route of [`organisation`].
pub const ORGANISATION: &str = "/manage/organisations/{id}";

/// An organisation that donations can go to.
pub fn organisation(id: OrganisationId) -> Path {
    with_id(ORGANISATION, id)
}

/// A thank-you of the catalogue.
pub fn offer(id: IncentiveId) -> Path {
    with_id(OFFER, id)
}
