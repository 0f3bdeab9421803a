//! Touches: clicks and typed codes. Which count, and which of them a referral belongs to.

mod attribution;
mod robot;

pub use attribution::{Attribution, AttributionSettings, Touch, TouchRule, choose};
pub use robot::{RequestSigns, Visitor, visitor};

codes! {
    /// Where a link was met.
    pub enum Channel {
        /// In a mail the advocate sent.
        Mail => "mail",
        /// On LinkedIn.
        LinkedIn => "linkedin",
        /// In WhatsApp.
        WhatsApp => "whatsapp",
        /// On X.
        X => "x",
        /// As a QR code.
        Qr => "qr",
        /// At an event.
        Event => "event",
        /// In a widget on another page.
        Widget => "widget",
        /// As a plain link or a typed code.
        Link => "link",
    }
}

codes! {
    /// How a code is passed on.
    pub enum CodeKind {
        /// In a link.
        Link => "link",
        /// Aloud.
        Spoken => "spoken",
    }
}
