//! Rewards as marketing works on them: all of them, what happened to one, and what is to be returned.

use chrono::{DateTime, Utc};
use domain::{
    ids::RewardId,
    incentives::Amount,
    rewards::{RewardCode, Side},
    text::{CompanyName, ascii_fold},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::{RewardLine, Rewards};
use crate::{
    Result, StoreError, from_micros, micros,
    people::{pattern, read_cursor},
};

/// Which rewards are listed.
#[derive(Clone, Debug, Default)]
pub struct RewardFilter {
    /// A part of the recommended company's name, or of the advocate's company's.
    pub search: String,
    /// In one state only.
    pub state: Option<RewardCode>,
    /// After this line, by [`RewardLine::cursor`].
    pub after: Option<String>,
}

/// One thing that happened to a reward.
#[derive(Clone, Debug)]
pub struct RewardStep {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; `None` for the portal itself, and for people who are gone.
    pub by: Option<String>,
    /// What, as the audit log's code (`rewards.approve`).
    pub action: String,
    /// How much it moved, where it moved something.
    pub moved: Option<Amount>,
}

impl RewardLine {
    /// Where a list goes on behind this line.
    pub fn cursor(&self) -> String {
        format!("{}~{}", self.id, micros(self.created_at))
    }
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// The advocates' rewards, the newest first; one row more than a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, filter: &RewardFilter) -> Result<Vec<RewardLine>> {
        let mut values: Vec<Value> = vec![Side::Advocate.as_str().into()];
        let mut rest = "WHERE r.side = $1".to_owned();
        if let Some(state) = filter.state {
            values.push(state.as_str().into());
            rest += &format!(" AND r.state = ${}", values.len());
        }
        let search = filter.search.trim();
        if !search.is_empty() {
            let folded = ascii_fold(search).to_lowercase();
            let account = CompanyName::parse(search).map_or_else(|_| folded.clone(), |name| name.key());
            values.push(pattern(&folded).into());
            values.push(pattern(&account).into());
            let (company, account) = (values.len() - 1, values.len());
            rest += &format!(
                " AND (f.company_key LIKE ${company} ESCAPE '\\' OR a.name_key LIKE ${account} ESCAPE '\\')"
            );
        }
        let after = filter.after.as_deref().and_then(read_cursor);
        if let Some((id, at)) = after.and_then(|(id, at)| Some((id, at.parse::<i64>().ok()?))) {
            values.push(at.into());
            values.push(id.into());
            let (at, id) = (values.len() - 1, values.len());
            rest += &format!(" AND (r.created_at < ${at} OR (r.created_at = ${at} AND r.id < ${id}))");
        }
        rest += " ORDER BY r.created_at DESC, r.id DESC";
        self.lines(&rest, values).await
    }

    /// What happened to a reward, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn life(&self, id: RewardId) -> Result<Vec<RewardStep>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            at: i64,
            action: String,
            details: String,
            name: Option<String>,
        }
        #[derive(serde::Deserialize)]
        struct Details {
            moved: Option<Amount>,
            /// The reward's after it: several things may happen at one moment.
            version: Option<i32>,
        }
        let sql = "SELECT e.at, e.action, e.details, m.name FROM audit_entries e \
             LEFT JOIN members m ON m.id = e.actor_id \
             WHERE e.object_kind = 'reward' AND e.object_key = $1 ORDER BY e.at, e.id LIMIT 200";
        let values = [id.to_string().into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let mut steps = Vec::new();
        for row in Row::find_by_statement(statement).all(self.0).await? {
            let details: Details = serde_json::from_str(&row.details)
                .map_err(|_| StoreError::Corrupt("audit_entries.details"))?;
            let at = from_micros(row.at);
            let step = RewardStep { at, by: row.name, action: row.action, moved: details.moved };
            steps.push((details.version, step));
        }
        steps.sort_by_key(|(version, step)| (step.at, *version));
        Ok(steps.into_iter().map(|(_, step)| step).collect())
    }
}
