//! Tiers, and what advocates have achieved towards them.

mod pins;
mod rollouts;
mod schemes;
mod standings;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    text::Bilingual,
    tiers::{Metric, Metrics, Period, Pin, Tier, TierCause, TierCode, TierRule, Warning},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult,
    JoinType, QueryFilter, QueryOrder, QuerySelect, Statement, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{accounts, members, referrals, tier_moves, tier_places, tier_schemes, tiers},
    from_micros, micros,
    written::rows,
};

pub use pins::KeptAt;
pub use rollouts::{Before, Came, Rollout};
pub use schemes::Scheme;
pub use standings::Due;

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
    /// To where; `None` for no tier.
    pub to: Option<TierCode>,
    /// Why.
    pub cause: TierCause,
    /// The referral that moved them, where one did.
    pub referral: Option<ReferralId>,
    /// The version of the tiers that they went by; `None` from before there were versions.
    pub scheme: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

impl TierMove {
    /// The code of the tier that was reached; empty for none.
    pub fn to_code(&self) -> &str {
        self.to.as_ref().map_or("", TierCode::as_str)
    }
}

/// A line of a member's history.
#[derive(Clone, Debug)]
pub struct PastMove {
    /// The move.
    pub moved: TierMove,
    /// The company of the referral behind it.
    pub company: Option<String>,
    /// The number of the version of the tiers behind it.
    pub scheme: Option<i32>,
}

/// Somebody, with what decides about their tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Who.
    pub member: MemberId,
    /// The tier they have.
    pub tier: Option<TierCode>,
    /// What their referrals have become.
    pub metrics: Metrics,
    /// When the oldest of what counts within the year came to where it stands.
    pub oldest: Option<DateTime<Utc>>,
    /// Whether they are warned that they will fall.
    pub warning: Option<Warning>,
    /// When their tier is to be looked at again.
    pub check_at: Option<DateTime<Utc>>,
    /// Whether they take part in the roll-out that was asked about.
    pub takes_part: bool,
    /// Whether they are kept at a tier by hand; also what is over and was not looked at yet.
    pub pin: Option<Pin>,
}

/// Somebody, with the tier they have and what they have achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Achieved {
    /// Who.
    pub member: MemberId,
    /// The tier they have.
    pub tier: Option<TierCode>,
    /// What their referrals have become.
    pub metrics: Metrics,
    /// The tier that they are kept at by hand.
    pub kept_at: Option<TierCode>,
}

/// Somebody on a list of those whom a scheme moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Their company.
    pub company: String,
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

impl From<&TierRule> for RuleJson {
    fn from(rule: &TierRule) -> Self {
        Self { metric: rule.metric, at_least: rule.at_least, period: rule.period }
    }
}

impl From<RuleJson> for TierRule {
    fn from(rule: RuleJson) -> Self {
        Self { metric: rule.metric, at_least: rule.at_least, period: rule.period }
    }
}

const CORRUPT: StoreError = StoreError::Corrupt("tiers");

fn named(row: tiers::Model) -> Result<NamedTier> {
    let json: RulesJson = serde_json::from_str(&row.rules).map_err(|_| CORRUPT)?;
    Ok(NamedTier {
        tier: Tier {
            code: TierCode::parse(&row.code).map_err(|_| CORRUPT)?,
            order: u8::try_from(row.position).map_err(|_| CORRUPT)?,
            rules: json.rules.into_iter().map(Into::into).collect(),
            needs_term: json.needs_term,
        },
        name: Bilingual::new(row.name_de, row.name_en),
        benefits: Bilingual::new(row.benefits_de, row.benefits_en),
        version: row.version,
    })
}

fn tier_row(named: &NamedTier) -> Result<tiers::ActiveModel> {
    let rules = named.tier.rules.iter().map(RuleJson::from).collect();
    let json = RulesJson { rules, needs_term: named.tier.needs_term };
    Ok(tiers::ActiveModel {
        code: Set(named.tier.code.as_str().to_owned()),
        position: Set(named.tier.order.into()),
        name_de: Set(named.name.de.clone()),
        name_en: Set(named.name.en.clone()),
        rules: Set(serde_json::to_string(&json).map_err(|_| CORRUPT)?),
        benefits_de: Set(named.benefits.de.clone()),
        benefits_en: Set(named.benefits.en.clone()),
        version: Set(named.version),
    })
}

fn move_row(moved: &TierMove) -> tier_moves::ActiveModel {
    tier_moves::ActiveModel {
        id: Set(moved.id),
        member_id: Set(moved.member.into_inner()),
        from_code: Set(moved.from.as_ref().map(|code| code.as_str().to_owned())),
        to_code: Set(moved.to_code().to_owned()),
        cause: Set(moved.cause.as_str().to_owned()),
        referral_id: Set(moved.referral.map(ReferralId::into_inner)),
        scheme_id: Set(moved.scheme),
        at: Set(micros(moved.at)),
    }
}

fn restore_move(row: tier_moves::Model) -> Result<TierMove> {
    Ok(TierMove {
        id: row.id,
        member: row.member_id.into(),
        from: row.from_code.as_deref().and_then(|code| TierCode::parse(code).ok()),
        to: TierCode::parse(&row.to_code).ok(),
        cause: TierCause::parse(&row.cause).ok_or(StoreError::Corrupt("tier_moves.cause"))?,
        referral: row.referral_id.map(ReferralId::from),
        scheme: row.scheme_id,
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
    /// the day it entered the stage it stands on; one that ended counts for what it had reached.
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
        let schemes: Vec<(Uuid, i32)> = tier_schemes::Entity::find()
            .select_only()
            .columns([tier_schemes::Column::Id, tier_schemes::Column::Number])
            .filter(tier_schemes::Column::Id.is_in(rows.iter().filter_map(|row| row.scheme_id)))
            .into_tuple()
            .all(self.0)
            .await?;
        let schemes: BTreeMap<Uuid, i32> = schemes.into_iter().collect();
        rows.into_iter()
            .map(|row| {
                let company = row.referral_id.and_then(|id| companies.get(&id).cloned());
                let scheme = row.scheme_id.and_then(|id| schemes.get(&id).copied());
                Ok(PastMove { company, scheme, moved: restore_move(row)? })
            })
            .collect()
    }

    /// What decides about the tiers of these members, and whether they take part in a roll-out. By id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counted(
        &self,
        members: &[MemberId],
        year_ago: DateTime<Utc>,
        rollout: Option<Uuid>,
    ) -> Result<Vec<Counted>> {
        if members.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<_> = (3..members.len() + 3).map(|place| format!("${place}")).collect();
        let which = places.join(", ");
        let mut values = vec![micros(year_ago).into(), rollout.unwrap_or(Uuid::nil()).into()];
        values.extend(members.iter().map(|member| member.into_inner().into()));
        let sql = format!(
            "SELECT m.id, m.tier_code, CASE WHEN p.member_id IS NULL THEN 0 ELSE 1 END, \
             CAST(SUM(CASE WHEN r.reached IN ('qualified', 'won') THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN r.reached = 'won' THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN r.reached IN ('qualified', 'won') AND r.reached_at > $1 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN r.reached = 'won' AND r.reached_at > $1 THEN 1 ELSE 0 END) AS BIGINT), \
             MIN(CASE WHEN r.reached IN ('qualified', 'won') AND r.reached_at > $1 THEN r.reached_at END), \
             s.check_at, s.fall_at, s.fall_cause, k.tier_code, k.until \
             FROM members m LEFT JOIN referrals r ON r.advocate_id = m.id \
             LEFT JOIN tier_standings s ON s.member_id = m.id LEFT JOIN tier_pins k ON k.member_id = m.id \
             LEFT JOIN tier_rollout_members p ON p.rollout_id = $2 AND p.member_id = m.id AND p.put_back_at IS NULL \
             WHERE m.id IN ({which}) GROUP BY m.id, m.tier_code, p.member_id, s.check_at, s.fall_at, s.fall_cause, k.tier_code, k.until \
             ORDER BY m.id"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let found = self.0.query_all_raw(statement).await?;
        let mut all = Vec::with_capacity(found.len());
        for row in found {
            let (id, tier, takes_part): (Uuid, String, i32) = row.try_get_many_by_index()?;
            let count = |place: usize| row.try_get_by_index::<i64>(place);
            let (qualified, won, qualified_year, won_year) = (count(3)?, count(4)?, count(5)?, count(6)?);
            let moment = |place: usize| row.try_get_by_index::<Option<i64>>(place);
            let cause: Option<String> = row.try_get_by_index(10)?;
            let kept_at: Option<String> = row.try_get_by_index(11)?;
            let mut sums = ReachedSums::default();
            sums.add("won", won, won_year);
            sums.add("qualified", qualified - won, qualified_year - won_year);
            all.push(Counted {
                member: id.into(),
                tier: TierCode::parse(&tier).ok(),
                metrics: sums.metrics(),
                oldest: moment(7)?.map(from_micros),
                check_at: moment(8)?.map(from_micros),
                warning: standings::warning(moment(9)?, cause.as_deref())?,
                takes_part: takes_part == 1,
                pin: pins::pin(kept_at.as_deref(), moment(12)?)?,
            });
        }
        Ok(all)
    }

    /// The tier and the achievements of everybody at a customer, in one statement. By id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn everybody(&self, year_ago: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Achieved>> {
        // The referrals are counted by themselves, from one index, and not joined row by row.
        const SQL: &str = "SELECT m.id, m.tier_code, q.qualified, q.won, q.qualified_year, q.won_year, k.tier_code \
             FROM members m LEFT JOIN tier_pins k ON k.member_id = m.id AND k.until > $2 \
             LEFT JOIN (SELECT advocate_id, COUNT(*) AS qualified, \
             CAST(SUM(CASE WHEN reached = 'won' THEN 1 ELSE 0 END) AS BIGINT) AS won, \
             CAST(SUM(CASE WHEN reached_at > $1 THEN 1 ELSE 0 END) AS BIGINT) AS qualified_year, \
             CAST(SUM(CASE WHEN reached = 'won' AND reached_at > $1 THEN 1 ELSE 0 END) AS BIGINT) AS won_year \
             FROM referrals WHERE reached IN ('qualified', 'won') GROUP BY advocate_id) q ON q.advocate_id = m.id \
             WHERE m.account_id IS NOT NULL ORDER BY m.id";
        let found = rows(self.0, SQL, [micros(year_ago).into(), micros(now).into()]).await?;
        let mut all = Vec::with_capacity(found.len());
        for row in found {
            let (id, tier): (Uuid, String) = row.try_get_many_by_index()?;
            let count = |place: usize| row.try_get_by_index::<Option<i64>>(place);
            let mut sums = ReachedSums::default();
            if let (Some(qualified), Some(won), Some(qualified_year), Some(won_year)) =
                (count(2)?, count(3)?, count(4)?, count(5)?)
            {
                sums.add("won", won, won_year);
                sums.add("qualified", qualified - won, qualified_year - won_year);
            }
            let tier = TierCode::parse(&tier).ok();
            let kept_at: Option<String> = row.try_get_by_index(6)?;
            let kept_at = kept_at.and_then(|code| TierCode::parse(&code).ok());
            all.push(Achieved { member: id.into(), tier, metrics: sums.metrics(), kept_at });
        }
        Ok(all)
    }

    /// The names of these members, by id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn movers(&self, members: &[MemberId]) -> Result<Vec<Mover>> {
        let rows: Vec<(Uuid, String, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::Name])
            .column(accounts::Column::Name)
            .join(
                JoinType::InnerJoin,
                members::Entity::belongs_to(accounts::Entity)
                    .from(members::Column::AccountId)
                    .to(accounts::Column::Id)
                    .into(),
            )
            .filter(members::Column::Id.is_in(members.iter().map(|member| member.into_inner())))
            .order_by_asc(members::Column::Id)
            .into_tuple()
            .all(self.0)
            .await?;
        let mover = |(id, name, company): (Uuid, String, String)| Mover { member: id.into(), name, company };
        Ok(rows.into_iter().map(mover).collect())
    }
}

impl Tx {
    /// Adds the tiers that are missing, by code; what is there stays as it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_missing_tiers(&self, new: &[NamedTier]) -> Result<()> {
        let rows = new.iter().map(tier_row).collect::<Result<Vec<_>>>()?;
        tiers::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self.conn())
            .await?;
        let places = new.iter().map(|named| tier_places::ActiveModel {
            code: Set(named.tier.code.as_str().to_owned()),
            position: Set(named.tier.order.into()),
        });
        tier_places::Entity::insert_many(places)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self.conn())
            .await?;
        self.mark_catalogue();
        Ok(())
    }
}
