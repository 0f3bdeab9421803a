//! What a contact does: fills in the form, agrees, refuses, corrects, withdraws, objects, erases.

mod answer;
mod mine;
mod submit;

pub use answer::{give, refuse, refuse_carried, refuse_own};
pub use mine::{correct, erase, object, withdraw};
pub use submit::{submit_carried, submit_own};
