//! Every message the product writes, in one place, and which law it falls under.
//!
//! A message is transactional when its reader has asked for it or when it tells them how something of their own stands;
//! it asks for nothing and praises nothing. Everything else is advertising, also towards one's own customers (BGH VI ZR
//! 225/17), and carries the [`Permit`] that only the permission record hands out.

use super::Permit;

codes! {
    /// Messages that need no permission, each with the reason.
    pub enum Transactional {
        /// Link and code for signing in: their reader has asked for them a moment ago, with an address of their own.
        SignIn => "sign_in",
        /// The one neutral mail after a contact's own form: it asks whether the address is theirs and praises nothing.
        ConsentConfirm => "consent_confirm",
        /// The one neutral mail after somebody's own wish to join: it asks whether the address is theirs.
        JoinConfirm => "join_confirm",
        /// The answer to a wish to join, to an address that its owner has confirmed.
        JoinAnswer => "join_answer",
        /// How an advocate's own referral stands: part of what was promised when they submitted it.
        State => "state",
        /// That nothing has happened to it for a while: it says how it stands and what comes next, and asks for nothing.
        Silence => "silence",
        /// That the other side of their referral's dialogue has written: it says where, and not what.
        Message => "message",
        /// The answer to a referral, promised with its due time: an account manager's own words or, where nobody wrote in time,
        /// the programme team's.
        Thanks => "thanks",
        /// What became of a reward that their own referral has earned.
        Reward => "reward",
        /// That an introduction owed to their company is noted as made: unless they object, it counts as delivered.
        Introduction => "introduction",
        /// That something which its reader has taken on to hand over is due: the host's own staff, about their own task.
        Delivery => "delivery",
        /// That their own referrals have brought them to another tier.
        Tier => "tier",
        /// That rules which the host's own staff look after are to be looked at again.
        Review => "review",
    }
}

codes! {
    /// Messages that need a permit.
    pub enum Advertising {
        /// Asks somebody to take part: by letter only, never by mail.
        Invitation => "invitation",
    }
}

impl Transactional {
    /// Whether a member may do without: what it says stands on their pages as well. Without the others something that
    /// they have begun would never end.
    pub const fn can_be_muted(self) -> bool {
        matches!(self, Self::State | Self::Silence | Self::Message | Self::Thanks | Self::Reward | Self::Tier)
    }

    /// Those a member may do without.
    pub fn mutable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.can_be_muted())
    }
}

/// What a mail is, with everything that it needs to be one.
#[derive(Debug)]
pub enum MailKind {
    /// Needs nothing.
    Transactional(Transactional),
    /// Needs leave.
    Advertising(Advertising, Permit),
}

impl MailKind {
    /// The code that is stored with the mail.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Transactional(kind) => kind.as_str(),
            Self::Advertising(kind, _) => kind.as_str(),
        }
    }
}

impl From<Transactional> for MailKind {
    fn from(kind: Transactional) -> Self {
        Self::Transactional(kind)
    }
}
