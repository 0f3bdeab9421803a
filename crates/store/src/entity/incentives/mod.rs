//! Programmes and what they offer.

pub(crate) mod incentives;
pub(crate) mod member_defaults;
pub(crate) mod organisations;
pub(crate) mod programs;
