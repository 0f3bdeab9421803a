//! The one human contact, where counsel has allowed it for a market.

use super::ConsentChannel;

codes! {
    /// How an account manager may speak to a referred person first.
    pub enum FirstContactChannel {
        /// By telephone.
        Phone => "phone",
        /// In person.
        InPerson => "in_person",
    }
}

impl FirstContactChannel {
    /// Where an answer that was given there was given.
    pub const fn recorded(self) -> ConsentChannel {
        match self {
            Self::Phone => ConsentChannel::Phone,
            Self::InPerson => ConsentChannel::InPerson,
        }
    }
}
