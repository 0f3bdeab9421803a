//! Invitations: a member and a code that works once.

use chrono::{DateTime, Utc};
use domain::{ids::MemberId, members::Inviting};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    JoinType, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result,
    entity::{invitations, members},
    from_micros,
    members::{ACTIVE, Members},
    micros,
};

/// An invitation to store.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Its id; the code is derived from it and the secret key.
    pub id: Uuid,
    /// Who is invited.
    pub member: MemberId,
    /// Keyed hash of the code.
    pub code_hash: String,
    /// Who invites.
    pub by: Inviting,
    /// Now.
    pub created_at: DateTime<Utc>,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
}

/// An invitation that can still be used.
#[derive(Clone, Copy, Debug)]
pub struct OpenInvitation {
    /// Which one.
    pub id: Uuid,
    /// Who is invited.
    pub member: MemberId,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
}

impl<C: ConnectionTrait> Members<'_, C> {
    /// The invitation that this code belongs to, if it can still be used by somebody who may sign in and has not come in yet:
    /// to the others a letter would be a second key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_invitation(
        &self,
        code_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenInvitation>> {
        let row: Option<(Uuid, Uuid, i64)> = invitations::Entity::find()
            .select_only()
            .columns([invitations::Column::Id, invitations::Column::MemberId, invitations::Column::ExpiresAt])
            .join(
                JoinType::InnerJoin,
                invitations::Entity::belongs_to(members::Entity)
                    .from(invitations::Column::MemberId)
                    .to(members::Column::Id)
                    .into(),
            )
            .filter(invitations::Column::CodeHash.eq(code_hash))
            .filter(invitations::Column::UsedAt.is_null())
            .filter(invitations::Column::ExpiresAt.gt(micros(now)))
            .filter(members::Column::Status.eq(ACTIVE))
            .filter(members::Column::JoinedAt.is_null())
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(row.map(|(id, member, expires_at)| OpenInvitation {
            id,
            member: member.into(),
            expires_at: from_micros(expires_at),
        }))
    }

    /// The newest invitation of this member that can still be used.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn invitation_of(
        &self,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenInvitation>> {
        Ok(invitations::Entity::find()
            .filter(invitations::Column::MemberId.eq(member.into_inner()))
            .filter(invitations::Column::UsedAt.is_null())
            .filter(invitations::Column::ExpiresAt.gt(micros(now)))
            .order_by_desc(invitations::Column::CreatedAt)
            .one(self.0)
            .await?
            .map(|row| OpenInvitation { id: row.id, member, expires_at: from_micros(row.expires_at) }))
    }
}

impl Members<'_, DatabaseTransaction> {
    /// Stores an invitation; those before it can no longer be used.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_invitation(&self, new: NewInvitation) -> Result<()> {
        self.end_invitations(new.member, new.created_at).await?;
        invitations::ActiveModel {
            id: Set(new.id),
            member_id: Set(new.member.into_inner()),
            code_hash: Set(new.code_hash),
            created_by_id: Set(new.by.member().into_inner()),
            created_at: Set(micros(new.created_at)),
            expires_at: Set(micros(new.expires_at)),
            used_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Ends every invitation of this member that can still be used.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_invitations(&self, member: MemberId, now: DateTime<Utc>) -> Result<()> {
        invitations::Entity::update_many()
            .col_expr(invitations::Column::ExpiresAt, Expr::value(micros(now)))
            .filter(invitations::Column::MemberId.eq(member.into_inner()))
            .filter(invitations::Column::UsedAt.is_null())
            .filter(invitations::Column::ExpiresAt.gt(micros(now)))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Uses an invitation up and notes that its member has come in: of two at the same moment, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_invitation(&self, invitation: OpenInvitation, now: DateTime<Utc>) -> Result<bool> {
        let done = invitations::Entity::update_many()
            .col_expr(invitations::Column::UsedAt, Expr::value(micros(now)))
            .filter(invitations::Column::Id.eq(invitation.id))
            .filter(invitations::Column::UsedAt.is_null())
            .exec(self.0)
            .await?;
        if done.rows_affected != 1 {
            return Ok(false);
        }
        self.note_joined(invitation.member, now).await?;
        Ok(true)
    }
}
