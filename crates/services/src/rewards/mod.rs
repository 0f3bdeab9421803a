//! Rewards: earned by stage moves, approved, delivered, taken back; each change is booked in the ledger, in the same
//! transaction, exactly once.

mod approve;
mod categorise;
mod check_ledger;
mod conversions;
mod credits;
mod decline;
mod deliver;
mod desk;
mod expire;
mod follow;
mod introductions;
mod obligations;
mod queries;
mod receipts;
mod remind;
mod settings;
mod shortfalls;
mod statement;
mod take_back;
mod tell;

pub use approve::approve;
pub(crate) use approve::context as approval_context;
pub use categorise::categorise;
pub use check_ledger::{LedgerReport, check_ledger};
pub use conversions::{
    ConversionLine, ConversionOutcome, Conversions, StoredConversion, conversions_template,
    latest_conversions, look_at_conversions, refused_conversions, take_conversions, take_conversions_of_host,
};
pub use credits::{
    Bookings, Line as BookingLine, LineOutcome, OpenCredit, book_credits, export_credits, look_at_bookings,
    open_credits,
};
pub use decline::decline;
pub(crate) use deliver::end_of;
pub use deliver::{deliver, deliver_with_receipt, plan_delivery};
pub use desk::ActError;
pub(crate) use desk::Desk;
pub(crate) use expire::expire;
pub use follow::follow;
pub use introductions::{
    IntroductionLine, Reciprocity, ReciprocityAccount, StoredIntroduction, confirm_introduction,
    dispute_introduction, introduce, own_reciprocity, promise_introduction, reciprocities, reciprocity_of,
};
pub(crate) use introductions::{accept_silence, ask, tell_dispute};
pub use obligations::{
    Obligations, ReceiverYear, YearEnd, obligations, obligations_file, receiver_year, receiver_year_file,
    year_end, year_end_file,
};
pub use queries::{Life, Mine, Page, Queue, Task, Tasks, life, line, list, mine, of_referral, queue, tasks};
pub use receipts::{own_receipt, receipt};
pub(crate) use remind::remind;
pub(crate) use settings::read as read_setting;
pub use settings::{CAPS, Caps, RewardSettings, SETTINGS};
pub(crate) use shortfalls::ask_back;
pub use shortfalls::{decide_shortfall, shortfall, shortfalls};
pub use statement::{booking_name, category_name, statement};
pub use store::{
    ledger::{Balance, Standing, StatementLine, YearLine, YearReceiver},
    rewards::{Categorised, Place, RewardFilter, RewardLine, RewardStep, StoredShortfall},
};
pub(crate) use take_back::reverse_all;
pub use take_back::{TakeBack, take_back};
pub use tell::RewardNews;
pub(crate) use tell::tell_reward;
