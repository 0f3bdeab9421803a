//! What the checks compare, read where it is kept.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    fraud::{ContactFacts, Mailbox},
    ids::{AccountId, MemberId, ReferralId},
    text::{CompanyName, EmailAddress, PersonName},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Fraud;
use crate::{
    Result, StoreError, from_micros, micros,
    written::{row, rows},
};

/// Who recommends, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAdvocate {
    /// Their name.
    pub name: PersonName,
    /// The address they sign in with.
    pub mail: EmailAddress,
    /// Their company.
    pub account: AccountId,
    /// What it is called.
    pub company: CompanyName,
}

/// What contacts of several referrals may have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The mailbox.
    Mailbox,
    /// The network address, on one salt day.
    Source,
}

/// How many referrals of one advocate are looked at together, at most.
const MOST: i64 = 400;

fn read<T>(text: &str, parse: impl Fn(&str) -> std::result::Result<T, domain::text::TextError>) -> Result<T> {
    parse(text).map_err(|_| StoreError::Corrupt("members"))
}

impl<C: ConnectionTrait> Fraud<'_, C> {
    /// What is compared of an advocate; `None` for somebody who belongs to no company.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn advocate(&self, member: MemberId) -> Result<Option<KnownAdvocate>> {
        const SQL: &str = "SELECT m.name, m.email, a.id, a.name FROM members m JOIN accounts a ON a.id = m.account_id \
             WHERE m.id = $1";
        let Some(found) = row(self.0, SQL, [member.into_inner().into()]).await? else { return Ok(None) };
        let (name, mail, account, company): (String, String, Uuid, String) = found.try_get_many_by_index()?;
        Ok(Some(KnownAdvocate {
            name: read(&name, PersonName::parse)?,
            mail: read(&mail, EmailAddress::parse)?,
            account: account.into(),
            company: read(&company, CompanyName::parse)?,
        }))
    }

    /// The mailboxes of the others at a company.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn colleagues(&self, account: AccountId, but: MemberId) -> Result<BTreeSet<Mailbox>> {
        const SQL: &str = "SELECT email FROM members WHERE account_id = $1 AND id <> $2";
        let values = [account.into_inner().into(), but.into_inner().into()];
        let mut mailboxes = BTreeSet::new();
        for found in rows(self.0, SQL, values).await? {
            let mail: String = found.try_get_by_index(0)?;
            mailboxes.insert(Mailbox::of(&read(&mail, EmailAddress::parse)?));
        }
        Ok(mailboxes)
    }

    /// Who of a referral has agreed, each with what they share with contacts of the advocate's referrals. Who was erased is
    /// compared with nobody.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn contacts(&self, referral: ReferralId) -> Result<Vec<ContactFacts>> {
        const SQL: &str = "SELECT c.name, c.email, \
             (SELECT COUNT(*) FROM contacts o JOIN referrals g ON g.id = o.referral_id \
             WHERE o.mailbox_hash = c.mailbox_hash AND o.referral_id <> c.referral_id AND o.consent = 'given' \
             AND g.advocate_id = f.advocate_id), \
             (SELECT COUNT(*) FROM contacts o JOIN referrals g ON g.id = o.referral_id \
             WHERE o.source_hash = c.source_hash AND o.consent = 'given' AND g.advocate_id = f.advocate_id) \
             FROM contacts c JOIN referrals f ON f.id = c.referral_id \
             WHERE c.referral_id = $1 AND c.consent = 'given' AND c.name <> '' ORDER BY c.created_at, c.id";
        let mut contacts = Vec::new();
        for found in rows(self.0, SQL, [referral.into_inner().into()]).await? {
            let (name, mail, known, from_address): (String, String, i64, i64) =
                found.try_get_many_by_index()?;
            contacts.push(ContactFacts {
                name: read(&name, PersonName::parse)?,
                mail: if mail.is_empty() { None } else { Some(read(&mail, EmailAddress::parse)?) },
                known: known > 0,
                from_address: u32::try_from(from_address).unwrap_or(u32::MAX),
            });
        }
        Ok(contacts)
    }

    /// The referrals of the same advocate whose contacts share this with a contact of a referral, that one among them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sharing(&self, referral: ReferralId, what: Shared) -> Result<BTreeSet<ReferralId>> {
        const MAILBOX: &str = "SELECT DISTINCT o.referral_id FROM contacts c \
             JOIN referrals f ON f.id = c.referral_id JOIN contacts o ON o.mailbox_hash = c.mailbox_hash \
             JOIN referrals g ON g.id = o.referral_id AND g.advocate_id = f.advocate_id \
             WHERE c.referral_id = $1 AND c.consent = 'given' AND o.consent = 'given' LIMIT $2";
        const SOURCE: &str = "SELECT DISTINCT o.referral_id FROM contacts c \
             JOIN referrals f ON f.id = c.referral_id JOIN contacts o ON o.source_hash = c.source_hash \
             JOIN referrals g ON g.id = o.referral_id AND g.advocate_id = f.advocate_id \
             WHERE c.referral_id = $1 AND c.consent = 'given' AND o.consent = 'given' LIMIT $2";
        let sql = match what {
            Shared::Mailbox => MAILBOX,
            Shared::Source => SOURCE,
        };
        let mut referrals = BTreeSet::new();
        for found in rows(self.0, sql, [referral.into_inner().into(), MOST.into()]).await? {
            let id: Uuid = found.try_get_by_index(0)?;
            referrals.insert(id.into());
        }
        Ok(referrals)
    }

    /// The referrals that an advocate has made up to so long before and after a moment, the oldest first. What came through
    /// their link counts once its contact has agreed: until then anybody may have entered it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn made_around(
        &self,
        advocate: MemberId,
        at: DateTime<Utc>,
        window: TimeDelta,
    ) -> Result<Vec<(ReferralId, DateTime<Utc>)>> {
        const SQL: &str = "SELECT id, submitted_at FROM referrals WHERE advocate_id = $1 \
             AND submitted_at >= $2 AND submitted_at <= $3 AND (path <> 'own_share' OR consent = 'given') \
             ORDER BY submitted_at, id LIMIT $4";
        let values = [
            advocate.into_inner().into(),
            micros(at - window).into(),
            micros(at + window).into(),
            MOST.into(),
        ];
        let mut made = Vec::new();
        for found in rows(self.0, SQL, values).await? {
            let (id, at): (Uuid, i64) = found.try_get_many_by_index()?;
            made.push((id.into(), from_micros(at)));
        }
        Ok(made)
    }
}
