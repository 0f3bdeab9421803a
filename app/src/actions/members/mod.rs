//! Signing in and out, joining, one's own profile, and what staff do to people.

pub mod join;
pub mod joining;
mod language;
pub mod manners;
pub mod people;
pub mod pin;
pub mod release;
mod sign_in;
mod sign_in_with;
mod sign_out;

use domain::ids::MemberId;

use crate::{
    forms::{Flash, FormState},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::Visitor,
};

pub use language::change_language;
pub use sign_in::{request, with_code, with_link};
pub use sign_in_with::{back_from_provider, leave_for_provider};
pub use sign_out::{sign_out, sign_out_everywhere};

/// After something that a form on somebody's page does: the page again, with a word that it is saved, or with what was wrong
/// at the field that the refusal belongs to.
async fn done<E>(
    result: Result<(), E>,
    (mut form, which): (FormState, &str),
    field_of: impl FnOnce(E) -> Result<(&'static str, String), PageError>,
    member: MemberId,
    visitor: &Visitor,
) -> PageResult {
    let page = paths::person(member);
    match result {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&page))
        }
        Err(error) => {
            let (field, code) = field_of(error)?;
            form.set("form", which);
            form.refuse(field, code);
            form.back_to(&page, visitor).await
        }
    }
}
