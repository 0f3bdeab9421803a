//! The router by requests: status, place, cookies, HTML, on every database that the tests are offered.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets the unexpected has failed")]

mod addresses;
mod browser;
mod frame;
mod lists;
mod main_job;
mod troubles;
