//! The reward ledger: transfers that are only ever added, and the balances they make.

mod obligations;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, MemberId, RewardId},
    incentives::{Amount, IncentiveKind, PayingStep, Unit},
    ledger::{Book, LedgerAccount, LedgerAccountKind, Owner, Transfer, TransferCause},
    rewards::Receiver,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Statement,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{ledger_accounts, ledger_transfers},
    from_micros, micros,
    rewards::{Categorised, case},
};

pub use obligations::{Standing, YearLine, YearReceiver};

/// Whose bookings a statement lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementOf {
    /// What the referrals of this advocate have earned.
    Advocate(MemberId),
    /// What this company has, and what organisations have in its name.
    Company(AccountId),
    /// What this person has, with their employer's release.
    Person(MemberId),
}

impl StatementOf {
    const fn column(self) -> (&'static str, Uuid) {
        match self {
            Self::Advocate(member) => ("f.advocate_id", member.into_inner()),
            Self::Company(account) => ("r.receiver_account_id", account.into_inner()),
            Self::Person(member) => ("r.receiver_member_id", member.into_inner()),
        }
    }
}

/// The room of the ledger.
#[derive(Debug)]
pub struct Ledger<'c, C>(&'c C);

impl Store {
    /// The ledger, to read.
    pub fn ledger(&self) -> Ledger<'_, impl ConnectionTrait + use<>> {
        Ledger(self.reader())
    }
}

impl Tx {
    /// The ledger, in this transaction.
    pub fn ledger(&self) -> Ledger<'_, DatabaseTransaction> {
        Ledger(self.conn())
    }
}

/// A transfer to book, and the change of a reward that causes it: one change is booked once.
#[derive(Clone, Copy, Debug)]
pub struct Posting {
    /// What is booked.
    pub transfer: Transfer,
    /// For which reward.
    pub reward: RewardId,
    /// The version that the reward reached by it.
    pub version: i32,
    /// Which step of the way.
    pub leg: i32,
}

/// What stands on the accounts of one kind in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Balance {
    /// In which unit.
    pub unit: Unit,
    /// On which kind of account.
    pub kind: LedgerAccountKind,
    /// How much; minor units for money.
    pub value: i64,
}

/// A line of a statement.
#[derive(Clone, Debug)]
pub struct StatementLine {
    /// When it was booked.
    pub at: DateTime<Utc>,
    /// The recommended company.
    pub company: String,
    /// For which part.
    pub part: PayingStep,
    /// What kind of thank-you.
    pub kind: Option<IncentiveKind>,
    /// The organisation a donation goes to.
    pub organisation: Option<String>,
    /// What happened.
    pub cause: TransferCause,
    /// From which kind of account.
    pub from: LedgerAccountKind,
    /// To which kind of account.
    pub to: LedgerAccountKind,
    /// How much.
    pub amount: Amount,
    /// What the reward is for tax and accounting.
    pub category: Option<Categorised>,
}

/// An account whose stored balance is not the sum of its transfers, or a sum that does not fit the rewards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which account, or which sum.
    pub what: String,
    /// What is stored.
    pub stored: i64,
    /// What was counted.
    pub counted: i64,
}

type Key = (&'static str, String, LedgerAccountKind, String);

fn key(account: &LedgerAccount) -> Key {
    let (kind, owner) = match account.owner {
        Owner::Program(program) => ("program", program.to_string()),
        Owner::Receiver(Receiver::Account(account)) => ("account", account.to_string()),
        Owner::Receiver(Receiver::Person(member)) => ("person", member.to_string()),
        Owner::Receiver(Receiver::Organisation { organisation, in_name_of }) => {
            ("organisation", format!("{organisation}/{in_name_of}"))
        }
    };
    (kind, owner, account.kind, account.unit.as_str().to_owned())
}

impl<C: ConnectionTrait> Ledger<'_, C> {
    /// What this advocate's rewards have left on each kind of account, counted from the transfers.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn balances_of(&self, advocate: MemberId) -> Result<Vec<Balance>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            unit: String,
            kind: String,
            value: i64,
        }
        // Each half begins with the advocate's own referrals: the ledger itself is never read through.
        let sql = "SELECT x.unit, x.kind, CAST(SUM(x.v) AS BIGINT) AS value FROM (\
             SELECT t.unit, l.kind, t.amount AS v FROM referrals f JOIN rewards r ON r.referral_id = f.id \
             JOIN ledger_transfers t ON t.reward_id = r.id JOIN ledger_accounts l ON l.id = t.to_id \
             WHERE f.advocate_id = $1 \
             UNION ALL SELECT t.unit, l.kind, -t.amount FROM referrals f JOIN rewards r ON r.referral_id = f.id \
             JOIN ledger_transfers t ON t.reward_id = r.id JOIN ledger_accounts l ON l.id = t.from_id \
             WHERE f.advocate_id = $1) x \
             WHERE x.kind <> 'budget' GROUP BY x.unit, x.kind ORDER BY x.unit, x.kind";
        let values = [advocate.into_inner().into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        let balance = |row: Row| {
            Ok(Balance {
                unit: Unit::parse(&row.unit).ok_or(StoreError::Corrupt("ledger_transfers.unit"))?,
                kind: LedgerAccountKind::parse(&row.kind)
                    .ok_or(StoreError::Corrupt("ledger_accounts.kind"))?,
                value: row.value,
            })
        };
        rows.into_iter().map(balance).collect()
    }

    /// Every transfer for somebody's rewards from `from` until before `until`, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn statement(
        &self,
        of: StatementOf,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<StatementLine>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            at: i64,
            company_name: String,
            part_key: String,
            kind: Option<String>,
            organisation: Option<String>,
            cause: String,
            from_kind: String,
            to_kind: String,
            amount: i64,
            unit: String,
            receiver_member_id: Option<Uuid>,
            recipient_kind: String,
            category: Option<String>,
        }
        let (column, id) = of.column();
        let sql = format!(
            "SELECT t.at, f.company_name, r.part_key, r.kind, o.name AS organisation, t.cause, \
             lf.kind AS from_kind, lt.kind AS to_kind, t.amount, t.unit, r.receiver_member_id, a.recipient_kind, \
             z.category FROM ledger_transfers t \
             JOIN ledger_accounts lf ON lf.id = t.from_id JOIN ledger_accounts lt ON lt.id = t.to_id \
             JOIN rewards r ON r.id = t.reward_id JOIN referrals f ON f.id = r.referral_id \
             JOIN accounts a ON a.id = f.advocate_account_id LEFT JOIN organisations o ON o.id = r.organisation_id \
             LEFT JOIN reward_categories z ON z.reward_id = r.id \
             WHERE {column} = $1 AND t.at >= $2 AND t.at < $3 \
             ORDER BY t.at, t.reward_id, t.reward_version, t.leg"
        );
        let values = [id.into(), micros(from).into(), micros(until).into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let corrupt = || StoreError::Corrupt("ledger_transfers");
        let line = |row: Row| {
            let unit = Unit::parse(&row.unit).ok_or_else(corrupt)?;
            let to_person = row.receiver_member_id.is_some();
            let case = case(row.kind.as_deref(), Some(&row.unit), to_person, &row.recipient_kind)?;
            Ok(StatementLine {
                category: Categorised::of(row.category.as_deref(), case)?,
                at: from_micros(row.at),
                company: row.company_name,
                part: PayingStep::parse(&row.part_key).ok_or_else(corrupt)?,
                kind: row.kind.as_deref().and_then(IncentiveKind::parse),
                organisation: row.organisation,
                cause: TransferCause::parse(&row.cause).ok_or_else(corrupt)?,
                from: LedgerAccountKind::parse(&row.from_kind).ok_or_else(corrupt)?,
                to: LedgerAccountKind::parse(&row.to_kind).ok_or_else(corrupt)?,
                amount: Amount::new(row.amount, unit).map_err(|_| corrupt())?,
            })
        };
        Row::find_by_statement(statement).all(self.0).await?.into_iter().map(line).collect()
    }

    /// Counts everything anew: each balance from its transfers, and the sums on the accounts from the rewards. What
    /// differs, and how many accounts and transfers were counted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recount(&self) -> Result<(Vec<Difference>, i64, i64)> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            what: String,
            stored: i64,
            counted: i64,
        }
        // In one statement, so that both sides are of the same moment although the portal goes on.
        let sql = "SELECT x.what, x.stored, x.counted FROM (\
             SELECT a.owner_kind || ' ' || a.owner_key || ' ' || a.kind || ' ' || a.unit AS what, \
             a.balance AS stored, CAST(COALESCE((SELECT SUM(t.amount) FROM ledger_transfers t \
             WHERE t.to_id = a.id), 0) - COALESCE((SELECT SUM(t.amount) FROM ledger_transfers t \
             WHERE t.from_id = a.id), 0) AS BIGINT) AS counted FROM ledger_accounts a \
             UNION ALL SELECT a.kind || ' ' || a.unit || ' of all rewards', CAST(SUM(a.balance) AS BIGINT), \
             CAST(COALESCE((SELECT SUM(r.amount) FROM rewards r WHERE r.side = 'advocate' AND r.unit = a.unit \
             AND r.state = CASE a.kind WHEN 'reserved' THEN 'clearing' WHEN 'owed' THEN 'approved' \
             ELSE 'fulfilled' END), 0) AS BIGINT) FROM ledger_accounts a \
             WHERE a.kind IN ('reserved', 'owed', 'settled') GROUP BY a.kind, a.unit \
             UNION ALL SELECT 'receivable ' || a.unit || ' of all shortfalls', CAST(SUM(a.balance) AS BIGINT), \
             CAST(COALESCE((SELECT SUM(s.rest) FROM shortfalls s WHERE s.unit = a.unit), 0) AS BIGINT) \
             FROM ledger_accounts a WHERE a.kind = 'receivable' GROUP BY a.unit \
             UNION ALL SELECT 'below zero: ' || a.owner_kind || ' ' || a.owner_key || ' ' || a.kind, a.balance, \
             CAST(0 AS BIGINT) FROM ledger_accounts a WHERE a.kind <> 'budget' AND a.balance < 0) x \
             WHERE x.stored <> x.counted";
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        let differences = rows
            .into_iter()
            .map(|row| Difference { what: row.what, stored: row.stored, counted: row.counted })
            .collect();
        let count = |sql: &'static str| async move {
            let row =
                self.0.query_one_raw(Statement::from_string(self.0.get_database_backend(), sql)).await?;
            Ok::<i64, StoreError>(match row {
                Some(row) => row.try_get_by_index(0)?,
                None => 0,
            })
        };
        let accounts = count("SELECT COUNT(*) FROM ledger_accounts").await?;
        let transfers = count("SELECT COUNT(*) FROM ledger_transfers").await?;
        Ok((differences, accounts, transfers))
    }
}

impl Ledger<'_, DatabaseTransaction> {
    /// Books transfers: all of a use case in one call, because the balance rows are locked in one fixed order.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them was booked already; [`StoreError::Corrupt`] when a balance would fall
    /// below zero, which the states of rewards rule out.
    pub async fn post(&self, ids: &mut (dyn FnMut() -> Uuid + Send), postings: &[Posting]) -> Result<()> {
        if postings.is_empty() {
            return Ok(());
        }
        let touched = postings.iter().flat_map(|posting| [posting.transfer.from(), posting.transfer.to()]);
        let accounts: BTreeMap<Key, LedgerAccount> =
            touched.map(|account| (key(&account), account)).collect();
        self.open(ids, accounts.keys()).await?;
        let mut condition = Condition::any();
        for (owner_kind, owner_key, kind, unit) in accounts.keys() {
            condition = condition.add(
                Condition::all()
                    .add(ledger_accounts::Column::OwnerKind.eq(*owner_kind))
                    .add(ledger_accounts::Column::OwnerKey.eq(owner_key))
                    .add(ledger_accounts::Column::Kind.eq(kind.as_str()))
                    .add(ledger_accounts::Column::Unit.eq(unit)),
            );
        }
        let rows = ledger_accounts::Entity::find()
            .filter(condition)
            .order_by_asc(ledger_accounts::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .all(self.0)
            .await?;
        let corrupt = || StoreError::Corrupt("ledger_accounts.balance");
        let mut balances = BTreeMap::new();
        let mut rows_of = BTreeMap::new();
        for account in accounts.values() {
            let (owner_kind, owner_key, kind, unit) = key(account);
            let row = rows.iter().find(|row| {
                row.owner_kind == owner_kind
                    && row.owner_key == owner_key
                    && row.kind == kind.as_str()
                    && row.unit == unit
            });
            let row = row.ok_or_else(corrupt)?;
            balances.insert(*account, row.balance);
            rows_of.insert(*account, (row.id, row.balance));
        }
        let mut book = Book::restore(balances);
        let mut new = Vec::with_capacity(postings.len());
        for posting in postings {
            let transfer = &posting.transfer;
            book.post(transfer).map_err(|_| corrupt())?;
            let id_of = |account| rows_of.get(&account).map(|(id, _)| *id).ok_or_else(corrupt);
            new.push(ledger_transfers::ActiveModel {
                id: Set(ids()),
                from_id: Set(id_of(transfer.from())?),
                to_id: Set(id_of(transfer.to())?),
                amount: Set(transfer.amount().value()),
                unit: Set(transfer.amount().unit().as_str().to_owned()),
                cause: Set(transfer.cause().as_str().to_owned()),
                reward_id: Set(posting.reward.into_inner()),
                reward_version: Set(posting.version),
                leg: Set(posting.leg),
                at: Set(micros(transfer.at())),
            });
        }
        ledger_transfers::Entity::insert_many(new).exec_without_returning(self.0).await?;
        for (account, (id, before)) in rows_of {
            let after = book.balance(&account);
            if after != before {
                ledger_accounts::Entity::update_many()
                    .col_expr(ledger_accounts::Column::Balance, Expr::value(after))
                    .filter(ledger_accounts::Column::Id.eq(id))
                    .exec(self.0)
                    .await?;
            }
        }
        Ok(())
    }

    /// Opens the accounts that are missing, in the order of their keys: two transactions that open the same ones wait
    /// for each other at the first, and never cross.
    async fn open(
        &self,
        ids: &mut (dyn FnMut() -> Uuid + Send),
        keys: impl Iterator<Item = &Key> + Send,
    ) -> Result<()> {
        let rows: Vec<_> = keys
            .cloned()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|(owner_kind, owner_key, kind, unit)| ledger_accounts::ActiveModel {
                id: Set(ids()),
                owner_kind: Set(owner_kind.to_owned()),
                owner_key: Set(owner_key),
                kind: Set(kind.as_str().to_owned()),
                unit: Set(unit),
                balance: Set(0),
            })
            .collect();
        ledger_accounts::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([
                    ledger_accounts::Column::OwnerKind,
                    ledger_accounts::Column::OwnerKey,
                    ledger_accounts::Column::Kind,
                    ledger_accounts::Column::Unit,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }
}
