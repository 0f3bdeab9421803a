//! The compliance matrix as it is kept: every rule in every version, the signatures under a market's rules, and the cases
//! that hold rewards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    accounts::RecipientKind,
    compliance::{
        Cap, CapPeriod, Decision, Effect, EffectCode, MarketRules, Matrix, MatrixRule, ReceiverFacts,
        RuleVersion, Scope, Section,
    },
    ids::{AccountId, CaseId, ComplianceRuleId, MemberId, ReferralId, RewardId},
    incentives::{Amount, IncentiveKind, Unit},
    members::{Approving, ProgramManaging},
    rewards::Side,
    text::{Bilingual, Country},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{
        accounts, compliance_cases, compliance_markets, compliance_rule_versions, compliance_rules,
        compliance_sign_offs, members, referrals,
    },
    from_micros, micros,
    written::rows,
};

/// The room of the compliance matrix.
#[derive(Debug)]
pub struct Compliance<'c, C>(&'c C);

impl Store {
    /// The compliance matrix, to read.
    pub fn compliance(&self) -> Compliance<'_, impl ConnectionTrait + use<>> {
        Compliance(self.reader())
    }
}

impl Tx {
    /// The compliance matrix, in this transaction.
    pub fn compliance(&self) -> Compliance<'_, DatabaseTransaction> {
        Compliance(self.conn())
    }
}

/// A version of a rule, with what people read about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRule {
    /// What it says.
    pub rule: MatrixRule,
    /// By which law, or why.
    pub legal_basis: String,
    /// What those read whom it concerns.
    pub disclosure: Bilingual,
    /// When somebody has to look at it again.
    pub review_on: Option<NaiveDate>,
    /// Whether it is no rule any more from this version on.
    pub ended: bool,
    /// The set of its market's rules that this version made.
    pub set_number: i32,
    /// Who wrote it; nobody wrote the start set.
    pub author: Option<MemberId>,
    /// Since when it stands so.
    pub created_at: DateTime<Utc>,
}

/// Counsel's signature under the rules of a market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// Of which market.
    pub market: Country,
    /// Under which set of its rules.
    pub set_number: i32,
    /// Who signed.
    pub counsel: String,
    /// Where the signed document is.
    pub document: String,
    /// When it was signed.
    pub signed_on: NaiveDate,
    /// Who recorded it.
    pub recorded_by: MemberId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// The rules of a market, as staff look at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Market {
    /// Counts the changes of its rules.
    pub set_number: i32,
    /// The last signature under them.
    pub sign_off: Option<SignOff>,
}

impl Market {
    /// Whether the rules were signed as they stand.
    pub fn is_signed(&self) -> bool {
        self.sign_off.as_ref().is_some_and(|sign_off| sign_off.set_number == self.set_number)
    }
}

/// The whole matrix, with everything that was ever written in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Law {
    /// What decides.
    pub matrix: Matrix,
    /// Every market that has rules.
    pub markets: BTreeMap<Country, Market>,
    versions: BTreeMap<RuleVersion, WrittenRule>,
}

impl Law {
    fn of(versions: Vec<WrittenRule>, markets: BTreeMap<Country, Market>) -> Self {
        let versions: BTreeMap<_, _> =
            versions.into_iter().map(|written| (written.rule.id, written)).collect();
        let mut law = Self { matrix: Matrix::default(), markets, versions };
        law.matrix = law
            .markets
            .iter()
            .map(|(market, state)| {
                let signed = state.sign_off.as_ref().map(|signed| law.rules_at(*market, signed.set_number));
                (*market, MarketRules::new(law.rules_at(*market, state.set_number), signed))
            })
            .collect();
        law
    }

    /// The rules of a market as they stood with this set.
    fn rules_at(&self, market: Country, set_number: i32) -> Vec<MatrixRule> {
        self.standing_at(market, set_number).into_iter().map(|written| written.rule).collect()
    }

    fn standing_at(&self, market: Country, set_number: i32) -> Vec<&WrittenRule> {
        let mut newest: BTreeMap<ComplianceRuleId, &WrittenRule> = BTreeMap::new();
        // Versions come in their order, so the last one that counts stays.
        for written in self.versions.values() {
            if written.rule.market == market && written.set_number <= set_number {
                newest.insert(written.rule.id.rule, written);
            }
        }
        newest.into_values().filter(|written| !written.ended).collect()
    }

    /// The rules of a market as they stand.
    pub fn rules(&self, market: Country) -> Vec<&WrittenRule> {
        self.standing_at(market, i32::MAX)
    }

    /// A version of a rule, also one that has been replaced.
    pub fn version(&self, version: RuleVersion) -> Option<&WrittenRule> {
        self.versions.get(&version)
    }

    /// Every version of a rule, the first one first.
    pub fn history(&self, rule: ComplianceRuleId) -> Vec<&WrittenRule> {
        self.versions.values().filter(|written| written.rule.id.rule == rule).collect()
    }

    /// Everybody who wrote a rule or recorded a sign-off.
    pub fn people(&self) -> BTreeSet<MemberId> {
        let authors = self.versions.values().filter_map(|written| written.author);
        let signers = self.markets.values().filter_map(|market| market.sign_off.as_ref());
        authors.chain(signers.map(|sign_off| sign_off.recorded_by)).collect()
    }

    /// The matrix as it would be if this rule stood in place of its version of today, signed or not as its market is.
    pub fn with(&self, changed: &WrittenRule) -> Self {
        let mut versions: Vec<_> = self.versions.values().cloned().collect();
        let mut markets = self.markets.clone();
        let market = markets.entry(changed.rule.market).or_default();
        market.set_number += 1;
        versions.push(WrittenRule { set_number: market.set_number, ..changed.clone() });
        Self::of(versions, markets)
    }
}

/// A choice or a promise that a change of a rule could touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Of which referral.
    pub referral: ReferralId,
    /// The recommended company.
    pub company: String,
    /// Who recommended.
    pub advocate_name: String,
    /// What is known about their company.
    pub receiver: ReceiverFacts,
    /// The kind that was chosen or promised.
    pub kind: IncentiveKind,
    /// The reward that was promised and is not delivered; `None` for the choice of an open referral.
    pub reward: Option<RewardId>,
}

/// A reward that the matrix holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCase {
    /// Which case.
    pub id: CaseId,
    /// Which reward.
    pub reward: RewardId,
    /// Of which referral.
    pub referral: ReferralId,
    /// The version of the reward, for optimistic edits.
    pub version: i32,
    /// What was decided when it was held.
    pub decision: Decision,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// The recommended company.
    pub company: String,
    /// Who recommended.
    pub advocate_name: String,
    /// Their company.
    pub account_name: String,
    /// Of which kind it is.
    pub kind: IncentiveKind,
    /// How much.
    pub amount: Amount,
}

const RULE: StoreError = StoreError::Corrupt("compliance_rule_versions");
const CASE: StoreError = StoreError::Corrupt("compliance_cases");
const SIGN_OFF: StoreError = StoreError::Corrupt("compliance_sign_offs");

/// How many rows a list of what is touched or held has at most.
const MOST: i64 = 500;

fn read<T>(stored: Option<String>, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    stored.map(|code| parse(&code).ok_or(RULE)).transpose()
}

fn restore(row: compliance_rule_versions::Model, market: Country) -> Result<WrittenRule> {
    let effect = match EffectCode::parse(&row.effect).ok_or(RULE)? {
        EffectCode::Allow => Effect::Allow,
        EffectCode::Approval => Effect::Approval,
        EffectCode::Forbid => Effect::Forbid,
        EffectCode::Cap => {
            let unit = read(row.cap_unit, Unit::parse)?.ok_or(RULE)?;
            let amount = Amount::new(row.cap_amount.ok_or(RULE)?, unit).map_err(|_| RULE)?;
            Effect::Cap(Cap { amount, period: read(row.cap_period, CapPeriod::parse)?.ok_or(RULE)? })
        }
    };
    Ok(WrittenRule {
        rule: MatrixRule {
            id: RuleVersion { rule: row.rule_id.into(), version: row.version },
            market,
            scope: Scope {
                section: read(row.section, Section::parse)?,
                recipient: read(row.recipient, RecipientKind::parse)?,
                kind: read(row.incentive_kind, IncentiveKind::parse)?,
                side: read(row.side, Side::parse)?,
            },
            effect,
        },
        legal_basis: row.legal_basis,
        disclosure: Bilingual::new(row.disclosure_de, row.disclosure_en),
        review_on: row.review_on.map(|day| day.parse().map_err(|_| RULE)).transpose()?,
        ended: row.ended,
        set_number: row.set_number,
        author: row.author_id.map(MemberId::from),
        created_at: from_micros(row.created_at),
    })
}

fn signed(row: compliance_sign_offs::Model) -> Result<SignOff> {
    Ok(SignOff {
        market: Country::parse(&row.market).map_err(|_| SIGN_OFF)?,
        set_number: row.set_number,
        counsel: row.counsel,
        document: row.document,
        signed_on: row.signed_on.parse().map_err(|_| SIGN_OFF)?,
        recorded_by: row.recorded_by_id.into(),
        recorded_at: from_micros(row.recorded_at),
    })
}

fn receiver(country: &str, industry: Option<&str>, recipient: &str) -> Result<ReceiverFacts> {
    Ok(ReceiverFacts {
        market: Country::parse(country).ok(),
        section: industry.and_then(Section::of_industry),
        recipient: RecipientKind::parse(recipient).ok_or(StoreError::Corrupt("accounts.recipient_kind"))?,
    })
}

impl<C: ConnectionTrait> Compliance<'_, C> {
    /// The whole matrix. Rules are written by people, so there are few.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn law(&self) -> Result<Law> {
        let mut markets: BTreeMap<Country, Market> = BTreeMap::new();
        for row in compliance_markets::Entity::find().all(self.0).await? {
            let market = Country::parse(&row.market).map_err(|_| RULE)?;
            markets.insert(market, Market { set_number: row.set_number, sign_off: None });
        }
        if markets.is_empty() {
            return Ok(Law::default());
        }
        let of: Vec<(Uuid, String)> = compliance_rules::Entity::find()
            .select_only()
            .columns([compliance_rules::Column::Id, compliance_rules::Column::Market])
            .into_tuple()
            .all(self.0)
            .await?;
        let of: BTreeMap<Uuid, String> = of.into_iter().collect();
        let mut versions = Vec::new();
        for row in compliance_rule_versions::Entity::find().all(self.0).await? {
            let market = of.get(&row.rule_id).ok_or(RULE)?;
            versions.push(restore(row, Country::parse(market).map_err(|_| RULE)?)?);
        }
        let sign_offs = compliance_sign_offs::Entity::find()
            .order_by_asc(compliance_sign_offs::Column::RecordedAt)
            .order_by_asc(compliance_sign_offs::Column::Id)
            .all(self.0)
            .await?;
        for row in sign_offs {
            let sign_off = signed(row)?;
            if let Some(market) = markets.get_mut(&sign_off.market) {
                market.sign_off = Some(sign_off);
            }
        }
        Ok(Law::of(versions, markets))
    }

    /// What is known about a company as a receiver.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn receiver(&self, account: AccountId) -> Result<Option<ReceiverFacts>> {
        let row: Option<(String, Option<String>, String)> =
            accounts::Entity::find_by_id(account.into_inner())
                .select_only()
                .columns([
                    accounts::Column::Country,
                    accounts::Column::Industry,
                    accounts::Column::RecipientKind,
                ])
                .into_tuple()
                .one(self.0)
                .await?;
        row.map(|(country, industry, kind)| receiver(&country, industry.as_deref(), &kind)).transpose()
    }

    /// The choices of open referrals and the promises that are not delivered yet of companies in this market, the newest
    /// first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn standing_in(&self, market: Country) -> Result<Vec<Touched>> {
        const SQL: &str = "SELECT f.id, f.company_name, m.name, a.industry, a.recipient_kind, i.kind, CAST(NULL AS uuid) AS reward_id, \
             f.submitted_at AS at FROM referrals f JOIN members m ON m.id = f.advocate_id \
             JOIN accounts a ON a.id = f.advocate_account_id JOIN incentives i ON i.id = f.incentive_id \
             WHERE a.country = $1 AND f.stage IN ('submitted', 'accepted', 'contacted', 'meeting', 'qualified') \
             UNION ALL SELECT f.id, f.company_name, m.name, a.industry, a.recipient_kind, r.kind, r.id, \
             r.created_at FROM rewards r JOIN referrals f ON f.id = r.referral_id JOIN members m ON m.id = f.advocate_id \
             JOIN accounts a ON a.id = f.advocate_account_id \
             WHERE a.country = $1 AND r.side = 'advocate' AND r.kind IS NOT NULL AND r.state IN ('clearing', 'approved') \
             ORDER BY at DESC LIMIT $2";
        let mut touched = Vec::new();
        for row in rows(self.0, SQL, [market.as_str().into(), MOST.into()]).await? {
            type Row = (Uuid, String, String, Option<String>, String, String, Option<Uuid>);
            let (id, company, advocate_name, industry, recipient, kind, reward): Row =
                row.try_get_many_by_index()?;
            touched.push(Touched {
                referral: id.into(),
                company,
                advocate_name,
                receiver: receiver(market.as_str(), industry.as_deref(), &recipient)?,
                kind: IncentiveKind::parse(&kind).ok_or(StoreError::Corrupt("incentives.kind"))?,
                reward: reward.map(RewardId::from),
            });
        }
        Ok(touched)
    }

    /// The rewards that the matrix holds and that can still be given, the oldest case first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn held(&self) -> Result<Vec<HeldCase>> {
        self.held_where("r.held_case IS NOT NULL", Vec::new()).await
    }

    /// The case that holds a reward.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn case_of(&self, reward: RewardId) -> Result<Option<HeldCase>> {
        let cases = self
            .held_where("r.held_case IS NOT NULL AND r.id = $2", vec![reward.into_inner().into()])
            .await?;
        Ok(cases.into_iter().next())
    }

    async fn held_where(&self, which: &str, values: Vec<sea_orm::Value>) -> Result<Vec<HeldCase>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            id: Uuid,
            reward_id: Uuid,
            referral_id: Uuid,
            version: i32,
            decision: String,
            opened_at: i64,
            company_name: String,
            advocate_name: String,
            account_name: String,
            kind: String,
            amount: i64,
            unit: String,
        }
        let sql = format!(
            "SELECT c.id, c.reward_id, r.referral_id, r.version, c.decision, c.opened_at, f.company_name, \
             m.name AS advocate_name, a.name AS account_name, r.kind, r.amount, r.unit \
             FROM rewards r JOIN compliance_cases c ON c.reward_id = r.id AND c.released_at IS NULL \
             JOIN referrals f ON f.id = r.referral_id JOIN members m ON m.id = f.advocate_id \
             JOIN accounts a ON a.id = f.advocate_account_id \
             WHERE {which} AND r.amount IS NOT NULL AND r.state IN ('clearing', 'approved') \
             ORDER BY c.opened_at, c.id LIMIT $1"
        );
        let values: Vec<sea_orm::Value> = std::iter::once(MOST.into()).chain(values).collect();
        let statement = sea_orm::Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        rows.into_iter()
            .map(|row| {
                let unit = Unit::parse(&row.unit).ok_or(CASE)?;
                Ok(HeldCase {
                    id: row.id.into(),
                    reward: row.reward_id.into(),
                    referral: row.referral_id.into(),
                    version: row.version,
                    decision: serde_json::from_str(&row.decision).map_err(|_| CASE)?,
                    opened_at: from_micros(row.opened_at),
                    company: row.company_name,
                    advocate_name: row.advocate_name,
                    account_name: row.account_name,
                    kind: IncentiveKind::parse(&row.kind).ok_or(CASE)?,
                    amount: Amount::new(row.amount, unit).map_err(|_| CASE)?,
                })
            })
            .collect()
    }

    /// Names of members, for what they wrote or recorded.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn names(&self, of: impl IntoIterator<Item = MemberId>) -> Result<BTreeMap<MemberId, String>> {
        let names: Vec<(Uuid, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::Name])
            .filter(members::Column::Id.is_in(of.into_iter().map(MemberId::into_inner)))
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(names.into_iter().map(|(id, name)| (id.into(), name)).collect())
    }

    /// What the rewards of a company that were earned in `[from, to)` come to in one unit, of one kind or of all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn earned_by(
        &self,
        account: AccountId,
        unit: Unit,
        kind: Option<IncentiveKind>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<i64> {
        const SQL: &str = "SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM rewards r \
             JOIN referrals f ON f.id = r.referral_id WHERE f.advocate_account_id = $1 AND r.side = 'advocate' \
             AND r.unit = $2 AND r.created_at >= $3 AND r.created_at < $4 \
             AND r.state IN ('clearing', 'approved', 'fulfilled') AND ($5 = '' OR r.kind = $5)";
        let values = [
            account.into_inner().into(),
            unit.as_str().into(),
            micros(from).into(),
            micros(to).into(),
            kind.map_or("", IncentiveKind::as_str).into(),
        ];
        let found = rows(self.0, SQL, values).await?;
        let sum: Option<i64> = found.first().map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(sum.unwrap_or(0))
    }
}

impl Compliance<'_, DatabaseTransaction> {
    /// Counts a change of a market's rules; whoever else changes them waits until this transaction ends. Answers the number
    /// of the new set.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn next_set(&self, market: Country) -> Result<i32> {
        compliance_markets::Entity::insert(compliance_markets::ActiveModel {
            market: Set(market.as_str().to_owned()),
            set_number: Set(1),
        })
        .on_conflict(
            OnConflict::column(compliance_markets::Column::Market)
                .value(
                    compliance_markets::Column::SetNumber,
                    Expr::col((compliance_markets::Entity, compliance_markets::Column::SetNumber)).add(1),
                )
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        let set: Option<i32> = compliance_markets::Entity::find_by_id(market.as_str())
            .select_only()
            .column(compliance_markets::Column::SetNumber)
            .into_tuple()
            .one(self.0)
            .await?;
        set.ok_or(RULE)
    }

    /// While rules of a company's market have caps, its rewards are promised one after the other.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock_receiver(&self, account: AccountId) -> Result<()> {
        accounts::Entity::find_by_id(account.into_inner())
            .select_only()
            .column(accounts::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?;
        Ok(())
    }

    /// Notes what was decided about the choice of a referral.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_choice(&self, referral: ReferralId, decision: &Decision) -> Result<()> {
        let json =
            serde_json::to_string(decision).map_err(|_| StoreError::Corrupt("referrals.choice_decision"))?;
        referrals::Entity::update_many()
            .col_expr(referrals::Column::ChoiceDecision, Expr::value(json))
            .filter(referrals::Column::Id.eq(referral.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Opens the case that holds a reward.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_case(
        &self,
        id: CaseId,
        reward: RewardId,
        decision: &Decision,
        at: DateTime<Utc>,
    ) -> Result<()> {
        compliance_cases::Entity::insert(compliance_cases::ActiveModel {
            id: Set(id.into_inner()),
            reward_id: Set(reward.into_inner()),
            decision: Set(serde_json::to_string(decision).map_err(|_| CASE)?),
            opened_at: Set(micros(at)),
            released_by_id: Set(None),
            released_at: Set(None),
            reason: Set(None),
        })
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }

    /// Closes a case.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close_case(
        &self,
        _: &Approving,
        id: CaseId,
        by: MemberId,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        compliance_cases::Entity::update_many()
            .col_expr(compliance_cases::Column::ReleasedById, Expr::value(by.into_inner()))
            .col_expr(compliance_cases::Column::ReleasedAt, Expr::value(micros(at)))
            .col_expr(compliance_cases::Column::Reason, Expr::value(reason))
            .filter(compliance_cases::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }
}

impl Tx {
    /// Adds a rule.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_rule(&self, new: &WrittenRule) -> Result<()> {
        compliance_rules::Entity::insert(compliance_rules::ActiveModel {
            id: Set(new.rule.id.rule.into_inner()),
            market: Set(new.rule.market.as_str().to_owned()),
            version: Set(new.rule.id.version),
        })
        .exec_without_returning(self.conn())
        .await?;
        self.insert_rule_version(new).await
    }

    /// Stores the next version of a rule, if its newest is the one before it.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has changed it.
    pub async fn update_rule(&self, _: &ProgramManaging, new: &WrittenRule) -> Result<()> {
        let RuleVersion { rule, version } = new.rule.id;
        let done = compliance_rules::Entity::update_many()
            .col_expr(compliance_rules::Column::Version, Expr::value(version))
            .filter(compliance_rules::Column::Id.eq(rule.into_inner()))
            .filter(compliance_rules::Column::Version.eq(version - 1))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.insert_rule_version(new).await
    }

    async fn insert_rule_version(&self, new: &WrittenRule) -> Result<()> {
        let RuleVersion { rule, version } = new.rule.id;
        let scope = new.rule.scope;
        let cap = match new.rule.effect {
            Effect::Cap(cap) => Some(cap),
            _ => None,
        };
        compliance_rule_versions::Entity::insert(compliance_rule_versions::ActiveModel {
            rule_id: Set(rule.into_inner()),
            version: Set(version),
            set_number: Set(new.set_number),
            section: Set(scope.section.map(|section| section.as_str().to_owned())),
            recipient: Set(scope.recipient.map(|kind| kind.as_str().to_owned())),
            incentive_kind: Set(scope.kind.map(|kind| kind.as_str().to_owned())),
            side: Set(scope.side.map(|side| side.as_str().to_owned())),
            effect: Set(new.rule.effect.code().as_str().to_owned()),
            cap_amount: Set(cap.map(|cap| cap.amount.value())),
            cap_unit: Set(cap.map(|cap| cap.amount.unit().as_str().to_owned())),
            cap_period: Set(cap.map(|cap| cap.period.as_str().to_owned())),
            legal_basis: Set(new.legal_basis.clone()),
            disclosure_de: Set(new.disclosure.de.clone()),
            disclosure_en: Set(new.disclosure.en.clone()),
            review_on: Set(new.review_on.map(|day| day.to_string())),
            ended: Set(new.ended),
            author_id: Set(new.author.map(MemberId::into_inner)),
            created_at: Set(micros(new.created_at)),
        })
        .exec_without_returning(self.conn())
        .await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Stores a signature under the rules of a market.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sign_off(&self, _: &ProgramManaging, id: Uuid, new: &SignOff) -> Result<()> {
        compliance_sign_offs::Entity::insert(compliance_sign_offs::ActiveModel {
            id: Set(id),
            market: Set(new.market.as_str().to_owned()),
            set_number: Set(new.set_number),
            counsel: Set(new.counsel.clone()),
            document: Set(new.document.clone()),
            signed_on: Set(new.signed_on.to_string()),
            recorded_by_id: Set(new.recorded_by.into_inner()),
            recorded_at: Set(micros(new.recorded_at)),
        })
        .exec_without_returning(self.conn())
        .await?;
        self.mark_catalogue();
        Ok(())
    }
}
