//! The answer of a contact: behind the confirmation link, or a plain no.

use domain::{
    consent::{ConsentChannel, ConsentState},
    ids::MemberId,
    referrals::{Move, Mover, Referral},
    text::Language,
};
use serde_json::json;
use store::{
    StoreError, Tx,
    consent::{ConsentStep, Contact},
    referrals::StoredReferral,
};
use words::Words;

use super::{Advertised, WORDING_VERSION, advertised_in, agreed_wording, carried, confirm_hash, page_token};
use crate::{
    Ctx, fraud,
    referrals::{accept_by_rule, look_up_rules, record, settings},
};

/// What the page behind the confirmation link shows.
#[derive(Clone, Debug)]
pub enum Confirmation {
    /// They may agree or refuse.
    Open {
        /// What they are told.
        advertised: Box<Advertised>,
        /// The language they asked for.
        language: Language,
        /// Whether they have ticked that the advocate may see each step.
        shows_steps: bool,
    },
    /// They have agreed already: their private page is the place to go.
    Done {
        /// Its token.
        page: String,
    },
}

/// Why an answer was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The link is unknown, has lapsed, or everything about the person was deleted.
    #[error("link_gone")]
    Gone,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AnswerError {
    fn is_stale(&self) -> bool {
        matches!(self, Self::Store(StoreError::Stale | StoreError::Conflict))
    }
}

/// What a confirmation link leads to. Looking gives nothing: a mail scanner looks too.
///
/// # Errors
/// When the memory fails.
pub async fn confirmation(ctx: &Ctx, token: &str) -> Result<Option<Confirmation>, StoreError> {
    let Some(contact) = ctx.store.consent().contact_by_confirm(&confirm_hash(ctx, token)).await? else {
        return Ok(None);
    };
    match contact.consent {
        ConsentState::Given | ConsentState::Withdrawn => {
            Ok(Some(Confirmation::Done { page: page_token(ctx, contact.id) }))
        }
        ConsentState::Refused => Ok(None),
        ConsentState::Awaiting if contact.expires_at.is_some_and(|at| at <= ctx.now()) => Ok(None),
        ConsentState::Awaiting => {
            let stored = ctx.store.referrals().load(contact.referral).await?;
            let Some(stored) = stored.filter(|stored| stored.facts.position.open().is_some()) else {
                return Ok(None);
            };
            let advertised = advertised_in(ctx, &stored).await?;
            Ok(advertised.map(|advertised| Confirmation::Open {
                advertised: Box::new(advertised),
                language: contact.language,
                shows_steps: contact.shows_steps,
            }))
        }
    }
}

/// Gives consent: the button behind the confirmation link. Answers the token of the private page; pressed twice, the
/// same one. `read_in` is the language of the words on the page.
///
/// # Errors
/// [`AnswerError::Gone`] when it is too late.
pub async fn give(ctx: &Ctx, token: &str, read_in: Language) -> Result<String, AnswerError> {
    insist(AnswerError::is_stale, || try_give(ctx, token, read_in)).await
}

/// How often a contact's press of a button is tried.
const TRIES: u32 = 3;

/// Tries once more where somebody moved the referral, or pressed the button, at the same moment: what a contact says counts
/// whatever staff are doing.
pub(super) async fn insist<T, E, F>(is_stale: impl Fn(&E) -> bool, attempt: impl Fn() -> F) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
{
    let mut tries = 1;
    loop {
        match attempt().await {
            Err(error) if tries < TRIES && is_stale(&error) => tries += 1,
            done => return done,
        }
    }
}

async fn try_give(ctx: &Ctx, token: &str, read_in: Language) -> Result<String, AnswerError> {
    let now = ctx.now();
    look_up_rules(ctx).await?;
    let hash = confirm_hash(ctx, token);
    let contact = ctx.store.consent().contact_by_confirm(&hash).await?.ok_or(AnswerError::Gone)?;
    let stored = ctx.store.referrals().load(contact.referral).await?.ok_or(AnswerError::Gone)?;
    let advertised = advertised_in(ctx, &stored).await?.ok_or(AnswerError::Gone)?;
    let tx = ctx.store.begin().await?;
    tx.referrals().lock([contact.referral]).await?;
    let contact = tx.consent().contact_by_confirm(&hash).await?.ok_or(AnswerError::Gone)?;
    if contact.consent == ConsentState::Given {
        return Ok(page_token(ctx, contact.id));
    }
    let lapsed = contact.expires_at.is_some_and(|at| at <= now);
    if contact.consent != ConsentState::Awaiting
        || lapsed
        || tx.consent().is_suppressed(&contact.email_hash).await?
    {
        return Err(AnswerError::Gone);
    }
    let answered =
        tx.consent().answer(contact.id, ConsentState::Awaiting, ConsentState::Given, Some(now), None).await?;
    if !answered {
        return Err(StoreError::Stale.into());
    }
    tx.consent()
        .record(ConsentStep {
            id: ctx.new_id(),
            contact: contact.id,
            referral: contact.referral,
            state: ConsentState::Given,
            wording_version: i32::try_from(WORDING_VERSION).unwrap_or_default(),
            wording: agreed_wording(ctx, &advertised, Words::new(read_in), contact.shows_steps),
            disclosure: advertised.terms.disclosure.clone(),
            channel: ConsentChannel::ConfirmationMail,
            at: now,
        })
        .await?;
    let stored = tx.referrals().load(contact.referral).await?.ok_or(AnswerError::Gone)?;
    if stored.facts.position.open().is_none() {
        return Err(AnswerError::Gone);
    }
    match stored.facts.consent {
        ConsentState::Awaiting => apply(ctx, &tx, stored, Move::GiveConsent).await?,
        // A colleague agreed before; this is one more person to speak to, and one more to compare.
        ConsentState::Given => fraud::check(ctx, &tx, &stored.facts).await?,
        ConsentState::Refused | ConsentState::Withdrawn => return Err(AnswerError::Gone),
    }
    tx.audit(ctx.audit_entry(None, "consent.give", "contact", contact.id, json!({}))).await?;
    tx.commit().await?;
    Ok(page_token(ctx, contact.id))
}

/// Refuses behind the confirmation link: a keyed hash stays, so that nobody asks again, and nothing else, in no referral.
///
/// # Errors
/// [`AnswerError::Gone`] when there is nothing to refuse.
pub async fn refuse(ctx: &Ctx, token: &str) -> Result<(), AnswerError> {
    insist(AnswerError::is_stale, || try_refuse(ctx, token)).await
}

async fn try_refuse(ctx: &Ctx, token: &str) -> Result<(), AnswerError> {
    let tx = ctx.store.begin().await?;
    let contact =
        tx.consent().contact_by_confirm(&confirm_hash(ctx, token)).await?.ok_or(AnswerError::Gone)?;
    let said = Said { reason: "refused", action: "consent.refuse", by: None };
    suppress(ctx, &tx, &contact.email_hash, said).await?;
    Ok(tx.commit().await?)
}

/// Refuses on the page of a carried link, before anything was entered: the referral ends, and what the advocate wrote
/// about the person goes.
///
/// # Errors
/// [`AnswerError::Gone`] when there is nothing to refuse.
pub async fn refuse_carried(ctx: &Ctx, token: &str) -> Result<(), AnswerError> {
    let id = carried(ctx, token).await?.ok_or(AnswerError::Gone)?.facts.id;
    let tx = ctx.store.begin().await?;
    tx.referrals().lock([id]).await?;
    let stored = tx.referrals().load(id).await?.ok_or(AnswerError::Gone)?;
    // Once somebody has entered their data, only they can say no: the link may be in more than one hand.
    if stored.facts.consent != ConsentState::Awaiting || !tx.consent().contacts_of(id).await?.is_empty() {
        return Err(AnswerError::Gone);
    }
    // Somebody who was to be spoken to, and got the link instead, is not spoken to again.
    if let Some(kept) = tx.first_contacts().of(id).await? {
        let said = Said { reason: "refused", action: "consent.refuse", by: None };
        suppress(ctx, &tx, &kept.person_hash, said).await?;
    }
    apply(ctx, &tx, stored, Move::RefuseConsent).await?;
    tx.consent().blank_referral(id).await?;
    tx.audit(ctx.audit_entry(None, "consent.refuse", "referral", id, json!({}))).await?;
    Ok(tx.commit().await?)
}

/// What a person has said who must not be contacted any more.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// Why they stand on the suppression list.
    pub(super) reason: &'static str,
    /// What the audit log calls it.
    pub(super) action: &'static str,
    /// Whoever wrote it down, where they did not press the button themselves.
    pub(super) by: Option<MemberId>,
}

/// Puts a person on the suppression list, and lets them go wherever they stand: what they had agreed to is taken back, what
/// was written about them blanked, and they are deleted. It is the person who said no, not the link behind which they did.
pub(super) async fn suppress(ctx: &Ctx, tx: &Tx, hash: &str, said: Said) -> Result<(), StoreError> {
    tx.consent().suppress(hash, said.reason, ctx.now()).await?;
    let stands_in = tx.consent().contacts_with(hash).await?;
    tx.referrals().lock(stands_in.iter().map(|contact| contact.referral)).await?;
    // Read again: somebody may have moved on before the lock.
    for contact in tx.consent().contacts_with(hash).await? {
        take_back(ctx, tx, &contact).await?;
        tx.consent().blank_referral(contact.referral).await?;
        tx.consent().delete_contact(contact.id).await?;
        tx.audit(ctx.audit_entry(said.by, said.action, "referral", contact.referral, json!({}))).await?;
    }
    Ok(())
}

/// Lets the referral follow when a contact says no: it ends, unless a colleague has agreed or may still agree.
/// Whoever calls has locked the referral: of two colleagues who leave at once, the second is the last.
pub(super) async fn take_back(ctx: &Ctx, tx: &Tx, contact: &Contact) -> Result<(), StoreError> {
    let Some(stored) = tx.referrals().load(contact.referral).await? else { return Ok(()) };
    let others = tx.consent().contacts_of(contact.referral).await?.into_iter().any(|other| {
        other.id != contact.id
            && match stored.facts.consent {
                ConsentState::Given => other.consent == ConsentState::Given,
                _ => matches!(other.consent, ConsentState::Given | ConsentState::Awaiting),
            }
    });
    if others {
        return Ok(());
    }
    match stored.facts.consent {
        ConsentState::Awaiting if stored.facts.position.open().is_some() => {
            apply(ctx, tx, stored, Move::RefuseConsent).await
        }
        ConsentState::Given => apply(ctx, tx, stored, Move::WithdrawConsent).await,
        ConsentState::Awaiting | ConsentState::Refused | ConsentState::Withdrawn => Ok(()),
    }
}

async fn apply(ctx: &Ctx, tx: &Tx, stored: StoredReferral, action: Move) -> Result<(), StoreError> {
    let (rules, _) = settings(ctx);
    // Every caller has looked at the state that the rule looks at; what it still refuses has changed meanwhile.
    let (after, events) = Referral::restore(stored.facts.clone())
        .apply(action, &Mover::Contact, ctx.now(), &rules)
        .map_err(|_| StoreError::Stale)?;
    let (after, events) = accept_by_rule(ctx, after, events);
    record(ctx, tx, &stored, after.facts(), &events).await
}
