//! Use cases on real databases: SQLite always, PostgreSQL where the tests are offered one.

#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no part of it")]

mod company;
mod consent;
mod imports;
mod joining;
mod legal;
mod people;
mod touches;
