//! Files that were handed in, in pieces: a piece is written in a few milliseconds, a file of 20 MB is not.

use chrono::{DateTime, Utc};
use domain::ids::MemberId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::{upload_chunks, uploads},
    from_micros, micros,
};

/// Longest piece in bytes.
const PIECE: usize = 256 * 1024;

/// An upload without its words.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Which one.
    pub id: Uuid,
    /// What the file was called.
    pub name: String,
    /// How it is to be read, as JSON.
    pub options: String,
    /// What came of it, as JSON.
    pub result: Option<String>,
    /// When it was handed in.
    pub created_at: DateTime<Utc>,
}

impl From<uploads::Model> for Upload {
    fn from(row: uploads::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            options: row.options,
            result: row.result,
            created_at: from_micros(row.created_at),
        }
    }
}

impl Store {
    /// Keeps a text for its owner. It is there once its last piece is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_upload(
        &self,
        id: Uuid,
        owner: MemberId,
        (name, options): (String, String),
        text: &str,
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<()> {
        let tx = self.begin().await?;
        uploads::ActiveModel {
            id: Set(id),
            member_id: Set(owner.into_inner()),
            name: Set(name),
            options: Set(options),
            result: Set(None),
            created_at: Set(micros(now)),
            expires_at: Set(micros(until)),
        }
        .insert(tx.conn())
        .await?;
        tx.commit().await?;
        let (mut rest, mut position) = (text, 0);
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            let tx = self.begin().await?;
            upload_chunks::ActiveModel {
                upload_id: Set(id),
                position: Set(position),
                body: Set(piece.to_owned()),
            }
            .insert(tx.conn())
            .await?;
            tx.commit().await?;
            (rest, position) = (after, position + 1);
        }
        Ok(())
    }

    /// The upload, for its owner only, while it lasts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn upload(&self, id: Uuid, owner: MemberId, now: DateTime<Utc>) -> Result<Option<Upload>> {
        Ok(uploads::Entity::find_by_id(id)
            .filter(uploads::Column::MemberId.eq(owner.into_inner()))
            .filter(uploads::Column::ExpiresAt.gt(micros(now)))
            .one(self.reader())
            .await?
            .map(Upload::from))
    }

    /// The upload's words, piece by piece.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn upload_text(&self, id: Uuid) -> Result<String> {
        let mut text = String::new();
        for position in 0.. {
            let piece: Option<String> = upload_chunks::Entity::find()
                .select_only()
                .column(upload_chunks::Column::Body)
                .filter(upload_chunks::Column::UploadId.eq(id))
                .filter(upload_chunks::Column::Position.eq(position))
                .order_by_asc(upload_chunks::Column::Position)
                .into_tuple()
                .one(self.reader())
                .await?;
            match piece {
                Some(piece) => text.push_str(&piece),
                None => break,
            }
        }
        Ok(text)
    }

    /// Notes what becomes of the upload, if nobody has noted something else since `seen` was read. Answers whether this was
    /// noted: of two who want to take the same upload, one does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn claim_upload(&self, id: Uuid, seen: Option<&str>, result: &str) -> Result<bool> {
        let as_seen = match seen {
            Some(seen) => uploads::Column::Result.eq(seen),
            None => uploads::Column::Result.is_null(),
        };
        let tx = self.begin().await?;
        let done = uploads::Entity::update_many()
            .col_expr(uploads::Column::Result, Expr::value(result))
            .filter(uploads::Column::Id.eq(id))
            .filter(as_seen)
            .exec(tx.conn())
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes what came of the upload.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_upload_result(&self, id: Uuid, result: &str) -> Result<()> {
        let tx = self.begin().await?;
        uploads::Entity::update_many()
            .col_expr(uploads::Column::Result, Expr::value(result))
            .filter(uploads::Column::Id.eq(id))
            .exec(tx.conn())
            .await?;
        tx.commit().await
    }
}
