//! What a referred contact sees: the landing page, the confirmation, their private page.

pub mod answers;
pub mod benefits;
pub mod confirm;
pub mod fields;
pub mod landing;
pub mod mine;
mod pass_on;
mod remembered;
