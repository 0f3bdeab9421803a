//! Powers: one value per act of the role table. Their fields are private, so holding one proves the role.

use super::{Actor, Role};
use crate::ids::{AccountId, MemberId};

/// May refer, and sees their own referrals, rewards and profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referrer {
    member: MemberId,
    account: AccountId,
}

impl Referrer {
    /// The advocate.
    pub const fn member(&self) -> MemberId {
        self.member
    }

    /// The advocate's company.
    pub const fn account(&self) -> AccountId {
        self.account
    }
}

/// For whom an account manager stands in; read from the installation by whoever asks for the power.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duties {
    /// Colleagues whose deputy they are today.
    pub deputy_for: Vec<MemberId>,
    /// Whether referrals without an account manager are theirs.
    pub default_owner: bool,
}

/// May move stages and record deals of their own accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountManaging {
    member: MemberId,
    duties: Duties,
}

impl AccountManaging {
    /// The account manager.
    pub const fn member(&self) -> MemberId {
        self.member
    }

    /// Whether something with this account manager (or with none yet) is theirs to handle.
    pub fn covers(&self, owner: Option<MemberId>) -> bool {
        match owner {
            Some(owner) => owner == self.member || self.duties.deputy_for.contains(&owner),
            None => self.duties.default_owner,
        }
    }
}

/// May hand over what was promised: marketing everything, an account manager what is their own task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivering {
    member: MemberId,
    everything: bool,
}

impl Delivering {
    /// Who hands over.
    pub const fn member(&self) -> MemberId {
        self.member
    }

    /// Whose tasks they see; `None` for everybody's.
    pub fn only_of(&self) -> Option<MemberId> {
        (!self.everything).then_some(self.member)
    }

    /// Whether the task of this owner (or nobody's) is theirs to do.
    pub fn covers(&self, owner: Option<MemberId>) -> bool {
        self.everything || owner == Some(self.member)
    }
}

macro_rules! powers {
    ($($(#[$meta:meta])* $name:ident,)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            member: MemberId,
        }

        impl $name {
            /// Who holds the power.
            pub const fn member(&self) -> MemberId {
                self.member
            }
        }
    )+};
}

powers! {
    /// May edit programmes, incentives, tiers, the compliance matrix and campaigns.
    ProgramManaging,
    /// May approve and refuse rewards of others.
    Approving,
    /// May invite advocates.
    Inviting,
    /// May edit members, roles, keys and settings, and answer privacy requests.
    Administering,
    /// May read the audit trail.
    Auditing,
}

impl Actor {
    fn is(&self, role: Role) -> bool {
        self.roles.contains(role)
    }

    /// The power to refer. Needs a company, because rewards belong to it.
    pub fn referrer(&self) -> Option<Referrer> {
        let account = self.account?;
        self.is(Role::Advocate).then_some(Referrer { member: self.member, account })
    }

    /// The power to move stages and record deals, with the duties taken over from others.
    pub fn account_managing(&self, duties: Duties) -> Option<AccountManaging> {
        self.is(Role::AccountManager).then_some(AccountManaging { member: self.member, duties })
    }

    /// The power over programmes, incentives, tiers, matrix and campaigns.
    pub fn program_managing(&self) -> Option<ProgramManaging> {
        self.is(Role::Marketing).then_some(ProgramManaging { member: self.member })
    }

    /// The power to approve rewards.
    pub fn approving(&self) -> Option<Approving> {
        self.is(Role::Marketing).then_some(Approving { member: self.member })
    }

    /// The power to hand over what was promised.
    pub fn delivering(&self) -> Option<Delivering> {
        let everything = self.is(Role::Marketing);
        let any = everything || self.is(Role::AccountManager);
        any.then_some(Delivering { member: self.member, everything })
    }

    /// The power to invite advocates.
    pub fn inviting(&self) -> Option<Inviting> {
        (self.is(Role::Marketing) || self.is(Role::Administrator)).then_some(Inviting { member: self.member })
    }

    /// The power over members, roles, keys, settings and privacy requests.
    pub fn administering(&self) -> Option<Administering> {
        self.is(Role::Administrator).then_some(Administering { member: self.member })
    }

    /// The power to read the audit trail.
    pub fn auditing(&self) -> Option<Auditing> {
        (self.is(Role::Auditor) || self.is(Role::Administrator)).then_some(Auditing { member: self.member })
    }

    /// Whether they may look at customers' companies and their members: everybody who invites, looks after or runs.
    pub fn sees_people(&self) -> bool {
        self.sees_programs()
    }

    /// Whether they may look at programmes, incentives, tiers and the matrix as staff do.
    pub fn sees_programs(&self) -> bool {
        self.is(Role::AccountManager) || self.is(Role::Marketing) || self.is(Role::Administrator)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::members::RoleSet;

    fn actor(role: Role) -> Actor {
        Actor {
            member: Uuid::from_u128(1).into(),
            account: Some(Uuid::from_u128(2).into()),
            roles: RoleSet::EMPTY.with(role),
        }
    }

    #[test]
    fn the_role_table_holds() {
        for role in Role::ALL.iter().copied() {
            let actor = actor(role);
            assert_eq!(actor.referrer().is_some(), role == Role::Advocate, "{role}");
            assert_eq!(
                actor.account_managing(Duties::default()).is_some(),
                role == Role::AccountManager,
                "{role}"
            );
            assert_eq!(actor.program_managing().is_some(), role == Role::Marketing, "{role}");
            assert_eq!(actor.approving().is_some(), role == Role::Marketing, "{role}");
            let delivers = matches!(role, Role::Marketing | Role::AccountManager);
            assert_eq!(actor.delivering().is_some(), delivers, "{role}");
            assert_eq!(actor.administering().is_some(), role == Role::Administrator, "{role}");
            let invites = matches!(role, Role::Marketing | Role::Administrator);
            assert_eq!(actor.inviting().is_some(), invites, "{role}");
        }
    }

    #[test]
    fn an_advocate_without_a_company_cannot_refer() {
        assert_eq!(Actor { account: None, ..actor(Role::Advocate) }.referrer(), None);
    }

    #[test]
    fn an_account_manager_delivers_what_is_theirs_and_marketing_everything() {
        let manager = actor(Role::AccountManager);
        let (own, other) = (manager.member, MemberId::from(Uuid::from_u128(9)));
        let delivering = manager.delivering().unwrap();
        assert_eq!(delivering.only_of(), Some(own));
        assert!(delivering.covers(Some(own)) && !delivering.covers(Some(other)) && !delivering.covers(None));
        let everything = actor(Role::Marketing).delivering().unwrap();
        assert_eq!(everything.only_of(), None);
        assert!(everything.covers(Some(other)) && everything.covers(None));
    }

    #[test]
    fn deputies_and_default_owners_cover() {
        let colleague = MemberId::from(Uuid::from_u128(9));
        let manager = actor(Role::AccountManager);
        let alone = manager.account_managing(Duties::default()).unwrap();
        assert!(alone.covers(Some(manager.member)));
        assert!(!alone.covers(Some(colleague)) && !alone.covers(None));
        let duties = Duties { deputy_for: vec![colleague], default_owner: true };
        let busy = manager.account_managing(duties).unwrap();
        assert!(busy.covers(Some(colleague)) && busy.covers(None));
    }
}
