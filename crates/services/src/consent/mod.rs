//! Consent: what a contact is told, how they agree, and how they take it back.
//!
//! Two ways lead here: the advocate's own link (`own share`) and the link of a submitted referral (`carried link`).
//! Both end in the same form, which the contact fills in; one mail goes to the address they typed themselves, and only
//! the button behind its link gives consent. Nobody is ever written to at an address that somebody else typed.

mod advertised;
mod answer;
mod confirm_mail;
mod first_contact;
mod my_page;
mod neutral;
mod pass_on;
mod proof;
mod purge;
mod seen;
mod submit;
mod wording;

pub use advertised::{Advertised, advertised, advertised_by, advertised_in, advertised_of};
pub use answer::{AnswerError, Confirmation, confirmation, give, refuse, refuse_carried};
pub(crate) use first_contact::purge as purge_first_contact;
pub use first_contact::{
    AllowError, FirstContact, FirstContactRule, FirstContactSeen, RevealError, SpokenAnswer, SpokenError,
    allow, end_rule, first_contact_of, reveal, rules_of, spoken_answer, spoken_wording, stop_spoken,
};
pub(crate) use first_contact::{company_put_right, keep as keep_first_contact, person_hash};
pub use my_page::{Correct, MyPage, MyPageError, OwedBenefit, correct, erase, my_page, object, withdraw};
pub use neutral::{neutral_answers, neutral_answers_of};
pub use pass_on::pass_on_link;
pub use proof::{Proof, proofs};
pub(crate) use purge::purge;
pub use seen::{SeenContact, seen_contacts};
pub use store::{
    consent::ConsentStep,
    neutral_answers::{NeutralDay, NeutralLine},
};
pub use submit::{Answer, Entry, Origin, SubmitEntryError, carried, submit_entry};
use wording::agreed_wording;
pub use wording::{WORDING_VERSION, steps_wording, wording};

use domain::{fraud::Mailbox, ids::ContactId, text::EmailAddress};

use crate::Ctx;

/// The keyed hash under which an address is looked up and suppressed.
pub(crate) fn email_hash(ctx: &Ctx, email: &EmailAddress) -> String {
    ctx.secret.hash("contact-email", email.as_str())
}

/// The keyed hash of the mailbox behind an address: equal for every spelling of it.
fn mailbox_hash(ctx: &Ctx, email: &EmailAddress) -> String {
    ctx.secret.hash("contact-mailbox", Mailbox::of(email).as_str())
}

/// The token of the link in the confirmation mail: made again from the id, stored as a hash only.
pub(crate) fn confirm_token(ctx: &Ctx, contact: ContactId) -> String {
    ctx.secret.token("contact-confirm-token", &contact.to_string())
}

/// The token of the contact's private page.
fn page_token(ctx: &Ctx, contact: ContactId) -> String {
    ctx.secret.token("contact-page-token", &contact.to_string())
}

pub(crate) fn confirm_hash(ctx: &Ctx, token: &str) -> String {
    ctx.secret.hash("contact-confirm", token)
}

fn page_hash(ctx: &Ctx, token: &str) -> String {
    ctx.secret.hash("contact-page", token)
}
