//! Suspected misuse: what speaks for it, how much that weighs together, and the case that a person decides.
//!
//! Nothing here accuses anybody or refuses anything. Checks give reasons, reasons have weights, and from a threshold on
//! a case holds rewards until somebody has looked.

mod assess;
mod case;
mod disposable;
mod mailbox;
mod rules;

pub use assess::{AdvocateFacts, ContactFacts, FraudFacts, FraudReason, Met, assess, busiest, score};
pub use case::{CaseError, CaseState, CaseVerdict, FraudCase};
pub use disposable::is_disposable;
pub use mailbox::Mailbox;
pub use rules::FraudRules;
