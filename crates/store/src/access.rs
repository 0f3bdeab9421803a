//! Features that are granted early, grants, and the keys of machines that ask for them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access::ApiScope,
    ids::{AccountId, ApiKeyId, FeatureId, IncentiveId, MemberId, RewardId},
    text::Bilingual,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, FromQueryResult, QueryFilter, QueryOrder, Statement, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{account_domains, api_keys, features, grants},
    from_micros, micros,
};

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
    /// From which day on it is there.
    pub starts_on: NaiveDate,
    /// How many seats there are.
    pub seats: i32,
    /// How many of them are granted.
    pub taken: i32,
    /// How often people have edited it.
    pub version: i32,
}

/// A feature that a customer has early.
#[derive(Clone, Debug)]
pub struct Grant {
    /// By which reward.
    pub reward: RewardId,
    /// What the feature is called.
    pub feature: Bilingual,
    /// Which feature.
    pub feature_id: FeatureId,
    /// Under which terms.
    pub terms: Bilingual,
    /// From which day on the feature is there.
    pub starts_on: NaiveDate,
    /// How many seats.
    pub seats: i64,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether its key was shown.
    pub key_shown: bool,
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
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| StoreError::Corrupt(what))
}

fn feature(row: features::Model) -> Result<Feature> {
    Ok(Feature {
        id: row.id.into(),
        incentive: row.incentive_id.map(IncentiveId::from),
        name: Bilingual::new(row.name_de, row.name_en),
        terms: Bilingual::new(row.terms_de, row.terms_en),
        starts_on: day(&row.starts_on, "features.starts_on")?,
        seats: row.seats,
        taken: row.taken,
        version: row.version,
    })
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

#[derive(Debug, FromQueryResult)]
struct GrantRow {
    reward_id: Uuid,
    feature_id: Uuid,
    name_de: String,
    name_en: String,
    terms_de: String,
    terms_en: String,
    starts_on: String,
    seats: i64,
    since_at: i64,
    key_hash: Option<String>,
    ended_at: Option<i64>,
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
        let row = features::Entity::find_by_id(id.into_inner()).one(self.0).await?;
        row.map(feature).transpose()
    }

    /// The feature that this thank-you grants.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn feature_of(&self, incentive: IncentiveId) -> Result<Option<Feature>> {
        let row = features::Entity::find()
            .filter(features::Column::IncentiveId.eq(incentive.into_inner()))
            .one(self.0)
            .await?;
        row.map(feature).transpose()
    }

    /// Grants by this condition on `g`, whose values begin with `$1`; the newest first, at most a thousand.
    async fn grants_where(&self, condition: &str, values: Vec<sea_orm::Value>) -> Result<Vec<Grant>> {
        let sql = format!(
            "SELECT g.reward_id, g.feature_id, f.name_de, f.name_en, f.terms_de, f.terms_en, f.starts_on, \
             g.seats, g.since_at, g.key_hash, g.ended_at FROM grants g JOIN features f ON f.id = g.feature_id \
             WHERE {condition} ORDER BY g.since_at DESC, g.reward_id LIMIT 1000"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = GrantRow::find_by_statement(statement).all(self.0).await?;
        rows.into_iter()
            .map(|row| {
                Ok(Grant {
                    reward: row.reward_id.into(),
                    feature: Bilingual::new(row.name_de, row.name_en),
                    feature_id: row.feature_id.into(),
                    terms: Bilingual::new(row.terms_de, row.terms_en),
                    starts_on: day(&row.starts_on, "features.starts_on")?,
                    seats: row.seats,
                    since: from_micros(row.since_at),
                    key_shown: row.key_hash.is_some(),
                    ended_at: row.ended_at.map(from_micros),
                })
            })
            .collect()
    }

    /// What a customer has early today.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn grants_of(&self, account: AccountId) -> Result<Vec<Grant>> {
        let values = vec![account.into_inner().into()];
        self.grants_where("g.account_id = $1 AND g.ended_at IS NULL", values).await
    }

    /// The grants that these rewards have made.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn grants_by(&self, rewards: &[RewardId]) -> Result<Vec<Grant>> {
        if rewards.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<_> = (1..=rewards.len()).map(|place| format!("${place}")).collect();
        let values = rewards.iter().map(|id| id.into_inner().into()).collect();
        self.grants_where(&format!("g.reward_id IN ({})", places.join(", ")), values).await
    }

    /// The customer with this mail domain.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn account_of_domain(&self, domain: &str) -> Result<Option<AccountId>> {
        let row = account_domains::Entity::find_by_id(domain.to_owned()).one(self.0).await?;
        Ok(row.map(|row| row.account_id.into()))
    }

    /// All keys, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn api_keys(&self) -> Result<Vec<ApiKey>> {
        let rows = api_keys::Entity::find().order_by_desc(api_keys::Column::CreatedAt).all(self.0).await?;
        rows.into_iter().map(api_key).collect()
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
    pub async fn insert_feature(&self, new: &Feature, now: DateTime<Utc>) -> Result<()> {
        features::ActiveModel {
            id: Set(new.id.into_inner()),
            incentive_id: Set(new.incentive.map(IncentiveId::into_inner)),
            name_de: Set(new.name.de.clone()),
            name_en: Set(new.name.en.clone()),
            terms_de: Set(new.terms.de.clone()),
            terms_en: Set(new.terms.en.clone()),
            starts_on: Set(new.starts_on.to_string()),
            seats: Set(new.seats),
            taken: Set(0),
            created_at: Set(micros(now)),
            version: Set(0),
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
    pub async fn update_feature(&self, changed: &Feature) -> Result<()> {
        let incentive = changed.incentive.map(IncentiveId::into_inner);
        let done = features::Entity::update_many()
            .col_expr(features::Column::IncentiveId, Expr::value(incentive))
            .col_expr(features::Column::NameDe, Expr::value(changed.name.de.as_str()))
            .col_expr(features::Column::NameEn, Expr::value(changed.name.en.as_str()))
            .col_expr(features::Column::TermsDe, Expr::value(changed.terms.de.as_str()))
            .col_expr(features::Column::TermsEn, Expr::value(changed.terms.en.as_str()))
            .col_expr(features::Column::StartsOn, Expr::value(changed.starts_on.to_string()))
            .col_expr(features::Column::Seats, Expr::value(changed.seats))
            .col_expr(features::Column::Version, Expr::value(changed.version + 1))
            .filter(features::Column::Id.eq(changed.id.into_inner()))
            .filter(features::Column::Version.eq(changed.version))
            .filter(features::Column::Taken.lte(changed.seats))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Takes so many seats of a feature, if that many are left. Answers whether they were: at most as many as there are,
    /// however many ask at once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_seats(&self, id: FeatureId, seats: i64) -> Result<bool> {
        let taken = Expr::col(features::Column::Taken).add(seats);
        let done = features::Entity::update_many()
            .col_expr(features::Column::Taken, taken.clone())
            .filter(features::Column::Id.eq(id.into_inner()))
            .filter(taken.lte(Expr::col(features::Column::Seats)))
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Grants a feature by a reward; its seats are taken already.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the reward has made one.
    pub async fn insert_grant(
        &self,
        reward: RewardId,
        feature: FeatureId,
        account: AccountId,
        seats: i64,
        at: DateTime<Utc>,
    ) -> Result<()> {
        grants::ActiveModel {
            reward_id: Set(reward.into_inner()),
            feature_id: Set(feature.into_inner()),
            account_id: Set(account.into_inner()),
            seats: Set(seats),
            key_hash: Set(None),
            since_at: Set(micros(at)),
            ended_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Ends the grant that a reward has made, if it has made one, and frees its seats, once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_grant(&self, reward: RewardId, at: DateTime<Utc>) -> Result<()> {
        let done = grants::Entity::update_many()
            .col_expr(grants::Column::EndedAt, Expr::value(micros(at)))
            .filter(grants::Column::RewardId.eq(reward.into_inner()))
            .filter(grants::Column::EndedAt.is_null())
            .exec(self.0)
            .await?;
        if done.rows_affected == 0 {
            return Ok(());
        }
        let Some(grant) = grants::Entity::find_by_id(reward.into_inner()).one(self.0).await? else {
            return Ok(());
        };
        features::Entity::update_many()
            .col_expr(features::Column::Taken, Expr::col(features::Column::Taken).sub(grant.seats))
            .filter(features::Column::Id.eq(grant.feature_id))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Keeps the hash of a grant's key. Answers whether that is the first time: a key is shown once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_grant_key(&self, reward: RewardId, hash: &str) -> Result<bool> {
        let done = grants::Entity::update_many()
            .col_expr(grants::Column::KeyHash, Expr::value(hash))
            .filter(grants::Column::RewardId.eq(reward.into_inner()))
            .filter(grants::Column::KeyHash.is_null())
            .filter(grants::Column::EndedAt.is_null())
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Adds a key by its hash.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_api_key(&self, new: &ApiKey, hash: &str, by: MemberId) -> Result<()> {
        let scopes: Vec<_> = new.scopes.iter().map(|scope| scope.as_str()).collect();
        api_keys::ActiveModel {
            id: Set(new.id.into_inner()),
            name: Set(new.name.clone()),
            scopes: Set(scopes.join(" ")),
            key_hash: Set(hash.to_owned()),
            created_by_id: Set(by.into_inner()),
            created_at: Set(micros(new.created_at)),
            used_on: Set(None),
            revoked_by_id: Set(None),
            revoked_at: Set(None),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Ends a key. Answers whether it worked until now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke_api_key(&self, id: ApiKeyId, by: MemberId, at: DateTime<Utc>) -> Result<bool> {
        let done = api_keys::Entity::update_many()
            .col_expr(api_keys::Column::RevokedAt, Expr::value(micros(at)))
            .col_expr(api_keys::Column::RevokedById, Expr::value(by.into_inner()))
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
