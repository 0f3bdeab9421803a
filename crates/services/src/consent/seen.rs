//! A referral's contacts as a member of staff may see them.

use domain::{
    consent::ConsentState,
    members::{Actor, ContactSight, Duties},
    referrals::Facts,
    text::{mask_email, mask_name, mask_phone},
};
use store::{StoreError, consent::Contact};

use crate::Ctx;

/// A contact, as far as somebody may see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenContact {
    /// The contact; masked where they may not be seen in full.
    pub contact: Contact,
    /// Whether it is masked.
    pub masked: bool,
}

/// The contacts of a referral, in full for whoever looks after it and only once each of them has agreed.
///
/// # Errors
/// When the memory fails.
pub async fn seen_contacts(
    ctx: &Ctx,
    actor: &Actor,
    duties: Duties,
    referral: &Facts,
) -> Result<Vec<SeenContact>, StoreError> {
    let sight = actor.sight_of_contact(referral, duties);
    if matches!(sight, ContactSight::Nothing | ContactSight::StageOnly) {
        return Ok(Vec::new());
    }
    let contacts = ctx.store.consent().contacts_of(referral.id).await?;
    Ok(contacts
        .into_iter()
        .map(|contact| {
            let masked = sight != ContactSight::Full || contact.consent != ConsentState::Given;
            SeenContact { contact: if masked { mask(contact) } else { contact }, masked }
        })
        .collect())
}

fn mask(contact: Contact) -> Contact {
    Contact {
        name: mask_name(&contact.name),
        email: if contact.email.is_empty() { String::new() } else { mask_email(&contact.email) },
        phone: contact.phone.as_deref().map(mask_phone),
        // In their own words there may be anything.
        role_title: None,
        best_time: None,
        ..contact
    }
}
