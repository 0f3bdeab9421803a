//! Referrals: two axes (stage and consent), the moves between their states, and who has the ball.

mod amend;
mod answers;
mod ball;
mod choice;
mod dialogue;
mod event;
mod facts;
mod moves;
mod pipeline;
mod settings;
mod stage;
mod submit;
#[cfg(test)]
pub(crate) mod testing;

pub use amend::{AmendError, Amendment};
pub use answers::{Answer, AnswerError, AnswerValue, check_answers};
pub use ball::{Ball, NextStep, Party};
pub use choice::ChoiceError;
pub use dialogue::DialogueSide;
pub use event::{Event, EventKind, MoverKind};
pub use facts::{Facts, Progress, Referral, Terms};
pub use moves::{Move, MoveError, Mover};
pub use pipeline::{Pipeline, PipelineError, Stop, SubStage};
pub use settings::{ConsentDays, ReferralSettings};
pub use stage::{AdvocateView, Closing, DisqualifyReason, End, LossReason, Position, Stage, Step, WonMeans};
pub use submit::{Submit, SubmitError, SubmitRules, Submitter};
