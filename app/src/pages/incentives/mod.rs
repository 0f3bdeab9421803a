//! Programmes and the catalogue of thank-yous, as marketing edits them.

pub mod catalogue;
pub mod first_contact;
pub mod offer;
pub mod organisation;
pub(crate) mod own_thanks;
pub mod program;
pub mod questions;
pub mod stages;
