//! The human first contact: where it is allowed, and whom it is about until they have answered.

use chrono::{DateTime, Utc};
use domain::{
    consent::FirstContactChannel,
    ids::{MemberId, ProgramId, ReferralId},
    text::Country,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{first_contact_rules, first_contacts},
    from_micros, micros,
};

/// The room of first contacts, on a reader or in a transaction.
#[derive(Debug)]
pub struct FirstContacts<'c, C>(&'c C);

impl Store {
    /// First contacts, to read.
    pub fn first_contacts(&self) -> FirstContacts<'_, impl ConnectionTrait + use<>> {
        FirstContacts(self.reader())
    }
}

impl Tx {
    /// First contacts, in this transaction.
    pub fn first_contacts(&self) -> FirstContacts<'_, DatabaseTransaction> {
        FirstContacts(self.conn())
    }
}

/// A market and a channel in which a human first contact is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstContactRule {
    /// Which one.
    pub id: Uuid,
    /// In which programme.
    pub program: ProgramId,
    /// How.
    pub channel: FirstContactChannel,
    /// Where.
    pub country: Country,
    /// On which ground.
    pub ground: String,
    /// Who wrote the ground down.
    pub recorded_by: MemberId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// Somebody whom the account manager may speak to once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstContact {
    /// About which referral.
    pub referral: ReferralId,
    /// Under which rule.
    pub rule: Uuid,
    /// How.
    pub channel: FirstContactChannel,
    /// Name and number, encrypted.
    pub sealed: String,
    /// What is shown of the name.
    pub name_mask: String,
    /// What is shown of the number.
    pub phone_mask: Option<String>,
    /// Keyed hash of the person, for the suppression list.
    pub person_hash: String,
    /// Why they expect it, in the advocate's words.
    pub circumstances: String,
    /// Since when it is kept.
    pub created_at: DateTime<Utc>,
    /// When it is deleted without an answer.
    pub expires_at: DateTime<Utc>,
    /// Who looked, and when first.
    pub revealed: Option<(MemberId, DateTime<Utc>)>,
}

fn channel(code: &str) -> Result<FirstContactChannel> {
    FirstContactChannel::parse(code).ok_or(StoreError::Corrupt("first_contacts.channel"))
}

impl<C: ConnectionTrait> FirstContacts<'_, C> {
    /// What is allowed today, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rules(&self, program: ProgramId) -> Result<Vec<FirstContactRule>> {
        first_contact_rules::Entity::find()
            .filter(first_contact_rules::Column::ProgramId.eq(program.into_inner()))
            .filter(first_contact_rules::Column::EndedAt.is_null())
            .order_by_asc(first_contact_rules::Column::RecordedAt)
            .all(self.0)
            .await?
            .into_iter()
            .map(|row| {
                Ok(FirstContactRule {
                    id: row.id,
                    program: row.program_id.into(),
                    channel: channel(&row.channel)?,
                    country: Country::parse(&row.country)
                        .map_err(|_| StoreError::Corrupt("first_contact_rules.country"))?,
                    ground: row.ground,
                    recorded_by: row.recorded_by_id.into(),
                    recorded_at: from_micros(row.recorded_at),
                })
            })
            .collect()
    }

    /// The ground of a rule, also of one that has ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ground(&self, rule: Uuid) -> Result<Option<String>> {
        Ok(first_contact_rules::Entity::find_by_id(rule).one(self.0).await?.map(|row| row.ground))
    }

    /// Whom a referral is about, as long as they have not answered.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(&self, referral: ReferralId) -> Result<Option<FirstContact>> {
        let row = first_contacts::Entity::find_by_id(referral.into_inner()).one(self.0).await?;
        row.map(|row| {
            Ok(FirstContact {
                referral: row.referral_id.into(),
                rule: row.rule_id,
                channel: channel(&row.channel)?,
                sealed: row.sealed,
                name_mask: row.name_mask,
                phone_mask: row.phone_mask,
                person_hash: row.person_hash,
                circumstances: row.circumstances,
                created_at: from_micros(row.created_at),
                expires_at: from_micros(row.expires_at),
                revealed: row.revealed_by_id.map(MemberId::from).zip(row.revealed_at.map(from_micros)),
            })
        })
        .transpose()
    }
}

impl FirstContacts<'_, DatabaseTransaction> {
    /// Allows a channel in a market.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_rule(&self, rule: FirstContactRule) -> Result<()> {
        first_contact_rules::ActiveModel {
            id: Set(rule.id),
            program_id: Set(rule.program.into_inner()),
            channel: Set(rule.channel.as_str().to_owned()),
            country: Set(rule.country.to_string()),
            ground: Set(rule.ground),
            recorded_by_id: Set(rule.recorded_by.into_inner()),
            recorded_at: Set(micros(rule.recorded_at)),
            ended_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Ends what was allowed. Answers whether it had been until now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_rule(&self, rule: Uuid, at: DateTime<Utc>) -> Result<bool> {
        let done = first_contact_rules::Entity::update_many()
            .set(first_contact_rules::ActiveModel { ended_at: Set(Some(micros(at))), ..Default::default() })
            .filter(first_contact_rules::Column::Id.eq(rule))
            .filter(first_contact_rules::Column::EndedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Keeps whom a referral is about.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(&self, new: FirstContact) -> Result<()> {
        first_contacts::ActiveModel {
            referral_id: Set(new.referral.into_inner()),
            rule_id: Set(new.rule),
            channel: Set(new.channel.as_str().to_owned()),
            sealed: Set(new.sealed),
            name_mask: Set(new.name_mask),
            phone_mask: Set(new.phone_mask),
            person_hash: Set(new.person_hash),
            circumstances: Set(new.circumstances),
            created_at: Set(micros(new.created_at)),
            expires_at: Set(micros(new.expires_at)),
            revealed_by_id: Set(None),
            revealed_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Notes who looked; the first look counts, by whomever the later ones are.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_reveal(&self, referral: ReferralId, by: MemberId, at: DateTime<Utc>) -> Result<()> {
        first_contacts::Entity::update_many()
            .set(first_contacts::ActiveModel {
                revealed_by_id: Set(Some(by.into_inner())),
                revealed_at: Set(Some(micros(at))),
                ..Default::default()
            })
            .filter(first_contacts::Column::ReferralId.eq(referral.into_inner()))
            .filter(first_contacts::Column::RevealedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Knows them by another hash: they work for another company than was written first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_person_hash(&self, referral: ReferralId, person_hash: &str) -> Result<()> {
        first_contacts::Entity::update_many()
            .set(first_contacts::ActiveModel {
                person_hash: Set(person_hash.to_owned()),
                ..Default::default()
            })
            .filter(first_contacts::Column::ReferralId.eq(referral.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Deletes whom a referral is about. Of two at the same moment, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete(&self, referral: ReferralId) -> Result<bool> {
        let done = first_contacts::Entity::delete_by_id(referral.into_inner()).exec(self.0).await?;
        Ok(done.rows_affected == 1)
    }
}
