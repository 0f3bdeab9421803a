//! Versions of the tiers, all together: those that were published, for ever, and the one draft.

use chrono::{DateTime, Utc};
use domain::{
    ids::MemberId,
    members::ProgramManaging,
    text::Bilingual,
    tiers::{Tier, TierCode},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CORRUPT, NamedTier, RuleJson, Tiers, tier_row};
use crate::{
    Result, StoreError, Tx,
    entity::{tier_places, tier_schemes, tiers},
    from_micros, micros,
};

/// A version of the tiers, all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its id.
    pub id: Uuid,
    /// Its number, from 1.
    pub number: i32,
    /// The tiers, from the lowest.
    pub tiers: Vec<NamedTier>,
    /// For optimistic edits of the draft.
    pub version: i32,
    /// Who wrote it; `None` for the tiers that were there before there were versions.
    pub made_by: Option<MemberId>,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// When it first took effect, if only for a pilot; `None` for the draft.
    pub published_at: Option<DateTime<Utc>>,
}

impl Scheme {
    /// The tiers without their texts.
    pub fn ladder(&self) -> Vec<Tier> {
        self.tiers.iter().map(|named| named.tier.clone()).collect()
    }
}

#[derive(Serialize, Deserialize)]
struct TierJson {
    code: String,
    name: Bilingual,
    benefits: Bilingual,
    rules: Vec<RuleJson>,
    needs_term: bool,
}

fn content(tiers: &[NamedTier]) -> Result<String> {
    let tiers: Vec<_> = tiers
        .iter()
        .map(|named| TierJson {
            code: named.tier.code.as_str().to_owned(),
            name: named.name.clone(),
            benefits: named.benefits.clone(),
            rules: named.tier.rules.iter().map(RuleJson::from).collect(),
            needs_term: named.tier.needs_term,
        })
        .collect();
    serde_json::to_string(&tiers).map_err(|_| CORRUPT)
}

fn restore(row: tier_schemes::Model) -> Result<Scheme> {
    let tiers: Vec<TierJson> = serde_json::from_str(&row.content).map_err(|_| CORRUPT)?;
    let tiers = (1..).zip(tiers).map(|(order, tier)| {
        Ok(NamedTier {
            tier: Tier {
                code: TierCode::parse(&tier.code).map_err(|_| CORRUPT)?,
                order,
                rules: tier.rules.into_iter().map(Into::into).collect(),
                needs_term: tier.needs_term,
            },
            name: tier.name,
            benefits: tier.benefits,
            version: row.number,
        })
    });
    Ok(Scheme {
        id: row.id,
        number: row.number,
        tiers: tiers.collect::<Result<_>>()?,
        version: row.version,
        made_by: row.made_by_id.map(MemberId::from),
        made_at: from_micros(row.made_at),
        published_at: row.published_at.map(from_micros),
    })
}

impl<C: ConnectionTrait> Tiers<'_, C> {
    /// The draft, if there is one.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn draft(&self) -> Result<Option<Scheme>> {
        let found = tier_schemes::Entity::find().filter(tier_schemes::Column::PublishedAt.is_null());
        found.one(self.0).await?.map(restore).transpose()
    }

    /// One version.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn scheme(&self, id: Uuid) -> Result<Option<Scheme>> {
        tier_schemes::Entity::find_by_id(id).one(self.0).await?.map(restore).transpose()
    }

    /// The versions that were published, the latest first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn schemes(&self, limit: u64) -> Result<Vec<Scheme>> {
        let rows = tier_schemes::Entity::find()
            .filter(tier_schemes::Column::PublishedAt.is_not_null())
            .order_by_desc(tier_schemes::Column::Number)
            .limit(limit)
            .all(self.0)
            .await?;
        rows.into_iter().map(restore).collect()
    }

    /// The very first version, if there is one.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn first_scheme(&self) -> Result<Option<Scheme>> {
        let found = tier_schemes::Entity::find().order_by_asc(tier_schemes::Column::Number);
        found.one(self.0).await?.map(restore).transpose()
    }

    /// The highest number of a version; 0 where there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_number(&self) -> Result<i32> {
        let last: Option<i32> = tier_schemes::Entity::find()
            .select_only()
            .column(tier_schemes::Column::Number)
            .order_by_desc(tier_schemes::Column::Number)
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(last.unwrap_or(0))
    }

    /// Every code that a member may have, with its place on the ladder in force.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn places(&self) -> Result<Vec<(TierCode, u8)>> {
        let rows = tier_places::Entity::find().all(self.0).await?;
        let place = |row: tier_places::Model| {
            let code = TierCode::parse(&row.code).map_err(|_| CORRUPT)?;
            Ok((code, u8::try_from(row.position).map_err(|_| CORRUPT)?))
        };
        rows.into_iter().map(place).collect()
    }
}

impl Tx {
    /// Adds a version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its number is taken.
    pub async fn insert_scheme(&self, new: &Scheme) -> Result<()> {
        tier_schemes::Entity::insert(tier_schemes::ActiveModel {
            id: Set(new.id),
            number: Set(new.number),
            content: Set(content(&new.tiers)?),
            version: Set(new.version),
            made_by_id: Set(new.made_by.map(MemberId::into_inner)),
            made_at: Set(micros(new.made_at)),
            published_at: Set(new.published_at.map(micros)),
        })
        .exec_without_returning(self.conn())
        .await?;
        Ok(())
    }

    /// Changes the draft that nobody has changed since its `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has, or has published it.
    pub async fn update_draft(&self, _: &ProgramManaging, draft: &Scheme) -> Result<()> {
        let row = tier_schemes::ActiveModel {
            content: Set(content(&draft.tiers)?),
            version: Set(draft.version + 1),
            made_by_id: Set(draft.made_by.map(MemberId::into_inner)),
            made_at: Set(micros(draft.made_at)),
            ..Default::default()
        };
        let done = tier_schemes::Entity::update_many()
            .set(row)
            .filter(tier_schemes::Column::Id.eq(draft.id))
            .filter(tier_schemes::Column::Version.eq(draft.version))
            .filter(tier_schemes::Column::PublishedAt.is_null())
            .exec(self.conn())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Makes the draft a version that never changes again.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed or published it since `version`.
    pub async fn publish_draft(
        &self,
        _: &ProgramManaging,
        id: Uuid,
        version: i32,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let done = tier_schemes::Entity::update_many()
            .col_expr(tier_schemes::Column::PublishedAt, Expr::value(micros(now)))
            .filter(tier_schemes::Column::Id.eq(id))
            .filter(tier_schemes::Column::Version.eq(version))
            .filter(tier_schemes::Column::PublishedAt.is_null())
            .exec(self.conn())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Throws the draft away that nobody has changed since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed or published it.
    pub async fn delete_draft(&self, _: &ProgramManaging, id: Uuid, version: i32) -> Result<()> {
        let done = tier_schemes::Entity::delete_many()
            .filter(tier_schemes::Column::Id.eq(id))
            .filter(tier_schemes::Column::Version.eq(version))
            .filter(tier_schemes::Column::PublishedAt.is_null())
            .exec(self.conn())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Puts these tiers in force, in the place of those that are.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn replace_tiers(&self, _: &ProgramManaging, new: &[NamedTier]) -> Result<()> {
        tiers::Entity::delete_many().exec(self.conn()).await?;
        let rows = new.iter().map(tier_row).collect::<Result<Vec<_>>>()?;
        tiers::Entity::insert_many(rows).exec_without_returning(self.conn()).await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Says for these codes which place of the ladder in force they stand for.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_tier_places(&self, _: &ProgramManaging, places: &[(TierCode, u8)]) -> Result<()> {
        if places.is_empty() {
            return Ok(());
        }
        let rows = places.iter().map(|(code, order)| tier_places::ActiveModel {
            code: Set(code.as_str().to_owned()),
            position: Set((*order).into()),
        });
        tier_places::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(tier_places::Column::Code)
                    .update_column(tier_places::Column::Position)
                    .to_owned(),
            )
            .exec_without_returning(self.conn())
            .await?;
        Ok(())
    }
}
