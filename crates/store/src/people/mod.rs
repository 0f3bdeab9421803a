//! Members as staff see and change them: the list, one person. How they come in: [`invitations`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, MemberId},
    members::{Administering, Role, RoleSet},
    text::{EmailAddress, Language, PersonName},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, StoreError,
    entity::{accounts, member_roles, members},
    from_micros,
    members::{ACTIVE, Members},
    micros,
};

mod invitations;

pub use invitations::{NewInvitation, OpenInvitation};

/// `members.status` of somebody whose access has ended.
const INACTIVE: &str = "inactive";

/// A line of the list of people.
#[derive(Clone, Debug)]
pub struct PersonLine {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their company; none for the host's own staff.
    pub account: Option<(AccountId, String)>,
    /// What they may do.
    pub roles: RoleSet,
    /// Whether they may sign in.
    pub active: bool,
    /// When they first came in.
    pub joined_at: Option<DateTime<Utc>>,
    name_key: String,
}

impl PersonLine {
    /// Where the next page begins.
    pub fn cursor(&self) -> String {
        format!("{}~{}", self.id, self.name_key)
    }
}

/// Which people are listed.
#[derive(Clone, Debug, Default)]
pub struct PeopleFilter {
    /// Part of a name or an address.
    pub search: String,
    /// Only those with this role.
    pub role: Option<Role>,
    /// Only those of this company.
    pub account: Option<AccountId>,
    /// The cursor of the last line before this page.
    pub after: Option<String>,
}

/// One person as staff edit them.
#[derive(Clone, Debug)]
pub struct PersonDetails {
    /// Who.
    pub id: MemberId,
    /// Their company; none for the host's own staff.
    pub account: Option<(AccountId, String)>,
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Language,
    /// What they may do.
    pub roles: RoleSet,
    /// Whether they may sign in.
    pub active: bool,
    /// Who stands in for them.
    pub deputy: Option<MemberId>,
    /// When they were added.
    pub created_at: DateTime<Utc>,
    /// When they first came in.
    pub joined_at: Option<DateTime<Utc>>,
    /// How often people have edited this.
    pub version: i32,
}

/// What staff may change about a person, roles aside.
#[derive(Clone, Debug)]
pub struct PersonChange {
    /// Whom.
    pub id: MemberId,
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Language,
    /// Who stands in for them.
    pub deputy: Option<MemberId>,
    /// The version that was looked at.
    pub version: i32,
}

/// A colleague to choose from.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// What a search term matches: a part of a name, an address or (with `%` and `_` taken literally) nothing else.
pub(crate) fn pattern(term: &str) -> String {
    let term = term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{term}%")
}

pub(crate) fn contains<C: ColumnTrait>(column: C, term: &str) -> sea_orm::sea_query::SimpleExpr {
    Expr::col(column.as_column_ref()).like(sea_orm::sea_query::LikeExpr::new(pattern(term)).escape('\\'))
}

/// A cursor of ours: the id, then the key.
pub(crate) fn read_cursor(cursor: &str) -> Option<(Uuid, &str)> {
    let (id, key) = cursor.split_once('~')?;
    Some((id.parse().ok()?, key))
}

fn with_account(select: Select<members::Entity>) -> Select<members::Entity> {
    select.join(
        JoinType::LeftJoin,
        members::Entity::belongs_to(accounts::Entity)
            .from(members::Column::AccountId)
            .to(accounts::Column::Id)
            .into(),
    )
}

impl<C: ConnectionTrait> Members<'_, C> {
    /// A page of people by name, `limit` lines at most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, filter: &PeopleFilter, limit: u64) -> Result<Vec<PersonLine>> {
        type Row = (Uuid, String, String, String, String, Option<i64>, Option<Uuid>, Option<String>);
        let mut select = with_account(members::Entity::find())
            .select_only()
            .columns([
                members::Column::Id,
                members::Column::Name,
                members::Column::NameKey,
                members::Column::Email,
                members::Column::Status,
                members::Column::JoinedAt,
                members::Column::AccountId,
            ])
            .column_as(accounts::Column::Name, "account_name");
        let search = filter.search.trim();
        if !search.is_empty() {
            let folded = domain::text::ascii_fold(search).to_lowercase();
            let folded = if folded.is_empty() { search.to_lowercase() } else { folded };
            select = select.filter(
                Condition::any()
                    .add(contains(members::Column::NameKey, &folded))
                    .add(contains(members::Column::Email, &search.to_lowercase())),
            );
        }
        if let Some(role) = filter.role {
            let holders = member_roles::Entity::find()
                .select_only()
                .column(member_roles::Column::MemberId)
                .filter(member_roles::Column::Role.eq(role.as_str()))
                .into_query();
            select = select.filter(members::Column::Id.in_subquery(holders));
        }
        if let Some(account) = filter.account {
            select = select.filter(members::Column::AccountId.eq(account.into_inner()));
        }
        if let Some((id, key)) = filter.after.as_deref().and_then(read_cursor) {
            select =
                select.filter(Condition::any().add(members::Column::NameKey.gt(key)).add(
                    Condition::all().add(members::Column::NameKey.eq(key)).add(members::Column::Id.gt(id)),
                ));
        }
        let rows: Vec<Row> = select
            .order_by_asc(members::Column::NameKey)
            .order_by_asc(members::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        let mut roles = self.roles_of(rows.iter().map(|row| row.0)).await?;
        Ok(rows
            .into_iter()
            .map(|(id, name, name_key, email, status, joined_at, account, account_name)| PersonLine {
                id: id.into(),
                name,
                email,
                account: account.map(AccountId::from).zip(account_name),
                roles: roles.remove(&id).unwrap_or_default(),
                active: status == ACTIVE,
                joined_at: joined_at.map(from_micros),
                name_key,
            })
            .collect())
    }

    async fn roles_of(&self, ids: impl Iterator<Item = Uuid>) -> Result<BTreeMap<Uuid, RoleSet>> {
        let mut roles: BTreeMap<Uuid, RoleSet> = BTreeMap::new();
        for row in
            member_roles::Entity::find().filter(member_roles::Column::MemberId.is_in(ids)).all(self.0).await?
        {
            let role = Role::parse(&row.role).ok_or(StoreError::Corrupt("member_roles.role"))?;
            let set = roles.entry(row.member_id).or_default();
            *set = set.with(role);
        }
        Ok(roles)
    }

    /// One person, active or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn details(&self, id: MemberId) -> Result<Option<PersonDetails>> {
        let row: Option<(members::Model, Option<accounts::Model>)> =
            members::Entity::find_by_id(id.into_inner())
                .join(
                    JoinType::LeftJoin,
                    members::Entity::belongs_to(accounts::Entity)
                        .from(members::Column::AccountId)
                        .to(accounts::Column::Id)
                        .into(),
                )
                .select_also(accounts::Entity)
                .one(self.0)
                .await?;
        let Some((row, account)) = row else { return Ok(None) };
        let roles = self.roles_of(std::iter::once(row.id)).await?.remove(&row.id).unwrap_or_default();
        Ok(Some(PersonDetails {
            id,
            account: account.map(|account| (account.id.into(), account.name)),
            name: PersonName::parse(&row.name).map_err(|_| StoreError::Corrupt("members.name"))?,
            email: EmailAddress::parse(&row.email).map_err(|_| StoreError::Corrupt("members.email"))?,
            language: Language::parse(&row.language).ok_or(StoreError::Corrupt("members.language"))?,
            roles,
            active: row.status == ACTIVE,
            deputy: row.deputy_id.map(MemberId::from),
            created_at: from_micros(row.created_at),
            joined_at: row.joined_at.map(from_micros),
            version: row.version,
        }))
    }

    /// The active members with this role, by name: few, since the host employs them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn with_role(&self, role: Role) -> Result<Vec<Colleague>> {
        let rows: Vec<(Uuid, String, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::Name, members::Column::Email])
            .join(
                JoinType::InnerJoin,
                members::Entity::belongs_to(member_roles::Entity)
                    .from(members::Column::Id)
                    .to(member_roles::Column::MemberId)
                    .into(),
            )
            .filter(member_roles::Column::Role.eq(role.as_str()))
            .filter(members::Column::Status.eq(ACTIVE))
            .order_by_asc(members::Column::NameKey)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|(id, name, email)| Colleague { id: id.into(), name, email }).collect())
    }
}

impl Members<'_, DatabaseTransaction> {
    /// Changes a person.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed them since, [`StoreError::Conflict`] when the address is taken.
    pub async fn change(&self, _: Administering, change: &PersonChange) -> Result<()> {
        let done = members::Entity::update_many()
            .col_expr(members::Column::Name, Expr::value(change.name.as_str()))
            .col_expr(members::Column::NameKey, Expr::value(change.name.key()))
            .col_expr(members::Column::Email, Expr::value(change.email.as_str()))
            .col_expr(members::Column::Language, Expr::value(change.language.as_str()))
            .col_expr(members::Column::DeputyId, Expr::value(change.deputy.map(MemberId::into_inner)))
            .col_expr(members::Column::Version, Expr::col(members::Column::Version).add(1))
            .filter(members::Column::Id.eq(change.id.into_inner()))
            .filter(members::Column::Version.eq(change.version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Marks that a person was edited by somebody who had looked at this version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed them since.
    pub async fn touch(&self, id: MemberId, version: i32) -> Result<()> {
        let done = members::Entity::update_many()
            .col_expr(members::Column::Version, Expr::col(members::Column::Version).add(1))
            .filter(members::Column::Id.eq(id.into_inner()))
            .filter(members::Column::Version.eq(version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Gives a member exactly these roles.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_roles(&self, _: Administering, id: MemberId, roles: RoleSet) -> Result<()> {
        member_roles::Entity::delete_many()
            .filter(member_roles::Column::MemberId.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        let rows: Vec<_> = roles
            .iter()
            .map(|role| member_roles::ActiveModel {
                member_id: Set(id.into_inner()),
                role: Set(role.as_str().to_owned()),
            })
            .collect();
        if !rows.is_empty() {
            member_roles::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        }
        Ok(())
    }

    /// Locks the holders of a role and counts the active ones: whoever takes the role from somebody must know that it
    /// is not the last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_active(&self, role: Role) -> Result<usize> {
        let holders: Vec<Uuid> = member_roles::Entity::find()
            .select_only()
            .column(member_roles::Column::MemberId)
            .filter(member_roles::Column::Role.eq(role.as_str()))
            .lock_exclusive()
            .into_tuple()
            .all(self.0)
            .await?;
        let active: Vec<Uuid> = members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::Id.is_in(holders))
            .filter(members::Column::Status.eq(ACTIVE))
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(active.len())
    }

    /// Gives or takes the right to sign in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_active(&self, _: Administering, id: MemberId, active: bool) -> Result<()> {
        members::Entity::update_many()
            .col_expr(members::Column::Status, Expr::value(if active { ACTIVE } else { INACTIVE }))
            .col_expr(members::Column::Version, Expr::col(members::Column::Version).add(1))
            .filter(members::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Notes that a member has come in, the first time only.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_joined(&self, member: MemberId, now: DateTime<Utc>) -> Result<()> {
        members::Entity::update_many()
            .col_expr(members::Column::JoinedAt, Expr::value(micros(now)))
            .filter(members::Column::Id.eq(member.into_inner()))
            .filter(members::Column::JoinedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }
}
