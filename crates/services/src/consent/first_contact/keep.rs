//! Keeping whom a referral is about, and deleting them in time.

use chrono::Days;
use domain::{
    ids::ReferralId,
    referrals::Facts,
    text::{CompanyName, PersonName, Phone, mask_name, mask_phone},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    StoreError, Tx,
    first_contacts::{FirstContact, FirstContactRule},
};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    referrals::{AskInPerson, settings},
};

/// What is encrypted: a name, and a number to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) phone: Option<String>,
}

impl Person {
    fn seal(&self, ctx: &Ctx) -> String {
        let mut nonce = [0; 12];
        ctx.random.fill(&mut nonce);
        ctx.secret.seal("first-contact", &serde_json::to_string(self).unwrap_or_default(), nonce)
    }

    pub(super) fn open(ctx: &Ctx, kept: &FirstContact) -> Result<Self, StoreError> {
        ctx.secret
            .open("first-contact", &kept.sealed)
            .and_then(|json| serde_json::from_str(&json).ok())
            .ok_or(StoreError::Corrupt("first_contacts.sealed"))
    }
}

/// The keyed hash of a person: of their number, or of name and company where there is none.
pub(crate) fn person_hash(
    ctx: &Ctx,
    name: &PersonName,
    company: &CompanyName,
    phone: Option<&Phone>,
) -> String {
    match phone {
        Some(phone) => {
            let digits: String = phone.as_str().chars().filter(char::is_ascii_digit).collect();
            // With and without the country's code it is the same telephone.
            let tail = &digits[digits.len().saturating_sub(9)..];
            ctx.secret.hash("contact-phone", tail)
        }
        None => ctx.secret.hash("contact-person", &format!("{}\0{}", name.key(), company.key())),
    }
}

/// Keeps the person of a referral that is submitted in this transaction.
pub(crate) async fn keep(
    ctx: &Ctx,
    tx: &Tx,
    referral: ReferralId,
    (rule, ask): (&FirstContactRule, &AskInPerson),
    person_hash: String,
) -> Result<(), StoreError> {
    let now = ctx.now();
    let (rules, _) = settings(ctx);
    let expires_at = now.checked_add_days(Days::new(rules.consent_days.get().into())).unwrap_or(now);
    let phone = ask.phone.as_ref().map(Phone::as_str);
    let person = Person { name: ask.name.as_str().to_owned(), phone: phone.map(str::to_owned) };
    tx.first_contacts()
        .insert(FirstContact {
            referral,
            rule: rule.id,
            channel: ask.channel,
            sealed: person.seal(ctx),
            name_mask: mask_name(ask.name.as_str()),
            phone_mask: phone.map(mask_phone),
            person_hash,
            circumstances: ask.circumstances.as_str().to_owned(),
            created_at: now,
            expires_at,
            revealed: None,
        })
        .await?;
    tx.push_job(Job::PurgeFirstContact { referral: referral.into() }.to_new(ctx, expires_at)).await
}

/// The job at the last day. It looks again: whoever has answered is not kept here any more. Where nobody has, what was
/// written about them goes too, also when the referral ended earlier and took their name with it.
pub(crate) async fn purge(ctx: &Ctx, tx: &Tx, referral: ReferralId) -> Result<(), JobError> {
    let kept = tx.first_contacts().of(referral).await?;
    if kept.as_ref().is_some_and(|kept| kept.expires_at > ctx.now()) {
        return Ok(());
    }
    if tx.consent().contacts_of(referral).await?.is_empty() {
        tx.consent().blank_referral(referral).await?;
    }
    if kept.is_none() {
        return Ok(());
    }
    tx.first_contacts().delete(referral).await?;
    let entry = ctx.audit_entry(None, "consent.purge_first_contact", "referral", referral, json!({}));
    Ok(tx.audit(entry).await?)
}

/// Follows when the company of a referral is put right: without a number, a person is known by name and company. Answers
/// `false` where the person at that company must not be spoken to.
pub(crate) async fn company_put_right(ctx: &Ctx, tx: &Tx, referral: &Facts) -> Result<bool, StoreError> {
    let Some(kept) = tx.first_contacts().of(referral.id).await? else { return Ok(true) };
    let person = Person::open(ctx, &kept)?;
    let name = PersonName::parse(&person.name).map_err(|_| StoreError::Corrupt("first_contacts.sealed"))?;
    let phone = person.phone.as_deref().and_then(|phone| Phone::parse(phone).ok());
    let hash = person_hash(ctx, &name, &referral.company, phone.as_ref());
    if tx.consent().is_suppressed(&hash).await? {
        return Ok(false);
    }
    tx.first_contacts().set_person_hash(referral.id, &hash).await?;
    Ok(true)
}
