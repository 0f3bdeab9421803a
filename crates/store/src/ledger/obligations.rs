//! What stood on the accounts at a day, and what a year has moved. Both are counted from the transfers alone, which are never
//! changed, so a day in the past says what was true then.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, MemberId},
    incentives::{PayingStep, Unit},
    ledger::LedgerAccountKind,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::Ledger;
use crate::{
    Result, StoreError, micros,
    rewards::{Categorised, case},
};

/// What stands on the accounts of one kind, of one category and stage, in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// In which unit.
    pub unit: Unit,
    /// What the rewards are for tax and accounting, as finance says today.
    pub category: Option<Categorised>,
    /// By which stage they were earned.
    pub part: PayingStep,
    /// On which kind of account.
    pub account: LedgerAccountKind,
    /// How much; minor units for money.
    pub value: i64,
}

/// Who receives, in a year-end statement. What an organisation has is its giver's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearReceiver {
    /// A company.
    Company(AccountId),
    /// A person, with their employer's release.
    Person(MemberId),
}

/// What a year has moved for a receiver, of one category in one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearLine {
    /// Whose.
    pub receiver: YearReceiver,
    /// Their name; a person's with that of their company.
    pub name: String,
    /// In which unit.
    pub unit: Unit,
    /// What it is for tax and accounting, as finance says today.
    pub category: Option<Categorised>,
    /// What was reserved or owed before the first day.
    pub open_before: i64,
    /// What was delivered in the year.
    pub delivered: i64,
    /// What was taken back in the year after its delivery.
    pub taken_back: i64,
    /// What is reserved or owed after the last day.
    pub open_after: i64,
    /// What is to be returned after the last day.
    pub to_return: i64,
}

/// Both sides of each transfer before a moment, as what comes to an account and what leaves it.
fn sides(until: &str) -> String {
    format!(
        "(SELECT t.at, t.unit, l.kind AS account, t.amount AS v, t.reward_id FROM ledger_transfers t \
         JOIN ledger_accounts l ON l.id = t.to_id WHERE t.at < {until} AND l.kind <> 'budget' \
         UNION ALL SELECT t.at, t.unit, l.kind, -t.amount, t.reward_id FROM ledger_transfers t \
         JOIN ledger_accounts l ON l.id = t.from_id WHERE t.at < {until} AND l.kind <> 'budget')"
    )
}

/// What decides about a reward's category.
const CASE: &str = "r.kind, CAST(CASE WHEN r.receiver_member_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS to_person, \
    c.recipient_kind, z.category";
/// The rows that it is read from.
const FROM_CASE: &str = "JOIN rewards r ON r.id = x.reward_id JOIN referrals f ON f.id = r.referral_id \
    JOIN accounts c ON c.id = f.advocate_account_id LEFT JOIN reward_categories z ON z.reward_id = r.id";
/// The columns of [`CASE`], to group by.
const BY_CASE: &str =
    "r.kind, CASE WHEN r.receiver_member_id IS NULL THEN 0 ELSE 1 END, c.recipient_kind, z.category";

fn corrupt() -> StoreError {
    StoreError::Corrupt("ledger_transfers")
}

impl<C: ConnectionTrait> Ledger<'_, C> {
    /// What stood on the accounts before this moment; accounts on which nothing did are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn standing(&self, until: DateTime<Utc>) -> Result<Vec<Standing>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            unit: String,
            account: String,
            part_key: String,
            kind: Option<String>,
            to_person: i64,
            recipient_kind: String,
            category: Option<String>,
            value: i64,
        }
        let sql = format!(
            "SELECT x.unit, x.account, r.part_key, {CASE}, CAST(SUM(x.v) AS BIGINT) AS value FROM {} x {FROM_CASE} \
             GROUP BY x.unit, x.account, r.part_key, {BY_CASE} HAVING SUM(x.v) <> 0",
            sides("$1")
        );
        let statement =
            Statement::from_sql_and_values(self.0.get_database_backend(), sql, [micros(until).into()]);
        // Several cases may have the same category.
        let mut sums: BTreeMap<(Unit, Option<Categorised>, PayingStep, LedgerAccountKind), i64> =
            BTreeMap::new();
        for row in Row::find_by_statement(statement).all(self.0).await? {
            let to_person = row.to_person == 1;
            let case = case(row.kind.as_deref(), Some(&row.unit), to_person, &row.recipient_kind)?;
            let key = (
                Unit::parse(&row.unit).ok_or_else(corrupt)?,
                Categorised::of(row.category.as_deref(), case)?,
                PayingStep::parse(&row.part_key).ok_or_else(corrupt)?,
                LedgerAccountKind::parse(&row.account).ok_or_else(corrupt)?,
            );
            *sums.entry(key).or_default() += row.value;
        }
        let standing =
            |((unit, category, part, account), value)| Standing { unit, category, part, account, value };
        Ok(sums.into_iter().map(standing).collect())
    }

    /// What the time from `from` until before `until` has moved, by receiver, category and unit, in the order of names. Of one
    /// receiver, where one is named.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn moved_in(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        of: Option<YearReceiver>,
    ) -> Result<Vec<YearLine>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            receiver_account_id: Option<Uuid>,
            receiver_member_id: Option<Uuid>,
            account_name: Option<String>,
            person_name: Option<String>,
            company_name: String,
            unit: String,
            account: String,
            kind: Option<String>,
            to_person: i64,
            recipient_kind: String,
            category: Option<String>,
            opening: i64,
            closing: i64,
            came: i64,
            went: i64,
        }
        let mut values = vec![micros(from).into(), micros(until).into()];
        let whose = match of {
            None => "",
            Some(YearReceiver::Company(account)) => {
                values.push(account.into_inner().into());
                "WHERE r.receiver_account_id = $3"
            }
            Some(YearReceiver::Person(member)) => {
                values.push(member.into_inner().into());
                "WHERE r.receiver_member_id = $3"
            }
        };
        let sql = format!(
            "SELECT r.receiver_account_id, r.receiver_member_id, ra.name AS account_name, rm.name AS person_name, \
             c.name AS company_name, x.unit, x.account, {CASE}, \
             CAST(SUM(CASE WHEN x.at < $1 THEN x.v ELSE 0 END) AS BIGINT) AS opening, \
             CAST(SUM(x.v) AS BIGINT) AS closing, \
             CAST(SUM(CASE WHEN x.at >= $1 AND x.v > 0 THEN x.v ELSE 0 END) AS BIGINT) AS came, \
             CAST(SUM(CASE WHEN x.at >= $1 AND x.v < 0 THEN -x.v ELSE 0 END) AS BIGINT) AS went \
             FROM {} x {FROM_CASE} LEFT JOIN accounts ra ON ra.id = r.receiver_account_id \
             LEFT JOIN members rm ON rm.id = r.receiver_member_id {whose} \
             GROUP BY r.receiver_account_id, r.receiver_member_id, ra.name, rm.name, c.name, x.unit, x.account, {BY_CASE}",
            sides("$2")
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let mut lines: BTreeMap<(String, YearReceiver, Unit, Option<Categorised>), YearLine> =
            BTreeMap::new();
        for row in Row::find_by_statement(statement).all(self.0).await? {
            let (receiver, name) = match (row.receiver_account_id, row.receiver_member_id) {
                (Some(account), _) => {
                    (YearReceiver::Company(account.into()), row.account_name.unwrap_or_default())
                }
                (None, Some(member)) => {
                    let person = row.person_name.unwrap_or_default();
                    (YearReceiver::Person(member.into()), format!("{person}, {}", row.company_name))
                }
                // Nothing is promised any more, and nothing was left on the accounts.
                (None, None) => continue,
            };
            let unit = Unit::parse(&row.unit).ok_or_else(corrupt)?;
            let to_person = row.to_person == 1;
            let case = case(row.kind.as_deref(), Some(&row.unit), to_person, &row.recipient_kind)?;
            let category = Categorised::of(row.category.as_deref(), case)?;
            let line = lines.entry((name.clone(), receiver, unit, category)).or_insert_with(|| YearLine {
                receiver,
                name,
                unit,
                category,
                open_before: 0,
                delivered: 0,
                taken_back: 0,
                open_after: 0,
                to_return: 0,
            });
            match LedgerAccountKind::parse(&row.account).ok_or_else(corrupt)? {
                LedgerAccountKind::Reserved | LedgerAccountKind::Owed => {
                    line.open_before += row.opening;
                    line.open_after += row.closing;
                }
                LedgerAccountKind::Settled => {
                    line.delivered += row.came;
                    line.taken_back += row.went;
                }
                LedgerAccountKind::Receivable => line.to_return += row.closing,
                LedgerAccountKind::Waived | LedgerAccountKind::Budget => {}
            }
        }
        let nothing = |line: &YearLine| {
            [line.open_before, line.delivered, line.taken_back, line.open_after, line.to_return] == [0; 5]
        };
        Ok(lines.into_values().filter(|line| !nothing(line)).collect())
    }
}
