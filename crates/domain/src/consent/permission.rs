//! May a member be written to? Invitations and surveys to a company's own customers are advertising in law, so every
//! message that is not part of a transaction asks here first.

codes! {
    /// A way to reach somebody.
    pub enum Channel {
        /// Electronic mail.
        Mail => "mail",
        /// Telephone.
        Phone => "phone",
        /// Letters.
        Post => "post",
    }
}

codes! {
    /// On which ground somebody may be addressed.
    pub enum Basis {
        /// They agreed.
        Consent => "consent",
        /// They bought, gave the address then, and were told how to object (§ 7 (3) UWG).
        ExistingCustomer => "existing_customer",
        /// None is known.
        None => "none",
    }
}

codes! {
    /// Why somebody is written to.
    pub enum MessageKind {
        /// Part of what they asked for themselves: signing in, the state of their own referral, their own reward.
        Transactional => "transactional",
        /// Asks for something or praises something: invitations, asks, surveys, news.
        Advertising => "advertising",
    }
}

/// What is recorded for a member and a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// The ground.
    pub basis: Basis,
    /// Whether they have objected since; an objection ends every ground.
    pub objected: bool,
}

/// Whether a message of this kind may go out over this channel.
///
/// Letters need no consent, but an objection ends them too (Art. 21 (2) GDPR). A telephone call needs consent; having
/// bought something is a ground for mail alone.
pub fn may_write(channel: Channel, kind: MessageKind, recorded: Option<Permission>) -> bool {
    if kind == MessageKind::Transactional {
        return true;
    }
    let basis = match recorded {
        Some(Permission { objected: true, .. }) => return false,
        Some(permission) => permission.basis,
        None => Basis::None,
    };
    match (channel, basis) {
        (Channel::Post, _) | (_, Basis::Consent) | (Channel::Mail, Basis::ExistingCustomer) => true,
        (Channel::Phone, Basis::ExistingCustomer) | (_, Basis::None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(basis: Basis) -> Option<Permission> {
        Some(Permission { basis, objected: false })
    }

    #[test]
    fn advertising_needs_a_ground() {
        let asks = |channel, recorded| may_write(channel, MessageKind::Advertising, recorded);
        assert!(!asks(Channel::Mail, None));
        assert!(!asks(Channel::Mail, on(Basis::None)));
        assert!(asks(Channel::Mail, on(Basis::ExistingCustomer)));
        assert!(asks(Channel::Mail, on(Basis::Consent)));
        assert!(!asks(Channel::Phone, on(Basis::ExistingCustomer)));
        assert!(asks(Channel::Post, None));
    }

    #[test]
    fn an_objection_ends_every_ground_but_not_what_was_asked_for() {
        for channel in Channel::ALL.iter().copied() {
            let objected = Some(Permission { basis: Basis::Consent, objected: true });
            assert!(!may_write(channel, MessageKind::Advertising, objected), "{channel}");
            assert!(may_write(channel, MessageKind::Transactional, objected), "{channel}");
        }
    }
}
