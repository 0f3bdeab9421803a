//! Credits and the billing system: exported with a reference, booked by the file that comes back.

mod book;
mod export;

pub(super) use book::day;
pub use book::{Bookings, Line, LineOutcome, book_credits, look_at_bookings};
pub use export::{export_credits, open_credits};
pub use store::rewards::OpenCredit;
