//! Members, their roles and how they get in.

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, MemberId},
    members::{Actor, Role, RoleSet},
    text::{EmailAddress, Language, PersonName},
    tiers::TierCode,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, QueryFilter, QueryResult, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{member_roles, members, sessions, sign_in_attempts},
    from_micros,
    legal::FIRST_VERSION,
    micros,
    written::rows,
};

/// The room of members, on a reader or in a transaction.
#[derive(Debug)]
pub struct Members<'c, C>(pub(crate) &'c C);

impl Store {
    /// Members, to read.
    pub fn members(&self) -> Members<'_, impl ConnectionTrait + use<>> {
        Members(self.reader())
    }

    /// The active member whose request this is; a page that has read their session has read them with it.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn person_asking(&self, id: MemberId) -> Result<Option<Person>> {
        match crate::reading::met().filter(|person| person.actor.member == id) {
            Some(person) => Ok(Some(person)),
            None => self.members().person(id).await,
        }
    }
}

impl Tx {
    /// Members, in this transaction.
    pub fn members(&self) -> Members<'_, DatabaseTransaction> {
        Members(self.conn())
    }
}

/// A person who may act, with everything a page needs to greet them.
#[derive(Clone, Debug)]
pub struct Person {
    /// What they may do.
    pub actor: Actor,
    /// Their name.
    pub name: PersonName,
    /// Their address, shown to themselves only.
    pub email: EmailAddress,
    /// The language they chose.
    pub language: Language,
    /// The version of the terms they have agreed to; 0 for none.
    pub agreed_terms: i32,
    /// The version of the terms that holds now.
    pub current_terms: i32,
    /// Their tier; it means something for those who recommend.
    pub tier: Option<TierCode>,
    /// How often the catalogue had changed when this was read.
    pub catalogue: i32,
}

impl Person {
    /// Whether they must agree to the terms before anything else. The host's own staff are no participants.
    pub fn owes_terms(&self) -> bool {
        self.actor.account.is_some() && self.agreed_terms < self.current_terms
    }
}

/// An attempt to sign in, as it waits for its code or link.
#[derive(Clone, Debug)]
pub struct SignInAttempt {
    /// The attempt's id; link and code are derived from it and the secret key.
    pub id: Uuid,
    /// Who tries; `None` when nobody has this address, which nobody learns.
    pub member: Option<MemberId>,
    /// Keyed hash of the browser that asked.
    pub browser_hash: String,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
    /// Whether it was used up.
    pub used: bool,
}

/// What a new attempt stores.
#[derive(Clone, Debug)]
pub struct NewSignInAttempt {
    /// See [`SignInAttempt::id`].
    pub id: Uuid,
    /// See [`SignInAttempt::member`].
    pub member: Option<MemberId>,
    /// Keyed hash of the link's token.
    pub link_hash: String,
    /// Keyed hash of the six digits.
    pub code_hash: String,
    /// See [`SignInAttempt::browser_hash`].
    pub browser_hash: String,
    /// Now.
    pub created_at: DateTime<Utc>,
    /// See [`SignInAttempt::expires_at`].
    pub expires_at: DateTime<Utc>,
}

/// A member to add.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Their id.
    pub id: MemberId,
    /// Their company; none for the host's own staff.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: PersonName,
    /// The address they sign in with.
    pub email: EmailAddress,
    /// The language they are written to.
    pub language: Language,
    /// What they may do.
    pub roles: RoleSet,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// How a member takes part; they say so at their first visit, and may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Whether the people they recommend us to read their name and company.
    pub shares_name: bool,
    /// Whether they take no benefit for themselves.
    pub refuses_gifts: bool,
}

/// `members.status` of somebody who may sign in.
pub(crate) const ACTIVE: &str = "active";

/// What [`person_of`] reads of `members m` and `member_roles r`, a row for each role.
macro_rules! person_columns {
    () => {
        "m.id, m.account_id, m.name, m.email, m.language, m.terms_version, m.tier_code, r.role, \
         (SELECT MAX(version) FROM legal_texts WHERE kind = 'terms'), \
         (SELECT version FROM settings WHERE key = 'catalogue')"
    };
}
pub(crate) use person_columns;

/// The person of these rows, whose columns begin at `at`; `None` where no member was found.
pub(crate) fn person_of(rows: &[QueryResult], at: usize) -> Result<Option<Person>> {
    let Some(first) = rows.first() else { return Ok(None) };
    let Some(id) = first.try_get_by_index::<Option<Uuid>>(at)? else { return Ok(None) };
    let account: Option<Uuid> = first.try_get_by_index(at + 1)?;
    let (name, email): (String, String) = (first.try_get_by_index(at + 2)?, first.try_get_by_index(at + 3)?);
    let (language, tier): (String, String) =
        (first.try_get_by_index(at + 4)?, first.try_get_by_index(at + 6)?);
    let (newest_terms, catalogue): (Option<i32>, Option<i32>) =
        (first.try_get_by_index(at + 8)?, first.try_get_by_index(at + 9)?);
    let mut roles = RoleSet::EMPTY;
    for row in rows {
        if let Some(role) = row.try_get_by_index::<Option<String>>(at + 7)? {
            roles = roles.with(Role::parse(&role).ok_or(StoreError::Corrupt("member_roles.role"))?);
        }
    }
    Ok(Some(Person {
        actor: Actor { member: id.into(), account: account.map(AccountId::from), roles },
        name: PersonName::parse(&name).map_err(|_| StoreError::Corrupt("members.name"))?,
        email: EmailAddress::parse(&email).map_err(|_| StoreError::Corrupt("members.email"))?,
        language: Language::parse(&language).ok_or(StoreError::Corrupt("members.language"))?,
        agreed_terms: first.try_get_by_index(at + 5)?,
        current_terms: newest_terms.unwrap_or(FIRST_VERSION),
        tier: TierCode::parse(&tier).ok(),
        catalogue: catalogue.ok_or(StoreError::Corrupt("settings.catalogue"))?,
    }))
}

impl<C: ConnectionTrait> Members<'_, C> {
    /// The active member with this id, in one query.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn person(&self, id: MemberId) -> Result<Option<Person>> {
        const SQL: &str = concat!(
            "SELECT ",
            person_columns!(),
            " FROM members m LEFT JOIN member_roles r ON r.member_id = m.id \
             WHERE m.id = $1 AND m.status = 'active'"
        );
        person_of(&rows(self.0, SQL, [id.into_inner().into()]).await?, 0)
    }

    /// The active member with this address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn id_by_email(&self, email: &EmailAddress) -> Result<Option<MemberId>> {
        Ok(members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::Email.eq(email.as_str()))
            .filter(members::Column::Status.eq(ACTIVE))
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?
            .map(MemberId::from))
    }

    /// Whether somebody has this address, active or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn has_email(&self, email: &EmailAddress) -> Result<bool> {
        let found: Option<Uuid> = members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::Email.eq(email.as_str()))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(found.is_some())
    }

    /// How this member takes part.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn manners(&self, member: MemberId) -> Result<Option<Manners>> {
        let row: Option<(bool, bool)> = members::Entity::find_by_id(member.into_inner())
            .select_only()
            .columns([members::Column::ShareName, members::Column::RefusesGifts])
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(row.map(|(shares_name, refuses_gifts)| Manners { shares_name, refuses_gifts }))
    }

    /// The attempt with this id, used up or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in_attempt(&self, id: Uuid) -> Result<Option<SignInAttempt>> {
        Ok(sign_in_attempts::Entity::find_by_id(id).one(self.0).await?.map(|row| SignInAttempt {
            id: row.id,
            member: row.member_id.map(MemberId::from),
            browser_hash: row.browser_hash,
            expires_at: from_micros(row.expires_at),
            used: row.used_at.is_some(),
        }))
    }

    /// The id of the attempt that this link belongs to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in_attempt_by_link(&self, link_hash: &str) -> Result<Option<Uuid>> {
        Ok(sign_in_attempts::Entity::find()
            .select_only()
            .column(sign_in_attempts::Column::Id)
            .filter(sign_in_attempts::Column::LinkHash.eq(link_hash))
            .into_tuple()
            .one(self.0)
            .await?)
    }
}

impl Members<'_, DatabaseTransaction> {
    /// Adds a member with their roles.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the address is taken.
    pub async fn insert(&self, new: &NewMember) -> Result<()> {
        members::ActiveModel {
            id: Set(new.id.into_inner()),
            account_id: Set(new.account.map(AccountId::into_inner)),
            name: Set(new.name.as_str().to_owned()),
            name_key: Set(new.name.key()),
            email: Set(new.email.as_str().to_owned()),
            language: Set(new.language.as_str().to_owned()),
            status: Set(ACTIVE.to_owned()),
            deputy_id: Set(None),
            refuses_gifts: Set(false),
            share_name: Set(true),
            tier_code: Set(String::new()),
            created_at: Set(micros(new.created_at)),
            joined_at: Set(None),
            terms_version: Set(0),
            version: Set(0),
        }
        .insert(self.0)
        .await?;
        let roles = new.roles.iter().map(|role| member_roles::ActiveModel {
            member_id: Set(new.id.into_inner()),
            role: Set(role.as_str().to_owned()),
        });
        member_roles::Entity::insert_many(roles).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Stores an attempt to sign in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_sign_in_attempt(&self, new: NewSignInAttempt) -> Result<()> {
        sign_in_attempts::ActiveModel {
            id: Set(new.id),
            member_id: Set(new.member.map(MemberId::into_inner)),
            link_hash: Set(new.link_hash),
            code_hash: Set(new.code_hash),
            browser_hash: Set(new.browser_hash),
            tries: Set(0),
            created_at: Set(micros(new.created_at)),
            expires_at: Set(micros(new.expires_at)),
            used_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Uses the attempt up, if nobody did before: of two at the same moment, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_sign_in_attempt(&self, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
        let done = sign_in_attempts::Entity::update_many()
            .col_expr(sign_in_attempts::Column::UsedAt, Expr::value(micros(now)))
            .filter(sign_in_attempts::Column::Id.eq(id))
            .filter(sign_in_attempts::Column::UsedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Counts a code that was typed, before anybody looks whether it is the right one: `false` when `most` were typed already.
    /// Guesses at the same moment wait for each other here.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_code(&self, id: Uuid, most: i32) -> Result<bool> {
        let counted = sign_in_attempts::Entity::update_many()
            .col_expr(sign_in_attempts::Column::Tries, Expr::col(sign_in_attempts::Column::Tries).add(1))
            .filter(sign_in_attempts::Column::Id.eq(id))
            .filter(sign_in_attempts::Column::Tries.lt(most))
            .exec(self.0)
            .await?;
        Ok(counted.rows_affected == 1)
    }

    /// Remembers the language this member reads.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_language(&self, member: MemberId, language: Language) -> Result<()> {
        members::Entity::update_many()
            .col_expr(members::Column::Language, Expr::value(language.as_str()))
            .filter(members::Column::Id.eq(member.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Remembers how this member takes part.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_manners(&self, member: MemberId, manners: Manners) -> Result<()> {
        members::Entity::update_many()
            .col_expr(members::Column::ShareName, Expr::value(manners.shares_name))
            .col_expr(members::Column::RefusesGifts, Expr::value(manners.refuses_gifts))
            .filter(members::Column::Id.eq(member.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Ends every session of this member, and every link and code that was mailed to them and not used yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_sessions(&self, member: MemberId, now: DateTime<Utc>) -> Result<()> {
        sessions::Entity::delete_many()
            .filter(sessions::Column::MemberId.eq(member.into_inner()))
            .exec(self.0)
            .await?;
        sign_in_attempts::Entity::update_many()
            .col_expr(sign_in_attempts::Column::UsedAt, Expr::value(micros(now)))
            .filter(sign_in_attempts::Column::MemberId.eq(member.into_inner()))
            .filter(sign_in_attempts::Column::UsedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }
}
