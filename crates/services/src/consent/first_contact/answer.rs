//! The answer to the one human contact, written down by whoever heard it.

use domain::{
    accounts::RecipientKind,
    consent::{ConsentState, FirstContactChannel, PreferredChannel},
    ids::{ContactId, ReferralId},
    members::AccountManaging,
    referrals::{Move, Mover, Referral},
    text::Language,
};
use serde_json::json;
use store::{
    StoreError, Tx,
    consent::{ConsentStep, Contact, ContactTraces, NewContact},
    first_contacts::FirstContact,
    referrals::StoredReferral,
};
use words::{Words, keys};

use super::{keep::Person, reveal::is_assigned};
use crate::{
    Ctx,
    consent::{
        Advertised, WORDING_VERSION, advertised_in,
        answer::{Said, suppress},
        confirm_hash, confirm_token, page_hash, page_token,
    },
    referrals::{accept_by_rule, look_up_rules, record, settings},
};

/// What was answered, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpokenAnswer {
    /// Yes or no.
    pub agreed: bool,
    /// Where it was said.
    pub channel: FirstContactChannel,
    /// The language of the words that were said.
    pub language: Language,
    /// How they would like to be spoken to from now on.
    pub preferred: PreferredChannel,
}

/// Why no answer was written down.
#[derive(Debug, thiserror::Error)]
pub enum SpokenError {
    /// There is nobody to answer, or the referral is somebody else's.
    #[error("not_found")]
    NotFound,
    /// They stand in for the assigned account manager.
    #[error("first_contact_not_assigned")]
    NotAssigned,
    /// Nobody has looked yet, so nobody can have spoken to them.
    #[error("first_contact_not_revealed")]
    NotRevealed,
    /// Somebody moved the referral at the same moment.
    #[error("stale")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SpokenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// The words to be said before a yes counts: who recommended, what they get, and how to take it back.
pub fn spoken_wording(ctx: &Ctx, advertised: &Advertised, words: Words) -> String {
    let name = advertised.name.clone().unwrap_or_else(|| words.say(keys::CONSENT_SOMEBODY).into_owned());
    words.with(keys::CONSENT_WORDING_SPOKEN, [("host", ctx.host.name.as_str().into()), ("name", name.into())])
}

/// Writes the answer down. A yes makes the person a contact of the referral; a no leaves a keyed hash, so that nobody
/// asks again, and nothing else.
///
/// # Errors
/// [`SpokenError`] says what stands in the way; then nothing has changed.
pub async fn spoken_answer(
    ctx: &Ctx,
    power: &AccountManaging,
    referral: ReferralId,
    answer: SpokenAnswer,
) -> Result<(), SpokenError> {
    look_up_rules(ctx).await?;
    let stored = ctx.store.referrals().load(referral).await?.ok_or(SpokenError::NotFound)?;
    let advertised = advertised_in(ctx, &stored).await?.ok_or(SpokenError::NotFound)?;
    let tx = ctx.store.begin().await?;
    tx.referrals().lock([referral]).await?;
    let stored = tx.referrals().load(referral).await?.ok_or(SpokenError::NotFound)?;
    if !power.covers(stored.facts.account_manager) {
        return Err(SpokenError::NotFound);
    }
    if !is_assigned(&stored.facts, power.member()) {
        return Err(SpokenError::NotAssigned);
    }
    let kept = tx.first_contacts().of(referral).await?.ok_or(SpokenError::NotFound)?;
    if kept.revealed.is_none() {
        return Err(SpokenError::NotRevealed);
    }
    let action = if answer.agreed {
        become_contact(ctx, &tx, &kept, &advertised, answer).await?;
        // They have been spoken to: that was the first contact.
        tx.referrals().set_contact_done(referral, ctx.now()).await?;
        Move::GiveConsent
    } else {
        let said = Said { reason: "refused", action: "consent.refuse", by: Some(power.member()) };
        suppress(ctx, &tx, &kept.person_hash, said).await?;
        Move::RefuseConsent
    };
    tx.first_contacts().delete(referral).await?;
    apply(ctx, &tx, stored, action, power).await?;
    if !answer.agreed {
        // A change of its own, after the move: it counts the version up.
        tx.consent().blank_referral(referral).await?;
    }
    let details = json!({ "agreed": answer.agreed, "channel": answer.channel });
    tx.audit(ctx.audit_entry(Some(power.member()), "consent.spoken_answer", "referral", referral, details))
        .await?;
    Ok(tx.commit().await?)
}

async fn become_contact(
    ctx: &Ctx,
    tx: &Tx,
    kept: &FirstContact,
    advertised: &Advertised,
    answer: SpokenAnswer,
) -> Result<(), StoreError> {
    let now = ctx.now();
    let id: ContactId = ctx.new_id();
    let person = Person::open(ctx, kept)?;
    let contact = Contact {
        id,
        referral: kept.referral,
        name: person.name,
        // Nobody's address is known: whoever wants mails enters their own behind the referral's link.
        email: String::new(),
        email_hash: kept.person_hash.clone(),
        role_title: None,
        phone: person.phone,
        // Not asked yet; the strictest rule holds until it is.
        recipient_kind: RecipientKind::Unknown,
        preferred: answer.preferred,
        best_time: None,
        language: answer.language,
        consent: ConsentState::Awaiting,
        created_at: kept.created_at,
        confirmed_at: None,
        expires_at: None,
        // Nobody has asked them.
        shows_steps: false,
        version: 0,
    };
    tx.consent()
        .insert_contact(NewContact {
            contact,
            confirm_hash: confirm_hash(ctx, &confirm_token(ctx, id)),
            page_hash: page_hash(ctx, &page_token(ctx, id)),
            traces: ContactTraces::default(),
        })
        .await?;
    tx.consent().answer(id, ConsentState::Awaiting, ConsentState::Given, Some(now), None).await?;
    tx.consent()
        .record(ConsentStep {
            id: ctx.new_id(),
            contact: id,
            referral: kept.referral,
            state: ConsentState::Given,
            wording_version: i32::try_from(WORDING_VERSION).unwrap_or_default(),
            wording: spoken_wording(ctx, advertised, Words::new(answer.language)),
            disclosure: advertised.terms.disclosure.clone(),
            channel: answer.channel.recorded(),
            at: now,
        })
        .await
}

/// Writes down that somebody who had agreed aloud has taken it back, or objects: everything about them goes, a keyed
/// hash stays.
///
/// # Errors
/// [`SpokenError::NotFound`] when nobody of this referral has agreed aloud.
pub async fn stop_spoken(
    ctx: &Ctx,
    power: &AccountManaging,
    referral: ReferralId,
) -> Result<(), SpokenError> {
    let tx = ctx.store.begin().await?;
    let stored = tx.referrals().load(referral).await?.ok_or(SpokenError::NotFound)?;
    if !power.covers(stored.facts.account_manager) {
        return Err(SpokenError::NotFound);
    }
    let contacts = tx.consent().contacts_of(referral).await?;
    let spoken =
        contacts.into_iter().find(|contact| contact.email.is_empty()).ok_or(SpokenError::NotFound)?;
    let said = Said { reason: "objected", action: "consent.stop_spoken", by: Some(power.member()) };
    suppress(ctx, &tx, &spoken.email_hash, said).await?;
    Ok(tx.commit().await?)
}

async fn apply(
    ctx: &Ctx,
    tx: &Tx,
    stored: StoredReferral,
    action: Move,
    power: &AccountManaging,
) -> Result<(), SpokenError> {
    let (rules, _) = settings(ctx);
    let (after, events) = Referral::restore(stored.facts.clone())
        .apply(action, &Mover::Staff(power.clone()), ctx.now(), &rules)
        .map_err(|_| SpokenError::Stale)?;
    let (after, events) = accept_by_rule(ctx, after, events);
    Ok(record(ctx, tx, &stored, after.facts(), &events).await?)
}
