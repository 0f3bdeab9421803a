//! What the import asks and writes: many rows in few statements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    consent::{Basis, Channel},
    ids::{AccountId, MemberId},
    members::Role,
    text::{Country, EmailAddress, Language, PersonName},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType,
    QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{AccountFields, Accounts, fields, model};
use crate::{
    Result, StoreError,
    entity::{account_assignments, account_domains, accounts, member_roles, members, permissions},
    members::ACTIVE,
    micros,
    permissions::NewPermission,
};

/// What the import asks about.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Domains of companies and of people's addresses.
    pub domains: Vec<String>,
    /// Names of companies, as keys.
    pub name_keys: Vec<String>,
    /// People's addresses.
    pub emails: Vec<String>,
}

/// What is known of it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Whose each domain is.
    pub domains: BTreeMap<String, AccountId>,
    /// Those of the companies that have any domain.
    pub with_domains: BTreeSet<AccountId>,
    /// Companies with this name in this country.
    pub names: BTreeMap<(String, Country), Vec<AccountId>>,
    /// The companies, with who looks after them.
    pub accounts: BTreeMap<AccountId, (AccountFields, Option<MemberId>)>,
    /// The people, by address.
    pub members: BTreeMap<String, KnownMember>,
}

/// A member the import meets.
#[derive(Clone, Debug)]
pub struct KnownMember {
    /// Who.
    pub id: MemberId,
    /// Their company; none for the host's own staff.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: String,
    /// The language they read.
    pub language: String,
    /// The ground to write mails, and whether they have objected.
    pub permission: Option<(Basis, bool)>,
}

/// An advocate to add.
#[derive(Clone, Debug)]
pub struct NewAdvocate {
    /// Their id.
    pub id: MemberId,
    /// Their company.
    pub account: AccountId,
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Language,
}

impl<C: ConnectionTrait> Accounts<'_, C> {
    /// Everything the import has to know about these domains, names and addresses, in four queries.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn known(&self, asked: &Asked) -> Result<Known> {
        let domain_rows = account_domains::Entity::find()
            .filter(account_domains::Column::Domain.is_in(asked.domains.iter().cloned()))
            .all(self.0)
            .await?;
        let domains: BTreeMap<String, AccountId> =
            domain_rows.into_iter().map(|row| (row.domain, row.account_id.into())).collect();
        type Member = (Uuid, Option<Uuid>, String, String, String, Option<String>, Option<i64>);
        let member_rows: Vec<Member> = members::Entity::find()
            .select_only()
            .columns([
                members::Column::Id,
                members::Column::AccountId,
                members::Column::Email,
                members::Column::Name,
                members::Column::Language,
            ])
            .columns([permissions::Column::Basis, permissions::Column::ObjectedAt])
            .join(
                JoinType::LeftJoin,
                members::Entity::belongs_to(permissions::Entity)
                    .from(members::Column::Id)
                    .to(permissions::Column::MemberId)
                    .on_condition(|_, right| {
                        Condition::all()
                            .add(Expr::col((right, permissions::Column::Channel)).eq(Channel::Mail.as_str()))
                    })
                    .into(),
            )
            .filter(members::Column::Email.is_in(asked.emails.iter().cloned()))
            .into_tuple()
            .all(self.0)
            .await?;
        let mut by_email = BTreeMap::new();
        for (id, account, email, name, language, basis, objected) in member_rows {
            by_email.insert(
                email,
                KnownMember {
                    id: id.into(),
                    account: account.map(AccountId::from),
                    name,
                    language,
                    permission: basis
                        .map(|basis| Basis::parse(&basis).ok_or(StoreError::Corrupt("permissions.basis")))
                        .transpose()?
                        .map(|basis| (basis, objected.is_some())),
                },
            );
        }
        let ids: BTreeSet<Uuid> = domains
            .values()
            .copied()
            .chain(by_email.values().filter_map(|member| member.account))
            .map(AccountId::into_inner)
            .collect();
        let mut wanted =
            Condition::any().add(accounts::Column::NameKey.is_in(asked.name_keys.iter().cloned()));
        // An empty list becomes "never", and beside that SQLite reads the whole table instead of an index.
        if !ids.is_empty() {
            wanted = wanted.add(accounts::Column::Id.is_in(ids));
        }
        let rows = accounts::Entity::find()
            .join(
                JoinType::LeftJoin,
                accounts::Entity::belongs_to(account_assignments::Entity)
                    .from(accounts::Column::Id)
                    .to(account_assignments::Column::AccountId)
                    .into(),
            )
            .select_also(account_assignments::Entity)
            .filter(wanted)
            .all(self.0)
            .await?;
        let with_domains: Vec<Uuid> = account_domains::Entity::find()
            .select_only()
            .column(account_domains::Column::AccountId)
            .distinct()
            .filter(account_domains::Column::AccountId.is_in(rows.iter().map(|(row, _)| row.id)))
            .into_tuple()
            .all(self.0)
            .await?;
        let with_domains = with_domains.into_iter().map(AccountId::from).collect();
        let mut known = Known { domains, with_domains, members: by_email, ..Known::default() };
        for (row, assignment) in rows {
            let assignment: Option<account_assignments::Model> = assignment;
            let id = AccountId::from(row.id);
            let fields = fields(&row)?;
            known.names.entry((row.name_key, fields.country)).or_default().push(id);
            known.accounts.insert(id, (fields, assignment.map(|row| row.member_id.into())));
        }
        Ok(known)
    }
}

impl Accounts<'_, DatabaseTransaction> {
    /// Changes a company as a file says, whoever has edited it meanwhile: a file knows no versions.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn overwrite(&self, id: AccountId, fields: &AccountFields) -> Result<()> {
        let version: Option<i32> = accounts::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(accounts::Column::Version)
            .into_tuple()
            .one(self.0)
            .await?;
        match version {
            Some(version) => self.save(id, fields, version).await,
            None => Err(StoreError::Stale),
        }
    }

    /// Adds many companies.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_accounts(
        &self,
        new: &[(AccountId, AccountFields)],
        now: DateTime<Utc>,
    ) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        accounts::Entity::insert_many(new.iter().map(|(id, fields)| model(*id, fields, now)))
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }

    /// Adds many advocates.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of the addresses is taken.
    pub async fn insert_advocates(&self, new: Vec<NewAdvocate>, now: DateTime<Utc>) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let roles: Vec<_> = new
            .iter()
            .map(|advocate| member_roles::ActiveModel {
                member_id: Set(advocate.id.into_inner()),
                role: Set(Role::Advocate.as_str().to_owned()),
            })
            .collect();
        let rows = new.into_iter().map(|advocate| members::ActiveModel {
            id: Set(advocate.id.into_inner()),
            account_id: Set(Some(advocate.account.into_inner())),
            name_key: Set(advocate.name.key()),
            name: Set(advocate.name.into_string()),
            email: Set(advocate.email.into_string()),
            language: Set(advocate.language.as_str().to_owned()),
            status: Set(ACTIVE.to_owned()),
            deputy_id: Set(None),
            refuses_gifts: Set(false),
            share_name: Set(true),
            // A tier is what referrals have earned; a file knows none.
            tier_code: Set(String::new()),
            created_at: Set(micros(now)),
            joined_at: Set(None),
            terms_version: Set(0),
            version: Set(0),
        });
        members::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        member_roles::Entity::insert_many(roles).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Changes name and language of an advocate as a file says.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn overwrite_advocate(
        &self,
        id: MemberId,
        name: &PersonName,
        language: Language,
    ) -> Result<()> {
        members::Entity::update_many()
            .col_expr(members::Column::Name, Expr::value(name.as_str()))
            .col_expr(members::Column::NameKey, Expr::value(name.key()))
            .col_expr(members::Column::Language, Expr::value(language.as_str()))
            .col_expr(members::Column::Version, Expr::col(members::Column::Version).add(1))
            .filter(members::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Records many grounds. One that somebody has objected to meanwhile keeps its objection.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_permissions(&self, new: Vec<NewPermission>) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        permissions::Entity::insert_many(new.into_iter().map(crate::permissions::model))
            .on_conflict(
                OnConflict::columns([permissions::Column::MemberId, permissions::Column::Channel])
                    .update_columns([
                        permissions::Column::Basis,
                        permissions::Column::Source,
                        permissions::Column::RecordedAt,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }
}
