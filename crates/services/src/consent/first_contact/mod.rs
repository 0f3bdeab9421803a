//! The third way to consent: the account manager speaks to the person once, where counsel has allowed it for the market
//! and the ground is recorded. Off as long as no rule is written.
//!
//! Name and number are encrypted until then, and shown to the assigned account manager alone. They go with the answer, or
//! after the days a contact has to consent. No mail is ever part of it.

mod answer;
mod keep;
mod reveal;
mod rules;

pub use answer::{SpokenAnswer, SpokenError, spoken_answer, spoken_wording, stop_spoken};
pub(crate) use keep::{company_put_right, keep, person_hash, purge};
pub use reveal::{FirstContactSeen, RevealError, first_contact_of, reveal};
pub use rules::{AllowError, allow, end_rule, rules_of};
pub use store::first_contacts::{FirstContact, FirstContactRule};
