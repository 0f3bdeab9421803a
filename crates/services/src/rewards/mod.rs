//! Rewards: earned by stage moves, approved, delivered, taken back; each change is booked in the ledger, in the same
//! transaction, exactly once.

mod approve;
mod check_ledger;
mod decline;
mod deliver;
mod desk;
mod expire;
mod follow;
mod queries;
mod remind;
mod settings;
mod statement;
mod take_back;
mod tell;

pub use approve::approve;
pub(crate) use approve::context as approval_context;
pub use check_ledger::{LedgerReport, check_ledger};
pub use decline::decline;
pub use deliver::{deliver, plan_delivery};
pub use desk::ActError;
pub(crate) use desk::Desk;
pub(crate) use expire::expire;
pub use follow::follow;
pub use queries::{
    Life, Mine, Page, Queue, Task, Tasks, life, line, list, mine, of_referral, queue, shortfalls, tasks,
};
pub(crate) use remind::remind;
pub(crate) use settings::read as read_setting;
pub use settings::{CAPS, Caps, RewardSettings, SETTINGS};
pub use statement::statement;
pub use store::{
    ledger::Balance,
    rewards::{Place, RewardFilter, RewardLine, RewardStep, Shortfall},
};
pub use take_back::{TakeBack, take_back};
pub use tell::RewardNews;
pub(crate) use tell::tell_reward;
