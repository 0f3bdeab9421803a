//! Consent of the contact: by which path, shown what, and recorded how.

mod disclosure;
mod first_contact;
mod legal;
mod message;
mod path;
mod permission;
mod record;

pub use disclosure::{ContactBenefit, Disclosure, DisclosureExceeded, Maximum};
pub use first_contact::FirstContactChannel;
pub use legal::LegalKind;
pub use message::{Advertising, MailKind, Transactional};
pub use path::{ConsentPath, PathRules};
pub use permission::{Basis, Channel, Permission, Permit, may_advertise};
pub use record::{ConsentChannel, ConsentRecord};

codes! {
    /// What the contact has said.
    pub enum ConsentState {
        /// Nothing yet.
        Awaiting => "awaiting",
        /// Yes.
        Given => "given",
        /// No.
        Refused => "refused",
        /// Yes at first, no later.
        Withdrawn => "withdrawn",
    }
}

codes! {
    /// How a contact would like to be spoken to.
    pub enum PreferredChannel {
        /// By mail.
        Mail => "mail",
        /// In a video call.
        Video => "video",
        /// By phone, before noon.
        PhoneMorning => "phone_morning",
        /// By phone, after noon.
        PhoneAfternoon => "phone_afternoon",
    }
}
