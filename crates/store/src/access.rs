//! Features that are granted early, grants, and the keys of machines that ask for them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access::ApiScope,
    ids::{AccountId, ApiKeyId, FeatureId, IncentiveId, MemberId, RewardId},
    members::{Administering, Delivering, ProgramManaging, Referrer},
    text::Bilingual,
    tiers::TierCode,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement, Value, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{api_keys, features, grants, members},
    from_micros, micros,
    rewards::{PAGE, Place},
};

/// Most grants of a customer that the API answers with.
pub const MOST_GRANTS: usize = 1000;

/// The room of early access.
#[derive(Debug)]
pub struct Access<'c, C>(&'c C);

impl Store {
    /// Early access, to read.
    pub fn access(&self) -> Access<'_, impl ConnectionTrait + use<>> {
        Access(self.reader())
    }
}

impl Tx {
    /// Early access, in this transaction.
    pub fn access(&self) -> Access<'_, DatabaseTransaction> {
        Access(self.conn())
    }
}

/// A feature that is granted before everybody has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Which one.
    pub id: FeatureId,
    /// The thank-you that grants it.
    pub incentive: Option<IncentiveId>,
    /// What it is called.
    pub name: Bilingual,
    /// Under which terms it is granted.
    pub terms: Bilingual,
    /// How it is used; may be empty.
    pub guide: Bilingual,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day as something early; `None` where that is not known yet.
    pub ends_on: Option<NaiveDate>,
    /// How many seats there are.
    pub seats: i32,
    /// How many of them are granted.
    pub taken: i32,
    /// How often people have edited it.
    pub version: i32,
}

/// A feature that is about to be granted; its seats are taken already.
#[derive(Clone, Debug)]
pub struct NewGrant<'a> {
    /// By which reward.
    pub reward: RewardId,
    /// Which feature.
    pub feature: &'a Feature,
    /// To which customer.
    pub account: AccountId,
    /// Who earned it.
    pub advocate: MemberId,
    /// How many seats.
    pub seats: i64,
    /// For how many months.
    pub months: Option<u32>,
    /// The tier with which it ends.
    pub tier: Option<TierCode>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A feature that a customer has early.
#[derive(Clone, Debug)]
pub struct Grant {
    /// By which reward.
    pub reward: RewardId,
    /// Which feature.
    pub feature: FeatureId,
    /// What the feature is called.
    pub name: Bilingual,
    /// How it is used; may be empty.
    pub guide: Bilingual,
    /// The feature's first day.
    pub starts_on: NaiveDate,
    /// The feature's last day as something early.
    pub ends_on: Option<NaiveDate>,
    /// Under which terms it was granted.
    pub terms: Bilingual,
    /// To which customer.
    pub account: AccountId,
    /// What that is called.
    pub account_name: String,
    /// Who earned it.
    pub advocate: MemberId,
    /// Their name.
    pub advocate_name: String,
    /// How many seats.
    pub seats: i64,
    /// For how many months; `None` where it is not counted in them.
    pub months: Option<u32>,
    /// The tier with which it ends.
    pub tier: Option<TierCode>,
    /// The SHA-256 of its key, base64url; `None` until one was made.
    pub key_hash: Option<String>,
    /// How many keys were made for it; the last one works.
    pub keys_made: i32,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A key of a machine, without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Which one.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The last day on which it was used.
    pub used_on: Option<NaiveDate>,
    /// Since when it works no more.
    pub revoked_at: Option<DateTime<Utc>>,
}

fn day(text: &str, what: &'static str) -> Result<NaiveDate> {
    text.parse().map_err(|_| StoreError::Corrupt(what))
}

fn feature(row: features::Model) -> Result<Feature> {
    Ok(Feature {
        id: row.id.into(),
        incentive: row.incentive_id.map(IncentiveId::from),
        name: Bilingual::new(row.name_de, row.name_en),
        terms: Bilingual::new(row.terms_de, row.terms_en),
        guide: Bilingual::new(row.guide_de, row.guide_en),
        starts_on: day(&row.starts_on, "features.starts_on")?,
        ends_on: row.ends_on.as_deref().map(|last| day(last, "features.ends_on")).transpose()?,
        seats: row.seats,
        taken: row.taken,
        version: row.version,
    })
}

/// The columns that an edit may change.
fn written(feature: &Feature) -> features::ActiveModel {
    features::ActiveModel {
        incentive_id: Set(feature.incentive.map(IncentiveId::into_inner)),
        name_de: Set(feature.name.de.clone()),
        name_en: Set(feature.name.en.clone()),
        terms_de: Set(feature.terms.de.clone()),
        terms_en: Set(feature.terms.en.clone()),
        guide_de: Set(feature.guide.de.clone()),
        guide_en: Set(feature.guide.en.clone()),
        starts_on: Set(feature.starts_on.to_string()),
        ends_on: Set(feature.ends_on.map(|last| last.to_string())),
        seats: Set(feature.seats),
        ..Default::default()
    }
}

fn api_key(row: api_keys::Model) -> Result<ApiKey> {
    Ok(ApiKey {
        id: row.id.into(),
        name: row.name,
        scopes: row.scopes.split(' ').filter_map(ApiScope::parse).collect(),
        created_at: from_micros(row.created_at),
        used_on: row.used_on.as_deref().map(|on| day(on, "api_keys.used_on")).transpose()?,
        revoked_at: row.revoked_at.map(from_micros),
    })
}

const GRANT: &str = "SELECT g.reward_id, g.feature_id, f.name_de, f.name_en, f.guide_de, f.guide_en, f.starts_on, \
    f.ends_on, g.terms_de, g.terms_en, g.account_id, a.name AS account_name, g.advocate_id, m.name AS advocate_name, \
    g.seats, g.months, g.tier_code, g.key_hash, g.keys_made, g.since_at, g.ended_at \
    FROM grants g JOIN features f ON f.id = g.feature_id JOIN accounts a ON a.id = g.account_id \
    JOIN members m ON m.id = g.advocate_id ";

#[derive(Debug, FromQueryResult)]
struct GrantRow {
    reward_id: Uuid,
    feature_id: Uuid,
    name_de: String,
    name_en: String,
    guide_de: String,
    guide_en: String,
    starts_on: String,
    ends_on: Option<String>,
    terms_de: String,
    terms_en: String,
    account_id: Uuid,
    account_name: String,
    advocate_id: Uuid,
    advocate_name: String,
    seats: i64,
    months: Option<i32>,
    tier_code: Option<String>,
    key_hash: Option<String>,
    keys_made: i32,
    since_at: i64,
    ended_at: Option<i64>,
}

fn grant(row: GrantRow) -> Result<Grant> {
    let tier = row.tier_code.as_deref().map(TierCode::parse).transpose();
    Ok(Grant {
        reward: row.reward_id.into(),
        feature: row.feature_id.into(),
        name: Bilingual::new(row.name_de, row.name_en),
        guide: Bilingual::new(row.guide_de, row.guide_en),
        starts_on: day(&row.starts_on, "features.starts_on")?,
        ends_on: row.ends_on.as_deref().map(|last| day(last, "features.ends_on")).transpose()?,
        terms: Bilingual::new(row.terms_de, row.terms_en),
        account: row.account_id.into(),
        account_name: row.account_name,
        advocate: row.advocate_id.into(),
        advocate_name: row.advocate_name,
        seats: row.seats,
        months: row.months.map(|months| u32::try_from(months).unwrap_or(0)),
        tier: tier.map_err(|_| StoreError::Corrupt("grants.tier_code"))?,
        key_hash: row.key_hash,
        keys_made: row.keys_made,
        since: from_micros(row.since_at),
        ended_at: row.ended_at.map(from_micros),
    })
}

fn months_column(months: Option<u32>) -> Option<i32> {
    months.map(|months| i32::try_from(months).unwrap_or(i32::MAX))
}

impl<C: ConnectionTrait> Access<'_, C> {
    /// All features, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn features(&self) -> Result<Vec<Feature>> {
        let rows = features::Entity::find().order_by_desc(features::Column::CreatedAt).all(self.0).await?;
        rows.into_iter().map(feature).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn feature(&self, id: FeatureId) -> Result<Option<Feature>> {
        features::Entity::find_by_id(id.into_inner()).one(self.0).await?.map(feature).transpose()
    }

    /// The feature that this thank-you grants.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn feature_of(&self, incentive: IncentiveId) -> Result<Option<Feature>> {
        let found = features::Entity::find().filter(features::Column::IncentiveId.eq(incentive.into_inner()));
        found.one(self.0).await?.map(feature).transpose()
    }

    /// The grants of which `rest` says which and in what order; its values begin with `$1`.
    async fn grants(&self, rest: &str, values: Vec<Value>, most: usize) -> Result<Vec<Grant>> {
        let sql = format!("{GRANT} {rest} LIMIT {most}");
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        GrantRow::find_by_statement(statement).all(self.0).await?.into_iter().map(grant).collect()
    }

    /// What was granted to a customer and not ended, the newest first; at most [`MOST_GRANTS`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn grants_of(&self, account: AccountId) -> Result<Vec<Grant>> {
        let rest =
            "WHERE g.account_id = $1 AND g.ended_at IS NULL ORDER BY g.since_at DESC, g.reward_id DESC";
        self.grants(rest, vec![account.into_inner().into()], MOST_GRANTS).await
    }

    /// The grants of a feature, the newest first; one row more than a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn grants_with(&self, feature: FeatureId, before: Option<Place>) -> Result<Vec<Grant>> {
        let (at, id) = before.map_or((i64::MAX, Uuid::max()), |place| (place.at, place.id));
        let rest = "WHERE g.feature_id = $1 AND (g.since_at < $2 OR (g.since_at = $2 AND g.reward_id < $3)) \
             ORDER BY g.since_at DESC, g.reward_id DESC";
        self.grants(rest, vec![feature.into_inner().into(), at.into(), id.into()], PAGE + 1).await
    }

    /// The grants that these rewards have made, of a page of rewards.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn grants_by(&self, rewards: &[RewardId]) -> Result<Vec<Grant>> {
        if rewards.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<_> = (1..=rewards.len()).map(|place| format!("${place}")).collect();
        let values = rewards.iter().map(|id| id.into_inner().into()).collect();
        self.grants(&format!("WHERE g.reward_id IN ({})", places.join(", ")), values, rewards.len()).await
    }

    /// The grant that a reward has made.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn grant(&self, reward: RewardId) -> Result<Option<Grant>> {
        Ok(self.grants_by(&[reward]).await?.pop())
    }

    /// The grants of these members that end with a tier and have not ended yet: by whom and by which reward.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bound_to_tiers(&self, members: &[MemberId]) -> Result<Vec<(MemberId, RewardId)>> {
        let ids = members.iter().map(|member| member.into_inner());
        let rows: Vec<(Uuid, Uuid)> = grants::Entity::find()
            .select_only()
            .columns([grants::Column::AdvocateId, grants::Column::RewardId])
            .filter(grants::Column::AdvocateId.is_in(ids))
            .filter(grants::Column::EndedAt.is_null())
            .filter(grants::Column::TierCode.is_not_null())
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|(member, reward)| (member.into(), reward.into())).collect())
    }

    /// All keys, the newest first, each with the name of who made it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn api_keys(&self) -> Result<Vec<(ApiKey, String)>> {
        let rows = api_keys::Entity::find().order_by_desc(api_keys::Column::CreatedAt).all(self.0).await?;
        let makers = rows.iter().map(|row| row.created_by_id);
        let names: Vec<(Uuid, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::Name])
            .filter(members::Column::Id.is_in(makers))
            .into_tuple()
            .all(self.0)
            .await?;
        let names: BTreeMap<Uuid, String> = names.into_iter().collect();
        let listed = rows.into_iter().map(|row| {
            let maker = names.get(&row.created_by_id).cloned().unwrap_or_default();
            Ok((api_key(row)?, maker))
        });
        listed.collect()
    }

    /// The key with this hash, also a revoked one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn api_key(&self, hash: &str) -> Result<Option<ApiKey>> {
        let row = api_keys::Entity::find().filter(api_keys::Column::KeyHash.eq(hash)).one(self.0).await?;
        row.map(api_key).transpose()
    }
}

impl Access<'_, DatabaseTransaction> {
    /// Adds a feature.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one is granted by the same thank-you.
    pub async fn insert_feature(&self, _: &ProgramManaging, new: &Feature, now: DateTime<Utc>) -> Result<()> {
        features::ActiveModel {
            id: Set(new.id.into_inner()),
            taken: Set(0),
            created_at: Set(micros(now)),
            version: Set(0),
            ..written(new)
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Changes a feature that nobody has changed since `version`, to no fewer seats than are granted.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody was faster, [`StoreError::Conflict`] when another one is granted by the same
    /// thank-you.
    pub async fn update_feature(&self, _: &ProgramManaging, changed: &Feature) -> Result<()> {
        let done = features::Entity::update_many()
            .set(features::ActiveModel { version: Set(changed.version + 1), ..written(changed) })
            .filter(features::Column::Id.eq(changed.id.into_inner()))
            .filter(features::Column::Version.eq(changed.version))
            .filter(features::Column::Taken.lte(changed.seats))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Takes so many seats of a feature, if that many are left. Answers whether they were: at most as many as there are,
    /// however many ask at once, because the row itself decides.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_seats(&self, _: &Delivering, id: FeatureId, seats: i64) -> Result<bool> {
        let taken = Expr::col(features::Column::Taken).add(seats);
        let done = features::Entity::update_many()
            .col_expr(features::Column::Taken, taken.clone())
            .filter(features::Column::Id.eq(id.into_inner()))
            .filter(taken.lte(Expr::col(features::Column::Seats)))
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Gives seats back, in the order of their features: so everybody locks them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn free_seats(&self, freed: &BTreeMap<FeatureId, i64>) -> Result<()> {
        for (feature, seats) in freed {
            features::Entity::update_many()
                .col_expr(features::Column::Taken, Expr::col(features::Column::Taken).sub(*seats))
                .filter(features::Column::Id.eq(feature.into_inner()))
                .exec(self.0)
                .await?;
        }
        Ok(())
    }

    /// Grants a feature, under its terms of this moment.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the reward has made a grant before.
    pub async fn insert_grant(&self, _: &Delivering, new: NewGrant<'_>) -> Result<()> {
        grants::ActiveModel {
            reward_id: Set(new.reward.into_inner()),
            feature_id: Set(new.feature.id.into_inner()),
            account_id: Set(new.account.into_inner()),
            advocate_id: Set(new.advocate.into_inner()),
            terms_de: Set(new.feature.terms.de.clone()),
            terms_en: Set(new.feature.terms.en.clone()),
            seats: Set(new.seats),
            months: Set(months_column(new.months)),
            tier_code: Set(new.tier.as_ref().map(|code| code.as_str().to_owned())),
            key_hash: Set(None),
            keys_made: Set(0),
            since_at: Set(micros(new.at)),
            ended_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Ends the grant that a reward has made, if it has made one, once. Answers what is to be given back: a feature and
    /// its seats.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_grant(&self, reward: RewardId, at: DateTime<Utc>) -> Result<Option<(FeatureId, i64)>> {
        let done = grants::Entity::update_many()
            .col_expr(grants::Column::EndedAt, Expr::value(micros(at)))
            .filter(grants::Column::RewardId.eq(reward.into_inner()))
            .filter(grants::Column::EndedAt.is_null())
            .exec(self.0)
            .await?;
        if done.rows_affected == 0 {
            return Ok(None);
        }
        let ended = grants::Entity::find_by_id(reward.into_inner()).one(self.0).await?;
        Ok(ended.map(|row| (row.feature_id.into(), row.seats)))
    }

    /// Leaves so many seats and months of this grant, as it was read in this transaction. Answers what is to be given
    /// back.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it was changed or ended meanwhile.
    pub async fn shrink_grant(
        &self,
        read: &Grant,
        seats: i64,
        months: Option<u32>,
    ) -> Result<(FeatureId, i64)> {
        let done = grants::Entity::update_many()
            .col_expr(grants::Column::Seats, Expr::value(seats))
            .col_expr(grants::Column::Months, Expr::value(months_column(months)))
            .filter(grants::Column::RewardId.eq(read.reward.into_inner()))
            .filter(grants::Column::Seats.eq(read.seats))
            .filter(grants::Column::EndedAt.is_null())
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok((read.feature, read.seats - seats)) } else { Err(StoreError::Stale) }
    }

    /// Keeps the hash of a key of this advocate's own grant, of which `made` were made before; the one before it works no
    /// more.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when another key was made, or the grant has ended.
    pub async fn keep_grant_key(&self, by: &Referrer, reward: RewardId, made: i32, hash: &str) -> Result<()> {
        let done = grants::Entity::update_many()
            .col_expr(grants::Column::KeyHash, Expr::value(hash))
            .col_expr(grants::Column::KeysMade, Expr::value(made + 1))
            .filter(grants::Column::RewardId.eq(reward.into_inner()))
            .filter(grants::Column::AdvocateId.eq(by.member().into_inner()))
            .filter(grants::Column::KeysMade.eq(made))
            .filter(grants::Column::EndedAt.is_null())
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Adds a key by its hash.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its id is taken.
    pub async fn insert_api_key(&self, by: &Administering, new: &ApiKey, hash: &str) -> Result<()> {
        let scopes: Vec<_> = new.scopes.iter().map(|scope| scope.as_str()).collect();
        api_keys::ActiveModel {
            id: Set(new.id.into_inner()),
            name: Set(new.name.clone()),
            scopes: Set(scopes.join(" ")),
            key_hash: Set(hash.to_owned()),
            created_by_id: Set(by.member().into_inner()),
            created_at: Set(micros(new.created_at)),
            used_on: Set(None),
            revoked_by_id: Set(None),
            revoked_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Revokes a key. Answers whether it worked until now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke_api_key(&self, by: &Administering, id: ApiKeyId, at: DateTime<Utc>) -> Result<bool> {
        let done = api_keys::Entity::update_many()
            .col_expr(api_keys::Column::RevokedAt, Expr::value(micros(at)))
            .col_expr(api_keys::Column::RevokedById, Expr::value(by.member().into_inner()))
            .filter(api_keys::Column::Id.eq(id.into_inner()))
            .filter(api_keys::Column::RevokedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes the day on which a key was used.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_api_key_used(&self, id: ApiKeyId, on: NaiveDate) -> Result<()> {
        api_keys::Entity::update_many()
            .col_expr(api_keys::Column::UsedOn, Expr::value(on.to_string()))
            .filter(api_keys::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
