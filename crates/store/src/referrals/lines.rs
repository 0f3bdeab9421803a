//! Lines of lists and boards: one query each, without the frozen terms that only the rules need.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    consent::{ConsentPath, ConsentState},
    ids::{IncentiveId, MemberId, ProgramId, ReferralId, SubStageId},
    referrals::{DialogueSide, Position, Progress, Stage, Step, Stop},
    tiers::Metrics,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, JoinType, Order,
    PaginatorTrait, QueryFilter, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Asterisk, ColumnRef, Expr, NullOrdering, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{Referrals, dialogue::unread_of, sub_stage};
use crate::{
    Result, StoreError,
    entity::{accounts, members, referrals},
    from_micros, micros,
};

/// A referral as a line of a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which one.
    pub id: ReferralId,
    /// The recommended company.
    pub company: String,
    /// What the contact does there; may be empty.
    pub role_title: String,
    /// Where it stands.
    pub progress: Progress,
    /// The programme's own stage that it has entered; not read for advocates.
    pub between: Option<SubStageId>,
    /// What the advocate chose.
    pub incentive: Option<IncentiveId>,
    /// Who recommends.
    pub advocate: String,
    /// For which company they work.
    pub account: String,
    /// Who looks after it.
    pub account_manager: Option<MemberId>,
    /// When somebody thanked the advocate.
    pub thanks_done_at: Option<DateTime<Utc>>,
    /// When the host spoke to the contact first.
    pub contact_done_at: Option<DateTime<Utc>>,
    /// When the next thing is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether whoever reads this list has new messages there.
    pub unread: bool,
    /// For moves made from this line.
    pub version: i32,
}

pub(crate) struct LineRow {
    pub(crate) id: Uuid,
    pub(crate) company_name: String,
    pub(crate) role_title: String,
    pub(crate) stage: String,
    pub(crate) reached: String,
    pub(crate) stage_since_at: i64,
    pub(crate) consent: String,
    pub(crate) consent_since_at: i64,
    pub(crate) path: String,
    pub(crate) submitted_at: i64,
    pub(crate) incentive_id: Option<Uuid>,
    pub(crate) account_manager_id: Option<Uuid>,
    pub(crate) thanks_done_at: Option<i64>,
    pub(crate) contact_done_at: Option<i64>,
    pub(crate) due_at: Option<i64>,
    pub(crate) version: i32,
    pub(crate) unread: i32,
    pub(crate) advocate: String,
    pub(crate) account: String,
    pub(crate) sub_stage_key: Option<String>,
}

/// By place, not by name: a list has a thousand values, and each name would be looked up.
impl FromQueryResult for LineRow {
    fn from_query_result(row: &QueryResult, _: &str) -> std::result::Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get_by_index(0)?,
            company_name: row.try_get_by_index(1)?,
            role_title: row.try_get_by_index(2)?,
            stage: row.try_get_by_index(3)?,
            reached: row.try_get_by_index(4)?,
            stage_since_at: row.try_get_by_index(5)?,
            consent: row.try_get_by_index(6)?,
            consent_since_at: row.try_get_by_index(7)?,
            path: row.try_get_by_index(8)?,
            submitted_at: row.try_get_by_index(9)?,
            incentive_id: row.try_get_by_index(10)?,
            account_manager_id: row.try_get_by_index(11)?,
            thanks_done_at: row.try_get_by_index(12)?,
            contact_done_at: row.try_get_by_index(13)?,
            due_at: row.try_get_by_index(14)?,
            version: row.try_get_by_index(15)?,
            sub_stage_key: row.try_get_by_index(16)?,
            unread: row.try_get_by_index(17)?,
            advocate: row.try_get_by_index(18)?,
            account: row.try_get_by_index(19)?,
        })
    }
}

impl TryFrom<LineRow> for Line {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self> {
        let stage = Stage::parse(&row.stage).ok_or(StoreError::Corrupt("referrals.stage"))?;
        let reached = Step::parse(&row.reached).ok_or(StoreError::Corrupt("referrals.reached"))?;
        Ok(Self {
            id: row.id.into(),
            company: row.company_name,
            role_title: row.role_title,
            progress: Progress {
                position: Position::restore(stage, reached).ok_or(StoreError::Corrupt("referrals.stage"))?,
                stage_since: from_micros(row.stage_since_at),
                consent: ConsentState::parse(&row.consent).ok_or(StoreError::Corrupt("referrals.consent"))?,
                consent_since: from_micros(row.consent_since_at),
                consent_path: ConsentPath::parse(&row.path).ok_or(StoreError::Corrupt("referrals.path"))?,
                submitted_at: from_micros(row.submitted_at),
            },
            between: sub_stage(row.sub_stage_key.as_deref())?,
            incentive: row.incentive_id.map(IncentiveId::from),
            advocate: row.advocate,
            account: row.account,
            account_manager: row.account_manager_id.map(MemberId::from),
            thanks_done_at: row.thanks_done_at.map(from_micros),
            contact_done_at: row.contact_done_at.map(from_micros),
            due_at: row.due_at.map(from_micros),
            unread: row.unread > 0,
            version: row.version,
        })
    }
}

impl Line {
    /// Where it stands in the programme's pipeline while something can still come of it.
    pub fn stop(&self) -> Option<Stop> {
        let step = self.progress.position.open()?;
        Some(self.between.map_or(Stop::Step(step), Stop::Between))
    }
}

/// Where the referrals of a list or lane stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this stage, whether or not they have entered one of the programme's own since.
    Stage(Stage),
    /// In this stage and in none of these of the programme's own.
    Besides(Stage, Vec<SubStageId>),
    /// In this stage of the programme's own.
    Between(SubStageId),
}

impl Place {
    fn condition(&self) -> Expr {
        let own = || Expr::col(named(referrals::Column::SubStageKey));
        match self {
            Self::Stage(stage) => referrals::Column::Stage.eq(stage.as_str()),
            Self::Between(id) => own().eq(id.to_string()),
            Self::Besides(stage, others) => {
                let others = others.iter().map(ToString::to_string);
                referrals::Column::Stage.eq(stage.as_str()).and(own().is_null().or(own().is_not_in(others)))
            }
        }
    }
}

/// Whose referrals a member of staff looks after.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The account managers whose referrals are theirs: themselves and whom they stand in for.
    pub managers: Vec<MemberId>,
    /// Whether referrals without an account manager are theirs.
    pub unassigned: bool,
}

impl Reach {
    /// The first `limit` lines of each of their managers, of each place apart where places are named, in an order that an
    /// index has. Asked for all at once, a manager with ten thousand referrals would have them sorted for every page; asked for
    /// ids alone, each row would be looked for twice.
    fn first_of_each(
        &self,
        places: &[Place],
        limit: u64,
        ordered: impl Fn(&mut SelectStatement),
    ) -> Select<referrals::Entity> {
        let each = self.owners().flat_map(|owner| match places {
            [] => vec![owner],
            _ => places.iter().map(|place| owner.clone().and(place.condition())).collect(),
        });
        let parts = each.map(|theirs| {
            let mut first = Query::select();
            first.columns(LINE).columns(BEHIND).from(referrals::Entity).and_where(theirs);
            ordered(first.limit(limit));
            // SQLite takes an order inside a union only within a subquery.
            Query::select().column(Asterisk).from_subquery(first, "first").take()
        });
        // Whoever looks after nobody's referrals sees none.
        let Some(shown) = union_all(parts) else {
            return lines(DialogueSide::Staff).filter(Expr::val(1).eq(0));
        };
        let mut lines = lines(DialogueSide::Staff);
        QuerySelect::query(&mut lines).from_clear().from_subquery(shown, referrals::Entity);
        lines
    }

    /// Each of their managers, and nobody where referrals without one are theirs too.
    fn owners(&self) -> impl Iterator<Item = Expr> {
        let of = |id: &MemberId| referrals::Column::AccountManagerId.eq(id.into_inner());
        let nobodys = self.unassigned.then(|| referrals::Column::AccountManagerId.is_null());
        self.managers.iter().map(of).chain(nobodys)
    }
}

fn union_all(parts: impl Iterator<Item = SelectStatement>) -> Option<SelectStatement> {
    parts.reduce(|mut all, part| {
        all.union(UnionType::All, part);
        all
    })
}

/// The end of the page before: lines go on after it, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// When that line was submitted.
    pub submitted_at: DateTime<Utc>,
    /// Its id, where two were submitted at the same moment.
    pub id: ReferralId,
}

impl After {
    /// As one comparison of pairs, which an index can start from.
    fn condition(self) -> Expr {
        let pair = |at: Expr, id: Expr| Expr::tuple([at, id]);
        pair(named(referrals::Column::SubmittedAt).into(), named(referrals::Column::Id).into())
            .lt(pair(Expr::val(micros(self.submitted_at)), Expr::val(self.id.into_inner())))
    }
}

/// The end of the page before of what is due: lines go on after it, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AfterDue {
    /// When that line was due.
    pub due_at: DateTime<Utc>,
    /// Its id, where two are due at the same moment.
    pub id: ReferralId,
}

/// How many referrals an advocate has, whose turn it is in the open ones, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub all: i64,
    /// Those that became customers.
    pub won: i64,
    /// Open ones where it is the advocate's turn.
    pub with_advocate: i64,
    /// Open ones where it is the contact's turn.
    pub with_contact: i64,
    /// Open ones where it is the host's turn.
    pub with_host: i64,
    /// When the first was submitted.
    pub since: Option<DateTime<Utc>>,
    /// What counts for their tier.
    pub metrics: Metrics,
}

impl Tally {
    /// So many referrals of one sort; the first was submitted at `since` (microseconds).
    pub(crate) fn add(&mut self, stage: &str, consent: &str, path: &str, count: i64, since: i64) {
        let since = from_micros(since);
        let open = ON_BOARD.iter().any(|open| open.as_str() == stage);
        self.all += count;
        self.since = Some(self.since.map_or(since, |earlier| Ord::min(earlier, since)));
        if stage == Stage::Won.as_str() {
            self.won += count;
        } else if open && consent == ConsentState::Given.as_str() {
            self.with_host += count;
        } else if open && path == ConsentPath::CarriedLink.as_str() {
            self.with_advocate += count;
        } else if open && path == ConsentPath::OwnShare.as_str() {
            self.with_contact += count;
        } else if open {
            self.with_host += count;
        }
    }
}

/// Stages that a board shows; ended ones have no place on it.
pub(super) const ON_BOARD: [Stage; 5] =
    [Stage::Submitted, Stage::Accepted, Stage::Contacted, Stage::Meeting, Stage::Qualified];

/// What a line says of the referral itself.
const LINE: [referrals::Column; 17] = [
    referrals::Column::Id,
    referrals::Column::CompanyName,
    referrals::Column::RoleTitle,
    referrals::Column::Stage,
    referrals::Column::Reached,
    referrals::Column::StageSinceAt,
    referrals::Column::Consent,
    referrals::Column::ConsentSinceAt,
    referrals::Column::Path,
    referrals::Column::SubmittedAt,
    referrals::Column::IncentiveId,
    referrals::Column::AccountManagerId,
    referrals::Column::ThanksDoneAt,
    referrals::Column::ContactDoneAt,
    referrals::Column::DueAt,
    referrals::Column::Version,
    referrals::Column::SubStageKey,
];

/// What leads from a line to the rest of it.
const BEHIND: [referrals::Column; 3] =
    [unread_of(DialogueSide::Staff), referrals::Column::AdvocateId, referrals::Column::AdvocateAccountId];

/// What this side reads of them.
fn lines(side: DialogueSide) -> Select<referrals::Entity> {
    referrals::Entity::find()
        .select_only()
        .columns(LINE)
        .column_as(unread_of(side), "unread")
        .column_as(members::Column::Name, "advocate")
        .column_as(accounts::Column::Name, "account")
        .join(
            JoinType::InnerJoin,
            referrals::Entity::belongs_to(members::Entity)
                .from(referrals::Column::AdvocateId)
                .to(members::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            referrals::Entity::belongs_to(accounts::Entity)
                .from(referrals::Column::AdvocateAccountId)
                .to(accounts::Column::Id)
                .into(),
        )
}

/// With its table: other tables of a list have an `id` too.
fn named(column: referrals::Column) -> ColumnRef {
    column.as_column_ref().into()
}

fn newest_first(select: &mut SelectStatement, after: Option<After>) {
    select
        .and_where_option(after.map(After::condition))
        .order_by(named(referrals::Column::SubmittedAt), Order::Desc)
        .order_by(named(referrals::Column::Id), Order::Desc);
}

fn most_urgent_first(select: &mut SelectStatement) {
    select
        .order_by_with_nulls(named(referrals::Column::DueAt), Order::Asc, NullOrdering::Last)
        .order_by(named(referrals::Column::Id), Order::Asc);
}

impl<C: ConnectionTrait> Referrals<'_, C> {
    async fn lines(&self, select: Select<referrals::Entity>) -> Result<Vec<Line>> {
        select.into_model::<LineRow>().all(self.0).await?.into_iter().map(Line::try_from).collect()
    }

    /// An advocate's own referrals, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_advocate(
        &self,
        advocate: MemberId,
        after: Option<After>,
        limit: u64,
    ) -> Result<Vec<Line>> {
        let mut own = lines(DialogueSide::Advocate)
            .filter(referrals::Column::AdvocateId.eq(advocate.into_inner()))
            .limit(limit);
        newest_first(QuerySelect::query(&mut own), after);
        self.lines(own).await
    }

    /// What is open and theirs, in each of these places the first `limit` by what is due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn board(&self, reach: &Reach, places: &[Place], limit: u64) -> Result<Vec<Line>> {
        let mut open = reach.first_of_each(places, limit, most_urgent_first);
        most_urgent_first(QuerySelect::query(&mut open));
        let mut lines = self.lines(open).await?;
        // Somebody who stands in for others has as many of each of them.
        let mut shown: BTreeMap<Option<Stop>, u64> = BTreeMap::new();
        lines.retain(|line| {
            let shown = shown.entry(line.stop()).or_default();
            *shown += 1;
            *shown <= limit
        });
        Ok(lines)
    }

    /// Everything that is theirs in these places (all where none is named), newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(
        &self,
        reach: &Reach,
        places: &[Place],
        after: Option<After>,
        limit: u64,
    ) -> Result<Vec<Line>> {
        let mut select =
            reach.first_of_each(places, limit, |select| newest_first(select, after)).limit(limit);
        newest_first(QuerySelect::query(&mut select), None);
        self.lines(select).await
    }

    /// What is open, theirs and due at some time, the most urgent first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(&self, reach: &Reach, after: Option<AfterDue>, limit: u64) -> Result<Vec<Line>> {
        let places = ON_BOARD.map(Place::Stage);
        let open = reach.first_of_each(&places, limit, |select| {
            let pair = |at: Expr, id: Expr| Expr::tuple([at, id]);
            let later = after.map(|after| {
                pair(named(referrals::Column::DueAt).into(), named(referrals::Column::Id).into())
                    .gt(pair(Expr::val(micros(after.due_at)), Expr::val(after.id.into_inner())))
            });
            select.and_where(referrals::Column::DueAt.is_not_null()).and_where_option(later);
            most_urgent_first(select);
        });
        let mut open = open.limit(limit);
        most_urgent_first(QuerySelect::query(&mut open));
        self.lines(open).await
    }

    /// How many open referrals that are theirs stand at each stop of the pipeline.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_by_stop(&self, reach: &Reach) -> Result<BTreeMap<Stop, i64>> {
        // One question for each owner: asked for several at once, SQLite goes by the stage and reads everybody's. And one more
        // for the few that stand between, which have an index of their own.
        let each = reach.owners().flat_map(|owner| {
            let stages = referrals::Entity::find()
                .select_only()
                .column(referrals::Column::Stage)
                .column_as(Expr::cust("CAST(NULL AS text)"), "key")
                .column_as(referrals::Column::Id.count(), "n")
                .filter(referrals::Column::Stage.is_in(ON_BOARD.map(|stage| stage.as_str())))
                .filter(owner.clone())
                .group_by(referrals::Column::Stage);
            let between = referrals::Entity::find()
                .select_only()
                .columns([referrals::Column::Stage, referrals::Column::SubStageKey])
                .column_as(referrals::Column::Id.count(), "n")
                .filter(referrals::Column::SubStageKey.is_not_null())
                .filter(owner)
                .group_by(referrals::Column::Stage)
                .group_by(referrals::Column::SubStageKey);
            [stages.into_query(), between.into_query()]
        });
        let mut counts: BTreeMap<Stop, i64> = BTreeMap::new();
        let Some(all) = union_all(each) else { return Ok(counts) };
        for row in self.0.query_all(&all).await? {
            let (stage, key, count): (String, Option<String>, i64) = row.try_get_many_by_index()?;
            let step = Step::parse(&stage).ok_or(StoreError::Corrupt("referrals.stage"))?;
            match sub_stage(key.as_deref())? {
                None => *counts.entry(Stop::Step(step)).or_default() += count,
                Some(own) => {
                    *counts.entry(Stop::Between(own)).or_default() += count;
                    *counts.entry(Stop::Step(step)).or_default() -= count;
                }
            }
        }
        Ok(counts)
    }

    /// How many open referrals of a programme stand at this stop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn standing_at(&self, program: ProgramId, stop: Stop) -> Result<u64> {
        let place = match stop {
            Stop::Step(step) => Place::Stage(step.stage()),
            Stop::Between(id) => Place::Between(id),
        };
        referrals::Entity::find()
            .filter(referrals::Column::ProgramId.eq(program.into_inner()))
            .filter(place.condition())
            .count(self.0)
            .await
            .map_err(Into::into)
    }
}
