//! Deals that were won, and what billing has told of them since.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ids::{AccountId, MemberId, ReferralId},
    incentives::{Amount, PayingStep},
    referrals::Step,
    rewards::{ConversionEffect, ConversionKind},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, Statement, Value, sea_query::LockType,
};
use uuid::Uuid;

use super::{
    Rewards, StoredReward,
    rows::{amount, corrupt},
};
use crate::{
    Result, StoreError,
    entity::{conversions, members},
    from_micros, micros,
};

/// Most deals of one list.
const MOST_DEALS: u32 = 5_000;
/// How many of the latest conversions a page shows.
const LATEST: u32 = 50;

/// A referral as billing knows it: by the deal that it has won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WonDeal {
    /// Which referral.
    pub referral: ReferralId,
    /// The new customer.
    pub company: String,
    /// Who recommended.
    pub advocate: MemberId,
    /// Their company.
    pub account: AccountId,
    /// When it was won; `None` where it is not, or no longer.
    pub won_at: Option<DateTime<Utc>>,
    /// How large it is.
    pub deal: Option<Amount>,
    /// How much of it billing has given back so far, in its currency.
    pub given_back: i64,
}

/// Everything that decides about some events of billing's.
#[derive(Clone, Debug)]
pub struct Dealings {
    /// The deals that they name.
    pub deals: Vec<WonDeal>,
    /// What winning them has earned.
    pub rewards: Vec<StoredReward>,
    /// What of the events is known already.
    pub known: Vec<StoredConversion>,
}

/// What billing tells of a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConversion {
    /// Billing's own number of the event.
    pub event: String,
    /// Of which deal.
    pub referral: ReferralId,
    /// What became of it.
    pub kind: ConversionKind,
    /// On which day.
    pub on: NaiveDate,
    /// How much, where it is about money.
    pub amount: Option<Amount>,
}

/// What billing has told, and what it did.
#[derive(Clone, Debug)]
pub struct StoredConversion {
    /// What was told.
    pub told: NewConversion,
    /// The new customer.
    pub company: String,
    /// What it did.
    pub effect: ConversionEffect,
    /// When it was taken.
    pub at: DateTime<Utc>,
}

#[derive(Debug, FromQueryResult)]
struct DealRow {
    id: Uuid,
    company_name: String,
    advocate_id: Uuid,
    advocate_account_id: Uuid,
    stage: String,
    stage_since_at: i64,
    deal_amount: Option<i64>,
    deal_currency: Option<String>,
    given_back: i64,
}

#[derive(Debug, FromQueryResult)]
struct ConversionRow {
    event_key: String,
    referral_id: Uuid,
    company_name: String,
    kind: String,
    on_day: String,
    amount: Option<i64>,
    unit: Option<String>,
    effect: String,
    recorded_at: i64,
}

fn stored(row: ConversionRow) -> Result<StoredConversion> {
    let told = NewConversion {
        event: row.event_key,
        referral: row.referral_id.into(),
        kind: corrupt(ConversionKind::parse(&row.kind), "conversions.kind")?,
        on: row.on_day.parse().map_err(|_| StoreError::Corrupt("conversions.on_day"))?,
        amount: amount(row.amount, row.unit.as_deref())?,
    };
    Ok(StoredConversion {
        told,
        company: row.company_name,
        effect: corrupt(ConversionEffect::parse(&row.effect), "conversions.effect")?,
        at: from_micros(row.recorded_at),
    })
}

fn places(count: usize) -> String {
    (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// These referrals with their deals; those that are unknown are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deals(&self, referrals: &[ReferralId]) -> Result<Vec<WonDeal>> {
        let mut found = Vec::new();
        // A statement holds a limited number of values.
        for some in referrals.chunks(500) {
            let values = some.iter().map(|id| id.into_inner().into()).collect();
            found.extend(self.deals_where(&format!("f.id IN ({})", places(some.len())), values).await?);
        }
        Ok(found)
    }

    /// The deals that were won, the latest first, as many as a file is filled in with.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn won_deals(&self) -> Result<Vec<WonDeal>> {
        let won = format!("f.stage = $1 ORDER BY f.stage_since_at DESC, f.id LIMIT {MOST_DEALS}");
        self.deals_where(&won, vec![Step::Won.as_str().into()]).await
    }

    async fn deals_where(&self, which: &str, values: Vec<Value>) -> Result<Vec<WonDeal>> {
        let sql = format!(
            "SELECT f.id, f.company_name, f.advocate_id, f.advocate_account_id, f.stage, f.stage_since_at, \
             f.deal_amount, f.deal_currency, (SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) \
             FROM conversions x WHERE x.referral_id = f.id AND x.kind IN ('refund', 'reduced')) AS given_back \
             FROM referrals f WHERE {which}"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = DealRow::find_by_statement(statement).all(self.0).await?;
        let deal = |row: DealRow| {
            let won = row.stage == Step::Won.as_str();
            Ok(WonDeal {
                referral: row.id.into(),
                company: row.company_name,
                advocate: row.advocate_id.into(),
                account: row.advocate_account_id.into(),
                won_at: won.then(|| from_micros(row.stage_since_at)),
                deal: amount(row.deal_amount, row.deal_currency.as_deref())?,
                given_back: row.given_back,
            })
        };
        rows.into_iter().map(deal).collect()
    }

    /// Everything that decides about these events of billing's.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn dealings(&self, events: &[&NewConversion]) -> Result<Dealings> {
        let referrals: Vec<_> = events.iter().map(|told| told.referral).collect();
        let names: Vec<_> = events.iter().map(|told| told.event.as_str()).collect();
        let mut rewards = self.of_referrals(&referrals).await?;
        rewards.retain(|stored| stored.reward.facts().key.part == PayingStep::Won);
        Ok(Dealings { deals: self.deals(&referrals).await?, rewards, known: self.conversions(&names).await? })
    }

    async fn conversions(&self, events: &[&str]) -> Result<Vec<StoredConversion>> {
        let mut found = Vec::new();
        for some in events.chunks(500) {
            let values = some.iter().map(|event| (*event).into()).collect();
            let which = format!("WHERE x.event_key IN ({})", places(some.len()));
            found.extend(self.conversions_where(&which, values).await?);
        }
        Ok(found)
    }

    /// What billing has told last.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn latest_conversions(&self) -> Result<Vec<StoredConversion>> {
        let latest = format!("ORDER BY x.recorded_at DESC, x.id DESC LIMIT {LATEST}");
        self.conversions_where(&latest, Vec::new()).await
    }

    async fn conversions_where(&self, which: &str, values: Vec<Value>) -> Result<Vec<StoredConversion>> {
        let sql = format!(
            "SELECT x.event_key, x.referral_id, f.company_name, x.kind, x.on_day, x.amount, x.unit, x.effect, \
             x.recorded_at FROM conversions x JOIN referrals f ON f.id = x.referral_id {which}"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        ConversionRow::find_by_statement(statement).all(self.0).await?.into_iter().map(stored).collect()
    }
}

impl Rewards<'_, DatabaseTransaction> {
    /// Lets one transaction at a time change what any of these advocates has earned, in one fixed order.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock_advocates(&self, advocates: &[MemberId]) -> Result<()> {
        members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::Id.is_in(advocates.iter().map(|id| id.into_inner())))
            .order_by_asc(members::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .all(self.0)
            .await?;
        Ok(())
    }

    /// Keeps what billing has told, and what it did.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the event is known already.
    pub async fn insert_conversion(
        &self,
        id: Uuid,
        told: &NewConversion,
        effect: ConversionEffect,
        by: Option<MemberId>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let row = conversions::ActiveModel {
            id: Set(id),
            event_key: Set(told.event.clone()),
            referral_id: Set(told.referral.into_inner()),
            kind: Set(told.kind.as_str().to_owned()),
            on_day: Set(told.on.to_string()),
            amount: Set(told.amount.map(Amount::value)),
            unit: Set(told.amount.map(|amount| amount.unit().to_string())),
            effect: Set(effect.as_str().to_owned()),
            recorded_by_id: Set(by.map(MemberId::into_inner)),
            recorded_at: Set(micros(at)),
        };
        conversions::Entity::insert(row).exec_without_returning(self.0).await?;
        Ok(())
    }
}
