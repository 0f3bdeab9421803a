//! Rewards and benefits as lists show them.

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, CaseId, MemberId, ReferralId, RewardId},
    incentives::{Amount, IncentiveKind, PayingStep},
    rewards::{PendingCause, Proof, RewardCode, Side},
    text::Bilingual,
    triple_win::WinKind,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::{
    Categorised, Rewards,
    categories::case,
    rows::{amount, corrupt, percent},
};
use crate::{Result, StoreError, entity::rewards, from_micros, micros};

/// A delivery as it is worked on.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Whose task it is.
    pub owner: Option<MemberId>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// A reward or benefit as lists show it.
#[derive(Clone, Debug)]
pub struct RewardLine {
    /// Which one.
    pub id: RewardId,
    /// For optimistic edits.
    pub version: i32,
    /// For which referral.
    pub referral: ReferralId,
    /// For which part.
    pub part: PayingStep,
    /// For which side.
    pub side: Side,
    /// What was promised, on the advocate's side.
    pub kind: Option<IncentiveKind>,
    /// What was promised, on the contact's side.
    pub benefit_kind: Option<WinKind>,
    /// How much.
    pub amount: Option<Amount>,
    /// What a cap took away, in the amount's unit.
    pub cut: i64,
    /// What of it is set off against something that is to be returned, in the amount's unit: so much less is handed over.
    pub set_off: i64,
    /// How much of the deal was refunded to the new customer, in percent.
    pub refunded_percent: u8,
    /// Whether the advocate receives it themselves, with their employer's release; otherwise their company does.
    pub to_person: bool,
    /// Its state.
    pub state: RewardCode,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it waits for.
    pub pending: Option<PendingCause>,
    /// Until when it rests.
    pub clearing_until: Option<DateTime<Utc>>,
    /// Whether a case holds it, of the matrix or of suspected misuse.
    pub held: bool,
    /// The case of suspected misuse that does.
    pub suspicion: Option<CaseId>,
    /// Whether the first of two has approved it.
    pub first_approval: Option<MemberId>,
    /// Why it ended, as a code.
    pub ended_reason: Option<String>,
    /// What staff said about that.
    pub ended_note: Option<String>,
    /// When it was earned.
    pub created_at: DateTime<Utc>,
    /// The recommended company.
    pub company: String,
    /// Who recommended.
    pub advocate: MemberId,
    /// Their name.
    pub advocate_name: String,
    /// Their company.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// The incentive's name in German and English; the programme's words on the contact's side.
    pub name: Option<(String, String)>,
    /// The organisation a donation goes to.
    pub organisation: Option<String>,
    /// The campaign that it carries, and how much of the amount is that campaign's.
    pub campaign: Option<(Bilingual, i64)>,
    /// The delivery, once there is something to deliver.
    pub delivery: Option<Delivery>,
    /// The name of the delivery's owner.
    pub owner_name: Option<String>,
    /// What proves the delivery.
    pub proof: Option<Proof>,
    /// What it is for tax and accounting, on the advocate's side, once something is promised.
    pub category: Option<Categorised>,
    /// Who has said so, and when; nobody while it is proposed.
    pub categorised: Option<(String, DateTime<Utc>)>,
}

impl RewardLine {
    /// What is handed over of it: the amount without what is set off; `None` where nothing is left, or nothing is known.
    pub fn to_hand_over(&self) -> Option<Amount> {
        self.amount?.minus(self.set_off)
    }
}

/// A place in a list: what it is ordered by, and the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Microseconds.
    pub at: i64,
    /// The row.
    pub id: Uuid,
}

/// How many rows a page of a list has.
pub const PAGE: usize = 50;

const LINE: &str = "SELECT r.id, r.version, r.referral_id, r.part_key, r.side, r.kind, r.unit, r.amount, r.cut, \
    r.refunded_percent, r.receiver_member_id, r.state, r.state_since_at, r.pending_reason, r.clearing_until, r.held_case, r.first_approval_id, \
    (SELECT x.case_id FROM fraud_findings x WHERE x.referral_id = r.referral_id AND x.holds LIMIT 1) AS suspicion, \
    r.ended_reason, r.ended_note, r.created_at, f.company_name, f.advocate_id, f.advocate_account_id, \
    (SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM set_offs x WHERE x.reward_id = r.id) AS set_off, \
    m.name AS advocate_name, a.name AS account_name, i.name_de, i.name_en, p.benefit_de, p.benefit_en, \
    o.name AS organisation_name, k.name_de AS campaign_de, k.name_en AS campaign_en, r.campaign_extra, \
    d.owner_id, d.due_at, d.done_at, d.proof, d.version AS delivery_version, \
    w.name AS owner_name, a.recipient_kind, z.category, z.decided_at AS categorised_at, y.name AS categorised_by \
    FROM rewards r JOIN referrals f ON f.id = r.referral_id JOIN members m ON m.id = f.advocate_id \
    JOIN accounts a ON a.id = f.advocate_account_id JOIN programs p ON p.id = f.program_id \
    LEFT JOIN incentives i ON i.id = r.incentive_id LEFT JOIN organisations o ON o.id = r.organisation_id \
    LEFT JOIN campaigns k ON k.id = r.campaign_id \
    LEFT JOIN deliveries d ON d.reward_id = r.id LEFT JOIN members w ON w.id = d.owner_id \
    LEFT JOIN reward_categories z ON z.reward_id = r.id LEFT JOIN members y ON y.id = z.decided_by_id ";

#[derive(Debug, FromQueryResult)]
struct LineRow {
    id: Uuid,
    version: i32,
    referral_id: Uuid,
    part_key: String,
    side: String,
    kind: Option<String>,
    unit: Option<String>,
    amount: Option<i64>,
    cut: i64,
    set_off: i64,
    refunded_percent: i32,
    receiver_member_id: Option<Uuid>,
    state: String,
    state_since_at: i64,
    pending_reason: Option<String>,
    clearing_until: Option<i64>,
    held_case: Option<String>,
    suspicion: Option<Uuid>,
    first_approval_id: Option<Uuid>,
    ended_reason: Option<String>,
    ended_note: Option<String>,
    created_at: i64,
    company_name: String,
    advocate_id: Uuid,
    advocate_account_id: Uuid,
    advocate_name: String,
    account_name: String,
    name_de: Option<String>,
    name_en: Option<String>,
    benefit_de: String,
    benefit_en: String,
    organisation_name: Option<String>,
    campaign_de: Option<String>,
    campaign_en: Option<String>,
    campaign_extra: i64,
    owner_id: Option<Uuid>,
    due_at: Option<i64>,
    done_at: Option<i64>,
    proof: Option<String>,
    delivery_version: Option<i32>,
    owner_name: Option<String>,
    recipient_kind: String,
    category: Option<String>,
    categorised_at: Option<i64>,
    categorised_by: Option<String>,
}

fn line(row: LineRow) -> Result<RewardLine> {
    let side = corrupt(Side::parse(&row.side), "rewards.side")?;
    let (kind, benefit_kind) = match (&row.kind, side) {
        (None, _) => (None, None),
        (Some(kind), Side::Advocate) => (Some(corrupt(IncentiveKind::parse(kind), "rewards.kind")?), None),
        (Some(kind), Side::Contact) => (None, Some(corrupt(WinKind::parse(kind), "rewards.kind")?)),
    };
    let delivery = match (row.due_at, row.delivery_version) {
        (Some(due_at), Some(version)) => Some(Delivery {
            owner: row.owner_id.map(MemberId::from),
            due_at: from_micros(due_at),
            done_at: row.done_at.map(from_micros),
            version,
        }),
        _ => None,
    };
    let state = corrupt(RewardCode::parse(&row.state), "rewards.state")?;
    let category = match side {
        Side::Contact => None,
        Side::Advocate => {
            let to_person = row.receiver_member_id.is_some();
            let case = case(row.kind.as_deref(), row.unit.as_deref(), to_person, &row.recipient_kind)?;
            Categorised::of(row.category.as_deref(), case)?
        }
    };
    // The contact's side is part of their contract: no case holds it. Nor is anything held that has come to its end.
    let open = side == Side::Advocate
        && matches!(state, RewardCode::Pending | RewardCode::Clearing | RewardCode::Approved);
    let proof = row.proof.as_deref().map(serde_json::from_str).transpose();
    Ok(RewardLine {
        id: row.id.into(),
        version: row.version,
        referral: row.referral_id.into(),
        part: corrupt(PayingStep::parse(&row.part_key), "rewards.part_key")?,
        side,
        kind,
        benefit_kind,
        amount: amount(row.amount, row.unit.as_deref())?,
        cut: row.cut,
        set_off: row.set_off,
        refunded_percent: percent(row.refunded_percent)?,
        to_person: row.receiver_member_id.is_some(),
        state,
        since: from_micros(row.state_since_at),
        pending: row.pending_reason.as_deref().and_then(PendingCause::parse),
        clearing_until: row.clearing_until.map(from_micros),
        held: open && (row.held_case.is_some() || row.suspicion.is_some()),
        suspicion: row.suspicion.filter(|_| open).map(CaseId::from),
        first_approval: row.first_approval_id.map(MemberId::from),
        ended_reason: row.ended_reason,
        ended_note: row.ended_note,
        created_at: from_micros(row.created_at),
        company: row.company_name,
        advocate: row.advocate_id.into(),
        advocate_name: row.advocate_name,
        account: row.advocate_account_id.into(),
        account_name: row.account_name,
        name: match side {
            Side::Advocate => row.name_de.zip(row.name_en),
            Side::Contact => Some((row.benefit_de, row.benefit_en)),
        },
        organisation: row.organisation_name,
        campaign: row
            .campaign_de
            .zip(row.campaign_en)
            .map(|(de, en)| (Bilingual::new(de, en), row.campaign_extra)),
        delivery,
        owner_name: row.owner_name,
        proof: proof.map_err(|_| StoreError::Corrupt("deliveries.proof"))?,
        category,
        categorised: row.categorised_by.zip(row.categorised_at.map(from_micros)),
    })
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// What is ready for approval, the longest waiting first. Asks for one row more than a page, so that the caller
    /// knows whether there is another.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_approve(&self, now: DateTime<Utc>, after: Option<Place>) -> Result<Vec<RewardLine>> {
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |place| (place.at, place.id));
        self.lines(
            "WHERE r.state = 'clearing' AND r.side = 'advocate' AND r.held_case IS NULL AND r.clearing_until <= $1 \
             AND NOT EXISTS (SELECT 1 FROM fraud_findings x WHERE x.referral_id = r.referral_id AND x.holds) \
             AND (r.clearing_until > $2 OR (r.clearing_until = $2 AND r.id > $3)) \
             ORDER BY r.clearing_until, r.id",
            vec![micros(now).into(), at.into(), id.into()],
        )
        .await
    }

    /// How many rewards still rest, and when the next one is ready.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn resting(&self, now: DateTime<Utc>) -> Result<(i64, Option<DateTime<Utc>>)> {
        let found: Option<(i64, Option<i64>)> = rewards::Entity::find()
            .select_only()
            .column_as(rewards::Column::Id.count(), "n")
            .column_as(rewards::Column::ClearingUntil.min(), "next")
            .filter(rewards::Column::State.eq(RewardCode::Clearing.as_str()))
            .filter(rewards::Column::ClearingUntil.gt(micros(now)))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(found.map_or((0, None), |(count, next)| (count, next.map(from_micros))))
    }

    /// An advocate's rewards, the newest first; one row more than a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_advocate(&self, advocate: MemberId, before: Option<Place>) -> Result<Vec<RewardLine>> {
        let (at, id) = before.map_or((i64::MAX, Uuid::max()), |place| (place.at, place.id));
        // Which ones first: what a line shows is looked up for a page of them, not for all that are sorted.
        let page = format!(
            "WHERE r.id IN (SELECT n.id FROM rewards n JOIN referrals g ON g.id = n.referral_id \
             WHERE g.advocate_id = $1 AND n.side = 'advocate' \
             AND (n.created_at < $2 OR (n.created_at = $2 AND n.id < $3)) \
             ORDER BY n.created_at DESC, n.id DESC LIMIT {}) ORDER BY r.created_at DESC, r.id DESC",
            PAGE + 1
        );
        self.lines(&page, vec![advocate.into_inner().into(), at.into(), id.into()]).await
    }

    /// Everything on both sides of one referral, for its page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lines_of_referral(&self, referral: ReferralId) -> Result<Vec<RewardLine>> {
        self.lines("WHERE r.referral_id = $1 ORDER BY r.created_at, r.id", vec![referral.into_inner().into()])
            .await
    }

    /// What the referrals of a case of suspected misuse have earned, the newest first; one row more than a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_case(&self, case: CaseId) -> Result<Vec<RewardLine>> {
        self.lines(
            "WHERE r.side = 'advocate' AND r.referral_id IN \
             (SELECT x.referral_id FROM fraud_findings x WHERE x.case_id = $1) \
             ORDER BY r.created_at DESC, r.id DESC",
            vec![case.into_inner().into()],
        )
        .await
    }

    /// One reward as lists show it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn line(&self, id: RewardId) -> Result<Option<RewardLine>> {
        Ok(self.lines("WHERE r.id = $1", vec![id.into_inner().into()]).await?.pop())
    }

    /// These rewards as lists show them, in no order; those that there are none of are missing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lines_of(&self, ids: &[RewardId]) -> Result<Vec<RewardLine>> {
        let mut found = Vec::new();
        // A statement holds a limited number of values, and a list of lines a page of rows.
        for some in ids.chunks(PAGE) {
            let places: Vec<_> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let values = some.iter().map(|id| id.into_inner().into()).collect();
            found.extend(self.lines(&format!("WHERE r.id IN ({})", places.join(", ")), values).await?);
        }
        Ok(found)
    }

    /// When this advocate earned their first reward.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first_of(&self, advocate: MemberId) -> Result<Option<DateTime<Utc>>> {
        #[derive(Debug, FromQueryResult)]
        struct First {
            at: Option<i64>,
        }
        let sql = "SELECT MIN(r.created_at) AS at FROM rewards r JOIN referrals f ON f.id = r.referral_id \
             WHERE f.advocate_id = $1";
        let values = [advocate.into_inner().into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let first = First::find_by_statement(statement).one(self.0).await?;
        Ok(first.and_then(|first| first.at).map(from_micros))
    }

    pub(super) async fn lines(&self, rest: &str, values: Vec<Value>) -> Result<Vec<RewardLine>> {
        let sql = format!("{LINE} {rest} LIMIT {}", PAGE + 1);
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        LineRow::find_by_statement(statement).all(self.0).await?.into_iter().map(line).collect()
    }
}
