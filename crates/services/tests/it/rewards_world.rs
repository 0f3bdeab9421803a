//! An advocate, a programme and a referral to earn with, made straight through the store.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    accounts::AccountStatus,
    consent::{ConsentPath, ConsentState, ContactBenefit, Disclosure},
    ids::{AccountId, IncentiveId, MemberId, OrganisationId, ProgramId},
    incentives::{Amount, Incentive, IncentiveKind, Part, PartValue, PayingStep, Scheme, Unit},
    members::{Actor, Role, RoleSet},
    referrals::{Event, EventKind, Facts, MoverKind, Pipeline, Position, Step, Terms, WonMeans},
    rewards::RewardTerms,
    text::{
        Bilingual, CompanyName, Country, Currency, EmailAddress, Language, PersonName, Reason, RoleTitle,
    },
    touches::{AttributionSettings, Channel, TouchRule},
    triple_win::WinKind,
};
use services::{
    Ctx,
    referrals::SubmitReferral,
    rewards::RewardLine,
    testing::{TestHouse, stage_hand},
};
use store::{
    incentives::{Offer, Organisation, Program},
    members::NewMember,
    referrals::NewReferral,
};
use uuid::Uuid;

/// A company's advocate, and everything their referrals hang on.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) account: AccountId,
    pub(crate) advocate: Actor,
    pub(crate) marketing: Actor,
    pub(crate) program: ProgramId,
    /// 10 € accepted, 20 € meeting, 30 € qualified, 40 € won.
    pub(crate) credit: Incentive,
    /// 5 € accepted, 50 € won.
    pub(crate) donation: Incentive,
    pub(crate) nothing: Incentive,
    pub(crate) organisation: OrganisationId,
}

pub(crate) fn euros(value: i64) -> Amount {
    Amount::new(value * 100, Unit::Money(Currency::EUR)).unwrap()
}

pub(crate) fn fixed(step: PayingStep, value: i64) -> Part {
    Part { step, value: PartValue::Fixed(euros(value)) }
}

pub(crate) fn incentive(ctx: &Ctx, kind: IncentiveKind, parts: Vec<Part>) -> Incentive {
    let id: IncentiveId = ctx.new_id();
    let scheme = Scheme::new(parts).unwrap();
    Incentive { id, kind, scheme, stock: None, min_tier: 0, active: true, countries: BTreeSet::new() }
}

pub(crate) async fn member(ctx: &Ctx, account: Option<AccountId>, role: Role, name: &str) -> Actor {
    let id: MemberId = ctx.new_id();
    let roles = RoleSet::EMPTY.with(role);
    let tx = ctx.store.begin().await.unwrap();
    let email = format!("{id}@polar.example");
    tx.members()
        .insert(&NewMember {
            id,
            account,
            name: PersonName::parse(name).unwrap(),
            email: EmailAddress::parse(&email).unwrap(),
            language: Language::German,
            roles,
            created_at: ctx.now(),
        })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Actor { member: id, account, roles }
}

impl World {
    pub(crate) async fn new(house: &TestHouse) -> Self {
        let ctx = &house.ctx;
        let account: AccountId = ctx.new_id();
        store::testing::account(
            &ctx.store,
            account,
            "Polar Kältetechnik",
            "polar.example",
            AccountStatus::Customer,
        )
        .await;
        let advocate = member(ctx, Some(account), Role::Advocate, "Anna Berger").await;
        let marketing = member(ctx, None, Role::Marketing, "Jana Krüger").await;
        services::testing::sign_off_markets(ctx, &marketing).await;
        let (program, organisation): (ProgramId, OrganisationId) = (ctx.new_id(), ctx.new_id());
        let text = |word: &str| Bilingual::new(word, word);
        let tx = ctx.store.begin().await.unwrap();
        tx.insert_program(
            &Program {
                id: program,
                code: program.to_string(),
                open: true,
                name: text("Kunden empfehlen"),
                headline: text("Kopf"),
                pitch: text("Text"),
                benefit: text("Begleiteter Start"),
                benefit_kind: Some(WinKind::Saving),
                benefit_amount: Some(euros(100)),
                destination_url: None,
                attribution: AttributionSettings {
                    rule: TouchRule::First,
                    window: chrono::TimeDelta::days(90),
                },
                won_means: WonMeans::Signed,
                pipeline: Pipeline::default(),
                questions: Default::default(),
                version: 0,
            },
            ctx.now(),
        )
        .await
        .unwrap();
        let organisation_row = Organisation {
            id: organisation,
            name: "Tafel Bremen".to_owned(),
            legal_name: "Tafel Bremen e. V.".to_owned(),
            active: true,
            version: 0,
        };
        tx.insert_organisation(&stage_hand().program_managing().unwrap(), &organisation_row, ctx.now())
            .await
            .unwrap();
        use PayingStep::{Accepted, Meeting, Qualified, Won};
        let credit = incentive(
            ctx,
            IncentiveKind::Credit,
            vec![fixed(Accepted, 10), fixed(Meeting, 20), fixed(Qualified, 30), fixed(Won, 40)],
        );
        let donation = incentive(ctx, IncentiveKind::Donation, vec![fixed(Accepted, 5), fixed(Won, 50)]);
        let nothing = incentive(ctx, IncentiveKind::None, Vec::new());
        for offered in [&credit, &donation, &nothing] {
            let offer = Offer {
                incentive: offered.clone(),
                program,
                name: text(offered.kind.as_str()),
                text: text("Text"),
                position: 0,
                version: 0,
            };
            tx.insert_offer(&offer, ctx.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        Self { account, advocate, marketing, program, credit, donation, nothing, organisation }
    }

    pub(crate) fn facts(&self, ctx: &Ctx, offers: Vec<Incentive>, chosen: Option<IncentiveId>) -> Facts {
        let now = ctx.now();
        let benefit = Some(ContactBenefit {
            text: Bilingual::new("Begleiteter Start", "Guided start"),
            kind: WinKind::Saving,
            amount: Some(euros(100)),
        });
        let disclosure = Disclosure::of(None, &offers, benefit);
        Facts {
            id: ctx.new_id(),
            program: self.program,
            advocate: self.advocate.member,
            advocate_account: self.account,
            account_manager: None,
            company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
            position: Position::On(Step::Submitted),
            stage_since: now,
            reached_since: now,
            between: None,
            consent: ConsentState::Given,
            consent_since: now,
            consent_path: ConsentPath::CarriedLink,
            submitted_at: now,
            incentive: chosen,
            incentive_from: Step::Submitted,
            terms: Terms {
                version: 1,
                offers,
                disclosure,
                rewards: RewardTerms::default(),
                won_means: WonMeans::Signed,
                boosts: Vec::new(),
            },
        }
    }

    /// A referral that was just submitted, with this choice.
    pub(crate) async fn refer(&self, ctx: &Ctx, chosen: Option<&Incentive>) -> Facts {
        let offers = vec![self.credit.clone(), self.donation.clone(), self.nothing.clone()];
        self.refer_with(ctx, offers, chosen.map(|offer| offer.id)).await
    }

    /// The same, with other offers.
    pub(crate) async fn refer_with(
        &self,
        ctx: &Ctx,
        offers: Vec<Incentive>,
        chosen: Option<IncentiveId>,
    ) -> Facts {
        let facts = self.facts(ctx, offers, chosen);
        self.insert(ctx, &facts, None).await;
        facts
    }

    /// Stores a referral as it stands.
    pub(crate) async fn insert(&self, ctx: &Ctx, facts: &Facts, due_at: Option<DateTime<Utc>>) {
        let tx = ctx.store.begin().await.unwrap();
        let new = NewReferral {
            facts,
            domain: None,
            country: None,
            role_title: None,
            reason: None,
            answers: &[],
            channel: Channel::ALL[0],
            touch: None,
            organisation: Some(self.organisation),
            share_token_hash: None,
            submission_key: facts.id.to_string(),
            due_at,
            expires_at: None,
        };
        tx.referrals().insert(&new).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Moves the referral, stores it and lets the rewards follow, as a use case of referrals does.
pub(crate) async fn move_to(ctx: &Ctx, facts: &mut Facts, step: Step) {
    let before = facts.clone();
    let kind = if step < before.position.reached() {
        EventKind::Corrected {
            from: before.position.stage(),
            to: step.stage(),
            reason: Reason::parse("Versehen").unwrap(),
        }
    } else {
        EventKind::Moved { from: before.position.stage(), to: step.stage(), closing: None, note: None }
    };
    facts.position = Position::On(step);
    facts.stage_since = ctx.now();
    facts.reached_since = ctx.now();
    save_and_follow(ctx, &before, facts, kind).await;
}

/// Another choice of the advocate.
pub(crate) async fn choose(ctx: &Ctx, facts: &mut Facts, offer: &Incentive) {
    let before = facts.clone();
    facts.incentive_from =
        if before.incentive.is_none() { Step::Submitted } else { before.position.reached() };
    facts.incentive = Some(offer.id);
    let kind = EventKind::IncentiveChosen { from: before.incentive, to: offer.id };
    save_and_follow(ctx, &before, facts, kind).await;
}

pub(crate) async fn save_and_follow(ctx: &Ctx, before: &Facts, after: &Facts, kind: EventKind) {
    let tx = ctx.store.begin().await.unwrap();
    let version = tx.referrals().load(after.id).await.unwrap().unwrap().version;
    tx.referrals().save(after, version, None, None).await.unwrap();
    let events = [event(ctx.now(), kind)];
    tx.referrals().append_events(after.id, &mut || ctx.new_id(), &events).await.unwrap();
    services::rewards::follow(ctx, &tx, Some(before), after, &events).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn event(at: DateTime<Utc>, kind: EventKind) -> Event {
    Event { at, by: MoverKind::Staff, member: None, kind }
}

/// Both sides of a referral.
pub(crate) async fn lines(ctx: &Ctx, facts: &Facts) -> Vec<RewardLine> {
    services::rewards::of_referral(ctx, facts.id).await.unwrap()
}

/// The advocate's side in short: part, state, euros.
pub(crate) async fn short(ctx: &Ctx, facts: &Facts) -> Vec<String> {
    let mut lines = lines(ctx, facts).await;
    lines.retain(|line| line.side == domain::rewards::Side::Advocate);
    lines.sort_by_key(|line| line.part);
    let in_short = lines.iter().map(|line| {
        let amount = line.amount.map_or_else(|| "-".to_owned(), |amount| (amount.value() / 100).to_string());
        format!("{} {} {amount}", line.part, line.state)
    });
    in_short.collect()
}

/// The line of one part.
pub(crate) async fn line_of(ctx: &Ctx, facts: &Facts, part: PayingStep) -> RewardLine {
    let side = domain::rewards::Side::Advocate;
    lines(ctx, facts).await.into_iter().find(|line| line.part == part && line.side == side).unwrap()
}

/// The ledger must agree after every test.
pub(crate) async fn check(ctx: &Ctx) {
    let report = services::rewards::check_ledger(ctx).await.unwrap();
    assert!(report.is_sound(), "{report:#?}");
    open_is_what_the_accounts_hold(ctx).await;
}

/// What is open today, counted from the transfers, is what the accounts hold.
pub(crate) async fn open_is_what_the_accounts_hold(ctx: &Ctx) {
    let mut open = std::collections::BTreeMap::new();
    for line in ctx.store.ledger().standing(ctx.now() + chrono::TimeDelta::days(1)).await.unwrap() {
        *open.entry((line.account.as_str().to_owned(), line.unit.to_string())).or_insert(0) += line.value;
    }
    assert_eq!(open, store::testing::balances(&ctx.store).await);
}

/// The beginning of a PDF is enough to be one.
pub(crate) fn receipt() -> domain::documents::Document {
    domain::documents::Document::new(b"%PDF-1.7 receipt").unwrap()
}

/// Hands a reward over with what its kind asks for.
pub(crate) async fn hand_over(
    ctx: &Ctx,
    by: &Actor,
    line: &RewardLine,
    reference: &str,
) -> Result<(), services::rewards::ActError> {
    if line.kind.is_some_and(IncentiveKind::needs_receipt) {
        let receipt = receipt();
        return services::rewards::deliver_with_receipt(ctx, by, line.id, line.version, reference, &receipt)
            .await;
    }
    services::rewards::deliver(ctx, by, line.id, line.version, reference, None).await
}

/// Sets the caps.
pub(crate) async fn cap(ctx: &Ctx, json: serde_json::Value) {
    let tx = ctx.store.begin().await.unwrap();
    tx.set_setting(services::rewards::CAPS, &json, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Sets one of the other numbers.
pub(crate) async fn set(ctx: &Ctx, json: serde_json::Value) {
    let tx = ctx.store.begin().await.unwrap();
    tx.set_setting(services::rewards::SETTINGS, &json, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Notes the deal, as the use case of referrals does before the rewards follow.
pub(crate) async fn record_deal(ctx: &Ctx, facts: &Facts, deal: Amount) {
    let tx = ctx.store.begin().await.unwrap();
    let version = tx.referrals().load(facts.id).await.unwrap().unwrap().version;
    tx.referrals().set_deal(facts.id, version, deal).await.unwrap();
    services::rewards::follow(ctx, &tx, Some(facts), facts, &[]).await.unwrap();
    tx.commit().await.unwrap();
}

/// Puts another thank-you into the world's catalogue.
pub(crate) async fn offer(ctx: &Ctx, world: &World, new: &Incentive) {
    let text = Bilingual::new("Vorab", "Early");
    let offer = Offer {
        incentive: new.clone(),
        program: world.program,
        name: text.clone(),
        text,
        position: 9,
        version: 0,
    };
    let tx = ctx.store.begin().await.unwrap();
    tx.insert_offer(&offer, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the form of a new referral says where nothing is chosen.
pub(crate) fn submission(key: &str) -> SubmitReferral {
    SubmitReferral {
        company: CompanyName::parse("Neuhaus Werkzeuge GmbH").unwrap(),
        country: Country::DE,
        role: RoleTitle::parse("Leitung Einkauf").unwrap(),
        reason: Reason::parse("Zweite Linie seit Herbst").unwrap(),
        answers: Default::default(),
        channel: Channel::Link,
        incentive: None,
        organisation: None,
        key: key.to_owned(),
    }
}

/// An id that is nothing's.
pub(crate) fn unknown() -> domain::ids::RewardId {
    Uuid::from_u128(404).into()
}

/// Whoever waits for a lock does not end while it is held: watched for a while, and caught at once where it does.
pub(crate) async fn still_waits<T>(task: &mut tokio::task::JoinHandle<T>) {
    let ended = tokio::time::timeout(std::time::Duration::from_millis(200), task).await;
    assert!(ended.is_err(), "it did not wait");
}
