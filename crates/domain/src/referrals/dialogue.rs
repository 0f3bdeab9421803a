//! The two sides of a referral's dialogue.

codes! {
    /// Who reads what the other one has written.
    pub enum DialogueSide {
        /// The advocate.
        Advocate => "advocate",
        /// Whoever looks after the referral.
        Staff => "staff",
    }
}
