//! Joining without a letter of the host: requests that wait for their address to be confirmed or for staff, and the
//! links that members pass on to colleagues.

use chrono::{DateTime, Utc};
use domain::{
    accounts::AccountStatus,
    ids::{AccountId, MemberId},
    text::{EmailAddress, Language, PersonName},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{account_domains, accounts, colleague_links, join_requests, members},
    from_micros,
    members::ACTIVE,
    micros,
};

/// The room of joining, on a reader or in a transaction.
#[derive(Debug)]
pub struct Joining<'c, C>(&'c C);

impl Store {
    /// Joining, to read.
    pub fn joining(&self) -> Joining<'_, impl ConnectionTrait + use<>> {
        Joining(self.reader())
    }
}

impl Tx {
    /// Joining, in this transaction.
    pub fn joining(&self) -> Joining<'_, DatabaseTransaction> {
        Joining(self.conn())
    }
}

/// Somebody who wants to join.
#[derive(Clone, Debug)]
pub struct JoinRequest {
    /// Its id; the token of the mail's link is derived from it and the secret key.
    pub id: Uuid,
    /// Their company, by the domain of their address.
    pub account: AccountId,
    /// The colleague whose link they came by.
    pub invited_by: Option<MemberId>,
    /// Their name.
    pub name: PersonName,
    /// The address they have typed for themselves.
    pub email: EmailAddress,
    /// The language they want to be written to in.
    pub language: Language,
    /// When the link of the mail lapses.
    pub expires_at: DateTime<Utc>,
    /// When the address turned out to be theirs.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// A request as staff read it.
#[derive(Clone, Debug)]
pub struct WaitingRequest {
    /// Which one.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their company.
    pub account: (AccountId, String),
    /// Since when they wait.
    pub since: DateTime<Utc>,
}

/// A colleague's link.
#[derive(Clone, Copy, Debug)]
pub struct ColleagueLink {
    /// Its id; the code is derived from it and the secret key.
    pub id: Uuid,
    /// Whose it is.
    pub member: MemberId,
    /// How many have come in by it.
    pub uses: i32,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
}

/// Whom a colleague's link invites to: everything its page says.
#[derive(Clone, Debug)]
pub struct Invites {
    /// The link.
    pub link: ColleagueLink,
    /// Who passes it on.
    pub name: String,
    /// Their company.
    pub account: AccountId,
    /// What it is called.
    pub account_name: String,
}

fn read(row: join_requests::Model) -> Result<JoinRequest> {
    let corrupt = StoreError::Corrupt;
    Ok(JoinRequest {
        id: row.id,
        account: row.account_id.into(),
        invited_by: row.invited_by_id.map(MemberId::from),
        name: PersonName::parse(&row.name).map_err(|_| corrupt("join_requests.name"))?,
        email: EmailAddress::parse(&row.email).map_err(|_| corrupt("join_requests.email"))?,
        language: Language::parse(&row.language).ok_or(corrupt("join_requests.language"))?,
        expires_at: from_micros(row.expires_at),
        confirmed_at: row.confirmed_at.map(from_micros),
    })
}

fn link(row: &colleague_links::Model) -> ColleagueLink {
    ColleagueLink {
        id: row.id,
        member: row.member_id.into(),
        uses: row.uses,
        expires_at: from_micros(row.expires_at),
    }
}

impl<C: ConnectionTrait> Joining<'_, C> {
    /// The customer that this domain belongs to; companies that are none are not answered.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn customer_of(&self, domain: &str) -> Result<Option<AccountId>> {
        let id: Option<Uuid> = account_domains::Entity::find()
            .select_only()
            .column(account_domains::Column::AccountId)
            .join(
                JoinType::InnerJoin,
                account_domains::Entity::belongs_to(accounts::Entity)
                    .from(account_domains::Column::AccountId)
                    .to(accounts::Column::Id)
                    .into(),
            )
            .filter(account_domains::Column::Domain.eq(domain))
            .filter(accounts::Column::Status.eq(AccountStatus::Customer.as_str()))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(id.map(AccountId::from))
    }

    /// The request with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn request(&self, id: Uuid) -> Result<Option<JoinRequest>> {
        join_requests::Entity::find_by_id(id).one(self.0).await?.map(read).transpose()
    }

    /// The request that the link of its mail belongs to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn request_by_link(&self, confirm_hash: &str) -> Result<Option<JoinRequest>> {
        let row = join_requests::Entity::find()
            .filter(join_requests::Column::ConfirmHash.eq(confirm_hash))
            .one(self.0)
            .await?;
        row.map(read).transpose()
    }

    /// The request of this address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn request_by_email(&self, email: &EmailAddress) -> Result<Option<Uuid>> {
        Ok(join_requests::Entity::find()
            .select_only()
            .column(join_requests::Column::Id)
            .filter(join_requests::Column::Email.eq(email.as_str()))
            .into_tuple()
            .one(self.0)
            .await?)
    }

    /// Those who wait for staff, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn waiting(&self, limit: u64) -> Result<Vec<WaitingRequest>> {
        type Row = (Uuid, String, String, Option<i64>, Uuid, String);
        let rows: Vec<Row> = join_requests::Entity::find()
            .select_only()
            .columns([
                join_requests::Column::Id,
                join_requests::Column::Name,
                join_requests::Column::Email,
                join_requests::Column::ConfirmedAt,
                join_requests::Column::AccountId,
            ])
            .column_as(accounts::Column::Name, "account_name")
            .join(
                JoinType::InnerJoin,
                join_requests::Entity::belongs_to(accounts::Entity)
                    .from(join_requests::Column::AccountId)
                    .to(accounts::Column::Id)
                    .into(),
            )
            .filter(join_requests::Column::ConfirmedAt.is_not_null())
            .order_by_asc(join_requests::Column::ConfirmedAt)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(id, name, email, since, account, account_name)| WaitingRequest {
                id,
                name,
                email,
                account: (account.into(), account_name),
                since: from_micros(since.unwrap_or_default()),
            })
            .collect())
    }

    /// A member's link that still works.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link_of(&self, member: MemberId, now: DateTime<Utc>) -> Result<Option<ColleagueLink>> {
        let row = colleague_links::Entity::find()
            .filter(colleague_links::Column::MemberId.eq(member.into_inner()))
            .filter(colleague_links::Column::ExpiresAt.gt(micros(now)))
            .one(self.0)
            .await?;
        Ok(row.as_ref().map(link))
    }

    /// The link with this code, while it works and its member may sign in.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link_by_code(&self, code_hash: &str, now: DateTime<Utc>) -> Result<Option<Invites>> {
        let row: Option<(colleague_links::Model, Option<members::Model>)> = colleague_links::Entity::find()
            .join(
                JoinType::InnerJoin,
                colleague_links::Entity::belongs_to(members::Entity)
                    .from(colleague_links::Column::MemberId)
                    .to(members::Column::Id)
                    .into(),
            )
            .select_also(members::Entity)
            .filter(colleague_links::Column::CodeHash.eq(code_hash))
            .filter(colleague_links::Column::ExpiresAt.gt(micros(now)))
            .filter(members::Column::Status.eq(ACTIVE))
            .one(self.0)
            .await?;
        let Some((row, Some(member))) = row else { return Ok(None) };
        let Some(account) = member.account_id else { return Ok(None) };
        let account = accounts::Entity::find_by_id(account).one(self.0).await?;
        Ok(account.map(|account| Invites {
            link: link(&row),
            name: member.name,
            account: account.id.into(),
            account_name: account.name,
        }))
    }
}

impl Joining<'_, DatabaseTransaction> {
    /// Keeps a request. One that was never confirmed gives way to the newer one of the same address; one that waits for
    /// staff stays, and the answer is `false`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(&self, new: &JoinRequest, confirm_hash: String, now: DateTime<Utc>) -> Result<bool> {
        join_requests::Entity::delete_many()
            .filter(join_requests::Column::Email.eq(new.email.as_str()))
            .filter(join_requests::Column::ConfirmedAt.is_null())
            .exec(self.0)
            .await?;
        let row = join_requests::ActiveModel {
            id: Set(new.id),
            account_id: Set(new.account.into_inner()),
            invited_by_id: Set(new.invited_by.map(MemberId::into_inner)),
            name: Set(new.name.as_str().to_owned()),
            email: Set(new.email.as_str().to_owned()),
            language: Set(new.language.as_str().to_owned()),
            confirm_hash: Set(confirm_hash),
            created_at: Set(micros(now)),
            expires_at: Set(micros(new.expires_at)),
            confirmed_at: Set(None),
        };
        let kept = join_requests::Entity::insert(row)
            .on_conflict(OnConflict::column(join_requests::Column::Email).do_nothing().to_owned())
            .exec_without_returning(self.0)
            .await?;
        Ok(kept == 1)
    }

    /// Notes that the address is theirs.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn confirm(&self, id: Uuid, now: DateTime<Utc>) -> Result<()> {
        join_requests::Entity::update_many()
            .col_expr(join_requests::Column::ConfirmedAt, Expr::value(micros(now)))
            .filter(join_requests::Column::Id.eq(id))
            .filter(join_requests::Column::ConfirmedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Takes a request away, once: of two who decide at the same moment, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take(&self, id: Uuid) -> Result<bool> {
        Ok(join_requests::Entity::delete_by_id(id).exec(self.0).await?.rows_affected == 1)
    }

    /// Gives a member a new link; the one before stops working.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_link(&self, new: ColleagueLink, code_hash: String, now: DateTime<Utc>) -> Result<()> {
        self.end_link(new.member).await?;
        colleague_links::ActiveModel {
            id: Set(new.id),
            member_id: Set(new.member.into_inner()),
            code_hash: Set(code_hash),
            uses: Set(new.uses),
            created_at: Set(micros(now)),
            expires_at: Set(micros(new.expires_at)),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Takes a member's link away.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_link(&self, member: MemberId) -> Result<()> {
        colleague_links::Entity::delete_many()
            .filter(colleague_links::Column::MemberId.eq(member.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Counts one more who has come in by this member's link, if `most` have not come in yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_link(&self, member: MemberId, most: i32) -> Result<bool> {
        let done = colleague_links::Entity::update_many()
            .col_expr(colleague_links::Column::Uses, Expr::col(colleague_links::Column::Uses).add(1))
            .filter(colleague_links::Column::MemberId.eq(member.into_inner()))
            .filter(colleague_links::Column::Uses.lt(most))
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
