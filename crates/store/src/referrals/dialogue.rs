//! The dialogue of a referral, and what each side has not looked at.

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    referrals::DialogueSide,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::Referrals;
use crate::{
    Result,
    entity::{referral_messages, referrals},
    from_micros, micros,
};

/// A message of the dialogue between advocate and host.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// Who wrote it.
    pub author: MemberId,
    /// Question, answer or correction.
    pub kind: String,
    /// What it says.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where it is counted what this side has not looked at.
pub(super) const fn unread_of(side: DialogueSide) -> referrals::Column {
    match side {
        DialogueSide::Advocate => referrals::Column::AdvocateUnread,
        DialogueSide::Staff => referrals::Column::StaffUnread,
    }
}

impl<C: ConnectionTrait> Referrals<'_, C> {
    /// The dialogue, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn messages(&self, id: ReferralId) -> Result<Vec<Message>> {
        Ok(referral_messages::Entity::find()
            .filter(referral_messages::Column::ReferralId.eq(id.into_inner()))
            .order_by_asc(referral_messages::Column::At)
            .all(self.0)
            .await?
            .into_iter()
            .map(|row| Message {
                id: row.id,
                author: row.author_id.into(),
                kind: row.kind,
                body: row.body,
                at: from_micros(row.at),
            })
            .collect())
    }

    /// How many messages this side has not looked at.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unread(&self, id: ReferralId, side: DialogueSide) -> Result<i32> {
        let unread: Option<i32> = referrals::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(unread_of(side))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(unread.unwrap_or_default())
    }
}

impl Referrals<'_, DatabaseTransaction> {
    /// Adds a message to the dialogue.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_message(&self, referral: ReferralId, message: Message) -> Result<()> {
        referral_messages::ActiveModel {
            id: Set(message.id),
            referral_id: Set(referral.into_inner()),
            author_id: Set(message.author.into_inner()),
            kind: Set(message.kind),
            body: Set(message.body),
            at: Set(micros(message.at)),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Counts one more message that this side has not looked at. Answers how many there are now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_unread(&self, referral: ReferralId, side: DialogueSide) -> Result<i32> {
        let unread = unread_of(side);
        referrals::Entity::update_many()
            .col_expr(unread, Expr::col(unread).add(1))
            .filter(referrals::Column::Id.eq(referral.into_inner()))
            .exec(self.0)
            .await?;
        self.unread(referral, side).await
    }

    /// This side has looked at so many new messages; what came in the meantime stays new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn looked(&self, referral: ReferralId, side: DialogueSide, seen: i32) -> Result<()> {
        let unread = unread_of(side);
        referrals::Entity::update_many()
            .col_expr(unread, Expr::col(unread).sub(seen))
            .filter(referrals::Column::Id.eq(referral.into_inner()))
            .filter(unread.gte(seen))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
