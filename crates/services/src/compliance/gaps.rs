//! What the rules of a market leave undecided.

use domain::{
    accounts::RecipientKind,
    compliance::{Case, Gap, ReceiverFacts, Section, known_kinds},
    incentives::IncentiveKind,
    rewards::Side,
    text::Country,
};
use store::compliance::Law;

/// A kind of receiver for which no rule of a market says anything about a kind of incentive: it is forbidden, and nobody has
/// written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapFound {
    /// Whose receiver.
    pub recipient: RecipientKind,
    /// Which incentive.
    pub kind: IncentiveKind,
    /// On which side.
    pub side: Side,
    /// In how many industries; all of them where no rule allows it anywhere.
    pub sections: usize,
}

/// Every case of a market that no rule decides.
pub fn gaps(law: &Law, market: Country) -> Vec<GapFound> {
    let mut found = Vec::new();
    for side in Side::ALL {
        for kind in IncentiveKind::ALL.iter().filter(|kind| **kind != IncentiveKind::None) {
            for recipient in known_kinds() {
                let undecided = |section: &&Section| {
                    let receiver =
                        ReceiverFacts { market: Some(market), section: Some(**section), recipient };
                    let case = Case { receiver, kind: *kind, side: *side };
                    law.matrix.decide(&case).gap == Some(Gap::NoRule)
                };
                let sections = Section::ALL.iter().filter(undecided).count();
                if sections > 0 {
                    found.push(GapFound { recipient, kind: *kind, side: *side, sections });
                }
            }
        }
    }
    found
}
