//! Why contacts got the neutral answer: by day, without anything about them.

use chrono::NaiveDate;
use domain::{
    accounts::NeutralReason,
    ids::{MemberId, ReferralId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{accounts, carried_neutral_answers, members, neutral_answers},
    referrals::Reach,
};

/// The room of neutral answers, on a reader or in a transaction.
#[derive(Debug)]
pub struct NeutralAnswers<'c, C>(&'c C);

impl Store {
    /// Neutral answers, to read.
    pub fn neutral_answers(&self) -> NeutralAnswers<'_, impl ConnectionTrait + use<>> {
        NeutralAnswers(self.reader())
    }
}

impl Tx {
    /// Neutral answers, in this transaction.
    pub fn neutral_answers(&self) -> NeutralAnswers<'_, DatabaseTransaction> {
        NeutralAnswers(self.conn())
    }
}

/// How often it was given on a day, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeutralDay {
    /// The day, in the host's time zone.
    pub day: NaiveDate,
    /// Why.
    pub reason: NeutralReason,
    /// How often.
    pub answers: i64,
}

/// The same behind an advocate's own link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeutralLine {
    /// Day, reason, number.
    pub of: NeutralDay,
    /// Whose link it was.
    pub advocate: String,
    /// For which company they work.
    pub account: String,
    advocate_id: Uuid,
}

impl NeutralLine {
    /// Where the next page begins.
    pub fn cursor(&self) -> String {
        format!("{}~{}~{}", self.of.day, self.advocate_id, self.of.reason)
    }
}

fn day(day: &str, reason: &str, answers: i64) -> Result<NeutralDay> {
    Ok(NeutralDay {
        day: day.parse().map_err(|_| StoreError::Corrupt("neutral_answers.day"))?,
        reason: NeutralReason::parse(reason).ok_or(StoreError::Corrupt("neutral_answers.reason"))?,
        answers,
    })
}

/// What comes after the line of this cursor; one that nobody has made is none.
fn after(cursor: &str) -> Option<Condition> {
    use neutral_answers::Column;
    let mut parts = cursor.splitn(3, '~');
    let (day, advocate, reason) = (parts.next()?, parts.next()?.parse::<Uuid>().ok()?, parts.next()?);
    let same_day = || Condition::all().add(Column::Day.eq(day));
    Some(
        Condition::any()
            .add(Column::Day.lt(day))
            .add(same_day().add(Column::AdvocateId.gt(advocate)))
            .add(same_day().add(Column::AdvocateId.eq(advocate)).add(Column::Reason.gt(reason))),
    )
}

impl<C: ConnectionTrait> NeutralAnswers<'_, C> {
    /// What came to nothing behind advocates' own links, the latest day first: of the companies that are theirs, or of
    /// all.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn list(
        &self,
        theirs: Option<&Reach>,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Vec<NeutralLine>> {
        use neutral_answers::Column;
        type Row = (String, String, i64, Uuid, String, String);
        let mut select = neutral_answers::Entity::find()
            .select_only()
            .columns([Column::Day, Column::Reason])
            .column(Column::Answers)
            .column(Column::AdvocateId)
            .column_as(members::Column::Name, "advocate")
            .column_as(accounts::Column::Name, "account")
            .join(
                JoinType::InnerJoin,
                neutral_answers::Entity::belongs_to(members::Entity)
                    .from(Column::AdvocateId)
                    .to(members::Column::Id)
                    .into(),
            )
            .join(
                JoinType::InnerJoin,
                members::Entity::belongs_to(accounts::Entity)
                    .from(members::Column::AccountId)
                    .to(accounts::Column::Id)
                    .into(),
            );
        if let Some(reach) = theirs {
            let managers = reach.managers.iter().map(|manager| manager.into_inner());
            let mut mine = Condition::any().add(Column::AccountManagerId.is_in(managers));
            if reach.unassigned {
                mine = mine.add(Column::AccountManagerId.is_null());
            }
            select = select.filter(mine);
        }
        if let Some(after) = cursor.and_then(after) {
            select = select.filter(after);
        }
        let rows: Vec<Row> = select
            .order_by_desc(Column::Day)
            .order_by_asc(Column::AdvocateId)
            .order_by_asc(Column::Reason)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        rows.into_iter()
            .map(|(on, reason, answers, advocate_id, advocate, account)| {
                Ok(NeutralLine { of: day(&on, &reason, answers)?, advocate, account, advocate_id })
            })
            .collect()
    }

    /// What came to nothing behind the link of a referral, the latest day first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn of_referral(&self, referral: ReferralId) -> Result<Vec<NeutralDay>> {
        use carried_neutral_answers::Column;
        carried_neutral_answers::Entity::find()
            .filter(Column::ReferralId.eq(referral.into_inner()))
            .order_by_desc(Column::Day)
            .order_by_asc(Column::Reason)
            .all(self.0)
            .await?
            .into_iter()
            .map(|row| day(&row.day, &row.reason, row.answers))
            .collect()
    }
}

impl NeutralAnswers<'_, DatabaseTransaction> {
    /// Counts one behind an advocate's own link.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note(
        &self,
        advocate: MemberId,
        account_manager: Option<MemberId>,
        day: NaiveDate,
        reason: NeutralReason,
    ) -> Result<()> {
        use neutral_answers::{Column, Entity};
        Entity::insert(neutral_answers::ActiveModel {
            advocate_id: Set(advocate.into_inner()),
            day: Set(day.to_string()),
            reason: Set(reason.as_str().to_owned()),
            account_manager_id: Set(account_manager.map(MemberId::into_inner)),
            answers: Set(1),
        })
        .on_conflict(
            OnConflict::columns([Column::AdvocateId, Column::Day, Column::Reason])
                .update_column(Column::AccountManagerId)
                .value(Column::Answers, Expr::col((Entity, Column::Answers)).add(1))
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }

    /// Counts one behind the link of a referral.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_carried(
        &self,
        referral: ReferralId,
        day: NaiveDate,
        reason: NeutralReason,
    ) -> Result<()> {
        use carried_neutral_answers::{Column, Entity};
        Entity::insert(carried_neutral_answers::ActiveModel {
            referral_id: Set(referral.into_inner()),
            day: Set(day.to_string()),
            reason: Set(reason.as_str().to_owned()),
            answers: Set(1),
        })
        .on_conflict(
            OnConflict::columns([Column::ReferralId, Column::Day, Column::Reason])
                .value(Column::Answers, Expr::col((Entity, Column::Answers)).add(1))
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }
}
