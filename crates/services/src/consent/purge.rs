//! Deleting what nobody confirmed.

use domain::{consent::ConsentState, ids::ContactId};
use serde_json::json;
use store::Tx;

use crate::{Ctx, jobs::JobError};

/// The job at a contact's last day. It looks again: who has confirmed since stays.
pub(crate) async fn purge(ctx: &Ctx, tx: &Tx, id: ContactId) -> Result<(), JobError> {
    let Some(contact) = tx.consent().contact(id).await? else { return Ok(()) };
    if contact.expires_at.is_none_or(|at| at > ctx.now()) {
        return Ok(());
    }
    match contact.consent {
        ConsentState::Awaiting => {
            tx.consent().delete_contact(id).await?;
            // What was written about somebody who has never answered goes with them, unless a colleague has.
            if tx.consent().contacts_of(contact.referral).await?.is_empty() {
                tx.consent().blank_referral(contact.referral).await?;
            }
        }
        // What had been agreed to and when it was taken back stays, without the person.
        ConsentState::Given | ConsentState::Refused | ConsentState::Withdrawn => {
            tx.consent().blank_referral(contact.referral).await?;
            tx.consent().erase_contact(id).await?;
        }
    }
    Ok(tx.audit(ctx.audit_entry(None, "consent.purge", "contact", id, json!({}))).await?)
}
