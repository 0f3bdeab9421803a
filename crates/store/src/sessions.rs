//! Session records. What is in them is the server's business; the member is kept beside them, so that "end all
//! sessions" is one statement.

use chrono::{DateTime, Utc};
use domain::ids::MemberId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    Result, Store,
    entity::sessions,
    members::{person_columns, person_of},
    micros,
    written::rows,
};

/// A session as it is stored.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Hash of the cookie's value: a copied database signs nobody in.
    pub key: String,
    /// Who is signed in.
    pub member: Option<MemberId>,
    /// The session's values as JSON.
    pub data: String,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// The values of a session that has not lapsed, with the microsecond it lapses at. Whose it is comes with it, and is
    /// kept for [`Store::person_asking`].
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn load_session(&self, key: &str, now: DateTime<Utc>) -> Result<Option<(String, i64)>> {
        const SQL: &str = concat!(
            "SELECT s.data, s.expires_at, ",
            person_columns!(),
            " FROM sessions s LEFT JOIN members m ON m.id = s.member_id AND m.status = 'active' \
             LEFT JOIN member_roles r ON r.member_id = m.id WHERE s.id = $1 AND s.expires_at > $2"
        );
        let found = rows(self.reader(), SQL, [key.into(), micros(now).into()]).await?;
        let Some(first) = found.first() else { return Ok(None) };
        let session = (first.try_get_by_index(0)?, first.try_get_by_index(1)?);
        if let Some(person) = person_of(&found, 2)? {
            crate::reading::meet(person);
        }
        Ok(Some(session))
    }

    /// Stores a new session.
    ///
    /// # Errors
    /// [`StoreError::Conflict`](crate::StoreError::Conflict) when there is one with this key.
    pub async fn create_session(&self, row: SessionRow, now: DateTime<Utc>) -> Result<()> {
        let tx = self.begin().await?;
        let new = sessions::ActiveModel {
            id: Set(row.key),
            member_id: Set(row.member.map(MemberId::into_inner)),
            data: Set(row.data),
            created_at: Set(micros(now)),
            expires_at: Set(micros(row.expires_at)),
        };
        sessions::Entity::insert(new).exec_without_returning(tx.conn()).await?;
        tx.commit().await
    }

    /// Stores what has changed in a session. One that was ended since it was loaded stays ended: a page that was still on its
    /// way must not open it again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn save_session(&self, row: SessionRow) -> Result<()> {
        let tx = self.begin().await?;
        sessions::Entity::update_many()
            .col_expr(sessions::Column::MemberId, Expr::value(row.member.map(MemberId::into_inner)))
            .col_expr(sessions::Column::Data, Expr::value(row.data))
            .col_expr(sessions::Column::ExpiresAt, Expr::value(micros(row.expires_at)))
            .filter(sessions::Column::Id.eq(row.key))
            .exec(tx.conn())
            .await?;
        tx.commit().await
    }

    /// Forgets a session.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_session(&self, key: &str) -> Result<()> {
        let tx = self.begin().await?;
        sessions::Entity::delete_by_id(key).exec(tx.conn()).await?;
        tx.commit().await
    }
}
