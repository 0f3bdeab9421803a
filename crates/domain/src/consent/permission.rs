//! May a member be written to? Invitations and surveys to a company's own customers are advertising in law, so every
//! message that is not part of a transaction asks here first. Which message is which: [`super::message`].

use crate::ids::MemberId;

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

/// What is recorded for a member and a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// The ground.
    pub basis: Basis,
    /// Whether they have objected since; an objection ends every ground.
    pub objected: bool,
}

/// Leave to send one member advertising over one channel. Only [`may_advertise`] makes it, so that a message which needs
/// it cannot be written without having asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Permit {
    member: MemberId,
    channel: Channel,
}

impl Permit {
    /// Whom it is about.
    pub const fn member(&self) -> MemberId {
        self.member
    }

    /// The way to reach them.
    pub const fn channel(&self) -> Channel {
        self.channel
    }
}

/// Whether advertising may go to this member over this channel.
///
/// Letters need no consent, but an objection ends them too (Art. 21 (2) GDPR). A telephone call needs consent; having
/// bought something is a ground for mail alone.
pub fn may_advertise(member: MemberId, channel: Channel, recorded: Option<Permission>) -> Option<Permit> {
    let basis = match recorded {
        Some(Permission { objected: true, .. }) => return None,
        Some(permission) => permission.basis,
        None => Basis::None,
    };
    let may = match (channel, basis) {
        (Channel::Post, _) | (_, Basis::Consent) | (Channel::Mail, Basis::ExistingCustomer) => true,
        (Channel::Phone, Basis::ExistingCustomer) | (_, Basis::None) => false,
    };
    may.then_some(Permit { member, channel })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn on(basis: Basis) -> Option<Permission> {
        Some(Permission { basis, objected: false })
    }

    fn may(channel: Channel, recorded: Option<Permission>) -> bool {
        may_advertise(Uuid::from_u128(1).into(), channel, recorded).is_some()
    }

    #[test]
    fn advertising_needs_a_ground() {
        assert!(!may(Channel::Mail, None));
        assert!(!may(Channel::Mail, on(Basis::None)));
        assert!(may(Channel::Mail, on(Basis::ExistingCustomer)));
        assert!(may(Channel::Mail, on(Basis::Consent)));
        assert!(!may(Channel::Phone, on(Basis::ExistingCustomer)));
        assert!(may(Channel::Post, None));
    }

    #[test]
    fn an_objection_ends_every_ground() {
        for channel in Channel::ALL.iter().copied() {
            let objected = Some(Permission { basis: Basis::Consent, objected: true });
            assert!(!may(channel, objected), "{channel}");
        }
    }
}
