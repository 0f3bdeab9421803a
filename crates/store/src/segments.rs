//! Segments: groups of customers, and who belongs to them at the moment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    accounts::{AccountStatus, RecipientKind},
    compliance::Section,
    ids::{AccountId, CampaignId, MemberId, SegmentId},
    members::ProgramManaging,
    segments::{CustomerFacts, SegmentRule, Whom},
    text::{Bilingual, Country},
    tiers::{Pilot, RolloutState, TierCode},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, LockType},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    campaigns::Campaigns,
    entity::{account_assignments, accounts, members, segment_accounts, segments, tier_rollouts},
    micros,
};

const CORRUPT: StoreError = StoreError::Corrupt("segments.rule");

/// The room of segments.
#[derive(Debug)]
pub struct Segments<'c, C>(&'c C);

impl<'c, C> Segments<'c, C> {
    pub(crate) fn of(conn: &'c C) -> Self {
        Self(conn)
    }
}

impl Store {
    /// Segments, to read.
    pub fn segments(&self) -> Segments<'_, impl ConnectionTrait + use<>> {
        Segments(self.reader())
    }
}

impl Tx {
    /// Segments, in this transaction.
    pub fn segments(&self) -> Segments<'_, DatabaseTransaction> {
        Segments(self.conn())
    }
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Which one.
    pub id: SegmentId,
    /// What it is called.
    pub name: Bilingual,
    /// Who belongs to it.
    pub whom: Whom,
    /// How often people have edited it.
    pub version: i32,
}

/// How many belong to a segment at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentSize {
    /// People.
    pub people: i64,
    /// Their companies.
    pub accounts: i64,
}

/// Somebody of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentMember {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Their company.
    pub account: AccountId,
    /// What that is called.
    pub account_name: String,
}

/// What goes by a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegmentUse {
    /// A roll-out of tiers that is under way.
    Tiers,
    /// A campaign, with its name: it is for the segment, or has it as its pilot group.
    Campaign(CampaignId, Bilingual),
}

/// The columns that an edit may change.
fn written(segment: &Segment) -> Result<segments::ActiveModel> {
    let rule = match &segment.whom {
        Whom::Rule(rule) => Some(serde_json::to_string(rule).map_err(|_| CORRUPT)?),
        Whom::Picked(_) => None,
    };
    Ok(segments::ActiveModel {
        name_de: Set(segment.name.de.clone()),
        name_en: Set(segment.name.en.clone()),
        rule: Set(rule),
        ..Default::default()
    })
}

fn restore(row: segments::Model, picked: &mut BTreeMap<Uuid, BTreeSet<AccountId>>) -> Result<Segment> {
    let whom = match row.rule.as_deref() {
        Some(rule) => Whom::Rule(serde_json::from_str(rule).map_err(|_| CORRUPT)?),
        None => Whom::Picked(picked.remove(&row.id).unwrap_or_default()),
    };
    let name = Bilingual::new(row.name_de, row.name_en);
    Ok(Segment { id: row.id.into(), name, whom, version: row.version })
}

/// The people of customers who belong to a group.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn belonging(db: &impl ConnectionTrait, whom: &Whom) -> Result<Condition> {
    let people = Condition::all().add(members::Column::AccountId.is_not_null());
    let rule = match whom {
        Whom::Picked(accounts) => {
            let ids = accounts.iter().map(|id| id.into_inner());
            return Ok(people.add(members::Column::AccountId.is_in(ids)));
        }
        Whom::Rule(rule) => rule,
    };
    let mut people = people;
    if !rule.tiers.is_empty() {
        people = people.add(members::Column::TierCode.is_in(rule.tiers.iter().map(TierCode::as_str)));
    }
    if let Some(companies) = companies(db, rule).await? {
        let companies = accounts::Entity::find().select_only().column(accounts::Column::Id).filter(companies);
        people = people.add(members::Column::AccountId.in_subquery(companies.into_query()));
    }
    Ok(people)
}

/// What a rule asks of companies; `None` where that is nothing.
async fn companies(db: &impl ConnectionTrait, rule: &SegmentRule) -> Result<Option<Condition>> {
    let mut all = Condition::all();
    if !rule.countries.is_empty() {
        all = all.add(accounts::Column::Country.is_in(rule.countries.iter().map(Country::as_str)));
    }
    if !rule.sections.is_empty() {
        // An industry is what somebody typed; which section that is, the rules know. There are few different ones.
        let typed: Vec<Option<String>> = accounts::Entity::find()
            .select_only()
            .column(accounts::Column::Industry)
            .distinct()
            .filter(accounts::Column::Industry.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        let meant = |typed: &String| {
            Section::of_industry(typed).is_some_and(|section| rule.sections.contains(&section))
        };
        let meant: Vec<String> = typed.into_iter().flatten().filter(meant).collect();
        all = all.add(accounts::Column::Industry.is_in(meant));
    }
    if !rule.statuses.is_empty() {
        let statuses = rule.statuses.iter().map(|status| status.as_str());
        all = all.add(accounts::Column::Status.is_in(statuses));
    }
    if !rule.recipients.is_empty() {
        let recipients = rule.recipients.iter().map(|kind| kind.as_str());
        all = all.add(accounts::Column::RecipientKind.is_in(recipients));
    }
    // Days are kept as they are written, and sort by it.
    if let Some(since) = rule.since {
        all = all.add(accounts::Column::CustomerSince.gte(since.to_string()));
    }
    if let Some(until) = rule.until {
        all = all.add(accounts::Column::CustomerSince.lte(until.to_string()));
    }
    if !rule.managers.is_empty() {
        let assigned = account_assignments::Entity::find()
            .select_only()
            .column(account_assignments::Column::AccountId)
            .filter(
                account_assignments::Column::MemberId.is_in(rule.managers.iter().map(|id| id.into_inner())),
            );
        all = all.add(accounts::Column::Id.in_subquery(assigned.into_query()));
    }
    Ok((!all.is_empty()).then_some(all))
}

impl<C: ConnectionTrait> Segments<'_, C> {
    /// Who belongs to each of these.
    pub(crate) async fn groups(&self, ids: &BTreeSet<SegmentId>) -> Result<BTreeMap<SegmentId, Whom>> {
        let rows = segments::Entity::find()
            .filter(segments::Column::Id.is_in(ids.iter().map(|id| id.into_inner())))
            .all(self.0)
            .await?;
        Ok(self.restored(rows).await?.into_iter().map(|segment| (segment.id, segment.whom)).collect())
    }

    /// All segments, the newest first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn all(&self) -> Result<Vec<Segment>> {
        let rows = segments::Entity::find()
            .order_by_desc(segments::Column::CreatedAt)
            .order_by_desc(segments::Column::Id);
        self.restored(rows.all(self.0).await?).await
    }

    /// One of them.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn find(&self, id: SegmentId) -> Result<Option<Segment>> {
        let row = segments::Entity::find_by_id(id.into_inner()).one(self.0).await?;
        Ok(self.restored(row.into_iter().collect()).await?.pop())
    }

    async fn restored(&self, rows: Vec<segments::Model>) -> Result<Vec<Segment>> {
        let by_hand: Vec<Uuid> = rows.iter().filter(|row| row.rule.is_none()).map(|row| row.id).collect();
        let mut picked: BTreeMap<Uuid, BTreeSet<AccountId>> = BTreeMap::new();
        if !by_hand.is_empty() {
            let accounts = segment_accounts::Entity::find()
                .filter(segment_accounts::Column::SegmentId.is_in(by_hand))
                .all(self.0)
                .await?;
            for row in accounts {
                picked.entry(row.segment_id).or_default().insert(row.account_id.into());
            }
        }
        rows.into_iter().map(|row| restore(row, &mut picked)).collect()
    }

    /// How many belong to a group at the moment.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn size(&self, whom: &Whom) -> Result<SegmentSize> {
        let account = Expr::col((members::Entity, members::Column::AccountId));
        let counted: Option<(i64, i64)> = members::Entity::find()
            .select_only()
            .column_as(members::Column::Id.count(), "people")
            .column_as(account.count_distinct(), "companies")
            .filter(belonging(self.0, whom).await?)
            .into_tuple()
            .one(self.0)
            .await?;
        let (people, accounts) = counted.unwrap_or_default();
        Ok(SegmentSize { people, accounts })
    }

    /// Some of those who belong to a group at the moment.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sample(&self, whom: &Whom, limit: u64) -> Result<Vec<SegmentMember>> {
        let rows: Vec<(Uuid, String, Uuid, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::Name])
            .columns([accounts::Column::Id, accounts::Column::Name])
            .join(
                JoinType::InnerJoin,
                members::Entity::belongs_to(accounts::Entity)
                    .from(members::Column::AccountId)
                    .to(accounts::Column::Id)
                    .into(),
            )
            .filter(belonging(self.0, whom).await?)
            .order_by_asc(members::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        let member = |(member, name, account, account_name): (Uuid, String, Uuid, String)| SegmentMember {
            member: member.into(),
            name,
            account: account.into(),
            account_name,
        };
        Ok(rows.into_iter().map(member).collect())
    }

    /// What goes by a segment now.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn uses(&self, id: SegmentId) -> Result<Vec<SegmentUse>> {
        let states = RolloutState::UNDER_WAY.map(RolloutState::as_str);
        let pilots: Vec<Option<String>> = tier_rollouts::Entity::find()
            .select_only()
            .column(tier_rollouts::Column::Pilot)
            .filter(tier_rollouts::Column::State.is_in(states))
            .into_tuple()
            .all(self.0)
            .await?;
        let mut uses = Vec::new();
        for pilot in pilots.into_iter().flatten() {
            let pilot: Pilot =
                serde_json::from_str(&pilot).map_err(|_| StoreError::Corrupt("tier_rollouts.pilot"))?;
            uses.extend((pilot.segment() == Some(id)).then_some(SegmentUse::Tiers));
        }
        let campaigns = Campaigns::of(self.0).going_by(id).await?;
        uses.extend(campaigns.into_iter().map(|(id, name)| SegmentUse::Campaign(id, name)));
        Ok(uses)
    }

    /// The names of these companies, in their order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn names(&self, picked: &BTreeSet<AccountId>) -> Result<Vec<String>> {
        let names = accounts::Entity::find()
            .select_only()
            .column(accounts::Column::Name)
            .filter(accounts::Column::Id.is_in(picked.iter().map(|id| id.into_inner())))
            .order_by_asc(accounts::Column::NameKey)
            .order_by_asc(accounts::Column::Id);
        Ok(names.into_tuple().all(self.0).await?)
    }

    /// Companies by the keys of their names; those of one name are all in it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn called(&self, keys: &BTreeSet<String>) -> Result<Vec<(String, AccountId)>> {
        let rows: Vec<(String, Uuid)> = accounts::Entity::find()
            .select_only()
            .columns([accounts::Column::NameKey, accounts::Column::Id])
            .filter(accounts::Column::NameKey.is_in(keys))
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|(key, id)| (key, id.into())).collect())
    }

    /// What is known of somebody of a customer; `None` for everybody else.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn facts(&self, member: MemberId) -> Result<Option<CustomerFacts>> {
        type Row = (String, Uuid, String, Option<String>, String, String, Option<String>, Option<Uuid>);
        let row: Option<Row> = members::Entity::find()
            .select_only()
            .column(members::Column::TierCode)
            .columns([
                accounts::Column::Id,
                accounts::Column::Country,
                accounts::Column::Industry,
                accounts::Column::Status,
                accounts::Column::RecipientKind,
                accounts::Column::CustomerSince,
            ])
            .column(account_assignments::Column::MemberId)
            .join(
                JoinType::InnerJoin,
                members::Entity::belongs_to(accounts::Entity)
                    .from(members::Column::AccountId)
                    .to(accounts::Column::Id)
                    .into(),
            )
            .join(
                JoinType::LeftJoin,
                accounts::Entity::belongs_to(account_assignments::Entity)
                    .from(accounts::Column::Id)
                    .to(account_assignments::Column::AccountId)
                    .into(),
            )
            .filter(members::Column::Id.eq(member.into_inner()))
            .into_tuple()
            .one(self.0)
            .await?;
        let Some((tier, account, country, industry, status, recipient, since, manager)) = row else {
            return Ok(None);
        };
        Ok(Some(CustomerFacts {
            account: account.into(),
            country: Country::parse(&country).ok(),
            section: industry.as_deref().and_then(Section::of_industry),
            status: AccountStatus::parse(&status).ok_or(StoreError::Corrupt("accounts.status"))?,
            recipient: RecipientKind::parse(&recipient)
                .ok_or(StoreError::Corrupt("accounts.recipient_kind"))?,
            customer_since: since.and_then(|day| day.parse().ok()),
            manager: manager.map(MemberId::from),
            tier: TierCode::parse(&tier).ok(),
        }))
    }
}

impl Segments<'_, DatabaseTransaction> {
    /// The segment, which nobody deletes before this transaction has ended.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn find_to_use(&self, id: SegmentId) -> Result<Option<Segment>> {
        let found = segments::Entity::find_by_id(id.into_inner()).lock(LockType::KeyShare);
        let row = found.one(self.0).await?;
        Ok(self.restored(row.into_iter().collect()).await?.pop())
    }

    /// Waits for everybody who is about to use this segment, and lets nobody begin to.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock(&self, id: SegmentId) -> Result<()> {
        segments::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(segments::Column::Id)
            .lock(LockType::Update)
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?;
        Ok(())
    }

    async fn pick(&self, segment: &Segment) -> Result<()> {
        let Whom::Picked(accounts) = &segment.whom else { return Ok(()) };
        let rows = accounts.iter().map(|account| segment_accounts::ActiveModel {
            segment_id: Set(segment.id.into_inner()),
            account_id: Set(account.into_inner()),
        });
        segment_accounts::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        Ok(())
    }
}

impl Tx {
    /// Adds a segment.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_segment(&self, _: &ProgramManaging, new: &Segment, now: DateTime<Utc>) -> Result<()> {
        let row = segments::ActiveModel {
            id: Set(new.id.into_inner()),
            created_at: Set(micros(now)),
            version: Set(0),
            ..written(new)?
        };
        row.insert(self.conn()).await?;
        self.segments().pick(new).await
    }

    /// Changes a segment, read in its version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed it since.
    pub async fn update_segment(&self, _: &ProgramManaging, segment: &Segment) -> Result<()> {
        let row = segments::ActiveModel { version: Set(segment.version + 1), ..written(segment)? };
        let done = segments::Entity::update_many()
            .set(row)
            .filter(segments::Column::Id.eq(segment.id.into_inner()))
            .filter(segments::Column::Version.eq(segment.version))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        // Campaigns may go by it, which pages remember.
        self.mark_catalogue();
        segment_accounts::Entity::delete_many()
            .filter(segment_accounts::Column::SegmentId.eq(segment.id.into_inner()))
            .exec(self.conn())
            .await?;
        self.segments().pick(segment).await
    }

    /// Deletes a segment, read in this version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed it since.
    pub async fn delete_segment(&self, _: &ProgramManaging, id: SegmentId, version: i32) -> Result<()> {
        let done = segments::Entity::delete_many()
            .filter(segments::Column::Id.eq(id.into_inner()))
            .filter(segments::Column::Version.eq(version))
            .exec(self.conn())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }
}
