//! The texts that the law or the contract asks for.

codes! {
    /// A text that stands on every page.
    pub enum LegalKind {
        /// Who runs the portal.
        Imprint => "imprint",
        /// What happens with personal data.
        Privacy => "privacy",
        /// What participants agree to; the only one that is agreed to.
        Terms => "terms",
    }
}
