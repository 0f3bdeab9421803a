//! Documents, in pieces: a piece is written in a few milliseconds, a file of 5 MB is not.

use chrono::{DateTime, Utc};
use domain::{
    documents::{Document, DocumentKind},
    ids::{MemberId, RewardId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{document_chunks, documents, receipts},
    jobs::NewJob,
    micros,
};

/// A document as it is kept: what kind of file, and its content in base64, piece by piece.
#[derive(Clone, Debug)]
pub struct KeptDocument {
    /// What kind of file it is.
    pub kind: DocumentKind,
    /// Its content.
    pub pieces: Vec<String>,
}

impl Store {
    /// Keeps a document whose content was put into `pieces` of base64. Until something refers to it, it can be seen by
    /// nobody; `forget` is the job that deletes it where nothing ever does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_document(
        &self,
        id: Uuid,
        by: MemberId,
        document: &Document,
        pieces: Vec<String>,
        now: DateTime<Utc>,
        forget: NewJob,
    ) -> Result<()> {
        let tx = self.begin().await?;
        documents::ActiveModel {
            id: Set(id),
            kind: Set(document.kind.as_str().to_owned()),
            created_by_id: Set(by.into_inner()),
            created_at: Set(micros(now)),
        }
        .insert(tx.conn())
        .await?;
        tx.push_job(forget).await?;
        tx.commit().await?;
        for (position, body) in (0..).zip(pieces) {
            let tx = self.begin().await?;
            document_chunks::ActiveModel { document_id: Set(id), position: Set(position), body: Set(body) }
                .insert(tx.conn())
                .await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// The receipt of a donation. Who may see it, the caller has checked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn receipt(&self, reward: RewardId) -> Result<Option<KeptDocument>> {
        let found = receipts::Entity::find_by_id(reward.into_inner()).one(self.reader()).await?;
        let Some(receipt) = found else { return Ok(None) };
        let document = documents::Entity::find_by_id(receipt.document_id).one(self.reader()).await?;
        let Some(document) = document else { return Ok(None) };
        let kind = DocumentKind::parse(&document.kind).ok_or(StoreError::Corrupt("documents.kind"))?;
        let pieces = document_chunks::Entity::find()
            .select_only()
            .column(document_chunks::Column::Body)
            .filter(document_chunks::Column::DocumentId.eq(document.id))
            .order_by_asc(document_chunks::Column::Position)
            .into_tuple()
            .all(self.reader())
            .await?;
        Ok(Some(KeptDocument { kind, pieces }))
    }

    /// Which of these rewards have a receipt.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn with_receipt(&self, rewards: &[RewardId]) -> Result<Vec<RewardId>> {
        if rewards.is_empty() {
            return Ok(Vec::new());
        }
        let ids = rewards.iter().map(|id| id.into_inner());
        let found: Vec<Uuid> = receipts::Entity::find()
            .select_only()
            .column(receipts::Column::RewardId)
            .filter(receipts::Column::RewardId.is_in(ids))
            .into_tuple()
            .all(self.reader())
            .await?;
        Ok(found.into_iter().map(RewardId::from).collect())
    }
}

impl Tx {
    /// Deletes a document that nothing refers to, with its content.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_document(&self, id: Uuid) -> Result<()> {
        let used = receipts::Entity::find()
            .select_only()
            .column(receipts::Column::DocumentId)
            .filter(receipts::Column::DocumentId.eq(id))
            .into_query();
        documents::Entity::delete_many()
            .filter(documents::Column::Id.eq(id))
            .filter(documents::Column::Id.not_in_subquery(used))
            .exec(self.conn())
            .await?;
        Ok(())
    }

    /// Makes a kept document the receipt of a donation.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has one.
    pub async fn attach_receipt(&self, reward: RewardId, document: Uuid) -> Result<()> {
        receipts::ActiveModel { reward_id: Set(reward.into_inner()), document_id: Set(document) }
            .insert(self.conn())
            .await?;
        Ok(())
    }
}
