//! Joining without a letter of the host.
//!
//! Two ways lead here. Where the setting allows it, somebody with a work address at a customer's domain may ask, and
//! staff decide. And a member may pass a link on to colleagues: whoever has it, and an address of the same company,
//! comes in. Either way people enter their own data, and one neutral mail asks whether the address is theirs.

mod ask;
mod colleagues;
mod confirm;
mod decide;
mod mails;
mod setting;

use uuid::Uuid;

use crate::Ctx;

pub use ask::{Ask, AskError, Through, ask_to_join};
pub use colleagues::{
    COLLEAGUES_PER_LINK, Link, LinkError, colleague_link, end_colleague_link, invites, new_colleague_link,
};
pub use confirm::{Confirmed, confirm_request, confirmable};
pub use decide::{approve_request, refuse_request, waiting_requests};
pub(crate) use mails::write_join_mail;
pub use setting::{join_by_domain, set_join_by_domain};
pub use store::joining::{Invites, WaitingRequest};

/// The token of the mail's link: made again from the id, stored as a hash only.
pub(crate) fn token(ctx: &Ctx, request: Uuid) -> String {
    ctx.secret.token("join-token", &request.to_string())
}

fn hash(ctx: &Ctx, token: &str) -> String {
    ctx.secret.hash("join-confirm", token)
}
