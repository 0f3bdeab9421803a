//! The router by requests: status, place, cookies, HTML, on every database that the tests are offered.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets the unexpected has failed")]

mod addresses;
mod api;
mod backup;
mod browser;
mod campaigns;
mod choices;
mod clocks;
mod conflicts;
mod contact;
mod editors;
mod ends;
mod forms;
mod frame;
mod furnished;
mod home;
mod imports;
mod joining;
mod legal_links;
mod lists;
mod mails;
mod main_job;
mod outages;
mod people;
mod proof;
mod questions;
mod reach;
mod rewards;
mod roles;
mod several;
mod sign_in;
mod throttles;
mod troubles;
mod weight;
