//! Campaigns, what they have given, and the referrals and rewards that carry one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    campaigns::{Boost, Campaign, CampaignState, left_of},
    ids::{CampaignId, IncentiveId, MemberId, ProgramId, ReferralId, SegmentId},
    incentives::Unit,
    members::ProgramManaging,
    referrals::Stage,
    rewards::RewardCode,
    segments::Whom,
    text::Bilingual,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{campaign_referrals, campaign_tallies, campaigns},
    from_micros, micros,
    rewards::StoredReward,
    segments::Segments,
    written::{row, rows},
};

/// The room of campaigns.
#[derive(Debug)]
pub struct Campaigns<'c, C>(&'c C);

impl<'c, C> Campaigns<'c, C> {
    pub(crate) fn of(conn: &'c C) -> Self {
        Self(conn)
    }
}

impl Store {
    /// Campaigns, to read.
    pub fn campaigns(&self) -> Campaigns<'_, impl ConnectionTrait + use<>> {
        Campaigns(self.reader())
    }
}

impl Tx {
    /// Campaigns, in this transaction.
    pub fn campaigns(&self) -> Campaigns<'_, DatabaseTransaction> {
        Campaigns(self.conn())
    }
}

/// A campaign with its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCampaign {
    /// What decides whether it applies.
    pub campaign: Campaign,
    /// What it is called.
    pub name: Bilingual,
    /// The time zone in which its moments were written.
    pub zone: String,
    /// The segment it is for; `None` for everybody.
    pub segment: Option<SegmentId>,
    /// The segment that has it first.
    pub pilot: Option<SegmentId>,
}

/// How much of a reward is a campaign's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CampaignShare {
    /// Which campaign.
    pub campaign: CampaignId,
    /// What it adds to the normal amount.
    pub extra: i64,
}

/// What a campaign's budget limits.
pub type BudgetKey = (CampaignId, Unit);

impl StoredReward {
    /// What it counts against the budget of its campaign: as against caps, what is promised or delivered does.
    pub fn against_budget(&self) -> Option<(BudgetKey, i64)> {
        let (key, _) = self.against_cap()?;
        self.campaign.map(|share| ((share.campaign, key.unit), share.extra))
    }
}

/// What a campaign has brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignFigures {
    /// Referrals that were promised its boost.
    pub referrals: i64,
    /// How many of them were won.
    pub won: i64,
    /// By unit: how many rewards carry it, and what they come to in all.
    pub rewards: BTreeMap<Unit, (i64, i64)>,
}

fn corrupt(what: &'static str) -> impl Fn() -> StoreError {
    move || StoreError::Corrupt(what)
}

/// The columns that an edit may change.
fn written(named: &NamedCampaign) -> Result<campaigns::ActiveModel> {
    let one = &named.campaign;
    let json = |text: serde_json::Result<String>| text.map_err(|_| StoreError::Corrupt("campaigns"));
    Ok(campaigns::ActiveModel {
        name_de: Set(named.name.de.clone()),
        name_en: Set(named.name.en.clone()),
        incentives: Set(json(serde_json::to_string(&one.incentives))?),
        starts_at: Set(micros(one.starts_at)),
        ends_at: Set(micros(one.ends_at)),
        zone: Set(named.zone.clone()),
        boost: Set(i32::try_from(one.boost.hundredths()).map_err(|_| StoreError::Corrupt("campaigns.boost"))?),
        budget: Set(json(serde_json::to_string(&one.budget))?),
        segment_id: Set(named.segment.map(SegmentId::into_inner)),
        pilot_segment_id: Set(named.pilot.map(SegmentId::into_inner)),
        state: Set(one.state.as_str().to_owned()),
        ..Default::default()
    })
}

fn budget(stored: &str) -> Result<BTreeMap<Unit, i64>> {
    serde_json::from_str(stored).map_err(|_| StoreError::Corrupt("campaigns.budget"))
}

fn restore(
    row: campaigns::Model,
    groups: &BTreeMap<SegmentId, Whom>,
    spent: &mut BTreeMap<Uuid, BTreeMap<Unit, i64>>,
) -> Result<NamedCampaign> {
    let (segment, pilot) = (row.segment_id.map(SegmentId::from), row.pilot_segment_id.map(SegmentId::from));
    let group = |id: Option<SegmentId>| id.and_then(|id| groups.get(&id).cloned());
    let boost = u32::try_from(row.boost).ok().and_then(|boost| Boost::new(boost).ok());
    Ok(NamedCampaign {
        campaign: Campaign {
            id: row.id.into(),
            version: row.version,
            program: row.program_id.into(),
            incentives: serde_json::from_str::<BTreeSet<IncentiveId>>(&row.incentives)
                .map_err(|_| StoreError::Corrupt("campaigns.incentives"))?,
            starts_at: from_micros(row.starts_at),
            ends_at: from_micros(row.ends_at),
            boost: boost.ok_or_else(corrupt("campaigns.boost"))?,
            budget: budget(&row.budget)?,
            spent: spent.remove(&row.id).unwrap_or_default(),
            whom: group(segment),
            pilot: group(pilot),
            state: CampaignState::parse(&row.state).ok_or_else(corrupt("campaigns.state"))?,
        },
        name: Bilingual::new(row.name_de, row.name_en),
        zone: row.zone,
        segment,
        pilot,
    })
}

impl<C: ConnectionTrait> Campaigns<'_, C> {
    /// All campaigns, the newest first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn all(&self) -> Result<Vec<NamedCampaign>> {
        let rows = campaigns::Entity::find()
            .order_by_desc(campaigns::Column::CreatedAt)
            .order_by_desc(campaigns::Column::Id);
        self.restored(rows.all(self.0).await?).await
    }

    /// The campaigns of a programme that somebody may have, now or later.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn open(&self, program: ProgramId) -> Result<Vec<NamedCampaign>> {
        let open = [CampaignState::Pilot, CampaignState::Running].map(CampaignState::as_str);
        let rows = campaigns::Entity::find()
            .filter(campaigns::Column::ProgramId.eq(program.into_inner()))
            .filter(campaigns::Column::State.is_in(open));
        self.restored(rows.all(self.0).await?).await
    }

    /// One of them.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn find(&self, id: CampaignId) -> Result<Option<NamedCampaign>> {
        let row = campaigns::Entity::find_by_id(id.into_inner()).one(self.0).await?;
        Ok(self.restored(row.into_iter().collect()).await?.pop())
    }

    async fn restored(&self, rows: Vec<campaigns::Model>) -> Result<Vec<NamedCampaign>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let groups: BTreeSet<SegmentId> = rows
            .iter()
            .flat_map(|row| [row.segment_id, row.pilot_segment_id])
            .flatten()
            .map(Into::into)
            .collect();
        let groups = match groups.is_empty() {
            true => BTreeMap::new(),
            false => Segments::of(self.0).groups(&groups).await?,
        };
        let tallies = campaign_tallies::Entity::find()
            .filter(campaign_tallies::Column::CampaignId.is_in(rows.iter().map(|row| row.id)))
            .all(self.0)
            .await?;
        let mut spent: BTreeMap<Uuid, BTreeMap<Unit, i64>> = BTreeMap::new();
        for tally in tallies {
            let unit = Unit::parse(&tally.unit).ok_or_else(corrupt("campaign_tallies.unit"))?;
            spent.entry(tally.campaign_id).or_default().insert(unit, tally.amount);
        }
        rows.into_iter().map(|row| restore(row, &groups, &mut spent)).collect()
    }

    /// What a campaign has brought so far.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn figures(&self, id: CampaignId) -> Result<CampaignFigures> {
        const REFERRALS: &str = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN f.stage = $2 THEN 1 ELSE 0 END), 0) \
             FROM campaign_referrals c JOIN referrals f ON f.id = c.referral_id WHERE c.campaign_id = $1";
        const REWARDS: &str = "SELECT unit, COUNT(*), CAST(SUM(amount) AS BIGINT) FROM rewards \
             WHERE campaign_id = $1 AND state IN ($2, $3, $4) AND unit IS NOT NULL GROUP BY unit";
        let mut figures = CampaignFigures::default();
        for row in rows(self.0, REFERRALS, [id.into_inner().into(), Stage::Won.as_str().into()]).await? {
            (figures.referrals, figures.won) = row.try_get_many_by_index()?;
        }
        let [clearing, approved, fulfilled] =
            [RewardCode::Clearing, RewardCode::Approved, RewardCode::Fulfilled]
                .map(|code| code.as_str().into());
        for row in rows(self.0, REWARDS, [id.into_inner().into(), clearing, approved, fulfilled]).await? {
            let (unit, count, sum): (String, i64, i64) = row.try_get_many_by_index()?;
            let unit = Unit::parse(&unit).ok_or_else(corrupt("rewards.unit"))?;
            figures.rewards.insert(unit, (count, sum));
        }
        Ok(figures)
    }

    /// The names of these campaigns.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn names(&self, ids: &BTreeSet<CampaignId>) -> Result<BTreeMap<CampaignId, Bilingual>> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(Uuid, String, String)> = campaigns::Entity::find()
            .select_only()
            .columns([campaigns::Column::Id, campaigns::Column::NameDe, campaigns::Column::NameEn])
            .filter(campaigns::Column::Id.is_in(ids.iter().map(|id| id.into_inner())))
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|(id, de, en)| (id.into(), Bilingual::new(de, en))).collect())
    }

    /// The campaigns that go by a segment, with their names.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn going_by(&self, segment: SegmentId) -> Result<Vec<(CampaignId, Bilingual)>> {
        let id = segment.into_inner();
        let rows: Vec<(Uuid, String, String)> = campaigns::Entity::find()
            .select_only()
            .columns([campaigns::Column::Id, campaigns::Column::NameDe, campaigns::Column::NameEn])
            .filter(campaigns::Column::SegmentId.eq(id).or(campaigns::Column::PilotSegmentId.eq(id)))
            .order_by_desc(campaigns::Column::CreatedAt)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|(id, de, en)| (id.into(), Bilingual::new(de, en))).collect())
    }
}

impl Campaigns<'_, DatabaseTransaction> {
    /// Lets one transaction at a time spend of the budgets of these campaigns. In the order of their ids, so that two of
    /// them don't wait for each other in a circle. (SQLite has one writer anyway.)
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock(&self, ids: &BTreeSet<CampaignId>) -> Result<()> {
        let _: Vec<Uuid> = campaigns::Entity::find()
            .select_only()
            .column(campaigns::Column::Id)
            .filter(campaigns::Column::Id.is_in(ids.iter().map(|id| id.into_inner())))
            .order_by_asc(campaigns::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(())
    }

    /// What is left of a campaign's budget in this unit; `None` without a limit.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn left(&self, id: CampaignId, unit: Unit) -> Result<Option<i64>> {
        const SQL: &str = "SELECT c.budget, t.amount FROM campaigns c \
             LEFT JOIN campaign_tallies t ON t.campaign_id = c.id AND t.unit = $2 WHERE c.id = $1";
        let values = [id.into_inner().into(), unit.as_str().into()];
        let Some(row) = row(self.0, SQL, values).await? else { return Ok(None) };
        let (budget, spent): (String, Option<i64>) = row.try_get_many_by_index()?;
        let budget = self::budget(&budget)?;
        Ok(budget.get(&unit).map(|budget| left_of(*budget, spent.unwrap_or(0))))
    }

    /// Keeps count of what campaigns have given, in the order of the keys.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count(&self, changes: &BTreeMap<BudgetKey, i64>) -> Result<()> {
        let sum = campaign_tallies::Column::Amount;
        for ((campaign, unit), change) in changes.iter().filter(|(_, change)| **change != 0) {
            let columns = [campaign_tallies::Column::CampaignId, campaign_tallies::Column::Unit];
            let more = Expr::col((campaign_tallies::Entity, sum)).add(*change);
            campaign_tallies::Entity::insert(campaign_tallies::ActiveModel {
                campaign_id: Set(campaign.into_inner()),
                unit: Set(unit.as_str().to_owned()),
                amount: Set(*change),
            })
            .on_conflict(OnConflict::columns(columns).value(sum, more).to_owned())
            .exec_without_returning(self.0)
            .await?;
        }
        Ok(())
    }

    /// Notes that a referral was promised the boosts of these campaigns.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn carry(&self, referral: ReferralId, campaigns: &BTreeSet<CampaignId>) -> Result<()> {
        if campaigns.is_empty() {
            return Ok(());
        }
        let rows = campaigns.iter().map(|campaign| campaign_referrals::ActiveModel {
            campaign_id: Set(campaign.into_inner()),
            referral_id: Set(referral.into_inner()),
        });
        campaign_referrals::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        Ok(())
    }
}

impl Tx {
    /// Adds a campaign.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_campaign(
        &self,
        power: &ProgramManaging,
        new: &NamedCampaign,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let made_by: MemberId = power.member();
        let row = campaigns::ActiveModel {
            id: Set(new.campaign.id.into_inner()),
            program_id: Set(new.campaign.program.into_inner()),
            made_by_id: Set(made_by.into_inner()),
            created_at: Set(micros(now)),
            version: Set(0),
            ..written(new)?
        };
        row.insert(self.conn()).await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Changes a campaign, read in its version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed it since.
    pub async fn update_campaign(&self, _: &ProgramManaging, named: &NamedCampaign) -> Result<()> {
        let version = named.campaign.version;
        let row = campaigns::ActiveModel { version: Set(version + 1), ..written(named)? };
        let done = campaigns::Entity::update_many()
            .set(row)
            .filter(campaigns::Column::Id.eq(named.campaign.id.into_inner()))
            .filter(campaigns::Column::Version.eq(version))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }

    /// Keeps count of what campaigns have given. A budget that runs out promises nothing any more, so pages look again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_against_budgets(&self, changes: &BTreeMap<BudgetKey, i64>) -> Result<()> {
        if changes.values().any(|change| *change != 0) {
            self.campaigns().count(changes).await?;
            self.mark_catalogue();
        }
        Ok(())
    }
}
