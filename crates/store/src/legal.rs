//! Legal texts, each version for ever, and who agreed to which terms.

use chrono::{DateTime, Utc};
use domain::members::Administering;
use domain::{consent::LegalKind, ids::MemberId, text::Language};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, Tx,
    entity::{legal_texts, members, terms_acceptances},
    from_micros, micros,
};

/// The version of a text that nobody has written yet: the product's own neutral default.
pub const FIRST_VERSION: i32 = 1;

/// The room of legal texts, on a reader or in a transaction.
#[derive(Debug)]
pub struct Legal<'c, C>(&'c C);

impl Store {
    /// Legal texts, to read.
    pub fn legal(&self) -> Legal<'_, impl ConnectionTrait + use<>> {
        Legal(self.reader())
    }
}

impl Tx {
    /// Legal texts, in this transaction.
    pub fn legal(&self) -> Legal<'_, DatabaseTransaction> {
        Legal(self.conn())
    }
}

/// One version of a text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalText {
    /// Its number, counted from [`FIRST_VERSION`].
    pub version: i32,
    /// The words, as plain Markdown.
    pub body: String,
    /// Since when it holds.
    pub created_at: DateTime<Utc>,
}

/// A version in both languages, to be written.
#[derive(Clone, Debug)]
pub struct NewLegalText {
    /// Which text.
    pub kind: LegalKind,
    /// Its number.
    pub version: i32,
    /// The words with their language and row id.
    pub bodies: Vec<(Uuid, Language, String)>,
    /// Who wrote it.
    pub by: Administering,
    /// Now.
    pub at: DateTime<Utc>,
}

impl<C: ConnectionTrait> Legal<'_, C> {
    /// The newest version; `None` while nobody has written one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn newest(&self, kind: LegalKind, language: Language) -> Result<Option<LegalText>> {
        Ok(legal_texts::Entity::find()
            .filter(legal_texts::Column::Kind.eq(kind.as_str()))
            .filter(legal_texts::Column::Language.eq(language.as_str()))
            .order_by_desc(legal_texts::Column::Version)
            .one(self.0)
            .await?
            .map(|row| LegalText {
                version: row.version,
                body: row.body,
                created_at: from_micros(row.created_at),
            }))
    }

    /// The number of the newest version; [`FIRST_VERSION`] while nobody has written one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn newest_version(&self, kind: LegalKind) -> Result<i32> {
        let newest: Option<Option<i32>> = legal_texts::Entity::find()
            .select_only()
            .column_as(legal_texts::Column::Version.max(), "newest")
            .filter(legal_texts::Column::Kind.eq(kind.as_str()))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(newest.flatten().unwrap_or(FIRST_VERSION))
    }

    /// The terms this member has agreed to, with the time, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn agreed(&self, member: MemberId) -> Result<Vec<(i32, DateTime<Utc>)>> {
        Ok(terms_acceptances::Entity::find()
            .filter(terms_acceptances::Column::MemberId.eq(member.into_inner()))
            .order_by_desc(terms_acceptances::Column::Version)
            .all(self.0)
            .await?
            .into_iter()
            .map(|row| (row.version, from_micros(row.accepted_at)))
            .collect())
    }
}

impl Legal<'_, DatabaseTransaction> {
    /// Writes a version.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] when somebody has just written the same number.
    pub async fn insert(&self, new: NewLegalText) -> Result<()> {
        let rows = new.bodies.into_iter().map(|(id, language, body)| legal_texts::ActiveModel {
            id: Set(id),
            kind: Set(new.kind.as_str().to_owned()),
            version: Set(new.version),
            language: Set(language.as_str().to_owned()),
            body: Set(body),
            created_by_id: Set(Some(new.by.member().into_inner())),
            created_at: Set(micros(new.at)),
        });
        legal_texts::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Notes that this member agrees to this version of the terms; agreeing twice is agreeing once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn agree(&self, member: MemberId, version: i32, at: DateTime<Utc>) -> Result<()> {
        terms_acceptances::Entity::insert(terms_acceptances::ActiveModel {
            member_id: Set(member.into_inner()),
            version: Set(version),
            accepted_at: Set(micros(at)),
        })
        .on_conflict(
            OnConflict::columns([terms_acceptances::Column::MemberId, terms_acceptances::Column::Version])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        members::Entity::update_many()
            .col_expr(members::Column::TermsVersion, Expr::value(version))
            .filter(members::Column::Id.eq(member.into_inner()))
            .filter(members::Column::TermsVersion.lt(version))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
