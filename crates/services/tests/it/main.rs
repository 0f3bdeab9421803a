//! Use cases on real databases: SQLite always, PostgreSQL where the tests are offered one.

#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no part of it")]

mod access;
mod amendments;
mod assignments;
mod bench;
mod catalogue;
mod channels;
mod choices;
mod claims;
mod company;
mod compliance;
mod consent;
mod credits;
mod demo;
mod dialogue;
mod first_contact;
mod fraud;
mod imports;
mod introductions;
mod jobs;
mod joining;
mod legal;
mod neutral;
mod notices;
mod pages;
mod people;
mod pipeline;
mod questions;
mod random_walk;
mod retention;
mod rewards;
mod rewards_work;
mod rewards_world;
mod settings;
mod shortfalls;
mod sign_in;
mod staff_lists;
mod stock;
mod thanks;
mod tiers;
mod touches;
mod traces;
mod triple_win;
mod words;
