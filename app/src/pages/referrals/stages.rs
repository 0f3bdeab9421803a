//! What the stages of a programme are called, for staff: under the programme's own names where it has given some.

use domain::referrals::{Facts, Pipeline, Stage, Stop};
use words::{Words, keys};

use crate::{pages::PageError, visitor::Visitor};

/// Names of stages in the reader's language.
#[derive(Clone, Debug)]
pub(crate) struct Stages {
    /// The pipeline they belong to.
    pub(crate) pipeline: Pipeline,
    words: Words,
}

impl Stages {
    /// Those of the programme that referrals belong to.
    pub(crate) async fn of(visitor: &Visitor) -> Result<Self, PageError> {
        let version = visitor.person.as_ref().map(|person| person.catalogue);
        let catalogue = services::catalogue(&visitor.app.ctx, version).await?;
        let pipeline = catalogue.programme.as_ref().map(|programme| programme.program.pipeline.clone());
        Ok(Self { pipeline: pipeline.unwrap_or_default(), words: visitor.words })
    }

    /// The name of a stage, ends included.
    pub(super) fn stage(&self, stage: Stage) -> String {
        match self.pipeline.stage_name(stage) {
            Some(own) => own.to(self.words.language()).to_owned(),
            None => self.words.code("stage", stage.as_str()).into_owned(),
        }
    }

    /// The name of a stop.
    pub(super) fn stop(&self, stop: Stop) -> String {
        match (stop, self.pipeline.name(stop)) {
            (_, Some(own)) => own.to(self.words.language()).to_owned(),
            (Stop::Step(step), None) => self.stage(step.stage()),
            // A referral entered it a moment before it was taken out.
            (Stop::Between(_), None) => self.words.say(keys::STAGE_BETWEEN_GONE).into_owned(),
        }
    }

    /// The name of where this referral stands.
    pub(super) fn now(&self, facts: &Facts) -> String {
        match facts.stop() {
            Some(stop) => self.stop(stop),
            None => self.stage(facts.position.stage()),
        }
    }

    /// The name behind the code of a stage or stop, as forms and addresses hold it; `None` for none of them.
    pub(super) fn code(&self, code: &str) -> Option<String> {
        let stage = Stage::parse(code).map(|stage| self.stage(stage));
        stage.or_else(|| Some(self.stop(Stop::parse(code)?)))
    }

    /// What the button of a move to this stop says.
    pub(super) fn advance(&self, stop: Stop) -> String {
        match (stop, self.pipeline.name(stop)) {
            (Stop::Step(step), None) => self.words.code("move", step.as_str()).into_owned(),
            _ => self.words.with(keys::MOVE_ON_TO, [("stage", self.stop(stop).into())]),
        }
    }
}

/// What a form notes of where the referral stood when it was made.
pub(super) fn seen(facts: &Facts) -> String {
    facts.stop().map_or_else(|| facts.position.stage().to_string(), |stop| stop.to_string())
}
