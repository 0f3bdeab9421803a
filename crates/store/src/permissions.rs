//! On which ground members may be written to, and which mails they do without.

use chrono::{DateTime, Utc};
use domain::{
    consent::{Basis, Channel, Permission, Transactional},
    ids::MemberId,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{muted_mails, permissions},
    from_micros, micros,
};

/// The room of permissions, on a reader or in a transaction.
#[derive(Debug)]
pub struct Permissions<'c, C>(&'c C);

impl Store {
    /// Permissions, to read.
    pub fn permissions(&self) -> Permissions<'_, impl ConnectionTrait + use<>> {
        Permissions(self.reader())
    }
}

impl Tx {
    /// Permissions, in this transaction.
    pub fn permissions(&self) -> Permissions<'_, DatabaseTransaction> {
        Permissions(self.conn())
    }
}

/// What is recorded for one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionRow {
    /// The channel.
    pub channel: Channel,
    /// The ground.
    pub basis: Basis,
    /// Where it comes from: a code, or what a member of staff wrote.
    pub source: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When they objected.
    pub objected_at: Option<DateTime<Utc>>,
}

/// A ground to record.
#[derive(Clone, Debug)]
pub struct NewPermission {
    /// The row's id.
    pub id: Uuid,
    /// Whose.
    pub member: MemberId,
    /// The channel.
    pub channel: Channel,
    /// The ground.
    pub basis: Basis,
    /// Where it comes from.
    pub source: String,
    /// Now.
    pub at: DateTime<Utc>,
}

fn read(row: permissions::Model) -> Result<PermissionRow> {
    Ok(PermissionRow {
        channel: Channel::parse(&row.channel).ok_or(StoreError::Corrupt("permissions.channel"))?,
        basis: Basis::parse(&row.basis).ok_or(StoreError::Corrupt("permissions.basis"))?,
        source: row.source,
        recorded_at: from_micros(row.recorded_at),
        objected_at: row.objected_at.map(from_micros),
    })
}

pub(crate) fn model(new: NewPermission) -> permissions::ActiveModel {
    permissions::ActiveModel {
        id: Set(new.id),
        member_id: Set(new.member.into_inner()),
        channel: Set(new.channel.as_str().to_owned()),
        basis: Set(new.basis.as_str().to_owned()),
        source: Set(new.source),
        recorded_at: Set(micros(new.at)),
        objected_at: Set(None),
    }
}

impl<C: ConnectionTrait> Permissions<'_, C> {
    /// Everything recorded for this member.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(&self, member: MemberId) -> Result<Vec<PermissionRow>> {
        let rows = permissions::Entity::find()
            .filter(permissions::Column::MemberId.eq(member.into_inner()))
            .order_by_asc(permissions::Column::Channel)
            .all(self.0)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// What the rule needs to know of one channel.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn on(&self, member: MemberId, channel: Channel) -> Result<Option<Permission>> {
        let row = permissions::Entity::find()
            .filter(permissions::Column::MemberId.eq(member.into_inner()))
            .filter(permissions::Column::Channel.eq(channel.as_str()))
            .one(self.0)
            .await?;
        let row = row.map(read).transpose()?;
        Ok(row.map(|row| Permission { basis: row.basis, objected: row.objected_at.is_some() }))
    }
}

impl Permissions<'_, DatabaseTransaction> {
    /// Records a ground in place of the one before. A consent given anew ends an objection; nothing else does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(&self, new: NewPermission) -> Result<()> {
        use permissions::Column;
        let mut columns = vec![Column::Basis, Column::Source, Column::RecordedAt];
        if new.basis == Basis::Consent {
            columns.push(Column::ObjectedAt);
        }
        permissions::Entity::insert(model(new))
            .on_conflict(
                OnConflict::columns([Column::MemberId, Column::Channel]).update_columns(columns).to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }

    /// Notes an objection; it ends every ground of this channel.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn object(&self, new: NewPermission) -> Result<()> {
        let (member, channel, at) = (new.member, new.channel, new.at);
        permissions::Entity::insert(model(new))
            .on_conflict(
                OnConflict::columns([permissions::Column::MemberId, permissions::Column::Channel])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        permissions::Entity::update_many()
            .col_expr(permissions::Column::ObjectedAt, Expr::value(micros(at)))
            .filter(permissions::Column::MemberId.eq(member.into_inner()))
            .filter(permissions::Column::Channel.eq(channel.as_str()))
            .filter(permissions::Column::ObjectedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }
}

impl<C: ConnectionTrait> Permissions<'_, C> {
    /// The kinds of mail this member does without.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn muted(&self, member: MemberId) -> Result<Vec<Transactional>> {
        let rows = muted_mails::Entity::find()
            .filter(muted_mails::Column::MemberId.eq(member.into_inner()))
            .all(self.0)
            .await?;
        // A kind that the product does not write any more is no trouble.
        Ok(rows.iter().filter_map(|row| Transactional::parse(&row.kind)).collect())
    }
}

impl Permissions<'_, DatabaseTransaction> {
    /// The kinds of mail this member does without, in place of those before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_muted(&self, member: MemberId, kinds: &[Transactional]) -> Result<()> {
        muted_mails::Entity::delete_many()
            .filter(muted_mails::Column::MemberId.eq(member.into_inner()))
            .exec(self.0)
            .await?;
        for kind in kinds {
            self.mute(member, *kind).await?;
        }
        Ok(())
    }

    /// This member does without this kind of mail; saying it twice is saying it once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mute(&self, member: MemberId, kind: Transactional) -> Result<()> {
        muted_mails::Entity::insert(muted_mails::ActiveModel {
            member_id: Set(member.into_inner()),
            kind: Set(kind.as_str().to_owned()),
        })
        .on_conflict(
            OnConflict::columns([muted_mails::Column::MemberId, muted_mails::Column::Kind])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }
}
