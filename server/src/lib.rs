//! The body: configuration, router and command line of the one binary that serves, migrates, and looks after itself.
//! A library only so that tests can send requests to the router without a port.

pub mod cli;
pub mod config;
pub mod http;
