//! Employers' releases: recorded by staff, revoked by staff, never changed.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ids::{AccountId, MemberId},
    rewards::{EmployerRelease, Release},
    text::PersonName,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{Result, Store, StoreError, Tx, entity::employer_releases, from_micros, micros};

/// The room of releases.
#[derive(Debug)]
pub struct Releases<'c, C>(&'c C);

impl Store {
    /// Releases, to read.
    pub fn releases(&self) -> Releases<'_, impl ConnectionTrait + use<>> {
        Releases(self.reader())
    }
}

impl Tx {
    /// Releases, in this transaction.
    pub fn releases(&self) -> Releases<'_, DatabaseTransaction> {
        Releases(self.conn())
    }
}

/// A release as it was recorded.
#[derive(Clone, Debug)]
pub struct RecordedRelease {
    /// Which one.
    pub id: Uuid,
    /// What it says.
    pub release: Release,
    /// When staff recorded it.
    pub recorded_at: DateTime<Utc>,
    /// When staff revoked it.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Nobody has more releases than a page shows.
const MOST: u64 = 50;

const CORRUPT: StoreError = StoreError::Corrupt("employer_releases");

fn restore(row: employer_releases::Model) -> Result<RecordedRelease> {
    let day = |day: &str| day.parse::<NaiveDate>().map_err(|_| CORRUPT);
    let release = Release {
        of: EmployerRelease { account: row.account_id.into(), member: row.member_id.into() },
        released_by: PersonName::parse(&row.released_by).map_err(|_| CORRUPT)?,
        released_on: day(&row.released_on)?,
        valid_until: row.valid_until.as_deref().map(day).transpose()?,
        caps: serde_json::from_str(&row.caps).map_err(|_| CORRUPT)?,
        document: row.document,
    };
    let recorded_at = from_micros(row.recorded_at);
    Ok(RecordedRelease { id: row.id, release, recorded_at, revoked_at: row.revoked_at.map(from_micros) })
}

impl<C: ConnectionTrait> Releases<'_, C> {
    /// Everything that was recorded for somebody, the newest first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn of(&self, member: MemberId) -> Result<Vec<RecordedRelease>> {
        employer_releases::Entity::find()
            .filter(employer_releases::Column::MemberId.eq(member.into_inner()))
            .order_by_desc(employer_releases::Column::RecordedAt)
            .order_by_desc(employer_releases::Column::Id)
            .limit(MOST)
            .all(self.0)
            .await?
            .into_iter()
            .map(restore)
            .collect()
    }

    /// The release of this company for this person that holds on a day: the one recorded last.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn holding(
        &self,
        member: MemberId,
        account: AccountId,
        day: NaiveDate,
    ) -> Result<Option<Release>> {
        // Days as ISO texts are ordered like days.
        let day = day.to_string();
        let open = Condition::any()
            .add(employer_releases::Column::ValidUntil.is_null())
            .add(employer_releases::Column::ValidUntil.gte(day.as_str()));
        let row = employer_releases::Entity::find()
            .filter(employer_releases::Column::MemberId.eq(member.into_inner()))
            .filter(employer_releases::Column::AccountId.eq(account.into_inner()))
            .filter(employer_releases::Column::RevokedAt.is_null())
            .filter(employer_releases::Column::ReleasedOn.lte(day.as_str()))
            .filter(open)
            .order_by_desc(employer_releases::Column::RecordedAt)
            .order_by_desc(employer_releases::Column::Id)
            .one(self.0)
            .await?;
        Ok(row.map(restore).transpose()?.map(|recorded| recorded.release))
    }
}

impl Releases<'_, DatabaseTransaction> {
    /// Records a release.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(&self, id: Uuid, new: &Release, by: MemberId, at: DateTime<Utc>) -> Result<()> {
        employer_releases::ActiveModel {
            id: Set(id),
            member_id: Set(new.of.member.into_inner()),
            account_id: Set(new.of.account.into_inner()),
            released_by: Set(new.released_by.as_str().to_owned()),
            released_on: Set(new.released_on.to_string()),
            valid_until: Set(new.valid_until.map(|day| day.to_string())),
            caps: Set(serde_json::to_string(&new.caps).map_err(|_| CORRUPT)?),
            document: Set(new.document.clone()),
            recorded_by_id: Set(by.into_inner()),
            recorded_at: Set(micros(at)),
            revoked_by_id: Set(None),
            revoked_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Revokes a release of this person. Answers whether it was not revoked before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke(&self, id: Uuid, member: MemberId, by: MemberId, at: DateTime<Utc>) -> Result<bool> {
        let done = employer_releases::Entity::update_many()
            .col_expr(employer_releases::Column::RevokedById, Expr::value(by.into_inner()))
            .col_expr(employer_releases::Column::RevokedAt, Expr::value(micros(at)))
            .filter(employer_releases::Column::Id.eq(id))
            .filter(employer_releases::Column::MemberId.eq(member.into_inner()))
            .filter(employer_releases::Column::RevokedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
