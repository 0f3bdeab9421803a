//! Which parts a move earns, and which a correction takes back.

use std::collections::BTreeSet;

use crate::{
    incentives::{Part, PayingStep},
    referrals::Step,
};

/// The parts that are due now that a referral has reached `to`: every unpaid one after `from`, so that skipped
/// steps pay too. `from` is the step on which the incentive was chosen; it serves later steps only.
pub fn parts_due(from: Step, to: Step, parts: &[Part], already_paid: &BTreeSet<PayingStep>) -> Vec<Part> {
    let due = |part: &&Part| {
        let step = part.step.step();
        step > from && step <= to && !already_paid.contains(&part.step)
    };
    parts.iter().filter(due).cloned().collect()
}

/// The paid parts that a correction back to `to` takes back, as far as they are not fulfilled.
pub fn parts_undone(to: Step, paid: &BTreeSet<PayingStep>) -> Vec<PayingStep> {
    paid.iter().copied().filter(|part| part.step() > to).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incentives::{IncentiveKind, testing::incentive};

    #[test]
    fn skipped_steps_pay() {
        let scheme = incentive(IncentiveKind::Credit, &[1, 2, 3, 4]).scheme;
        let steps = |from, to, paid: &[PayingStep]| -> Vec<_> {
            let paid = paid.iter().copied().collect();
            parts_due(from, to, scheme.parts(), &paid).iter().map(|part| part.step).collect()
        };
        use PayingStep::{Accepted, Meeting, Qualified, Won};
        assert_eq!(steps(Step::Submitted, Step::Won, &[Accepted]), [Meeting, Qualified, Won]);
        assert_eq!(steps(Step::Submitted, Step::Contacted, &[]), [Accepted]);
        assert_eq!(
            steps(Step::Meeting, Step::Qualified, &[]),
            [Qualified],
            "a later choice serves later steps"
        );
        assert_eq!(parts_undone(Step::Accepted, &[Accepted, Meeting].into()), [Meeting]);
    }

    proptest! {
        #[test]
        fn every_part_is_paid_at_most_once(path in prop::collection::vec(prop::sample::select(Step::ALL), 1..20)) {
            let scheme = incentive(IncentiveKind::Credit, &[1, 2, 3, 4]).scheme;
            let mut paid = BTreeSet::new();
            let mut furthest = Step::Submitted;
            for to in path {
                for part in parts_due(Step::Submitted, to, scheme.parts(), &paid) {
                    prop_assert!(paid.insert(part.step), "paid twice");
                }
                furthest = furthest.max(to);
            }
            let reached = PayingStep::ALL.iter().copied().filter(|part| part.step() <= furthest).collect();
            prop_assert_eq!(paid, reached);
        }
    }
}
