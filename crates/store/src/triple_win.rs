//! Win entries, and the sums that pages show of them.

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ReferralId, WinEntryId},
    incentives::{Amount, Unit},
    referrals::Party,
    triple_win::{Visibility, WinCause, WinEntry, WinKind},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    Statement, Value,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{Result, Store, StoreError, Tx, entity::win_entries, from_micros, micros};

/// The room of the triple win.
#[derive(Debug)]
pub struct TripleWin<'c, C>(&'c C);

impl Store {
    /// Win entries, to read.
    pub fn triple_win(&self) -> TripleWin<'_, impl ConnectionTrait + use<>> {
        TripleWin(self.reader())
    }
}

impl Tx {
    /// Win entries, in this transaction.
    pub fn triple_win(&self) -> TripleWin<'_, DatabaseTransaction> {
        TripleWin(self.conn())
    }
}

/// An entry as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptEntry {
    /// Who gave what to whom, and why.
    pub entry: WinEntry,
    /// When.
    pub at: DateTime<Utc>,
}

/// How many entries of one sort fell into one span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WinCount {
    /// The span's place in the list that was asked for; before all of them it is `None`.
    pub span: Option<usize>,
    /// The evidence.
    pub cause: WinCause,
    /// Who gave.
    pub giver: Party,
    /// Who received.
    pub receiver: Party,
    /// What was given.
    pub kind: WinKind,
    /// How many.
    pub count: i64,
}

impl WinCount {
    /// As it is kept for one advocate, over all time.
    pub(crate) fn restore(cause: &str, giver: &str, receiver: &str, kind: &str, count: i64) -> Result<Self> {
        Ok(Self {
            span: None,
            cause: WinCause::parse(cause).ok_or(CORRUPT)?,
            giver: Party::parse(giver).ok_or(CORRUPT)?,
            receiver: Party::parse(receiver).ok_or(CORRUPT)?,
            kind: WinKind::parse(kind).ok_or(CORRUPT)?,
            count,
        })
    }
}

/// A sum of amounts, and over how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WinSum {
    /// The evidence.
    pub cause: WinCause,
    /// What was given.
    pub kind: WinKind,
    /// The sum.
    pub sum: Amount,
    /// Of how many amounts.
    pub among: u32,
    /// For how many advocates' companies.
    pub accounts: u32,
}

/// Whose referrals are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// All of them.
    All,
    /// One advocate's.
    Of(MemberId),
}

const CORRUPT: StoreError = StoreError::Corrupt("win_entries");

fn entry(row: win_entries::Model) -> Result<KeptEntry> {
    let cause = WinCause::parse(&row.cause).ok_or(CORRUPT)?;
    let kind = WinKind::parse(&row.kind).ok_or(CORRUPT)?;
    let amount = match (row.amount, row.unit.as_deref()) {
        (Some(value), Some(unit)) => {
            Some(Amount::new(value, Unit::parse(unit).ok_or(CORRUPT)?).map_err(|_| CORRUPT)?)
        }
        _ => None,
    };
    let entry = WinEntry {
        giver: Party::parse(&row.giver).ok_or(CORRUPT)?,
        receiver: Party::parse(&row.receiver).ok_or(CORRUPT)?,
        kind,
        amount,
        cause,
        visibility: Visibility::for_entry(cause, kind),
    };
    Ok(KeptEntry { entry, at: from_micros(row.at) })
}

impl<C: ConnectionTrait> TripleWin<'_, C> {
    /// The entries of one referral, oldest first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn of_referral(&self, referral: ReferralId) -> Result<Vec<KeptEntry>> {
        win_entries::Entity::find()
            .filter(win_entries::Column::ReferralId.eq(referral.into_inner()))
            .order_by_asc(win_entries::Column::At)
            .order_by_asc(win_entries::Column::Id)
            .all(self.0)
            .await?
            .into_iter()
            .map(entry)
            .collect()
    }

    /// The first entry of all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first(&self) -> Result<Option<DateTime<Utc>>> {
        let row = win_entries::Entity::find().order_by_asc(win_entries::Column::At).one(self.0).await?;
        Ok(row.map(|row| from_micros(row.at)))
    }

    /// Counts by spans of time, each beginning at one of `starts` (ascending) and ending at the next, in one query.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counts(&self, whose: Whose, starts: &[DateTime<Utc>]) -> Result<Vec<WinCount>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            span: i64,
            cause: String,
            giver: String,
            receiver: String,
            kind: String,
            n: i64,
        }
        // The numbers are ours, never typed by anybody.
        let mut case = String::from("CASE");
        for (span, start) in starts.iter().enumerate().rev() {
            case.push_str(&format!(" WHEN w.at >= {} THEN {span}", micros(*start)));
        }
        case.push_str(if starts.is_empty() { " WHEN 1 = 1 THEN -1 END" } else { " ELSE -1 END" });
        let (filter, values) = filter(whose);
        let sql = format!(
            "SELECT CAST(x.span AS BIGINT) AS span, x.cause, x.giver, x.receiver, x.kind, COUNT(*) AS n FROM \
             (SELECT {case} AS span, w.cause, w.giver, w.receiver, w.kind FROM win_entries w {filter}) x \
             GROUP BY x.span, x.cause, x.giver, x.receiver, x.kind"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        let count = |row: Row| {
            Ok(WinCount {
                span: usize::try_from(row.span).ok(),
                cause: WinCause::parse(&row.cause).ok_or(CORRUPT)?,
                giver: Party::parse(&row.giver).ok_or(CORRUPT)?,
                receiver: Party::parse(&row.receiver).ok_or(CORRUPT)?,
                kind: WinKind::parse(&row.kind).ok_or(CORRUPT)?,
                count: row.n,
            })
        };
        rows.into_iter().map(count).collect()
    }

    /// Sums of all counted amounts that are older than `until`, by cause, kind and unit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sums(&self, whose: Whose, until: DateTime<Utc>) -> Result<Vec<WinSum>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            cause: String,
            kind: String,
            unit: String,
            total: i64,
            n: i64,
            accounts: i64,
        }
        let (filter, mut values) = filter(whose);
        let place = values.len() + 1;
        let joined = if filter.is_empty() {
            "JOIN referrals f ON f.id = w.referral_id WHERE".to_owned()
        } else {
            format!("{filter} AND")
        };
        values.push(micros(until).into());
        let sql = format!(
            "SELECT w.cause, w.kind, w.unit, CAST(SUM(w.amount) AS BIGINT) AS total, COUNT(*) AS n, \
             COUNT(DISTINCT f.advocate_account_id) AS accounts FROM win_entries w {joined} \
             w.amount IS NOT NULL AND w.unit IS NOT NULL AND w.at <= ${place} \
             GROUP BY w.cause, w.kind, w.unit ORDER BY w.cause, w.kind, w.unit"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        let sum = |row: Row| {
            let unit = Unit::parse(&row.unit).ok_or(CORRUPT)?;
            Ok(WinSum {
                cause: WinCause::parse(&row.cause).ok_or(CORRUPT)?,
                kind: WinKind::parse(&row.kind).ok_or(CORRUPT)?,
                sum: Amount::new(row.total, unit).map_err(|_| CORRUPT)?,
                among: u32::try_from(row.n).unwrap_or(u32::MAX),
                accounts: u32::try_from(row.accounts).unwrap_or(u32::MAX),
            })
        };
        rows.into_iter().map(sum).collect()
    }
}

fn filter(whose: Whose) -> (&'static str, Vec<Value>) {
    match whose {
        Whose::All => ("", Vec::new()),
        Whose::Of(member) => (
            "JOIN referrals f ON f.id = w.referral_id WHERE f.advocate_id = $1",
            vec![member.into_inner().into()],
        ),
    }
}

impl TripleWin<'_, DatabaseTransaction> {
    /// Adds an entry. `evidence` is the id of what caused it, or empty where the referral itself did; a second entry
    /// with the same evidence is the same entry, and only learns an amount that was not known before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add(
        &self,
        id: WinEntryId,
        referral: ReferralId,
        evidence: &str,
        entry: &WinEntry,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let unit = entry.amount.map(|amount| amount.unit().as_str().to_owned());
        let added = win_entries::Entity::insert(win_entries::ActiveModel {
            id: Set(Uuid::from(id)),
            referral_id: Set(referral.into_inner()),
            giver: Set(entry.giver.as_str().to_owned()),
            receiver: Set(entry.receiver.as_str().to_owned()),
            kind: Set(entry.kind.as_str().to_owned()),
            amount: Set(entry.amount.map(Amount::value)),
            unit: Set(unit.clone()),
            cause: Set(entry.cause.as_str().to_owned()),
            cause_key: Set(evidence.to_owned()),
            at: Set(micros(at)),
        })
        .on_conflict(
            OnConflict::columns([
                win_entries::Column::ReferralId,
                win_entries::Column::Cause,
                win_entries::Column::CauseKey,
                win_entries::Column::Giver,
                win_entries::Column::Receiver,
                win_entries::Column::Kind,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        if added == 1 {
            self.tally_up(referral, entry).await?;
        } else if let Some(amount) = entry.amount {
            win_entries::Entity::update_many()
                .col_expr(win_entries::Column::Amount, Expr::value(amount.value()))
                .col_expr(win_entries::Column::Unit, Expr::value(unit))
                .filter(win_entries::Column::ReferralId.eq(referral.into_inner()))
                .filter(win_entries::Column::Cause.eq(entry.cause.as_str()))
                .filter(win_entries::Column::CauseKey.eq(evidence))
                .filter(win_entries::Column::Giver.eq(entry.giver.as_str()))
                .filter(win_entries::Column::Kind.eq(entry.kind.as_str()))
                .filter(win_entries::Column::Amount.is_null())
                .exec(self.0)
                .await?;
        }
        Ok(())
    }

    /// The evidence is gone: the stage was corrected, or the reward was taken back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remove(&self, referral: ReferralId, cause: WinCause, evidence: &str) -> Result<()> {
        let removed = win_entries::Entity::delete_many()
            .filter(win_entries::Column::ReferralId.eq(referral.into_inner()))
            .filter(win_entries::Column::Cause.eq(cause.as_str()))
            .filter(win_entries::Column::CauseKey.eq(evidence))
            .exec(self.0)
            .await?;
        if removed.rows_affected > 0 {
            self.tally_anew(referral, cause).await?;
        }
        Ok(())
    }

    async fn tally_up(&self, referral: ReferralId, entry: &WinEntry) -> Result<()> {
        let sql = "INSERT INTO win_tallies (advocate_id, cause, giver, receiver, kind, entries) \
             SELECT advocate_id, $2, $3, $4, $5, 1 FROM referrals WHERE id = $1 \
             ON CONFLICT (advocate_id, cause, giver, receiver, kind) \
             DO UPDATE SET entries = win_tallies.entries + 1";
        let values: [Value; 5] = [
            referral.into_inner().into(),
            entry.cause.as_str().into(),
            entry.giver.as_str().into(),
            entry.receiver.as_str().into(),
            entry.kind.as_str().into(),
        ];
        self.0
            .execute_raw(Statement::from_sql_and_values(self.0.get_database_backend(), sql, values))
            .await?;
        Ok(())
    }

    /// Corrections are rare, so what is left of a cause is counted.
    async fn tally_anew(&self, referral: ReferralId, cause: WinCause) -> Result<()> {
        let sql = "UPDATE win_tallies SET entries = (SELECT COUNT(*) FROM win_entries w \
             JOIN referrals r ON r.id = w.referral_id WHERE r.advocate_id = win_tallies.advocate_id \
             AND w.cause = win_tallies.cause AND w.giver = win_tallies.giver \
             AND w.receiver = win_tallies.receiver AND w.kind = win_tallies.kind) \
             WHERE advocate_id = (SELECT advocate_id FROM referrals WHERE id = $1) AND cause = $2";
        let values: [Value; 2] = [referral.into_inner().into(), cause.as_str().into()];
        self.0
            .execute_raw(Statement::from_sql_and_values(self.0.get_database_backend(), sql, values))
            .await?;
        Ok(())
    }

    /// Part of what was given was taken back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lower(
        &self,
        referral: ReferralId,
        cause: WinCause,
        evidence: &str,
        amount: Amount,
    ) -> Result<()> {
        win_entries::Entity::update_many()
            .col_expr(win_entries::Column::Amount, Expr::value(amount.value()))
            .filter(win_entries::Column::ReferralId.eq(referral.into_inner()))
            .filter(win_entries::Column::Cause.eq(cause.as_str()))
            .filter(win_entries::Column::CauseKey.eq(evidence))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
