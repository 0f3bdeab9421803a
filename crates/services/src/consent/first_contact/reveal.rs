//! Looking at name and number: for the assigned account manager alone, and written down each time.

use domain::{
    consent::ConsentState,
    ids::{MemberId, ReferralId},
    members::AccountManaging,
    referrals::Facts,
};
use serde_json::json;
use store::{StoreError, first_contacts::FirstContact};

use super::keep::Person;
use crate::Ctx;

/// What a member of staff sees of it.
#[derive(Clone, Debug)]
pub struct FirstContactSeen {
    /// Masks, circumstances, dates.
    pub kept: FirstContact,
    /// The recorded ground.
    pub ground: String,
    /// Whether they may look, being the assigned account manager.
    pub assigned: bool,
    /// Name and number, once they have looked.
    pub person: Option<(String, Option<String>)>,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// There is nobody to be shown, or the referral is somebody else's.
    #[error("not_found")]
    NotFound,
    /// They stand in for the assigned account manager, who alone may look.
    #[error("first_contact_not_assigned")]
    NotAssigned,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether this member is the one whom the referral is assigned to: no deputy, no default owner.
pub(super) fn is_assigned(referral: &Facts, member: MemberId) -> bool {
    referral.account_manager == Some(member)
}

/// Whom a referral is about, as this account manager may see them.
///
/// # Errors
/// When the memory fails.
pub async fn first_contact_of(
    ctx: &Ctx,
    power: &AccountManaging,
    referral: &Facts,
) -> Result<Option<FirstContactSeen>, StoreError> {
    if !power.covers(referral.account_manager) {
        return Ok(None);
    }
    let Some(kept) = ctx.store.first_contacts().of(referral.id).await? else { return Ok(None) };
    let ground = ctx.store.first_contacts().ground(kept.rule).await?.unwrap_or_default();
    let assigned = is_assigned(referral, power.member());
    let looked = kept.revealed.is_some_and(|(by, _)| by == power.member());
    let person = if assigned && looked {
        let person = Person::open(ctx, &kept)?;
        Some((person.name, person.phone))
    } else {
        None
    };
    Ok(Some(FirstContactSeen { kept, ground, assigned, person }))
}

/// Shows name and number to the assigned account manager; that they looked is written down, each time.
///
/// # Errors
/// [`RevealError::NotAssigned`] for everybody else who looks after the referral.
pub async fn reveal(ctx: &Ctx, power: &AccountManaging, referral: ReferralId) -> Result<(), RevealError> {
    let tx = ctx.store.begin().await?;
    let stored = tx.referrals().load(referral).await?.ok_or(RevealError::NotFound)?;
    if !power.covers(stored.facts.account_manager)
        || stored.facts.consent != ConsentState::Awaiting
        || stored.facts.position.open().is_none()
    {
        return Err(RevealError::NotFound);
    }
    if !is_assigned(&stored.facts, power.member()) {
        return Err(RevealError::NotAssigned);
    }
    let kept = tx.first_contacts().of(referral).await?.ok_or(RevealError::NotFound)?;
    // They may have said no in another referral since.
    if tx.consent().is_suppressed(&kept.person_hash).await? {
        return Err(RevealError::NotFound);
    }
    tx.first_contacts().note_reveal(referral, power.member(), ctx.now()).await?;
    let details = json!({ "channel": kept.channel });
    tx.audit(ctx.audit_entry(Some(power.member()), "consent.reveal", "referral", referral, details)).await?;
    Ok(tx.commit().await?)
}
