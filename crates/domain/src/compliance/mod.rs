//! The compliance matrix: what the law of a market lets a receiver have. The most restrictive rule wins. And how long what
//! is kept.

mod matrix;
mod retention;
mod rule;
mod section;

pub use matrix::{Decision, Gap, HeldCap, MarketRules, Matrix, Missing, Verdict, known_kinds};
pub use retention::Kept;
pub use rule::{Cap, CapPeriod, Case, Effect, EffectCode, MatrixRule, ReceiverFacts, RuleVersion, Scope};
pub use section::Section;
