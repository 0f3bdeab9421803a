//! How a scheme of tiers takes effect: at once or first for a pilot, and back again.

use std::collections::BTreeSet;

use super::TierCode;
use crate::{ids::SegmentId, segments::SegmentRule, text::Country};

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
        /// A segment, as it stands when the pilot begins.
        Segment => "segment",
    }
}

/// Who goes by a new scheme first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pilot {
    /// What chooses them.
    pub kind: PilotKind,
    /// The countries, the account managers' ids, the codes of tiers, or the segment's id; never empty.
    pub of: BTreeSet<String>,
}

impl Pilot {
    /// A pilot of these; `None` where nothing was chosen.
    pub fn new(kind: PilotKind, of: impl IntoIterator<Item = String>) -> Option<Self> {
        let of: BTreeSet<String> = of.into_iter().filter(|one| !one.is_empty()).collect();
        (!of.is_empty()).then_some(Self { kind, of })
    }

    /// The segment that chooses them, where one does.
    pub fn segment(&self) -> Option<SegmentId> {
        let first = self.of.first().filter(|_| self.kind == PilotKind::Segment)?;
        first.parse().ok()
    }

    /// What chooses them, where no segment does.
    pub fn rule(&self) -> SegmentRule {
        let mut rule = SegmentRule::default();
        let of = self.of.iter();
        match self.kind {
            PilotKind::Countries => rule.countries = of.filter_map(|one| Country::parse(one).ok()).collect(),
            PilotKind::Managers => rule.managers = of.filter_map(|one| one.parse().ok()).collect(),
            PilotKind::Tiers => rule.tiers = of.filter_map(|one| TierCode::parse(one).ok()).collect(),
            PilotKind::Segment => {}
        }
        rule
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

    #[test]
    fn whoever_a_pilot_names_is_a_segment_or_a_rule() {
        let pilot = Pilot::new(PilotKind::Tiers, ["gold".to_owned()]).unwrap();
        assert_eq!(pilot.segment(), None);
        assert_eq!(pilot.rule().tiers, [TierCode::parse("gold").unwrap()].into());
        let id = SegmentId::from(uuid::Uuid::from_u128(3));
        assert_eq!(Pilot::new(PilotKind::Segment, [id.to_string()]).unwrap().segment(), Some(id));
    }
}
