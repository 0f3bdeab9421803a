//! Use cases on real databases.

#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no part of it")]

mod imports;
mod legal;
mod people;
