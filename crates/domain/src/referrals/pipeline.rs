//! A programme's own pipeline: what its steps are called, which it leaves out, and stages of its own between them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Stage, Step};
use crate::{ids::SubStageId, text::Bilingual};

/// A stage of the programme's own, between a step and the next. It is for the host alone: advocates are not told of it, and
/// rewards, tiers and due times hang on the steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubStage {
    /// Which one.
    pub id: SubStageId,
    /// The step that it belongs to: a referral in it has reached that step and no later one.
    pub after: Step,
    /// What it is called.
    pub name: Bilingual,
}

/// A place in the pipeline where a referral can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// On a step.
    Step(Step),
    /// In a stage between.
    Between(SubStageId),
}

impl Stop {
    /// Reads what [`Display`](std::fmt::Display) has written.
    pub fn parse(code: &str) -> Option<Self> {
        Step::parse(code).map(Self::Step).or_else(|| code.parse().ok().map(Self::Between))
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Step(step) => step.fmt(f),
            Self::Between(id) => id.fmt(f),
        }
    }
}

/// Why a pipeline can't be like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PipelineError {
    /// Every referral is submitted, accepted and, if all goes well, won.
    Needed(Step),
    /// A thank-you that is offered pays at this step.
    CarriesPart(Step),
    /// A stage between must follow a step that is there.
    AfterDropped(SubStageId),
    /// A name is there in one language only.
    HalfNamed(Stop),
    /// A name is too long for a lane of the board.
    TooLong(Stop),
    /// Two stages have the same name.
    SameName(Stop),
    /// More stages between than a board can show.
    TooMany,
}

error_codes!(PipelineError {
    Self::Needed(_) => "step_needed",
    Self::CarriesPart(_) => "carries_part",
    Self::AfterDropped(_) => "after_dropped",
    Self::HalfNamed(_) => "half_named",
    Self::TooLong(_) => "name_too_long",
    Self::SameName(_) => "same_name",
    Self::TooMany => "too_many_stages",
});

/// A programme's pipeline. The default one has every step under the product's own name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pipeline {
    names: BTreeMap<Step, Bilingual>,
    dropped: BTreeSet<Step>,
    between: Vec<SubStage>,
}

impl Pipeline {
    /// Steps that a programme can do without.
    pub const OPTIONAL: [Step; 3] = [Step::Contacted, Step::Meeting, Step::Qualified];
    /// Stages between, at most: a board with more lanes can't be read.
    pub const MOST_BETWEEN: usize = 6;
    /// Letters of a name, at most.
    pub const LONGEST_NAME: usize = 40;

    /// A pipeline whose steps are called `names` (a step without a name keeps the product's), without the steps `dropped`,
    /// with the stages `between` in this order.
    ///
    /// # Errors
    /// [`PipelineError`] says what can't be, the first in the order of the pipeline.
    pub fn new(
        names: BTreeMap<Step, Bilingual>,
        dropped: BTreeSet<Step>,
        between: Vec<SubStage>,
    ) -> Result<Self, PipelineError> {
        if let Some(needed) = dropped.iter().find(|step| !Self::OPTIONAL.contains(step)) {
            return Err(PipelineError::Needed(*needed));
        }
        if between.len() > Self::MOST_BETWEEN {
            return Err(PipelineError::TooMany);
        }
        if let Some(lost) = between.iter().find(|stage| dropped.contains(&stage.after)) {
            return Err(PipelineError::AfterDropped(lost.id));
        }
        let mut between = between;
        // By step, and within a step as they were given.
        between.sort_by_key(|stage| stage.after);
        let names = names.into_iter().filter(|(_, name)| !is_empty(name)).collect();
        let pipeline = Self { names, dropped, between };
        let mut seen: Vec<&Bilingual> = Vec::new();
        for stop in pipeline.stops() {
            let Some(name) = pipeline.name(stop) else { continue };
            if name.de.trim().is_empty() || name.en.trim().is_empty() {
                return Err(PipelineError::HalfNamed(stop));
            }
            if name.de.chars().count().max(name.en.chars().count()) > Self::LONGEST_NAME {
                return Err(PipelineError::TooLong(stop));
            }
            let same = |other: &&Bilingual| other.de == name.de || other.en == name.en;
            if seen.iter().any(same) {
                return Err(PipelineError::SameName(stop));
            }
            seen.push(name);
        }
        Ok(pipeline)
    }

    /// Where a referral can stand, in order.
    pub fn stops(&self) -> Vec<Stop> {
        let step = |step: &Step| {
            let own = self.between_of(*step).map(|stage| Stop::Between(stage.id));
            std::iter::once(Stop::Step(*step)).chain(own).collect::<Vec<_>>()
        };
        Step::ALL.iter().filter(|step| !self.dropped.contains(step)).flat_map(step).collect()
    }

    /// What the programme calls this stop; `None` where it keeps the product's name.
    pub fn name(&self, stop: Stop) -> Option<&Bilingual> {
        match stop {
            Stop::Step(step) => self.names.get(&step),
            Stop::Between(id) => self.sub_stage(id).map(|stage| &stage.name),
        }
    }

    /// What the programme calls this stage; `None` where it keeps the product's name.
    pub fn stage_name(&self, stage: Stage) -> Option<&Bilingual> {
        stage.step().and_then(|step| self.name(Stop::Step(step)))
    }

    /// The stage between with this id.
    pub fn sub_stage(&self, id: SubStageId) -> Option<&SubStage> {
        self.between.iter().find(|stage| stage.id == id)
    }

    /// All stages between, in order.
    pub fn between(&self) -> &[SubStage] {
        &self.between
    }

    /// The stages between this step and the next, in order.
    pub fn between_of(&self, step: Step) -> impl Iterator<Item = &SubStage> {
        self.between.iter().filter(move |stage| stage.after == step)
    }

    /// The steps that are left out.
    pub const fn dropped(&self) -> &BTreeSet<Step> {
        &self.dropped
    }

    /// The stops that are there in `self` and not in `next`: nobody may stand there when `next` takes its place.
    pub fn lost_in(&self, next: &Self) -> Vec<Stop> {
        let kept = next.stops();
        self.stops().into_iter().filter(|stop| !kept.contains(stop)).collect()
    }

    /// The stop that follows; `None` after the last one.
    pub fn following(&self, stop: Stop) -> Option<Stop> {
        let stops = self.stops();
        let at = stops.iter().position(|each| *each == stop)?;
        stops.get(at + 1).copied()
    }
}

fn is_empty(name: &Bilingual) -> bool {
    name.de.trim().is_empty() && name.en.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn trial(after: Step) -> SubStage {
        SubStage {
            id: Uuid::from_u128(1).into(),
            after,
            name: Bilingual::new("Probebetrieb", "Proof of concept"),
        }
    }

    fn new(
        names: &[(Step, &str, &str)],
        dropped: &[Step],
        between: Vec<SubStage>,
    ) -> Result<Pipeline, PipelineError> {
        let names = names.iter().map(|(step, de, en)| (*step, Bilingual::new(*de, *en))).collect();
        Pipeline::new(names, dropped.iter().copied().collect(), between)
    }

    #[test]
    fn stages_between_stand_behind_their_step_and_dropped_steps_are_gone() {
        let pipeline = new(&[], &[Step::Contacted], vec![trial(Step::Meeting)]).unwrap();
        let own = Stop::Between(trial(Step::Meeting).id);
        assert_eq!(
            pipeline.stops(),
            [
                Stop::Step(Step::Submitted),
                Stop::Step(Step::Accepted),
                Stop::Step(Step::Meeting),
                own,
                Stop::Step(Step::Qualified),
                Stop::Step(Step::Won),
            ]
        );
        assert_eq!(pipeline.following(Stop::Step(Step::Meeting)), Some(own));
        assert_eq!(pipeline.following(own), Some(Stop::Step(Step::Qualified)));
        assert_eq!(pipeline.following(Stop::Step(Step::Won)), None);
        assert_eq!(pipeline.lost_in(&Pipeline::default()), [own]);
        assert_eq!(Pipeline::default().lost_in(&pipeline), [Stop::Step(Step::Contacted)]);
    }

    #[test]
    fn names_are_in_both_languages_short_and_different() {
        let half = new(&[(Step::Meeting, "Termin", " ")], &[], Vec::new());
        assert_eq!(half, Err(PipelineError::HalfNamed(Stop::Step(Step::Meeting))));
        let long = "x".repeat(Pipeline::LONGEST_NAME + 1);
        let long = new(&[(Step::Meeting, &long, "Demo")], &[], Vec::new());
        assert_eq!(long, Err(PipelineError::TooLong(Stop::Step(Step::Meeting))));
        let same = new(&[(Step::Meeting, "Probebetrieb", "Demo")], &[], vec![trial(Step::Meeting)]);
        assert!(matches!(same, Err(PipelineError::SameName(Stop::Between(_)))));
        let none = new(&[(Step::Meeting, "", " ")], &[], Vec::new()).unwrap();
        assert_eq!(none, Pipeline::default());
    }

    #[test]
    fn what_a_referral_cannot_do_without_stays() {
        for step in [Step::Submitted, Step::Accepted, Step::Won] {
            assert_eq!(new(&[], &[step], Vec::new()), Err(PipelineError::Needed(step)));
        }
        let lost = new(&[], &[Step::Meeting], vec![trial(Step::Meeting)]);
        assert!(matches!(lost, Err(PipelineError::AfterDropped(_))));
        let many = (0..=6).map(|id| SubStage { id: Uuid::from_u128(id).into(), ..trial(Step::Meeting) });
        assert_eq!(new(&[], &[], many.collect()), Err(PipelineError::TooMany));
    }

    #[test]
    fn stops_survive_their_text() {
        let pipeline =
            new(&[(Step::Meeting, "Termin", "Demo")], &[Step::Qualified], vec![trial(Step::Meeting)])
                .unwrap();
        for stop in pipeline.stops() {
            assert_eq!(Stop::parse(&stop.to_string()), Some(stop));
        }
    }
}
