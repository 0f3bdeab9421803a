//! The proof of consent, for whoever looks after a referral: who answered what, when, where, and to which words.

use domain::{
    ids::ContactId,
    members::{Actor, ContactSight, Duties},
    referrals::Facts,
};
use store::{StoreError, consent::ConsentStep};

use super::SeenContact;
use crate::Ctx;

/// What one contact has said.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Which contact.
    pub contact: ContactId,
    /// Their name and address, masked where their data is; `None` for somebody who was erased since.
    pub who: Option<(String, String)>,
    /// Each step with its words, oldest first.
    pub steps: Vec<ConsentStep>,
}

/// The proofs of a referral, contact by contact; `seen` are its contacts as this actor may see them.
///
/// # Errors
/// When the memory fails.
pub async fn proofs(
    ctx: &Ctx,
    actor: &Actor,
    duties: Duties,
    referral: &Facts,
    seen: &[SeenContact],
) -> Result<Vec<Proof>, StoreError> {
    let sight = actor.sight_of_contact(referral, duties);
    if matches!(sight, ContactSight::Nothing | ContactSight::StageOnly) {
        return Ok(Vec::new());
    }
    let mut proofs: Vec<Proof> = Vec::new();
    for step in ctx.store.consent().steps_of_referral(referral.id).await? {
        if let Some(known) = proofs.iter_mut().find(|proof| proof.contact == step.contact) {
            known.steps.push(step);
            continue;
        }
        let contact = seen.iter().map(|seen| &seen.contact).find(|contact| contact.id == step.contact);
        let who = contact.map(|contact| (contact.name.clone(), contact.email.clone()));
        proofs.push(Proof { contact: step.contact, who, steps: vec![step] });
    }
    Ok(proofs)
}
