//! The link that a contact may hand to a colleague. They hand it on themselves: nobody is asked for an address.

use domain::consent::{ConsentPath, ConsentState};
use store::{StoreError, referrals::StoredReferral};

use crate::{Ctx, referrals::carried_link_token};

/// The address to hand on: the referral's own link, which a colleague joins by, or the advocate's. `None` once the
/// referral has ended, and for one whose advocate has left.
///
/// # Errors
/// When the memory fails.
pub async fn pass_on_link(ctx: &Ctx, stored: &StoredReferral) -> Result<Option<String>, StoreError> {
    let facts = &stored.facts;
    let over = matches!(facts.consent, ConsentState::Refused | ConsentState::Withdrawn);
    if facts.position.open().is_none() || over {
        return Ok(None);
    }
    if facts.consent_path != ConsentPath::OwnShare {
        return Ok(Some(ctx.url(&format!("/i/{}", carried_link_token(ctx, facts.id)))));
    }
    let link = ctx.store.touches().current_link(facts.advocate, facts.program).await?;
    Ok(link.map(|link| ctx.url(&format!("/r/{}", link.code))))
}
