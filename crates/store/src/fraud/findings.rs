//! What the checks have found: by referral and reason, once.

use chrono::{DateTime, Utc};
use domain::{
    fraud::{FraudReason, Met},
    ids::{CaseId, MemberId, ReferralId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::Fraud;
use crate::{
    Result, StoreError,
    entity::fraud_findings,
    from_micros, micros,
    written::{change, row, rows},
};

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFinding {
    /// About which referral.
    pub referral: ReferralId,
    /// Whose it is.
    pub advocate: MemberId,
    /// What, and how much it weighs.
    pub met: Met,
}

/// Something that was found, as a case shows it: nothing of it says who the contact is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// About which referral.
    pub referral: ReferralId,
    /// The recommended company.
    pub company: String,
    /// What, and how much it weighed.
    pub met: Met,
    /// When.
    pub found_at: DateTime<Utc>,
}

/// How many findings the page of a case lists at most.
const MOST: i64 = 500;
/// Rows of one statement, which holds a limited number of values.
const ROWS: usize = 500;

pub(super) const CORRUPT: StoreError = StoreError::Corrupt("fraud_findings");

pub(super) fn met(reason: &str, weight: i32, counted: Option<i32>) -> Result<Met> {
    Ok(Met {
        reason: FraudReason::parse(reason).ok_or(CORRUPT)?,
        weight: u16::try_from(weight).map_err(|_| CORRUPT)?,
        count: counted.map(|count| u32::try_from(count).map_err(|_| CORRUPT)).transpose()?,
    })
}

impl<C: ConnectionTrait> Fraud<'_, C> {
    /// What a case is about, in the order in which it was found.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn findings(&self, case: CaseId) -> Result<Vec<Finding>> {
        const SQL: &str = "SELECT x.referral_id, f.company_name, x.reason, x.weight, x.counted, x.found_at \
             FROM fraud_findings x JOIN referrals f ON f.id = x.referral_id WHERE x.case_id = $1 \
             ORDER BY x.found_at, x.referral_id, x.reason LIMIT $2";
        let mut findings = Vec::new();
        for found in rows(self.0, SQL, [case.into_inner().into(), MOST.into()]).await? {
            type Row = (Uuid, String, String, i32, Option<i32>, i64);
            let (referral, company, reason, weight, counted, at): Row = found.try_get_many_by_index()?;
            findings.push(Finding {
                referral: referral.into(),
                company,
                met: met(&reason, weight, counted)?,
                found_at: from_micros(at),
            });
        }
        Ok(findings)
    }

    /// What was found about a referral and is not decided: noted, or of an open case.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn undecided(&self, referral: ReferralId) -> Result<Vec<Met>> {
        const SQL: &str = "SELECT x.reason, x.weight, x.counted FROM fraud_findings x \
             LEFT JOIN fraud_cases c ON c.id = x.case_id \
             WHERE x.referral_id = $1 AND (x.case_id IS NULL OR c.state = 'open')";
        let mut all = Vec::new();
        for found in rows(self.0, SQL, [referral.into_inner().into()]).await? {
            let (reason, weight, counted): (String, i32, Option<i32>) = found.try_get_many_by_index()?;
            all.push(met(&reason, weight, counted)?);
        }
        Ok(all)
    }

    /// Whether somebody has decided that this referral was misuse: it earns nothing any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_confirmed(&self, referral: ReferralId) -> Result<bool> {
        const SQL: &str = "SELECT 1 FROM fraud_findings x JOIN fraud_cases c ON c.id = x.case_id \
             WHERE x.referral_id = $1 AND c.state = 'confirmed' LIMIT 1";
        Ok(row(self.0, SQL, [referral.into_inner().into()]).await?.is_some())
    }

    /// The referrals of which a case still holds everything they have earned, so many at most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn held_by(&self, case: CaseId, most: usize) -> Result<Vec<ReferralId>> {
        let ids: Vec<Uuid> = fraud_findings::Entity::find()
            .select_only()
            .column(fraud_findings::Column::ReferralId)
            .distinct()
            .filter(fraud_findings::Column::CaseId.eq(case.into_inner()))
            .filter(fraud_findings::Column::Holds.eq(true))
            .limit(most as u64)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(ids.into_iter().map(ReferralId::from).collect())
    }
}

impl Fraud<'_, DatabaseTransaction> {
    /// Notes what was found. Answers how much of it is new: a reason is found once about a referral, also after it was
    /// decided.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note(&self, found: &[NewFinding], at: DateTime<Utc>) -> Result<u64> {
        let mut new = 0;
        for some in found.chunks(ROWS) {
            let rows = some.iter().map(|one| fraud_findings::ActiveModel {
                referral_id: Set(one.referral.into_inner()),
                reason: Set(one.met.reason.as_str().to_owned()),
                advocate_id: Set(one.advocate.into_inner()),
                weight: Set(one.met.weight.into()),
                counted: Set(one.met.count.map(|count| i32::try_from(count).unwrap_or(i32::MAX))),
                found_at: Set(micros(at)),
                case_id: Set(None),
                holds: Set(false),
            });
            let key = [fraud_findings::Column::ReferralId, fraud_findings::Column::Reason];
            new += fraud_findings::Entity::insert_many(rows)
                .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
                .exec_without_returning(self.0)
                .await?;
        }
        Ok(new)
    }

    /// Everything that is noted about an advocate joins their open case, which from now on holds what those referrals earn.
    /// Answers how much that was; whoever has looked at the case has not seen it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn join(&self, case: CaseId, advocate: MemberId) -> Result<u64> {
        const JOIN: &str = "UPDATE fraud_findings SET case_id = $1, holds = $2 \
             WHERE advocate_id = $3 AND case_id IS NULL";
        const SEEN: &str = "UPDATE fraud_cases SET version = version + 1 WHERE id = $1";
        let id = case.into_inner();
        let joined = change(self.0, JOIN, [id.into(), true.into(), advocate.into_inner().into()]).await?;
        if joined > 0 {
            change(self.0, SEEN, [id.into()]).await?;
        }
        Ok(joined)
    }

    /// A case holds nothing any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn let_go(&self, case: CaseId) -> Result<()> {
        fraud_findings::Entity::update_many()
            .col_expr(fraud_findings::Column::Holds, Expr::value(false))
            .filter(fraud_findings::Column::CaseId.eq(case.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// A case holds nothing of these referrals any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn let_referrals_go(&self, case: CaseId, referrals: &[ReferralId]) -> Result<()> {
        let of_case = Condition::all()
            .add(fraud_findings::Column::CaseId.eq(case.into_inner()))
            .add(fraud_findings::Column::ReferralId.is_in(referrals.iter().map(|id| id.into_inner())));
        fraud_findings::Entity::update_many()
            .col_expr(fraud_findings::Column::Holds, Expr::value(false))
            .filter(of_case)
            .exec(self.0)
            .await?;
        Ok(())
    }
}
