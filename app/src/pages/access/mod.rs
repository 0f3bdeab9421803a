//! Early access: the features that marketing lists, and the keys of machines that ask for grants.

pub mod features;
pub mod keys;
pub mod shown;
