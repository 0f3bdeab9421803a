//! Who gave what to whom.

pub(crate) mod win_entries;
// Its statements are written out by hand; here it is for the test that compares entities with the schema.
#[cfg(test)]
pub(crate) mod win_tallies;
