//! Customers from a file: whatever a company's own list looks like, it is read line by line, and each line that can't
//! be read is handed back with its number and the reason.
//!
//! | part | what it decides |
//! |---|---|
//! | [`text`] | which characters the bytes are, and what stands between two fields |
//! | [`columns`] | which column means what, in German and English |
//! | [`line`] | what one line says about a customer |
//! | [`pace`] | how many lines one transaction takes |
//! | [`customers`] | what of it is new, and writing that in small batches |

pub mod columns;
mod customers;
mod keep;
pub mod line;
mod pace;
pub mod text;

pub use customers::{ImportError, Importing, Refused, Report, errors_csv, import_customers};
pub use keep::{Kept, Progress, confirm_kept, keep, kept, start_kept};
