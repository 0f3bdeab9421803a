//! Introductions that the host owes, and what two companies have given each other.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ids::{AccountId, MemberId, RewardId},
    rewards::{Introduction, IntroductionAnswer, IntroductionFit, IntroductionState, RewardCode, Whom},
    text::{CompanyName, Reason, RoleTitle},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    FromQueryResult, QueryFilter, Statement, sea_query::Expr,
};
use uuid::Uuid;

use super::{PAGE, Rewards, rows::corrupt};
use crate::{Result, StoreError, entity::introductions, from_micros, micros};

/// An introduction with what is stored beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredIntroduction {
    /// For which reward.
    pub reward: RewardId,
    /// To whom somebody is introduced: the advocate's company.
    pub account: AccountId,
    /// What the rules know of it.
    pub introduction: Introduction,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// An introduction as the account between two companies shows it.
#[derive(Clone, Debug)]
pub struct IntroductionLine {
    /// For which reward, on behalf of which company.
    pub stored: Option<StoredIntroduction>,
    /// Which reward.
    pub reward: RewardId,
    /// Whose it is.
    pub advocate: MemberId,
    /// Their name.
    pub advocate_name: String,
    /// For recommending whom.
    pub company: String,
    /// When it was earned.
    pub created_at: DateTime<Utc>,
    /// Until when it is to be made, while it is open.
    pub due_at: Option<DateTime<Utc>>,
    /// Whose task it is.
    pub owner_name: Option<String>,
    /// The day of one that was delivered before introductions had steps, and whom its proof names.
    pub before: Option<String>,
}

/// What a company and the host have given each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reciprocity {
    /// Which company.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Referrals of its people that the host has accepted.
    pub accepted: i64,
    /// How many of them became customers.
    pub won: i64,
    /// Introductions that were made to it.
    pub received: i64,
    /// Introductions that are owed to it.
    pub open: i64,
    /// How many of these are overdue.
    pub overdue: i64,
}

fn introduction(row: introductions::Model) -> Result<StoredIntroduction> {
    let wrong = || StoreError::Corrupt("introductions");
    let day = |day: Option<&str>| {
        NaiveDate::parse_from_str(day.ok_or_else(wrong)?, "%Y-%m-%d").map_err(|_| wrong())
    };
    let at = |at: Option<i64>| at.map(from_micros).ok_or_else(wrong);
    let note = row.note.as_deref().map(Reason::parse).transpose().map_err(|_| wrong())?;
    let state = match row.state.as_str() {
        "promised" => IntroductionState::Promised,
        "introduced" => IntroductionState::Introduced {
            on: day(row.introduced_on.as_deref())?,
            noted_at: at(row.introduced_at)?,
        },
        "disputed" => {
            IntroductionState::Disputed { reason: note.ok_or_else(wrong)?, at: at(row.answered_at)? }
        }
        "confirmed" => {
            let fit = row.fit.as_deref().map(|fit| corrupt(IntroductionFit::parse(fit), "introductions.fit"));
            IntroductionState::Confirmed {
                on: day(row.introduced_on.as_deref())?,
                at: at(row.answered_at)?,
                answer: fit.transpose()?.map(|fit| IntroductionAnswer { fit, note }),
            }
        }
        _ => return Err(wrong()),
    };
    let whom = Whom {
        company: CompanyName::parse(&row.company).map_err(|_| wrong())?,
        role: RoleTitle::parse(&row.role).map_err(|_| wrong())?,
    };
    Ok(StoredIntroduction {
        reward: row.reward_id.into(),
        account: row.account_id.into(),
        introduction: Introduction { whom, state },
        version: row.version,
    })
}

/// The columns that say where an introduction stands.
#[derive(Default)]
struct Columns {
    introduced_on: Option<String>,
    introduced_at: Option<i64>,
    answered_at: Option<i64>,
    fit: Option<String>,
    note: Option<String>,
}

fn columns(state: &IntroductionState) -> Columns {
    match state {
        IntroductionState::Promised => Columns::default(),
        IntroductionState::Introduced { on, noted_at } => Columns {
            introduced_on: Some(on.to_string()),
            introduced_at: Some(micros(*noted_at)),
            ..Columns::default()
        },
        IntroductionState::Disputed { reason, at } => Columns {
            answered_at: Some(micros(*at)),
            note: Some(reason.as_str().to_owned()),
            ..Columns::default()
        },
        IntroductionState::Confirmed { on, at, answer } => Columns {
            introduced_on: Some(on.to_string()),
            introduced_at: None,
            answered_at: Some(micros(*at)),
            fit: answer.as_ref().map(|answer| answer.fit.as_str().to_owned()),
            note: answer
                .as_ref()
                .and_then(|answer| answer.note.as_ref())
                .map(|note| note.as_str().to_owned()),
        },
    }
}

/// Won and accepted referrals are counted by their win entries, which corrections take back; introductions by rewards. One
/// that was delivered before introductions had steps counts as well.
const RECIPROCITY: &str = "SELECT a.id AS account, a.name, \
    (SELECT COUNT(*) FROM win_entries w JOIN referrals f ON f.id = w.referral_id \
     WHERE f.advocate_account_id = a.id AND w.cause = 'accepted' AND w.kind = 'introduction') AS accepted, \
    (SELECT COUNT(*) FROM win_entries w JOIN referrals f ON f.id = w.referral_id \
     WHERE f.advocate_account_id = a.id AND w.cause = 'won' AND w.kind = 'introduction') AS won, \
    (SELECT COUNT(*) FROM rewards r JOIN referrals f ON f.id = r.referral_id \
     WHERE f.advocate_account_id = a.id AND r.side = 'advocate' AND r.kind = 'mutual_referral' \
     AND r.state = 'fulfilled') AS received, \
    (SELECT COUNT(*) FROM rewards r JOIN referrals f ON f.id = r.referral_id \
     WHERE f.advocate_account_id = a.id AND r.side = 'advocate' AND r.kind = 'mutual_referral' \
     AND r.state = 'approved') AS open, \
    (SELECT COUNT(*) FROM rewards r JOIN referrals f ON f.id = r.referral_id \
     JOIN deliveries d ON d.reward_id = r.id LEFT JOIN introductions n ON n.reward_id = r.id \
     WHERE f.advocate_account_id = a.id AND r.side = 'advocate' AND r.kind = 'mutual_referral' \
     AND r.state = 'approved' AND d.due_at < $1 AND COALESCE(n.state, '') <> 'introduced') AS overdue \
    FROM accounts a";

#[derive(Debug, FromQueryResult)]
struct ReciprocityRow {
    account: Uuid,
    name: String,
    accepted: i64,
    won: i64,
    received: i64,
    open: i64,
    overdue: i64,
}

impl From<ReciprocityRow> for Reciprocity {
    fn from(row: ReciprocityRow) -> Self {
        Self {
            account: row.account.into(),
            name: row.name,
            accepted: row.accepted,
            won: row.won,
            received: row.received,
            open: row.open,
            overdue: row.overdue,
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct LineRow {
    id: Uuid,
    created_at: i64,
    company_name: String,
    advocate_id: Uuid,
    advocate_name: String,
    due_at: Option<i64>,
    owner_name: Option<String>,
    proof: Option<String>,
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// The introduction of this reward, once somebody has been promised.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn introduction(&self, reward: RewardId) -> Result<Option<StoredIntroduction>> {
        let found = introductions::Entity::find_by_id(reward.into_inner()).one(self.0).await?;
        found.map(introduction).transpose()
    }

    /// The introductions of these rewards, as far as somebody has been promised.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn introductions(&self, rewards: &[RewardId]) -> Result<Vec<StoredIntroduction>> {
        if rewards.is_empty() {
            return Ok(Vec::new());
        }
        let ids = rewards.iter().map(|id| id.into_inner());
        let found = introductions::Entity::find()
            .filter(introductions::Column::RewardId.is_in(ids))
            .all(self.0)
            .await?;
        found.into_iter().map(introduction).collect()
    }

    /// What a company and the host have given each other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reciprocity(&self, account: AccountId, now: DateTime<Utc>) -> Result<Option<Reciprocity>> {
        let sql = format!("{RECIPROCITY} WHERE a.id = $2");
        let values = [micros(now).into(), account.into_inner().into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let row = ReciprocityRow::find_by_statement(statement).one(self.0).await?;
        Ok(row.map(Reciprocity::from))
    }

    /// The same for all companies that introductions were owed to, in the order of their names, after this company; one
    /// more than a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reciprocities(
        &self,
        after: Option<AccountId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Reciprocity>> {
        let mut values = vec![micros(now).into()];
        let mut rest = "";
        if let Some(after) = after {
            values.push(after.into_inner().into());
            rest = " AND (a.name_key, a.id) > (SELECT c.name_key, c.id FROM accounts c WHERE c.id = $2)";
        }
        let sql = format!(
            "{RECIPROCITY} WHERE EXISTS (SELECT 1 FROM rewards r \
             JOIN referrals f ON f.id = r.referral_id WHERE f.advocate_account_id = a.id \
             AND r.side = 'advocate' AND r.kind = 'mutual_referral' AND r.state IN ('approved', 'fulfilled')){rest} \
             ORDER BY a.name_key, a.id LIMIT {}",
            PAGE + 1
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = ReciprocityRow::find_by_statement(statement).all(self.0).await?;
        Ok(rows.into_iter().map(Reciprocity::from).collect())
    }

    /// The introductions to a company whose reward is in this state: of one advocate and of one owner, where they are named.
    /// The newest first, at most a hundred.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn introductions_to(
        &self,
        account: AccountId,
        advocate: Option<MemberId>,
        owner: Option<MemberId>,
        state: RewardCode,
    ) -> Result<Vec<IntroductionLine>> {
        let mut values: Vec<sea_orm::Value> = vec![account.into_inner().into(), state.as_str().into()];
        let mut theirs = String::new();
        for (column, person) in [("f.advocate_id", advocate), ("d.owner_id", owner)] {
            if let Some(person) = person {
                values.push(person.into_inner().into());
                theirs += &format!(" AND {column} = ${}", values.len());
            }
        }
        let sql = format!(
            "SELECT r.id, r.created_at, f.company_name, f.advocate_id, m.name AS advocate_name, d.due_at, \
             w.name AS owner_name, d.proof FROM rewards r JOIN referrals f ON f.id = r.referral_id \
             JOIN members m ON m.id = f.advocate_id LEFT JOIN deliveries d ON d.reward_id = r.id \
             LEFT JOIN members w ON w.id = d.owner_id WHERE f.advocate_account_id = $1 AND r.state = $2 \
             AND r.side = 'advocate' AND r.kind = 'mutual_referral'{theirs} \
             ORDER BY r.created_at DESC, r.id DESC LIMIT 100"
        );
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = LineRow::find_by_statement(statement).all(self.0).await?;
        let ids: Vec<RewardId> = rows.iter().map(|row| row.id.into()).collect();
        let mut stored = self.introductions(&ids).await?;
        rows.into_iter()
            .map(|row| {
                let found = stored.iter().position(|one| one.reward.into_inner() == row.id);
                let stored = found.map(|place| stored.swap_remove(place));
                let proof: Option<domain::rewards::Proof> = row
                    .proof
                    .as_deref()
                    .map(serde_json::from_str)
                    .transpose()
                    .map_err(|_| StoreError::Corrupt("deliveries.proof"))?;
                Ok(IntroductionLine {
                    before: proof.filter(|_| stored.is_none()).map(|proof| proof.reference),
                    stored,
                    reward: row.id.into(),
                    advocate: row.advocate_id.into(),
                    advocate_name: row.advocate_name,
                    company: row.company_name,
                    created_at: from_micros(row.created_at),
                    due_at: row.due_at.map(from_micros),
                    owner_name: row.owner_name,
                })
            })
            .collect()
    }
}

impl Rewards<'_, DatabaseTransaction> {
    /// Keeps what was promised for the first time.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else has promised something for this reward.
    pub async fn insert_introduction(&self, new: &StoredIntroduction, now: DateTime<Utc>) -> Result<()> {
        let set = columns(&new.introduction.state);
        introductions::ActiveModel {
            reward_id: Set(new.reward.into_inner()),
            account_id: Set(new.account.into_inner()),
            state: Set(new.introduction.state.code().as_str().to_owned()),
            company: Set(new.introduction.whom.company.as_str().to_owned()),
            role: Set(new.introduction.whom.role.as_str().to_owned()),
            introduced_on: Set(set.introduced_on),
            introduced_at: Set(set.introduced_at),
            answered_at: Set(set.answered_at),
            fit: Set(set.fit),
            note: Set(set.note),
            created_at: Set(micros(now)),
            version: Set(new.version),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Keeps an introduction after a step, in place of `stored.version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody was faster.
    pub async fn save_introduction(&self, stored: &StoredIntroduction) -> Result<()> {
        let whom = &stored.introduction.whom;
        let state = &stored.introduction.state;
        let set = columns(state);
        let mut update = introductions::Entity::update_many()
            .col_expr(introductions::Column::State, Expr::value(state.code().as_str()))
            .col_expr(introductions::Column::Company, Expr::value(whom.company.as_str()))
            .col_expr(introductions::Column::Role, Expr::value(whom.role.as_str()))
            .col_expr(introductions::Column::IntroducedOn, Expr::value(set.introduced_on))
            .col_expr(introductions::Column::AnsweredAt, Expr::value(set.answered_at))
            .col_expr(introductions::Column::Fit, Expr::value(set.fit))
            .col_expr(introductions::Column::Note, Expr::value(set.note))
            .col_expr(introductions::Column::Version, Expr::value(stored.version + 1));
        // When it was noted stays known after the answer.
        if !matches!(state, IntroductionState::Confirmed { .. }) {
            update = update.col_expr(introductions::Column::IntroducedAt, Expr::value(set.introduced_at));
        }
        let done = update
            .filter(introductions::Column::RewardId.eq(stored.reward.into_inner()))
            .filter(introductions::Column::Version.eq(stored.version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }
}
