//! Cases: who is suspected, what weighs how much, and who decided what.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    fraud::{CaseState, CaseVerdict, FraudCase, FraudReason},
    ids::{AccountId, CaseId, MemberId},
    members::{Actor, Approving},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult,
    QueryFilter, QuerySelect, Statement, Value, sea_query::Expr,
};
use uuid::Uuid;

use super::{Fraud, findings::CORRUPT};
use crate::{
    Result, StoreError, entity::fraud_cases, from_micros, micros, people::read_cursor, rewards::PAGE,
};

/// A case with what is stored beside the rule's facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCase {
    /// What the rule knows of it.
    pub case: FraudCase,
    /// The name of whom it is about.
    pub advocate_name: String,
    /// That of their company.
    pub account_name: String,
    /// When the first thing weighed enough.
    pub opened_at: DateTime<Utc>,
    /// Who decided; `None` while it is open.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why, in their words.
    pub reason: Option<String>,
    /// Counts what joined it and its decision, for optimistic edits.
    pub version: i32,
}

/// A reason of a case: how often it was met, and the heaviest weight it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Which.
    pub reason: FraudReason,
    /// The heaviest weight.
    pub weight: u16,
    /// About how many referrals.
    pub referrals: i64,
}

/// A case as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLine {
    /// The case.
    pub case: StoredCase,
    /// What it is about.
    pub reasons: Vec<Weighed>,
}

impl CaseLine {
    /// Where a list goes on behind this line: an open case stands where it was opened, another where it was decided.
    pub fn cursor(&self) -> String {
        let at = self.case.decided_at.unwrap_or(self.case.opened_at);
        format!("{}~{}", self.case.case.id, micros(at))
    }
}

const CASE: StoreError = StoreError::Corrupt("fraud_cases");

const SELECT: &str = "SELECT c.id, c.advocate_id, c.account_id, c.state, c.opened_at, c.decided_at, c.reason, c.version, \
    m.name AS advocate_name, a.name AS account_name, d.name AS decided_by FROM fraud_cases c \
    JOIN members m ON m.id = c.advocate_id JOIN accounts a ON a.id = c.account_id \
    LEFT JOIN members d ON d.id = c.decided_by_id ";

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    advocate_id: Uuid,
    account_id: Uuid,
    state: String,
    opened_at: i64,
    decided_at: Option<i64>,
    reason: Option<String>,
    version: i32,
    advocate_name: String,
    account_name: String,
    decided_by: Option<String>,
}

fn restore(row: Row) -> Result<StoredCase> {
    Ok(StoredCase {
        case: FraudCase {
            id: row.id.into(),
            advocate: row.advocate_id.into(),
            account: row.account_id.into(),
            state: CaseState::parse(&row.state).ok_or(CASE)?,
        },
        advocate_name: row.advocate_name,
        account_name: row.account_name,
        opened_at: from_micros(row.opened_at),
        decided_by: row.decided_by,
        decided_at: row.decided_at.map(from_micros),
        reason: row.reason,
        version: row.version,
    })
}

impl<C: ConnectionTrait> Fraud<'_, C> {
    /// The case with this id.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn case(&self, id: CaseId) -> Result<Option<StoredCase>> {
        Ok(self.cases("WHERE c.id = $1", vec![id.into_inner().into()], 1).await?.pop())
    }

    /// The open case about a person.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_case(&self, advocate: MemberId) -> Result<Option<CaseId>> {
        let id: Option<Uuid> = fraud_cases::Entity::find()
            .select_only()
            .column(fraud_cases::Column::Id)
            .filter(fraud_cases::Column::AdvocateId.eq(advocate.into_inner()))
            .filter(fraud_cases::Column::State.eq(CaseState::Open.as_str()))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(id.map(CaseId::from))
    }

    /// The open cases, the oldest first, or the decided ones, the latest first; one more than a page. Cases about whoever
    /// looks, or about their company, are none for them.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn case_lines(
        &self,
        looking: &Actor,
        open: bool,
        after: Option<&str>,
    ) -> Result<Vec<CaseLine>> {
        let account = looking.account.map_or_else(Uuid::nil, AccountId::into_inner);
        let after = after.and_then(read_cursor).and_then(|(id, at)| Some((id, at.parse::<i64>().ok()?)));
        let first = if open { (Uuid::nil(), i64::MIN) } else { (Uuid::max(), i64::MAX) };
        let (id, at) = after.unwrap_or(first);
        let rest = if open {
            "WHERE c.state = 'open' AND c.advocate_id <> $1 AND c.account_id <> $2 \
             AND (c.opened_at > $3 OR (c.opened_at = $3 AND c.id > $4)) ORDER BY c.opened_at, c.id"
        } else {
            "WHERE c.decided_at IS NOT NULL AND c.advocate_id <> $1 AND c.account_id <> $2 \
             AND (c.decided_at < $3 OR (c.decided_at = $3 AND c.id < $4)) ORDER BY c.decided_at DESC, c.id DESC"
        };
        let values = vec![looking.member.into_inner().into(), account.into(), at.into(), id.into()];
        let cases = self.cases(rest, values, PAGE + 1).await?;
        let ids: Vec<CaseId> = cases.iter().map(|case| case.case.id).collect();
        let mut reasons = self.weighed(&ids).await?;
        let line =
            |case: StoredCase| CaseLine { reasons: reasons.remove(&case.case.id).unwrap_or_default(), case };
        Ok(cases.into_iter().map(line).collect())
    }

    /// The reasons of these cases, each in the order of the checks.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn weighed(&self, cases: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<Weighed>>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            case_id: Uuid,
            reason: String,
            weight: i32,
            referrals: i64,
        }
        let mut weighed: BTreeMap<CaseId, Vec<Weighed>> = BTreeMap::new();
        if cases.is_empty() {
            return Ok(weighed);
        }
        let places: Vec<_> = (1..=cases.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT case_id, reason, MAX(weight) AS weight, COUNT(*) AS referrals FROM fraud_findings \
             WHERE case_id IN ({}) GROUP BY case_id, reason",
            places.join(", ")
        );
        let values: Vec<Value> = cases.iter().map(|id| id.into_inner().into()).collect();
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        for row in Row::find_by_statement(statement).all(self.0).await? {
            weighed.entry(row.case_id.into()).or_default().push(Weighed {
                reason: FraudReason::parse(&row.reason).ok_or(CORRUPT)?,
                weight: u16::try_from(row.weight).map_err(|_| CORRUPT)?,
                referrals: row.referrals,
            });
        }
        for reasons in weighed.values_mut() {
            reasons.sort_by_key(|weighed| weighed.reason);
        }
        Ok(weighed)
    }

    async fn cases(&self, rest: &str, values: Vec<Value>, most: usize) -> Result<Vec<StoredCase>> {
        let sql = format!("{SELECT}{rest} LIMIT {most}");
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        Row::find_by_statement(statement).all(self.0).await?.into_iter().map(restore).collect()
    }
}

impl Fraud<'_, DatabaseTransaction> {
    /// Opens a case.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one is open about this person.
    pub async fn insert_case(&self, case: &FraudCase, at: DateTime<Utc>) -> Result<()> {
        fraud_cases::Entity::insert(fraud_cases::ActiveModel {
            id: Set(case.id.into_inner()),
            advocate_id: Set(case.advocate.into_inner()),
            account_id: Set(case.account.into_inner()),
            state: Set(case.state.as_str().to_owned()),
            opened_at: Set(micros(at)),
            decided_by_id: Set(None),
            decided_at: Set(None),
            reason: Set(None),
            version: Set(0),
        })
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }

    /// Stores what was decided, if nothing has happened to the case since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when something has.
    pub async fn decide(
        &self,
        by: &Approving,
        (id, version): (CaseId, i32),
        verdict: CaseVerdict,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let done = fraud_cases::Entity::update_many()
            .col_expr(fraud_cases::Column::State, Expr::value(verdict.state().as_str()))
            .col_expr(fraud_cases::Column::DecidedById, Expr::value(by.member().into_inner()))
            .col_expr(fraud_cases::Column::DecidedAt, Expr::value(micros(at)))
            .col_expr(fraud_cases::Column::Reason, Expr::value(reason))
            .col_expr(fraud_cases::Column::Version, Expr::value(version + 1))
            .filter(fraud_cases::Column::Id.eq(id.into_inner()))
            .filter(fraud_cases::Column::Version.eq(version))
            .filter(fraud_cases::Column::State.eq(CaseState::Open.as_str()))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }
}
