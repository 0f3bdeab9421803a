//! Customers' companies: the list and one company. Many at once, from a file: [`import`].

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    ids::{AccountId, MemberId},
    members::Inviting,
    text::{CompanyName, Country},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{account_assignments, account_domains, accounts, members},
    micros,
    people::{contains, read_cursor},
};

mod import;

pub use import::{Asked, Known, KnownMember, NewAdvocate};

/// The room of accounts, on a reader or in a transaction.
#[derive(Debug)]
pub struct Accounts<'c, C>(&'c C);

impl Store {
    /// Accounts, to read.
    pub fn accounts(&self) -> Accounts<'_, impl ConnectionTrait + use<>> {
        Accounts(self.reader())
    }
}

impl Tx {
    /// Accounts, in this transaction.
    pub fn accounts(&self) -> Accounts<'_, DatabaseTransaction> {
        Accounts(self.conn())
    }
}

/// A line of the list of companies.
#[derive(Clone, Debug)]
pub struct AccountLine {
    /// Which one.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub country: String,
    /// How the host stands with it.
    pub status: AccountStatus,
    /// Who looks after it.
    pub manager: Option<String>,
    name_key: String,
}

impl AccountLine {
    /// Where the next page begins.
    pub fn cursor(&self) -> String {
        format!("{}~{}", self.id, self.name_key)
    }
}

/// Which companies are listed.
#[derive(Clone, Debug, Default)]
pub struct AccountsFilter {
    /// Part of a name, or a domain.
    pub search: String,
    /// Only those the host stands so with.
    pub status: Option<AccountStatus>,
    /// The cursor of the last line before this page.
    pub after: Option<String>,
}

/// What is known about a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFields {
    /// Its name.
    pub name: CompanyName,
    /// Where it is.
    pub country: Country,
    /// What it does.
    pub industry: Option<String>,
    /// What kind of organisation it is.
    pub recipient_kind: RecipientKind,
    /// How the host stands with it.
    pub status: AccountStatus,
    /// Since when it buys.
    pub customer_since: Option<NaiveDate>,
    /// What it accepts by its own rules.
    pub gift_policy: GiftPolicy,
}

/// One company as staff edit it.
#[derive(Clone, Debug)]
pub struct AccountDetails {
    /// Which one.
    pub id: AccountId,
    /// What is known about it.
    pub fields: AccountFields,
    /// Its mail domains.
    pub domains: Vec<WorkDomain>,
    /// Who looks after it.
    pub manager: Option<MemberId>,
    /// How often people have edited it.
    pub version: i32,
}

fn fields(row: &accounts::Model) -> Result<AccountFields> {
    let corrupt = StoreError::Corrupt;
    Ok(AccountFields {
        name: CompanyName::parse(&row.name).map_err(|_| corrupt("accounts.name"))?,
        country: Country::parse(&row.country).map_err(|_| corrupt("accounts.country"))?,
        industry: row.industry.clone(),
        recipient_kind: RecipientKind::parse(&row.recipient_kind)
            .ok_or(corrupt("accounts.recipient_kind"))?,
        status: AccountStatus::parse(&row.status).ok_or(corrupt("accounts.status"))?,
        customer_since: row
            .customer_since
            .as_deref()
            .map(|date| date.parse().map_err(|_| corrupt("accounts.customer_since")))
            .transpose()?,
        gift_policy: GiftPolicy::parse(&row.gift_policy).ok_or(corrupt("accounts.gift_policy"))?,
    })
}

fn model(id: AccountId, fields: &AccountFields, created_at: DateTime<Utc>) -> accounts::ActiveModel {
    accounts::ActiveModel {
        id: Set(id.into_inner()),
        name: Set(fields.name.as_str().to_owned()),
        name_key: Set(fields.name.key()),
        country: Set(fields.country.as_str().to_owned()),
        industry: Set(fields.industry.clone()),
        recipient_kind: Set(fields.recipient_kind.as_str().to_owned()),
        status: Set(fields.status.as_str().to_owned()),
        customer_since: Set(fields.customer_since.map(|date| date.to_string())),
        gift_policy: Set(fields.gift_policy.as_str().to_owned()),
        created_at: Set(micros(created_at)),
        version: Set(0),
    }
}

/// Companies as lines of a list.
fn lines() -> Select<accounts::Entity> {
    accounts::Entity::find()
        .select_only()
        .columns([
            accounts::Column::Id,
            accounts::Column::Name,
            accounts::Column::NameKey,
            accounts::Column::Country,
            accounts::Column::Status,
        ])
        .column_as(members::Column::Name, "manager")
        .join(
            JoinType::LeftJoin,
            accounts::Entity::belongs_to(account_assignments::Entity)
                .from(accounts::Column::Id)
                .to(account_assignments::Column::AccountId)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            account_assignments::Entity::belongs_to(members::Entity)
                .from(account_assignments::Column::MemberId)
                .to(members::Column::Id)
                .into(),
        )
}

impl<C: ConnectionTrait> Accounts<'_, C> {
    /// A page of companies by name, `limit` lines at most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, filter: &AccountsFilter, limit: u64) -> Result<Vec<AccountLine>> {
        let mut select = lines();
        let search = filter.search.trim();
        if !search.is_empty() {
            let key = CompanyName::parse(search).map(|name| name.key()).unwrap_or_default();
            let domains = account_domains::Entity::find()
                .select_only()
                .column(account_domains::Column::AccountId)
                .filter(account_domains::Column::Domain.starts_with(search.to_lowercase()))
                .into_query();
            select = select.filter(
                Condition::any()
                    .add(contains(accounts::Column::NameKey, &key))
                    .add(accounts::Column::Id.in_subquery(domains)),
            );
        }
        if let Some(status) = filter.status {
            select = select.filter(accounts::Column::Status.eq(status.as_str()));
        }
        if let Some((id, key)) = filter.after.as_deref().and_then(read_cursor) {
            select = select.filter(Condition::any().add(accounts::Column::NameKey.gt(key)).add(
                Condition::all().add(accounts::Column::NameKey.eq(key)).add(accounts::Column::Id.gt(id)),
            ));
        }
        self.lines(select, limit).await
    }

    /// Companies with this name but for its legal form.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn named(&self, name: &CompanyName, limit: u64) -> Result<Vec<AccountLine>> {
        self.lines(lines().filter(accounts::Column::NameKey.eq(name.key())), limit).await
    }

    async fn lines(&self, select: Select<accounts::Entity>, limit: u64) -> Result<Vec<AccountLine>> {
        type Row = (Uuid, String, String, String, String, Option<String>);
        let rows: Vec<Row> = select
            .order_by_asc(accounts::Column::NameKey)
            .order_by_asc(accounts::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        rows.into_iter()
            .map(|(id, name, name_key, country, status, manager)| {
                let status = AccountStatus::parse(&status).ok_or(StoreError::Corrupt("accounts.status"))?;
                Ok(AccountLine { id: id.into(), name, country, status, manager, name_key })
            })
            .collect()
    }

    /// One company.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn details(&self, id: AccountId) -> Result<Option<AccountDetails>> {
        let row = accounts::Entity::find_by_id(id.into_inner())
            .join(
                JoinType::LeftJoin,
                accounts::Entity::belongs_to(account_assignments::Entity)
                    .from(accounts::Column::Id)
                    .to(account_assignments::Column::AccountId)
                    .into(),
            )
            .select_also(account_assignments::Entity)
            .one(self.0)
            .await?;
        let Some((row, assignment)): Option<(accounts::Model, Option<account_assignments::Model>)> = row
        else {
            return Ok(None);
        };
        let domains = account_domains::Entity::find()
            .filter(account_domains::Column::AccountId.eq(id.into_inner()))
            .order_by_asc(account_domains::Column::Domain)
            .all(self.0)
            .await?;
        Ok(Some(AccountDetails {
            id,
            fields: fields(&row)?,
            domains: domains
                .iter()
                .map(|row| {
                    WorkDomain::parse(&row.domain).map_err(|_| StoreError::Corrupt("account_domains.domain"))
                })
                .collect::<Result<_>>()?,
            manager: assignment.map(|row| row.member_id.into()),
            version: row.version,
        }))
    }

    /// Companies to choose from whose name holds this, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn suggest(&self, search: &str, limit: u64) -> Result<Vec<(AccountId, String)>> {
        let filter = AccountsFilter { search: search.to_owned(), ..AccountsFilter::default() };
        Ok(self.list(&filter, limit).await?.into_iter().map(|line| (line.id, line.name)).collect())
    }

    /// The companies that these domains belong to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn owners_of(&self, domains: &[WorkDomain]) -> Result<BTreeMap<String, AccountId>> {
        let rows = account_domains::Entity::find()
            .filter(account_domains::Column::Domain.is_in(domains.iter().map(WorkDomain::as_str)))
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|row| (row.domain, row.account_id.into())).collect())
    }
}

impl Accounts<'_, DatabaseTransaction> {
    /// Adds a company.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of the domains belongs to another.
    pub async fn insert(
        &self,
        _: Inviting,
        id: AccountId,
        fields: &AccountFields,
        domains: &[WorkDomain],
        now: DateTime<Utc>,
    ) -> Result<()> {
        model(id, fields, now).insert(self.0).await?;
        self.insert_domains(domains.iter().map(|domain| (domain.clone(), id)).collect()).await
    }

    /// Changes a company.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed it since.
    pub async fn change(
        &self,
        _: Inviting,
        id: AccountId,
        fields: &AccountFields,
        version: i32,
    ) -> Result<()> {
        self.save(id, fields, version).await
    }

    /// As [`Accounts::change`], and as a file says.
    pub(super) async fn save(&self, id: AccountId, fields: &AccountFields, version: i32) -> Result<()> {
        let row = model(id, fields, DateTime::<Utc>::default());
        let mut update = accounts::Entity::update_many()
            .col_expr(accounts::Column::Version, Expr::col(accounts::Column::Version).add(1))
            .filter(accounts::Column::Id.eq(id.into_inner()))
            .filter(accounts::Column::Version.eq(version));
        update = update
            .col_expr(accounts::Column::Name, Expr::value(row.name.unwrap()))
            .col_expr(accounts::Column::NameKey, Expr::value(row.name_key.unwrap()))
            .col_expr(accounts::Column::Country, Expr::value(row.country.unwrap()))
            .col_expr(accounts::Column::Industry, Expr::value(row.industry.unwrap()))
            .col_expr(accounts::Column::RecipientKind, Expr::value(row.recipient_kind.unwrap()))
            .col_expr(accounts::Column::Status, Expr::value(row.status.unwrap()))
            .col_expr(accounts::Column::CustomerSince, Expr::value(row.customer_since.unwrap()))
            .col_expr(accounts::Column::GiftPolicy, Expr::value(row.gift_policy.unwrap()));
        let done = update.exec(self.0).await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Gives a company exactly these domains.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them belongs to another.
    pub async fn set_domains(&self, _: Inviting, id: AccountId, domains: &[WorkDomain]) -> Result<()> {
        account_domains::Entity::delete_many()
            .filter(account_domains::Column::AccountId.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        self.insert_domains(domains.iter().map(|domain| (domain.clone(), id)).collect()).await
    }

    /// Says who looks after a company.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn assign(
        &self,
        _: Inviting,
        id: AccountId,
        manager: Option<MemberId>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        match manager {
            Some(manager) => self.insert_assignments(vec![(id, manager)], now).await,
            None => {
                account_assignments::Entity::delete_by_id(id.into_inner()).exec(self.0).await?;
                Ok(())
            }
        }
    }

    /// Adds many domains.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them belongs to another.
    pub async fn insert_domains(&self, new: Vec<(WorkDomain, AccountId)>) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let rows = new.into_iter().map(|(domain, id)| account_domains::ActiveModel {
            domain: Set(domain.into_string()),
            account_id: Set(id.into_inner()),
        });
        account_domains::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Says of many companies who looks after them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_assignments(
        &self,
        new: Vec<(AccountId, MemberId)>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let rows = new.into_iter().map(|(id, manager)| account_assignments::ActiveModel {
            account_id: Set(id.into_inner()),
            member_id: Set(manager.into_inner()),
            assigned_at: Set(micros(now)),
        });
        account_assignments::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(account_assignments::Column::AccountId)
                    .update_columns([
                        account_assignments::Column::MemberId,
                        account_assignments::Column::AssignedAt,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }
}
