//! Who gave what to whom.

pub(crate) mod win_entries;
pub(crate) mod win_tallies;
