//! How a scheme of tiers takes effect: at once or first for a pilot, and back again.

use std::collections::BTreeSet;

codes! {
    /// How far a scheme has come on its way into effect.
    pub enum RolloutState {
        /// The members of the pilot are being moved.
        Piloting => "piloting",
        /// The pilot goes by the new scheme, everybody else by the one before.
        Pilot => "pilot",
        /// The new scheme is in force, and everybody is being moved.
        Rolling => "rolling",
        /// The new scheme is in force, and everybody has been moved.
        InForce => "in_force",
        /// The pilot is being put back to what it had.
        Closing => "closing",
        /// The pilot ended, and everybody has what they had before.
        Closed => "closed",
        /// The scheme before is in force again, and everybody is being put back.
        Undoing => "undoing",
        /// Everybody has what they had before.
        Undone => "undone",
    }
}

impl RolloutState {
    /// The states in which some members have moved and others not, or go by another scheme: one roll-out at a time.
    pub const UNDER_WAY: [Self; 5] =
        [Self::Piloting, Self::Pilot, Self::Rolling, Self::Closing, Self::Undoing];

    /// Whether no other roll-out may begin.
    pub fn is_under_way(self) -> bool {
        Self::UNDER_WAY.contains(&self)
    }

    /// Whether members are being moved right now.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Piloting | Self::Rolling | Self::Closing | Self::Undoing)
    }

    /// What it becomes once everybody has been moved.
    pub const fn when_moved(self) -> Self {
        match self {
            Self::Piloting => Self::Pilot,
            Self::Rolling => Self::InForce,
            Self::Closing => Self::Closed,
            Self::Undoing => Self::Undone,
            Self::Pilot | Self::InForce | Self::Closed | Self::Undone => self,
        }
    }
}

codes! {
    /// What chooses the members of a pilot.
    pub enum PilotKind {
        /// The countries of their companies.
        Countries => "countries",
        /// Who looks after their companies.
        Managers => "managers",
        /// The tiers they have when the pilot begins.
        Tiers => "tiers",
    }
}

/// Who goes by a new scheme first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pilot {
    /// What chooses them.
    pub kind: PilotKind,
    /// The countries, the account managers' ids, or the codes of tiers; never empty.
    pub of: BTreeSet<String>,
}

impl Pilot {
    /// A pilot of these; `None` where nothing was chosen.
    pub fn new(kind: PilotKind, of: impl IntoIterator<Item = String>) -> Option<Self> {
        let of: BTreeSet<String> = of.into_iter().filter(|one| !one.is_empty()).collect();
        (!of.is_empty()).then_some(Self { kind, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_being_moved_arrives_and_only_then_another_scheme_may_follow() {
        for state in RolloutState::ALL.iter().copied() {
            let then = state.when_moved();
            assert!(!then.is_moving());
            assert_eq!(state == then, !state.is_moving());
            assert!(!state.is_moving() || state.is_under_way());
        }
        assert!(RolloutState::Pilot.is_under_way() && !RolloutState::InForce.is_under_way());
    }

    #[test]
    fn a_pilot_is_never_of_nothing() {
        assert_eq!(Pilot::new(PilotKind::Countries, [String::new()]), None);
        assert!(Pilot::new(PilotKind::Countries, ["AT".to_owned()]).is_some());
    }
}
