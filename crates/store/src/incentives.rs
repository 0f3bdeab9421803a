//! Programmes and what they offer.

use chrono::{DateTime, Utc};
use domain::{
    ids::{IncentiveId, MemberId, OrganisationId, ProgramId},
    incentives::{Amount, Incentive, IncentiveKind, Questions, Scheme, Unit},
    members::ProgramManaging,
    referrals::{Pipeline, WonMeans},
    text::Bilingual,
    touches::{AttributionSettings, TouchRule},
    triple_win::WinKind,
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
    entity::{incentives, member_defaults, organisations, programs},
    micros,
};

/// The room of programmes and incentives.
#[derive(Debug)]
pub struct Incentives<'c, C>(&'c C);

impl Store {
    /// Programmes and incentives, to read.
    pub fn incentives(&self) -> Incentives<'_, impl ConnectionTrait + use<>> {
        Incentives(self.reader())
    }
}

impl Tx {
    /// Programmes and incentives, in this transaction.
    pub fn incentives(&self) -> Incentives<'_, DatabaseTransaction> {
        Incentives(self.conn())
    }
}

/// A referral programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// Which one.
    pub id: ProgramId,
    /// Its short name in addresses and exports.
    pub code: String,
    /// Whether it takes referrals.
    pub open: bool,
    /// What it is called.
    pub name: Bilingual,
    /// The headline of its landing page.
    pub headline: Bilingual,
    /// What its landing page says beneath.
    pub pitch: Bilingual,
    /// What the new customer's company gets.
    pub benefit: Bilingual,
    /// Which kind of benefit that is; `None` where there is none.
    pub benefit_kind: Option<WinKind>,
    /// How much it is worth, where that can be said.
    pub benefit_amount: Option<Amount>,
    /// Where its links lead instead of our own landing page.
    pub destination_url: Option<String>,
    /// Which touch wins, and how long touches count.
    pub attribution: AttributionSettings,
    /// What makes a referred company a customer.
    pub won_means: WonMeans,
    /// The stages of its referrals.
    pub pipeline: Pipeline,
    /// What the form of a referral asks besides; changed by [`Tx::update_questions`] alone.
    pub questions: Questions,
    /// For optimistic edits, and the version of its terms.
    pub version: i32,
}

/// An incentive with its texts, as the catalogue knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Its rules; `stock` is what is left.
    pub incentive: Incentive,
    /// Of which programme.
    pub program: ProgramId,
    /// What it is called.
    pub name: Bilingual,
    /// What it is.
    pub text: Bilingual,
    /// Its place in lists.
    pub position: i32,
    /// For optimistic edits.
    pub version: i32,
}

/// What an advocate gets for a referral unless they choose otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnThanks {
    /// The thank-you; `None` to choose each time.
    pub incentive: Option<IncentiveId>,
    /// Where a donation goes.
    pub organisation: Option<OrganisationId>,
}

/// An organisation that receives donations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Which one.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its registered name.
    pub legal_name: String,
    /// Whether it can be chosen; what was promised to it stays promised.
    pub active: bool,
    /// For optimistic edits.
    pub version: i32,
}

const OPEN: &str = "open";
const CLOSED: &str = "closed";
const NO_BENEFIT: &str = "none";
const QUESTIONS: &str = "programs.questions";

fn corrupt(what: &'static str) -> impl Fn() -> StoreError {
    move || StoreError::Corrupt(what)
}

fn pipeline(json: &str) -> Result<Pipeline> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("programs.pipeline"))
}

fn program(row: programs::Model) -> Result<Program> {
    Ok(Program {
        id: row.id.into(),
        code: row.code,
        open: row.status == OPEN,
        name: Bilingual::new(row.name_de, row.name_en),
        headline: Bilingual::new(row.headline_de, row.headline_en),
        pitch: Bilingual::new(row.pitch_de, row.pitch_en),
        benefit: Bilingual::new(row.benefit_de, row.benefit_en),
        benefit_kind: match row.benefit_kind.as_str() {
            NO_BENEFIT => None,
            code => Some(WinKind::parse(code).ok_or_else(corrupt("programs.benefit_kind"))?),
        },
        benefit_amount: match (row.benefit_amount, row.benefit_currency.as_deref()) {
            (Some(value), Some(currency)) => {
                let unit = Unit::parse(currency).ok_or_else(corrupt("programs.benefit_currency"))?;
                Some(Amount::new(value, unit).map_err(|_| StoreError::Corrupt("programs.benefit_amount"))?)
            }
            _ => None,
        },
        destination_url: row.destination_url,
        attribution: AttributionSettings {
            rule: TouchRule::parse(&row.attribution).ok_or_else(corrupt("programs.attribution"))?,
            window: chrono::TimeDelta::days(row.window_days.into()),
        },
        won_means: WonMeans::parse(&row.won_means).ok_or_else(corrupt("programs.won_means"))?,
        pipeline: pipeline(&row.pipeline)?,
        questions: serde_json::from_str(&row.questions).map_err(|_| StoreError::Corrupt(QUESTIONS))?,
        version: row.version,
    })
}

fn offer(row: incentives::Model) -> Result<Offer> {
    let left = |stock: i32| u32::try_from(stock.saturating_sub(row.taken)).unwrap_or(0);
    Ok(Offer {
        incentive: Incentive {
            id: row.id.into(),
            kind: IncentiveKind::parse(&row.kind).ok_or_else(corrupt("incentives.kind"))?,
            scheme: serde_json::from_str::<Scheme>(&row.scheme)
                .map_err(|_| StoreError::Corrupt("incentives.scheme"))?,
            stock: row.stock.map(left),
            min_tier: u8::try_from(row.min_tier).map_err(|_| StoreError::Corrupt("incentives.min_tier"))?,
            active: row.active,
            countries: serde_json::from_str(&row.countries)
                .map_err(|_| StoreError::Corrupt("incentives.countries"))?,
        },
        program: row.program_id.into(),
        name: Bilingual::new(row.name_de, row.name_en),
        text: Bilingual::new(row.text_de, row.text_en),
        position: row.position,
        version: row.version,
    })
}

fn organisation(row: organisations::Model) -> Organisation {
    Organisation {
        id: row.id.into(),
        name: row.name,
        legal_name: row.legal_name,
        active: row.active,
        version: row.version,
    }
}

impl<C: ConnectionTrait> Incentives<'_, C> {
    /// The programme with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn program(&self, id: ProgramId) -> Result<Option<Program>> {
        programs::Entity::find_by_id(id.into_inner()).one(self.0).await?.map(program).transpose()
    }

    /// The programme that new referrals belong to: the oldest one that is open, otherwise the oldest.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn default_program(&self) -> Result<Option<Program>> {
        let rows = programs::Entity::find().order_by_asc(programs::Column::CreatedAt).all(self.0).await?;
        let found = rows.iter().position(|row| row.status == OPEN).unwrap_or(0);
        rows.into_iter().nth(found).map(program).transpose()
    }

    /// Everything a programme offers, in the order of the catalogue; also what is switched off.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offers(&self, program: ProgramId) -> Result<Vec<Offer>> {
        incentives::Entity::find()
            .filter(incentives::Column::ProgramId.eq(program.into_inner()))
            .order_by_asc(incentives::Column::Position)
            .order_by_asc(incentives::Column::Id)
            .all(self.0)
            .await?
            .into_iter()
            .map(offer)
            .collect()
    }

    /// The offer with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offer(&self, id: IncentiveId) -> Result<Option<Offer>> {
        incentives::Entity::find_by_id(id.into_inner()).one(self.0).await?.map(offer).transpose()
    }

    /// What this member gets unless they choose otherwise.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn own_thanks(&self, member: MemberId) -> Result<OwnThanks> {
        let row = member_defaults::Entity::find_by_id(member.into_inner()).one(self.0).await?;
        Ok(row.map_or_else(OwnThanks::default, |row| OwnThanks {
            incentive: Some(row.incentive_id.into()),
            organisation: row.organisation_id.map(OrganisationId::from),
        }))
    }

    /// The organisations that donations can go to, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        Ok(organisations::Entity::find()
            .filter(organisations::Column::Active.eq(true))
            .order_by_asc(organisations::Column::Name)
            .all(self.0)
            .await?
            .into_iter()
            .map(organisation)
            .collect())
    }

    /// Every organisation that there is or was, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all_organisations(&self) -> Result<Vec<Organisation>> {
        let rows = organisations::Entity::find().order_by_asc(organisations::Column::Name);
        Ok(rows.all(self.0).await?.into_iter().map(organisation).collect())
    }

    /// The organisation with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn organisation(&self, id: OrganisationId) -> Result<Option<Organisation>> {
        Ok(organisations::Entity::find_by_id(id.into_inner()).one(self.0).await?.map(organisation))
    }
}

impl Incentives<'_, DatabaseTransaction> {
    /// The pipeline of the programme with this id, which nobody changes until this transaction ends: whoever moves a
    /// referral to one of its stages finds the stage there afterwards. Any number may move at once, and count against the
    /// programme's caps. (SQLite has one writer anyway.)
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn pipeline_as_it_stays(&self, id: ProgramId) -> Result<Option<Pipeline>> {
        let found: Option<String> = programs::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(programs::Column::Pipeline)
            .lock(LockType::KeyShare)
            .into_tuple()
            .one(self.0)
            .await?;
        found.as_deref().map(pipeline).transpose()
    }

    /// Waits for everybody who moves referrals to stages of this programme, and makes who comes later wait. First in its
    /// transaction: whoever holds it may wait for nobody who wants it.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock_pipeline(&self, id: ProgramId) -> Result<()> {
        programs::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(programs::Column::Id)
            .lock(LockType::Update)
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?;
        Ok(())
    }

    /// Remembers what this member gets unless they choose otherwise.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_own_thanks(&self, member: MemberId, own: OwnThanks) -> Result<()> {
        let id = member.into_inner();
        let Some(incentive) = own.incentive else {
            member_defaults::Entity::delete_by_id(id).exec(self.0).await?;
            return Ok(());
        };
        member_defaults::Entity::insert(member_defaults::ActiveModel {
            member_id: Set(id),
            incentive_id: Set(incentive.into_inner()),
            organisation_id: Set(own.organisation.map(OrganisationId::into_inner)),
        })
        .on_conflict(
            OnConflict::column(member_defaults::Column::MemberId)
                .update_columns([
                    member_defaults::Column::IncentiveId,
                    member_defaults::Column::OrganisationId,
                ])
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }
}

impl Tx {
    /// Adds a programme.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its code is taken.
    pub async fn insert_program(&self, new: &Program, now: DateTime<Utc>) -> Result<()> {
        programs::ActiveModel {
            id: Set(new.id.into_inner()),
            code: Set(new.code.clone()),
            created_at: Set(micros(now)),
            questions: Set(written_questions(&new.questions)?),
            version: Set(new.version),
            ..written(new)?
        }
        .insert(self.conn())
        .await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Changes a programme that nobody has changed since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has.
    pub async fn update_program(&self, _: &ProgramManaging, changed: &Program) -> Result<()> {
        self.change_program(changed.id, changed.version, written(changed)?).await
    }

    /// Changes what the form of a referral asks besides, if nobody has changed the programme since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has.
    pub async fn update_questions(
        &self,
        _: &ProgramManaging,
        id: ProgramId,
        version: i32,
        questions: &Questions,
    ) -> Result<()> {
        let questions = Set(written_questions(questions)?);
        let row = programs::ActiveModel { questions, ..Default::default() };
        self.change_program(id, version, row).await
    }

    async fn change_program(&self, id: ProgramId, version: i32, row: programs::ActiveModel) -> Result<()> {
        let done = programs::Entity::update_many()
            .set(programs::ActiveModel { version: Set(version + 1), ..row })
            .filter(programs::Column::Id.eq(id.into_inner()))
            .filter(programs::Column::Version.eq(version))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }

    /// Adds an offer; its `stock` is the whole stock.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_offer(&self, new: &Offer, now: DateTime<Utc>) -> Result<()> {
        incentives::ActiveModel {
            id: Set(new.incentive.id.into_inner()),
            program_id: Set(new.program.into_inner()),
            kind: Set(new.incentive.kind.as_str().to_owned()),
            taken: Set(0),
            created_at: Set(micros(now)),
            version: Set(0),
            ..written_offer(new, 0)?
        }
        .insert(self.conn())
        .await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Changes an offer that nobody has changed since `version`; its `stock` is what shall be left of the `shown`. What was
    /// taken between showing and saving stays taken: the difference is what counts.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has.
    pub async fn update_offer(&self, _: &ProgramManaging, changed: &Offer, shown: Option<u32>) -> Result<()> {
        let id = changed.incentive.id.into_inner();
        let known = incentives::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(self.conn()).await?;
        let (stock, taken) = known.map_or((None, 0), |row| (row.stock, row.taken));
        let mut row =
            incentives::ActiveModel { version: Set(changed.version + 1), ..written_offer(changed, taken)? };
        if let (Some(wanted), Some(shown), Some(stock)) = (changed.incentive.stock, shown, stock) {
            let more = i64::from(wanted) - i64::from(shown);
            // Where nothing was typed, nothing changes; and less than nothing is never left.
            let least = if more == 0 { stock } else { taken };
            let whole = Ord::max(i64::from(stock) + more, i64::from(least));
            row.stock = Set(Some(i32::try_from(whole).unwrap_or(i32::MAX)));
        }
        let done = incentives::Entity::update_many()
            .set(row)
            .filter(incentives::Column::Id.eq(id))
            .filter(incentives::Column::Version.eq(changed.version))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }

    /// Takes one from the stock, if there is one: of two who want the last, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_from_stock(&self, id: IncentiveId) -> Result<bool> {
        let left = Expr::col(incentives::Column::Stock).gt(Expr::col(incentives::Column::Taken));
        self.count_taken(id, Expr::col(incentives::Column::Taken).add(1), left).await
    }

    /// Counts what is taken of an offer, where it has a limit and `limited` holds, or has none. Answers whether there was
    /// something to count. Pages show what is left of a limited offer alone: of the others the catalogue need not know.
    async fn count_taken(&self, id: IncentiveId, taken: Expr, limited: Expr) -> Result<bool> {
        let count = incentives::Entity::update_many()
            .col_expr(incentives::Column::Taken, taken)
            .filter(incentives::Column::Id.eq(id.into_inner()));
        let limit = incentives::Column::Stock.is_not_null().and(limited);
        if count.clone().filter(limit).exec(self.conn()).await?.rows_affected == 1 {
            self.mark_catalogue();
            return Ok(true);
        }
        let done = count.filter(incentives::Column::Stock.is_null()).exec(self.conn()).await?;
        Ok(done.rows_affected == 1)
    }

    /// Puts one back into the stock.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn return_to_stock(&self, id: IncentiveId) -> Result<()> {
        let one_less =
            Expr::case(incentives::Column::Taken.gt(0), Expr::col(incentives::Column::Taken).sub(1));
        self.count_taken(id, one_less.finally(0).into(), incentives::Column::Taken.gt(0)).await?;
        Ok(())
    }

    /// Adds an organisation.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_organisation(
        &self,
        _: &ProgramManaging,
        new: &Organisation,
        now: DateTime<Utc>,
    ) -> Result<()> {
        organisations::ActiveModel {
            id: Set(new.id.into_inner()),
            name: Set(new.name.clone()),
            legal_name: Set(new.legal_name.clone()),
            active: Set(new.active),
            created_at: Set(micros(now)),
            version: Set(0),
        }
        .insert(self.conn())
        .await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Changes an organisation that nobody has changed since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has.
    pub async fn update_organisation(&self, _: &ProgramManaging, changed: &Organisation) -> Result<()> {
        let row = organisations::ActiveModel {
            name: Set(changed.name.clone()),
            legal_name: Set(changed.legal_name.clone()),
            active: Set(changed.active),
            version: Set(changed.version + 1),
            ..Default::default()
        };
        let done = organisations::Entity::update_many()
            .set(row)
            .filter(organisations::Column::Id.eq(changed.id.into_inner()))
            .filter(organisations::Column::Version.eq(changed.version))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }
}

fn written_questions(questions: &Questions) -> Result<String> {
    serde_json::to_string(questions).map_err(|_| StoreError::Corrupt(QUESTIONS))
}

/// The columns that an edit may change.
fn written(program: &Program) -> Result<programs::ActiveModel> {
    Ok(programs::ActiveModel {
        status: Set(if program.open { OPEN } else { CLOSED }.to_owned()),
        name_de: Set(program.name.de.clone()),
        name_en: Set(program.name.en.clone()),
        headline_de: Set(program.headline.de.clone()),
        headline_en: Set(program.headline.en.clone()),
        pitch_de: Set(program.pitch.de.clone()),
        pitch_en: Set(program.pitch.en.clone()),
        benefit_de: Set(program.benefit.de.clone()),
        benefit_en: Set(program.benefit.en.clone()),
        benefit_kind: Set(program.benefit_kind.map_or(NO_BENEFIT, |kind| kind.as_str()).to_owned()),
        benefit_amount: Set(program.benefit_amount.map(Amount::value)),
        benefit_currency: Set(program.benefit_amount.map(|amount| amount.unit().as_str().to_owned())),
        destination_url: Set(program.destination_url.clone()),
        attribution: Set(program.attribution.rule.as_str().to_owned()),
        window_days: Set(i32::try_from(program.attribution.window.num_days()).unwrap_or(i32::MAX)),
        won_means: Set(program.won_means.as_str().to_owned()),
        pipeline: Set(
            serde_json::to_string(&program.pipeline).map_err(|_| StoreError::Corrupt("programs.pipeline"))?
        ),
        ..Default::default()
    })
}

/// The columns that an edit may change. `kind` is not among them: what was promised under it stays what it was.
fn written_offer(offer: &Offer, taken: i32) -> Result<incentives::ActiveModel> {
    let json = |_| StoreError::Corrupt("incentives");
    let stock =
        offer.incentive.stock.map(|left| i32::try_from(left).unwrap_or(i32::MAX).saturating_add(taken));
    Ok(incentives::ActiveModel {
        name_de: Set(offer.name.de.clone()),
        name_en: Set(offer.name.en.clone()),
        text_de: Set(offer.text.de.clone()),
        text_en: Set(offer.text.en.clone()),
        stock: Set(stock),
        min_tier: Set(offer.incentive.min_tier.into()),
        scheme: Set(serde_json::to_string(&offer.incentive.scheme).map_err(json)?),
        countries: Set(serde_json::to_string(&offer.incentive.countries).map_err(json)?),
        active: Set(offer.incentive.active),
        position: Set(offer.position),
        ..Default::default()
    })
}
