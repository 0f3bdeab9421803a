//! Validated texts: what a form, an import or the API may hand to the rules.
//!
//! Angle brackets are legal text (pages escape, they do not forbid); control characters are not.

mod bilingual;
mod clean;
mod email;
mod link_code;
mod mask;
mod names;
mod places;
mod speakable_code;

pub use bilingual::Bilingual;
pub use clean::ascii_fold;
pub(crate) use clean::{line, paragraph};
pub use email::EmailAddress;
pub(crate) use email::names_an_address;
pub use link_code::LinkCode;
pub use mask::{mask_email, mask_name, mask_phone};
pub use names::{
    ApiKeyName, BestTime, CampaignName, CompanyName, FeatureName, PermissionSource, PersonName, Phone,
    Reason, RoleTitle, SegmentName,
};
pub use places::{Country, Currency, Language};
pub use speakable_code::SpeakableCode;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Nothing was entered.
    Empty,
    /// Fewer characters than the kind of text needs.
    TooShort,
    /// More characters than allowed.
    TooLong,
    /// A control character is inside.
    ControlCharacter,
    /// Not an e-mail address.
    NotAnEmail,
    /// An e-mail address stands where only a title is asked for.
    LooksLikeEmail,
    /// Not a telephone number.
    NotAPhone,
    /// Not of the form this code has.
    Malformed,
    /// The code is kept for the product's own pages.
    Reserved,
}

error_codes!(TextError {
    Self::Empty => "empty",
    Self::TooShort => "too_short",
    Self::TooLong => "too_long",
    Self::ControlCharacter => "control_character",
    Self::NotAnEmail => "not_an_email",
    Self::LooksLikeEmail => "looks_like_email",
    Self::NotAPhone => "not_a_phone",
    Self::Malformed => "malformed",
    Self::Reserved => "reserved",
});
