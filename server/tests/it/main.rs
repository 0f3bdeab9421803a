//! The router by requests: status, place, cookies, HTML, on every database that the tests are offered.

mod browser;
mod frame;
mod main_job;
