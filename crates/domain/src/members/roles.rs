//! Roles and sets of them.

use serde::{Deserialize, Serialize};

codes! {
    /// What a member is; a member may be several things at once.
    pub enum Role {
        /// Recommends.
        Advocate => "advocate",
        /// Leads a group or chapter of ambassadors.
        AmbassadorLead => "ambassador_lead",
        /// Looks after customers and their referrals.
        AccountManager => "account_manager",
        /// Runs programmes, incentives, tiers and approvals.
        Marketing => "marketing",
        /// Runs the installation.
        Administrator => "administrator",
        /// Reads the audit trail, changes nothing.
        Auditor => "auditor",
    }
}

impl Role {
    /// Whether the host employs somebody for it; such roles need a second factor.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Advocate | Self::AmbassadorLead)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(into = "Vec<Role>", from = "Vec<Role>")]
pub struct RoleSet(u8);

impl RoleSet {
    /// No role at all.
    pub const EMPTY: Self = Self(0);

    /// Whether the role is in the set.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// The set with one role more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// The set with one role less.
    #[must_use]
    pub const fn without(self, role: Role) -> Self {
        Self(self.0 & !role.bit())
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether any of the roles is one the host employs for.
    pub fn is_staff(self) -> bool {
        self.iter().any(Role::is_staff)
    }

    /// The roles in their fixed order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.contains(*role))
    }
}

impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<Vec<Role>> for RoleSet {
    fn from(roles: Vec<Role>) -> Self {
        roles.into_iter().collect()
    }
}

impl From<RoleSet> for Vec<Role> {
    fn from(set: RoleSet) -> Self {
        set.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set = RoleSet::from_iter([Role::Marketing, Role::Advocate, Role::Marketing]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Role::Advocate, Role::Marketing]);
        assert!(set.is_staff());
        assert!(!set.without(Role::Marketing).is_staff());
        assert!(RoleSet::EMPTY.is_empty());
    }

    #[test]
    fn codes_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(*role));
        }
        assert!("boss".parse::<Role>().is_err());
    }
}
