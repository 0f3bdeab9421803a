//! Tiers, and what advocates have achieved towards them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    text::Bilingual,
    tiers::{Metric, Metrics, Period, Tier, TierCause, TierCode, TierRule},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{members, referrals, tier_moves, tiers},
    from_micros, micros,
    written::rows,
};

/// The room of tiers.
#[derive(Debug)]
pub struct Tiers<'c, C>(&'c C);

impl Store {
    /// Tiers, to read.
    pub fn tiers(&self) -> Tiers<'_, impl ConnectionTrait + use<>> {
        Tiers(self.reader())
    }
}

impl Tx {
    /// Tiers, in this transaction.
    pub fn tiers(&self) -> Tiers<'_, DatabaseTransaction> {
        Tiers(self.conn())
    }
}

/// A tier with its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTier {
    /// Its rules.
    pub tier: Tier,
    /// What it is called.
    pub name: Bilingual,
    /// What it brings.
    pub benefits: Bilingual,
    /// For optimistic edits.
    pub version: i32,
}

/// A move of a member between tiers.
#[derive(Clone, Debug)]
pub struct TierMove {
    /// The line's id.
    pub id: Uuid,
    /// Who moved.
    pub member: MemberId,
    /// From where; `None` for no tier.
    pub from: Option<TierCode>,
    /// To where.
    pub to: TierCode,
    /// Why.
    pub cause: TierCause,
    /// The referral that moved them, where one did.
    pub referral: Option<ReferralId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A line of a member's history.
#[derive(Clone, Debug)]
pub struct PastMove {
    /// The move.
    pub moved: TierMove,
    /// The company of the referral behind it.
    pub company: Option<String>,
}

/// Somebody whose referrals have come far enough to count.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Who.
    pub member: MemberId,
    /// The tier they have.
    pub tier: Option<TierCode>,
    /// What their referrals have become.
    pub metrics: Metrics,
}

#[derive(Serialize, Deserialize)]
struct RulesJson {
    rules: Vec<RuleJson>,
    needs_term: bool,
}

#[derive(Serialize, Deserialize)]
struct RuleJson {
    metric: Metric,
    at_least: u32,
    period: Period,
}

const CORRUPT: StoreError = StoreError::Corrupt("tiers");

fn named(row: tiers::Model) -> Result<NamedTier> {
    let json: RulesJson = serde_json::from_str(&row.rules).map_err(|_| CORRUPT)?;
    let rule =
        |rule: RuleJson| TierRule { metric: rule.metric, at_least: rule.at_least, period: rule.period };
    Ok(NamedTier {
        tier: Tier {
            code: TierCode::parse(&row.code).map_err(|_| CORRUPT)?,
            order: u8::try_from(row.position).map_err(|_| CORRUPT)?,
            rules: json.rules.into_iter().map(rule).collect(),
            needs_term: json.needs_term,
        },
        name: Bilingual::new(row.name_de, row.name_en),
        benefits: Bilingual::new(row.benefits_de, row.benefits_en),
        version: row.version,
    })
}

fn rules_json(tier: &Tier) -> Result<String> {
    let rule =
        |rule: &TierRule| RuleJson { metric: rule.metric, at_least: rule.at_least, period: rule.period };
    let json = RulesJson { rules: tier.rules.iter().map(rule).collect(), needs_term: tier.needs_term };
    serde_json::to_string(&json).map_err(|_| CORRUPT)
}

fn restore_move(row: tier_moves::Model) -> Result<TierMove> {
    Ok(TierMove {
        id: row.id,
        member: row.member_id.into(),
        from: row.from_code.as_deref().and_then(|code| TierCode::parse(code).ok()),
        to: TierCode::parse(&row.to_code).map_err(|_| StoreError::Corrupt("tier_moves.to_code"))?,
        cause: TierCause::parse(&row.cause).ok_or(StoreError::Corrupt("tier_moves.cause"))?,
        referral: row.referral_id.map(ReferralId::from),
        at: from_micros(row.at),
    })
}

/// Counts of referrals by how far they had come, on their way to what tiers ask for.
#[derive(Debug, Default)]
pub(crate) struct ReachedSums(BTreeMap<(Metric, Period), i64>);

impl ReachedSums {
    /// So many had come to `reached`, of them so many within the year.
    pub(crate) fn add(&mut self, reached: &str, count: i64, recent: i64) {
        let metrics: &[Metric] = match reached {
            "won" => &[Metric::QualifiedReferrals, Metric::WonReferrals],
            "qualified" => &[Metric::QualifiedReferrals],
            _ => &[],
        };
        for metric in metrics {
            *self.0.entry((*metric, Period::Lifetime)).or_default() += count;
            *self.0.entry((*metric, Period::RollingYear)).or_default() += recent;
        }
    }

    /// As tiers ask for it.
    pub(crate) fn metrics(self) -> Metrics {
        self.0.into_iter().fold(Metrics::default(), |metrics, ((metric, period), count)| {
            metrics.with(metric, period, u32::try_from(count).unwrap_or(u32::MAX))
        })
    }
}

impl<C: ConnectionTrait> Tiers<'_, C> {
    /// All tiers, from the lowest to the highest.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn all(&self) -> Result<Vec<NamedTier>> {
        let rows = tiers::Entity::find().order_by_asc(tiers::Column::Position).all(self.0).await?;
        rows.into_iter().map(named).collect()
    }

    /// The tier a member has.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_member(&self, member: MemberId) -> Result<Option<TierCode>> {
        let code: Option<String> = members::Entity::find_by_id(member.into_inner())
            .select_only()
            .column(members::Column::TierCode)
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(code.and_then(|code| TierCode::parse(&code).ok()))
    }

    /// The tier an advocate has, and what their referrals have become, ever and since `year_ago`. A referral counts from
    /// the day it came as far as it has; one that ended counts for what it had reached, from that day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tier_and_metrics(
        &self,
        advocate: MemberId,
        year_ago: DateTime<Utc>,
    ) -> Result<(Option<TierCode>, Metrics)> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            tier_code: String,
            /// None for somebody of whose referrals nothing counts yet.
            reached: Option<String>,
            n: i64,
            recent: i64,
        }
        let sql = "SELECT m.tier_code, r.reached, COUNT(r.id) AS n, \
             CAST(SUM(CASE WHEN r.reached_at > $2 THEN 1 ELSE 0 END) AS BIGINT) AS recent \
             FROM members m LEFT JOIN referrals r ON r.advocate_id = m.id AND r.reached IN ('qualified', 'won') \
             WHERE m.id = $1 GROUP BY m.tier_code, r.reached";
        let values = [advocate.into_inner().into(), micros(year_ago).into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        let tier = rows.first().and_then(|row| TierCode::parse(&row.tier_code).ok());
        let mut sums = ReachedSums::default();
        for row in rows {
            sums.add(row.reached.as_deref().unwrap_or_default(), row.n, row.recent);
        }
        Ok((tier, sums.metrics()))
    }

    /// How many active members have each tier, by its code.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn population(&self) -> Result<BTreeMap<String, i64>> {
        let rows: Vec<(String, i64)> = members::Entity::find()
            .select_only()
            .column(members::Column::TierCode)
            .column_as(members::Column::Id.count(), "n")
            .filter(members::Column::AccountId.is_not_null())
            .filter(members::Column::Status.eq("active"))
            .group_by(members::Column::TierCode)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// One move.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tier_move(&self, id: Uuid) -> Result<Option<TierMove>> {
        tier_moves::Entity::find_by_id(id).one(self.0).await?.map(restore_move).transpose()
    }

    /// A member's moves, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn moves(&self, member: MemberId) -> Result<Vec<PastMove>> {
        let rows: Vec<tier_moves::Model> = tier_moves::Entity::find()
            .filter(tier_moves::Column::MemberId.eq(member.into_inner()))
            .order_by_desc(tier_moves::Column::At)
            .order_by_desc(tier_moves::Column::Id)
            .limit(50)
            .all(self.0)
            .await?;
        let behind = rows.iter().filter_map(|row| row.referral_id);
        let companies: Vec<(Uuid, String)> = referrals::Entity::find()
            .select_only()
            .columns([referrals::Column::Id, referrals::Column::CompanyName])
            .filter(referrals::Column::Id.is_in(behind))
            .into_tuple()
            .all(self.0)
            .await?;
        let companies: BTreeMap<Uuid, String> = companies.into_iter().collect();
        rows.into_iter()
            .map(|row| {
                let company = row.referral_id.and_then(|id| companies.get(&id).cloned());
                Ok(PastMove { company, moved: restore_move(row)? })
            })
            .collect()
    }

    /// The first `limit` advocates after `after`, by id, of whose referrals something counts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counted(
        &self,
        after: Option<MemberId>,
        year_ago: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Counted>> {
        const SQL: &str = "SELECT m.id, m.tier_code, r.reached, COUNT(r.id) AS n, \
             CAST(SUM(CASE WHEN r.reached_at > $2 THEN 1 ELSE 0 END) AS BIGINT) AS recent \
             FROM members m JOIN referrals r ON r.advocate_id = m.id AND r.reached IN ('qualified', 'won') \
             WHERE m.id IN (SELECT DISTINCT advocate_id FROM referrals \
             WHERE advocate_id > $1 AND reached IN ('qualified', 'won') ORDER BY advocate_id LIMIT $3) \
             GROUP BY m.id, m.tier_code, r.reached ORDER BY m.id";
        let after = after.map_or(Uuid::nil(), MemberId::into_inner);
        let values = [after.into(), micros(year_ago).into(), i64::from(limit).into()];
        let mut all: Vec<(Uuid, String, ReachedSums)> = Vec::new();
        for row in rows(self.0, SQL, values).await? {
            let (id, tier, reached, count, recent): (Uuid, String, String, i64, i64) =
                row.try_get_many_by_index()?;
            if all.last().is_none_or(|(last, ..)| *last != id) {
                all.push((id, tier, ReachedSums::default()));
            }
            if let Some((.., sums)) = all.last_mut() {
                sums.add(&reached, count, recent);
            }
        }
        let counted = all.into_iter().map(|(id, tier, sums)| Counted {
            member: id.into(),
            tier: TierCode::parse(&tier).ok(),
            metrics: sums.metrics(),
        });
        Ok(counted.collect())
    }
}

impl Tx {
    /// Adds the tiers that are missing, by code; what is there stays as it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_missing_tiers(&self, new: &[NamedTier]) -> Result<()> {
        let mut rows = Vec::with_capacity(new.len());
        for tier in new {
            rows.push(tiers::ActiveModel {
                code: Set(tier.tier.code.as_str().to_owned()),
                position: Set(tier.tier.order.into()),
                name_de: Set(tier.name.de.clone()),
                name_en: Set(tier.name.en.clone()),
                rules: Set(rules_json(&tier.tier)?),
                benefits_de: Set(tier.benefits.de.clone()),
                benefits_en: Set(tier.benefits.en.clone()),
                version: Set(tier.version),
            });
        }
        tiers::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self.conn())
            .await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Changes rules and texts of a tier that nobody changed since its `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn update_tier(&self, changed: &NamedTier) -> Result<()> {
        let row = tiers::ActiveModel {
            name_de: Set(changed.name.de.clone()),
            name_en: Set(changed.name.en.clone()),
            rules: Set(rules_json(&changed.tier)?),
            benefits_de: Set(changed.benefits.de.clone()),
            benefits_en: Set(changed.benefits.en.clone()),
            version: Set(changed.version + 1),
            ..Default::default()
        };
        let done = tiers::Entity::update_many()
            .set(row)
            .filter(tiers::Column::Code.eq(changed.tier.code.as_str()))
            .filter(tiers::Column::Version.eq(changed.version))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }
}

impl Tiers<'_, DatabaseTransaction> {
    /// Moves a member to a tier, with a line in their history. Answers whether they were not there already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn move_member(&self, to: TierMove) -> Result<bool> {
        let from = to.from.as_ref().map_or("", TierCode::as_str);
        let done = members::Entity::update_many()
            .col_expr(members::Column::TierCode, Expr::value(to.to.as_str()))
            .filter(members::Column::Id.eq(to.member.into_inner()))
            .filter(members::Column::TierCode.eq(from))
            .exec(self.0)
            .await?;
        if done.rows_affected == 0 {
            return Ok(false);
        }
        tier_moves::Entity::insert(tier_moves::ActiveModel {
            id: Set(to.id),
            member_id: Set(to.member.into_inner()),
            from_code: Set(to.from.map(TierCode::into_string)),
            to_code: Set(to.to.into_string()),
            cause: Set(to.cause.as_str().to_owned()),
            referral_id: Set(to.referral.map(ReferralId::into_inner)),
            at: Set(micros(to.at)),
        })
        .exec_without_returning(self.0)
        .await?;
        Ok(true)
    }
}
