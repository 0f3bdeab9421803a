//! How much of a contact's data a member sees.

use super::{Actor, Duties, Role};
use crate::{consent::ConsentState, referrals::Facts};

codes! {
    /// How much of a contact's data is shown.
    pub enum ContactSight {
        /// Nothing, not even that the referral exists.
        Nothing => "nothing",
        /// The advocate's own entry and the stage.
        StageOnly => "stage_only",
        /// Name and address as a mask.
        Masked => "masked",
        /// Everything the contact entered.
        Full => "full",
    }
}

impl Actor {
    /// What this actor sees of the contact of a referral: the widest sight that any of their roles gives.
    pub fn sight_of_contact(&self, referral: &Facts, duties: Duties) -> ContactSight {
        let consented = referral.consent == ConsentState::Given;
        let manages =
            self.account_managing(duties).is_some_and(|power| power.covers(referral.account_manager));
        if manages && consented {
            ContactSight::Full
        } else if manages || self.roles.contains(Role::Marketing) {
            ContactSight::Masked
        } else if self.referrer().is_some_and(|power| power.member() == referral.advocate) {
            ContactSight::StageOnly
        } else {
            ContactSight::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        members::RoleSet,
        referrals::testing::{advocate, facts, manager},
    };

    #[test]
    fn sight_follows_role_ownership_and_consent() {
        let mut facts = facts();
        let see = |actor: &Actor, facts: &Facts| actor.sight_of_contact(facts, Duties::default());
        assert_eq!(see(&manager(), &facts), ContactSight::Masked);
        facts.consent = ConsentState::Given;
        assert_eq!(see(&manager(), &facts), ContactSight::Full);
        assert_eq!(see(&advocate(), &facts), ContactSight::StageOnly);
        let marketing = Actor { roles: RoleSet::EMPTY.with(Role::Marketing), ..manager() };
        assert_eq!(see(&marketing, &facts), ContactSight::Masked);
        let administrator = Actor { roles: RoleSet::EMPTY.with(Role::Administrator), ..manager() };
        assert_eq!(see(&administrator, &facts), ContactSight::Nothing);
    }
}
