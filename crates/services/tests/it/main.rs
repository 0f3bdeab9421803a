//! Use cases on real databases: SQLite always, PostgreSQL where the tests are offered one.

#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no part of it")]

mod catalogue;
mod company;
mod consent;
mod first_contact;
mod imports;
mod jobs;
mod joining;
mod legal;
mod notices;
mod pages;
mod people;
mod rewards;
mod rewards_world;
mod settings;
mod sign_in;
mod staff_lists;
mod tiers;
mod touches;
mod triple_win;
mod words;
