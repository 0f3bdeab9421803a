//! Referrals, their timelines and claims.

mod assignments;
mod claims;
mod dates;
mod dialogue;
mod lines;

pub use dates::Dates;
pub use dialogue::Message;
pub(crate) use lines::LineRow;
pub use lines::{After, AfterDue, Line, Place, Reach, Tally};

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    accounts::{GiftPolicy, RecipientKind, WorkDomain},
    compliance::Section,
    consent::{ConsentPath, ConsentState},
    ids::{MemberId, OrganisationId, ReferralId, SubStageId, TouchId},
    incentives::{AdvocateStanding, Amount, Unit},
    referrals::{Answer, Event, EventKind, Facts, MoverKind, Position, Stage, Step},
    rewards::Side,
    text::{CompanyName, Country, Reason, RoleTitle},
    touches::Channel,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    campaigns::Campaigns,
    entity::{
        account_assignments, accounts, members, move_forms, referral_events, referral_tallies, referrals,
        rewards, tier_places,
    },
    from_micros, micros,
    rewards::Rewards,
};

const ANSWERS: &str = "referrals.answers";
const EVENT: &str = "referral_events.body";

/// The room of referrals.
#[derive(Debug)]
pub struct Referrals<'c, C>(pub(crate) &'c C);

impl Store {
    /// Referrals, to read.
    pub fn referrals(&self) -> Referrals<'_, impl ConnectionTrait + use<>> {
        Referrals(self.reader())
    }
}

impl Tx {
    /// Referrals, in this transaction.
    pub fn referrals(&self) -> Referrals<'_, DatabaseTransaction> {
        Referrals(self.conn())
    }
}

/// A referral to store for the first time.
#[derive(Clone, Debug)]
pub struct NewReferral<'a> {
    /// What the rules know of it.
    pub facts: &'a Facts,
    /// The domain of the company, where it is known.
    pub domain: Option<&'a WorkDomain>,
    /// Where the company is.
    pub country: Option<Country>,
    /// What the contact does there; empty where nobody has said.
    pub role_title: Option<&'a RoleTitle>,
    /// Why they fit; empty where nobody has said.
    pub reason: Option<&'a Reason>,
    /// What was answered to the programme's questions.
    pub answers: &'a [Answer],
    /// How it was shared.
    pub channel: Channel,
    /// The click it came from.
    pub touch: Option<TouchId>,
    /// The organisation a donation would go to.
    pub organisation: Option<OrganisationId>,
    /// Keyed hash of the token of the link that the advocate carries.
    pub share_token_hash: Option<String>,
    /// Made with the form: the second press of the button is the same referral.
    pub submission_key: String,
    /// When the next thing is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When it expires if nothing happens.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A referral with everything stored beside the rules' facts.
#[derive(Clone, Debug)]
pub struct StoredReferral {
    /// What the rules know of it.
    pub facts: Facts,
    /// The domain of the company, where it is known.
    pub domain: Option<String>,
    /// Where the company is.
    pub country: Option<Country>,
    /// What the contact does there.
    pub role_title: String,
    /// Why they fit.
    pub reason: String,
    /// What was answered to the programme's questions.
    pub answers: Vec<Answer>,
    /// How it was shared.
    pub channel: Channel,
    /// The click it came from.
    pub touch: Option<TouchId>,
    /// The organisation a donation would go to.
    pub organisation: Option<OrganisationId>,
    /// When somebody thanked the advocate.
    pub thanks_done_at: Option<DateTime<Utc>>,
    /// When the host spoke to the contact first.
    pub contact_done_at: Option<DateTime<Utc>>,
    /// The deal's size, once it is won.
    pub deal: Option<Amount>,
    /// How many messages of the host's side the advocate has not looked at.
    pub advocate_unread: i32,
    /// How many messages of the advocate nobody of the host's side has looked at.
    pub staff_unread: i32,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// What is known about an advocate as a receiver, and who looks after them.
#[derive(Clone, Debug)]
pub struct Standing {
    /// For the question of what they may choose.
    pub receiver: AdvocateStanding,
    /// Their company's name.
    pub account_name: String,
    /// The account manager of their company.
    pub account_manager: Option<MemberId>,
}

fn deal_of(amount: Option<i64>, currency: Option<&str>) -> Option<Amount> {
    Amount::new(amount?, currency.and_then(Unit::parse)?).ok()
}

fn restore(row: referrals::Model) -> Result<StoredReferral> {
    let step = |code: &str| Step::parse(code).ok_or(StoreError::Corrupt("referrals.reached"));
    let stage = Stage::parse(&row.stage).ok_or(StoreError::Corrupt("referrals.stage"))?;
    let facts = Facts {
        id: row.id.into(),
        program: row.program_id.into(),
        advocate: row.advocate_id.into(),
        advocate_account: row.advocate_account_id.into(),
        account_manager: row.account_manager_id.map(MemberId::from),
        company: CompanyName::parse(&row.company_name)
            .map_err(|_| StoreError::Corrupt("referrals.company_name"))?,
        position: Position::restore(stage, step(&row.reached)?)
            .ok_or(StoreError::Corrupt("referrals.stage"))?,
        stage_since: from_micros(row.stage_since_at),
        reached_since: from_micros(row.reached_at),
        between: sub_stage(row.sub_stage_key.as_deref())?,
        consent: ConsentState::parse(&row.consent).ok_or(StoreError::Corrupt("referrals.consent"))?,
        consent_since: from_micros(row.consent_since_at),
        consent_path: ConsentPath::parse(&row.path).ok_or(StoreError::Corrupt("referrals.path"))?,
        submitted_at: from_micros(row.submitted_at),
        incentive: row.incentive_id.map(Into::into),
        incentive_from: step(&row.incentive_from)?,
        terms: serde_json::from_str(&row.terms).map_err(|_| StoreError::Corrupt("referrals.terms"))?,
    };
    let deal = deal_of(row.deal_amount, row.deal_currency.as_deref());
    Ok(StoredReferral {
        facts,
        domain: row.domain,
        country: row.country.as_deref().and_then(|code| Country::parse(code).ok()),
        role_title: row.role_title,
        reason: row.reason,
        answers: serde_json::from_str(&row.answers).map_err(|_| StoreError::Corrupt(ANSWERS))?,
        channel: Channel::parse(&row.channel).ok_or(StoreError::Corrupt("referrals.channel"))?,
        touch: row.touch_id.map(TouchId::from),
        organisation: row.organisation_id.map(OrganisationId::from),
        thanks_done_at: row.thanks_done_at.map(from_micros),
        contact_done_at: row.contact_done_at.map(from_micros),
        deal,
        advocate_unread: row.advocate_unread,
        staff_unread: row.staff_unread,
        version: row.version,
    })
}

/// A company's name as it is searched by.
fn folded(company: &CompanyName) -> String {
    domain::text::ascii_fold(company.as_str()).to_lowercase()
}

/// Reads the column of the programme's own stage.
fn sub_stage(key: Option<&str>) -> Result<Option<SubStageId>> {
    key.map(|key| key.parse().map_err(|_| StoreError::Corrupt("referrals.sub_stage_key"))).transpose()
}

impl<C: ConnectionTrait> Referrals<'_, C> {
    /// The referral with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(&self, id: ReferralId) -> Result<Option<StoredReferral>> {
        referrals::Entity::find_by_id(id.into_inner()).one(self.0).await?.map(restore).transpose()
    }

    /// The domain of its company, where it is known.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn domain_of(&self, id: ReferralId) -> Result<Option<WorkDomain>> {
        let found: Option<Option<String>> = referrals::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(referrals::Column::Domain)
            .into_tuple()
            .one(self.0)
            .await?;
        let parse =
            |domain: String| WorkDomain::parse(&domain).map_err(|_| StoreError::Corrupt("referrals.domain"));
        found.flatten().map(parse).transpose()
    }

    /// What its rewards hang on beside its facts: the size of its deal, and where a donation goes. `None` where there is no such
    /// referral.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deal_and_organisation(
        &self,
        id: ReferralId,
    ) -> Result<Option<(Option<Amount>, Option<OrganisationId>)>> {
        let found: Option<(Option<i64>, Option<String>, Option<Uuid>)> =
            referrals::Entity::find_by_id(id.into_inner())
                .select_only()
                .columns([
                    referrals::Column::DealAmount,
                    referrals::Column::DealCurrency,
                    referrals::Column::OrganisationId,
                ])
                .into_tuple()
                .one(self.0)
                .await?;
        Ok(found.map(|(amount, currency, organisation)| {
            (deal_of(amount, currency.as_deref()), organisation.map(OrganisationId::from))
        }))
    }

    /// The referral that this form has made already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn by_submission_key(&self, key: &str) -> Result<Option<ReferralId>> {
        self.id_where(referrals::Column::SubmissionKey, key).await
    }

    /// The referral whose link the advocate carries.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn by_share_token_hash(&self, hash: &str) -> Result<Option<ReferralId>> {
        self.id_where(referrals::Column::ShareTokenHash, hash).await
    }

    async fn id_where(&self, column: referrals::Column, value: &str) -> Result<Option<ReferralId>> {
        Ok(referrals::Entity::find()
            .select_only()
            .column(referrals::Column::Id)
            .filter(column.eq(value))
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?
            .map(ReferralId::from))
    }

    /// The timeline, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn events(&self, id: ReferralId) -> Result<Vec<Event>> {
        referral_events::Entity::find()
            .filter(referral_events::Column::ReferralId.eq(id.into_inner()))
            .order_by_asc(referral_events::Column::Seq)
            .all(self.0)
            .await?
            .into_iter()
            .map(|row| {
                Ok(Event {
                    at: from_micros(row.at),
                    by: MoverKind::parse(&row.made_by)
                        .ok_or(StoreError::Corrupt("referral_events.made_by"))?,
                    member: row.member_id.map(MemberId::from),
                    kind: serde_json::from_str::<EventKind>(&row.body)
                        .map_err(|_| StoreError::Corrupt(EVENT))?,
                })
            })
            .collect()
    }

    /// What is known about this advocate as a receiver; `None` for people without a company.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn standing(&self, member: MemberId) -> Result<Option<Standing>> {
        type Row = (bool, String, String, String, String, Option<String>, Option<Uuid>, Option<i32>);
        let row: Option<Row> = members::Entity::find()
            .select_only()
            .column(members::Column::RefusesGifts)
            .columns([
                accounts::Column::GiftPolicy,
                accounts::Column::Country,
                accounts::Column::RecipientKind,
                accounts::Column::Name,
                accounts::Column::Industry,
            ])
            .column(account_assignments::Column::MemberId)
            .column(tier_places::Column::Position)
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
            .join(
                JoinType::LeftJoin,
                members::Entity::belongs_to(tier_places::Entity)
                    .from(members::Column::TierCode)
                    .to(tier_places::Column::Code)
                    .into(),
            )
            .filter(members::Column::Id.eq(member.into_inner()))
            .into_tuple()
            .one(self.0)
            .await?;
        let Some((refuses, policy, country, recipient, account_name, industry, manager, tier)) = row else {
            return Ok(None);
        };
        Ok(Some(Standing {
            receiver: AdvocateStanding {
                tier: tier.and_then(|tier| u8::try_from(tier).ok()).unwrap_or(0),
                person_policy: if refuses { GiftPolicy::None } else { GiftPolicy::Any },
                account_policy: GiftPolicy::parse(&policy)
                    .ok_or(StoreError::Corrupt("accounts.gift_policy"))?,
                country: Country::parse(&country).ok(),
                section: industry.as_deref().and_then(Section::of_industry),
                recipient: RecipientKind::parse(&recipient)
                    .ok_or(StoreError::Corrupt("accounts.recipient_kind"))?,
            },
            account_name,
            account_manager: manager.map(MemberId::from),
        }))
    }

    /// The colleagues whose deputy this member is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deputy_for(&self, member: MemberId) -> Result<Vec<MemberId>> {
        let ids: Vec<Uuid> = members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::DeputyId.eq(member.into_inner()))
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(ids.into_iter().map(MemberId::from).collect())
    }

    /// The names of these members.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn names(&self, of: BTreeSet<MemberId>) -> Result<BTreeMap<MemberId, String>> {
        let rows: Vec<(Uuid, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::Name])
            .filter(members::Column::Id.is_in(of.into_iter().map(MemberId::into_inner)))
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|(id, name)| (MemberId::from(id), name)).collect())
    }

    /// What this referral has earned its advocate so far and not lost again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn earned(&self, id: ReferralId) -> Result<Vec<Amount>> {
        let gone = ["reversed", "declined", "expired", "pending"];
        let rows: Vec<(i64, String)> = rewards::Entity::find()
            .select_only()
            .columns([rewards::Column::Amount, rewards::Column::Unit])
            .filter(rewards::Column::ReferralId.eq(id.into_inner()))
            .filter(rewards::Column::Side.eq(Side::Advocate.as_str()))
            .filter(rewards::Column::State.is_not_in(gone))
            .into_tuple()
            .all(self.0)
            .await?;
        rows.into_iter()
            .map(|(value, unit)| {
                let unit = Unit::parse(&unit).ok_or(StoreError::Corrupt("rewards.unit"))?;
                Amount::new(value, unit).map_err(|_| StoreError::Corrupt("rewards.amount"))
            })
            .collect()
    }

    /// Whether the form with this hash has moved its referral already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn form_done(&self, hash: &str) -> Result<bool> {
        Ok(move_forms::Entity::find_by_id(hash).one(self.0).await?.is_some())
    }
}

impl Referrals<'_, DatabaseTransaction> {
    /// Stores a new referral.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the same form has made one already.
    pub async fn insert(&self, new: &NewReferral<'_>) -> Result<()> {
        let facts = new.facts;
        let row = referrals::ActiveModel {
            id: Set(facts.id.into_inner()),
            program_id: Set(facts.program.into_inner()),
            advocate_id: Set(facts.advocate.into_inner()),
            advocate_account_id: Set(facts.advocate_account.into_inner()),
            touch_id: Set(new.touch.map(TouchId::into_inner)),
            organisation_id: Set(new.organisation.map(OrganisationId::into_inner)),
            // Whoever makes a referral has taken its choice from the stock.
            stock_held: Set(facts.incentive.is_some()),
            choice_decision: Set(None),
            company_name: Set(facts.company.as_str().to_owned()),
            company_key: Set(folded(&facts.company)),
            domain: Set(new.domain.map(|domain| domain.as_str().to_owned())),
            country: Set(new.country.map(|country| country.as_str().to_owned())),
            role_title: Set(new.role_title.map_or_else(String::new, |role| role.as_str().to_owned())),
            reason: Set(new.reason.map_or_else(String::new, |reason| reason.as_str().to_owned())),
            answers: Set(serde_json::to_string(new.answers).map_err(|_| StoreError::Corrupt(ANSWERS))?),
            path: Set(facts.consent_path.as_str().to_owned()),
            channel: Set(new.channel.as_str().to_owned()),
            terms: Set(
                serde_json::to_string(&facts.terms).map_err(|_| StoreError::Corrupt("referrals.terms"))?
            ),
            share_token_hash: Set(new.share_token_hash.clone()),
            submitted_at: Set(micros(facts.submitted_at)),
            due_at: Set(new.due_at.map(micros)),
            expires_at: Set(new.expires_at.map(micros)),
            submission_key: Set(new.submission_key.clone()),
            advocate_unread: Set(0),
            staff_unread: Set(0),
            version: Set(0),
            ..moved(facts)
        };
        row.insert(self.0).await?;
        let campaigns = facts.terms.boosts.iter().map(|boosted| boosted.campaign).collect();
        Campaigns::of(self.0).carry(facts.id, &campaigns).await?;
        self.count(facts.advocate, new.channel.as_str(), (1, won(facts.position.stage()))).await
    }

    /// Keeps count of how many referrals an advocate has made by a channel, and how many of them were won.
    async fn count(&self, advocate: MemberId, channel: &str, (referrals, won): (i64, i64)) -> Result<()> {
        let (all, customers) = (referral_tallies::Column::Referrals, referral_tallies::Column::Won);
        let more = |column, by: i64| Expr::col((referral_tallies::Entity, column)).add(by);
        let key = [referral_tallies::Column::AdvocateId, referral_tallies::Column::Channel];
        referral_tallies::Entity::insert(referral_tallies::ActiveModel {
            advocate_id: Set(advocate.into_inner()),
            channel: Set(channel.to_owned()),
            referrals: Set(referrals),
            won: Set(won),
        })
        .on_conflict(
            OnConflict::columns(key)
                .value(all, more(all, referrals))
                .value(customers, more(customers, won))
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }

    /// Stores what a move has changed, if nobody moved it since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn save(
        &self,
        facts: &Facts,
        version: i32,
        due_at: Option<DateTime<Utc>>,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<()> {
        let row = referrals::ActiveModel {
            due_at: Set(due_at.map(micros)),
            expires_at: Set(expires_at.map(micros)),
            ..moved(facts)
        };
        let before: Option<(String, String)> = referrals::Entity::find_by_id(facts.id.into_inner())
            .select_only()
            .columns([referrals::Column::Stage, referrals::Column::Channel])
            .into_tuple()
            .one(self.0)
            .await?;
        self.update(facts.id, version, row).await?;
        let Some((stage, channel)) = before else { return Ok(()) };
        let stage = Stage::parse(&stage).ok_or(StoreError::Corrupt("referrals.stage"))?;
        let more = won(facts.position.stage()) - won(stage);
        if more == 0 {
            return Ok(());
        }
        // Before the count, as everybody locks them who goes on to the rewards.
        Rewards(self.0).lock_advocate(facts.advocate).await?;
        self.count(facts.advocate, &channel, (0, more)).await
    }

    /// Stores what the advocate has put right, if nobody changed the referral since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn amend(&self, facts: &Facts, version: i32, role: &RoleTitle, reason: &Reason) -> Result<()> {
        let row = referrals::ActiveModel {
            company_name: Set(facts.company.as_str().to_owned()),
            company_key: Set(folded(&facts.company)),
            role_title: Set(role.as_str().to_owned()),
            reason: Set(reason.as_str().to_owned()),
            ..Default::default()
        };
        self.update(facts.id, version, row).await
    }

    /// Remembers that a form has moved this referral.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the same form has done so at the same moment.
    pub async fn note_form(&self, hash: &str, id: ReferralId, at: DateTime<Utc>) -> Result<()> {
        move_forms::ActiveModel {
            form_hash: Set(hash.to_owned()),
            referral_id: Set(id.into_inner()),
            at: Set(micros(at)),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Notes the size of the deal, if nobody changed the referral since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn set_deal(&self, id: ReferralId, version: i32, deal: Amount) -> Result<()> {
        let row = referrals::ActiveModel {
            deal_amount: Set(Some(deal.value())),
            deal_currency: Set(Some(deal.unit().as_str().to_owned())),
            ..Default::default()
        };
        self.update(id, version, row).await
    }

    /// Notes when the host spoke to the contact first; a later note changes nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_contact_done(&self, id: ReferralId, at: DateTime<Utc>) -> Result<()> {
        let row = referrals::ActiveModel { contact_done_at: Set(Some(micros(at))), ..Default::default() };
        referrals::Entity::update_many()
            .set(row)
            .filter(referrals::Column::Id.eq(id.into_inner()))
            .filter(referrals::Column::ContactDoneAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Notes when somebody thanked the advocate, and what is due next then. Answers whether this was the first time.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_thanks_done(
        &self,
        id: ReferralId,
        at: DateTime<Utc>,
        due_at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        let row = referrals::ActiveModel {
            thanks_done_at: Set(Some(micros(at))),
            due_at: Set(due_at.map(micros)),
            ..Default::default()
        };
        let done = referrals::Entity::update_many()
            .set(row)
            .filter(referrals::Column::Id.eq(id.into_inner()))
            .filter(referrals::Column::ThanksDoneAt.is_null())
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Nobody else changes these referrals until this transaction ends: what their contacts have said is looked at together.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock(&self, referrals: impl IntoIterator<Item = ReferralId>) -> Result<()> {
        let ids = referrals.into_iter().map(ReferralId::into_inner);
        referrals::Entity::find()
            .select_only()
            .column(referrals::Column::Id)
            .filter(referrals::Column::Id.is_in(ids))
            // Always in the same order, so that nobody waits in a circle.
            .order_by_asc(referrals::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .all(self.0)
            .await?;
        Ok(())
    }

    /// When somebody thanked the advocate. Nobody else does, or changes the referral, until this transaction ends: what is
    /// due next follows from both.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock_thanks(&self, id: ReferralId) -> Result<Option<DateTime<Utc>>> {
        let done: Option<Option<i64>> = referrals::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(referrals::Column::ThanksDoneAt)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(done.flatten().map(from_micros))
    }

    /// Whether a piece of its choice's stock is kept for this referral. Nobody else changes that, or the referral, until
    /// this transaction ends: of two that want to give the piece back, the second finds it given.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn holds_stock(&self, id: ReferralId) -> Result<bool> {
        let held: Option<bool> = referrals::Entity::find_by_id(id.into_inner())
            .select_only()
            .column(referrals::Column::StockHeld)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(held.unwrap_or(false))
    }

    /// Notes whether a piece of its choice's stock is kept for this referral.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_holds_stock(&self, id: ReferralId, held: bool) -> Result<()> {
        self.note(id, referrals::ActiveModel { stock_held: Set(held), ..Default::default() }).await
    }

    /// Notes to whom a donation goes.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_organisation(&self, id: ReferralId, organisation: Option<OrganisationId>) -> Result<()> {
        let row = referrals::ActiveModel {
            organisation_id: Set(organisation.map(OrganisationId::into_inner)),
            ..Default::default()
        };
        self.note(id, row).await
    }

    /// Notes the company's domain and country once the contact has entered them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_domain(&self, id: ReferralId, domain: &WorkDomain) -> Result<()> {
        let row =
            referrals::ActiveModel { domain: Set(Some(domain.as_str().to_owned())), ..Default::default() };
        self.note(id, row).await
    }

    async fn note(&self, id: ReferralId, row: referrals::ActiveModel) -> Result<()> {
        referrals::Entity::update_many()
            .set(row)
            .filter(referrals::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    async fn update(&self, id: ReferralId, version: i32, row: referrals::ActiveModel) -> Result<()> {
        let done = referrals::Entity::update_many()
            .set(referrals::ActiveModel { version: Set(version + 1), ..row })
            .filter(referrals::Column::Id.eq(id.into_inner()))
            .filter(referrals::Column::Version.eq(version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Adds lines to the timeline.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody added lines at the same moment.
    pub async fn append_events(
        &self,
        id: ReferralId,
        ids: &mut (dyn FnMut() -> Uuid + Send),
        events: &[Event],
    ) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let last: Option<i32> = referral_events::Entity::find()
            .select_only()
            .column(referral_events::Column::Seq)
            .filter(referral_events::Column::ReferralId.eq(id.into_inner()))
            .order_by_desc(referral_events::Column::Seq)
            .into_tuple()
            .one(self.0)
            .await?;
        let mut rows = Vec::with_capacity(events.len());
        for (seq, event) in (last.map_or(0, |last| last + 1)..).zip(events) {
            rows.push(referral_events::ActiveModel {
                id: Set(ids()),
                referral_id: Set(id.into_inner()),
                seq: Set(seq),
                at: Set(micros(event.at)),
                made_by: Set(event.by.as_str().to_owned()),
                member_id: Set(event.member.map(MemberId::into_inner)),
                kind: Set(event.kind.code().to_owned()),
                body: Set(serde_json::to_string(&event.kind).map_err(|_| StoreError::Corrupt(EVENT))?),
            });
        }
        referral_events::Entity::insert_many(rows).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Takes the words out of the timeline; its lines stay.
    ///
    /// # Errors
    /// When the database refuses or holds an unreadable line.
    pub(crate) async fn strip_events(&self, id: ReferralId) -> Result<()> {
        let lines: Vec<(Uuid, String)> = referral_events::Entity::find()
            .select_only()
            .columns([referral_events::Column::Id, referral_events::Column::Body])
            .filter(referral_events::Column::ReferralId.eq(id.into_inner()))
            .into_tuple()
            .all(self.0)
            .await?;
        for (line, body) in lines {
            let kind: EventKind = serde_json::from_str(&body).map_err(|_| StoreError::Corrupt(EVENT))?;
            let stripped =
                serde_json::to_string(&kind.without_words()).map_err(|_| StoreError::Corrupt(EVENT))?;
            if stripped != body {
                referral_events::Entity::update_many()
                    .col_expr(referral_events::Column::Body, Expr::value(stripped))
                    .filter(referral_events::Column::Id.eq(line))
                    .exec(self.0)
                    .await?;
            }
        }
        Ok(())
    }
}

/// How many customers a referral in this stage has brought.
fn won(stage: Stage) -> i64 {
    i64::from(stage == Stage::Won)
}

/// The columns that a move may change.
fn moved(facts: &Facts) -> referrals::ActiveModel {
    referrals::ActiveModel {
        account_manager_id: Set(facts.account_manager.map(MemberId::into_inner)),
        incentive_id: Set(facts.incentive.map(Into::into)),
        incentive_from: Set(facts.incentive_from.as_str().to_owned()),
        stage: Set(facts.position.stage().as_str().to_owned()),
        reached: Set(facts.position.reached().as_str().to_owned()),
        stage_since_at: Set(micros(facts.stage_since)),
        reached_at: Set(micros(facts.reached_since)),
        sub_stage_key: Set(facts.between.map(|stage| stage.to_string())),
        consent: Set(facts.consent.as_str().to_owned()),
        consent_since_at: Set(micros(facts.consent_since)),
        ..Default::default()
    }
}
