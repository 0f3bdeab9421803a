//! Suspected misuse: what is found where, what a case holds, and how it ends.

use chrono::TimeDelta;
use domain::{
    fraud::{CaseState, CaseVerdict, FraudReason as Found, FraudRules},
    ids::{CaseId, MemberId, ReferralId},
    incentives::PayingStep,
    members::{Actor, Duties, Role},
    referrals::{Facts, Move, Step},
    rewards::{RewardCode, RewardError},
    text::{CompanyName, EmailAddress, Language, PersonName, Reason},
};
use services::{
    Ctx,
    consent::{Entry, give, submit_entry},
    fraud::{CaseView, DecideError, case, cases, decide},
    members::create_admin,
    referrals::{MoveStage, SubmitReferral, move_stage, submit},
    retention::sweep,
    rewards::{ActError, approve, mine},
    settings::{Change, ChangeSettingError, change},
    testing::TestHouse,
};
use store::testing::{audited, migrate_again, reward_rows, rows};

use crate::{
    company::Company,
    consent::{carried_referral, confirm_token, entry, link_of},
    rewards_world::{World, check, hand_over, line_of, lines, member, move_to, short, submission},
};

fn because() -> Reason {
    Reason::parse("Beide Firmen haben dieselbe Anschrift").unwrap()
}

/// Sets the numbers of the checks.
async fn set(ctx: &Ctx, rules: FraudRules) {
    let tx = ctx.store.begin().await.unwrap();
    let json = serde_json::to_value(rules).unwrap();
    tx.set_setting(services::fraud::FRAUD, &json, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// From the second referral of a day on there is a case.
fn two_are_many() -> FraudRules {
    FraudRules { threshold: 30, velocity_referrals: 2, ..FraudRules::default() }
}

async fn submitted(ctx: &Ctx, by: &Actor, company: &str, key: &str) -> ReferralId {
    let company = CompanyName::parse(company).unwrap();
    let command = SubmitReferral { company, ..submission(key) };
    submit(ctx, &by.referrer().unwrap(), command).await.unwrap()
}

async fn facts_of(ctx: &Ctx, id: ReferralId) -> Facts {
    ctx.store.referrals().load(id).await.unwrap().unwrap().facts
}

/// The one open case, as marketing sees it.
async fn the_case(ctx: &Ctx, marketing: &Actor) -> CaseView {
    let open = cases(ctx, marketing, true, None).await.unwrap().unwrap();
    let [line] = open.as_slice() else { panic!("one case is open: {open:?}") };
    case(ctx, marketing, line.case.case.id).await.unwrap().unwrap()
}

fn found(view: &CaseView) -> Vec<Found> {
    view.reasons.iter().map(|weighed| weighed.reason).collect()
}

async fn no_case(ctx: &Ctx, marketing: &Actor) {
    assert!(cases(ctx, marketing, true, None).await.unwrap().unwrap().is_empty());
}

async fn end(ctx: &Ctx, by: &Actor, view: &CaseView, verdict: CaseVerdict) -> Result<(), DecideError> {
    decide(ctx, by, (view.case.case.id, view.case.version), verdict, &because()).await
}

#[tokio::test]
async fn ones_own_company_opens_a_case_that_only_others_see() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        submitted(ctx, &world.advocate, "Neuhaus Werkzeuge GmbH", "one").await;
        no_case(ctx, &world.marketing).await;
        let own = submitted(ctx, &world.advocate, "POLAR Kaeltetechnik GmbH", "two").await;
        let view = the_case(ctx, &world.marketing).await;
        assert_eq!(found(&view), [Found::SameCompany]);
        assert_eq!(view.findings.len(), 1);
        assert_eq!(view.findings[0].referral, own);
        assert_eq!(view.case.case.advocate, world.advocate.member);
        assert_eq!(
            (audited(&ctx.store, "fraud.open").await, audited(&ctx.store, "fraud.find").await),
            (1, 1)
        );

        // A second one joins the case of the person.
        let again = submitted(ctx, &world.advocate, "Polar Kältetechnik", "three").await;
        let joined = the_case(ctx, &world.marketing).await;
        assert_eq!(joined.findings.iter().map(|one| one.referral).collect::<Vec<_>>(), [own, again]);
        assert!(joined.case.version > view.case.version);

        let id = view.case.case.id;
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Kollege").await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        assert!(cases(ctx, &colleague, true, None).await.unwrap().unwrap().is_empty());
        assert!(case(ctx, &colleague, id).await.unwrap().is_none());
        assert!(cases(ctx, &manager, true, None).await.unwrap().is_none());
        assert!(case(ctx, &world.advocate, id).await.unwrap().is_none());
        let refused = end(ctx, &colleague, &joined, CaseVerdict::FalseAlarm).await;
        assert!(matches!(refused, Err(DecideError::NotFound)), "{refused:?}");
        let refused = end(ctx, &manager, &joined, CaseVerdict::FalseAlarm).await;
        assert!(matches!(refused, Err(DecideError::NotAllowed)), "{refused:?}");
        // What has joined since was not looked at.
        let refused = end(ctx, &world.marketing, &view, CaseVerdict::FalseAlarm).await;
        assert!(matches!(refused, Err(DecideError::Stale)), "{refused:?}");
        the_case(ctx, &world.marketing).await;
        house.close().await;
    }
}

#[tokio::test]
async fn of_two_that_are_found_at_once_both_are_in_one_case() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let own = |key| submitted(ctx, &world.advocate, "Polar Kältetechnik GmbH", key);
        tokio::join!(own("one"), own("two"), own("three"), own("four"));
        assert_eq!(the_case(ctx, &world.marketing).await.findings.len(), 4);
        assert_eq!(audited(&ctx.store, "fraud.open").await, 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_false_alarm_leaves_everything_as_it_was() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        set(ctx, two_are_many()).await;
        let marketing = &world.marketing;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        let waiting = world.refer(ctx, None).await;
        house.clock.advance(TimeDelta::days(31));
        // One is delivered, one approved, one rests no longer.
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        approve(ctx, marketing, line.id, line.version).await.unwrap();
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        hand_over(ctx, marketing, &line, "GS-1").await.unwrap();
        let line = line_of(ctx, &facts, PayingStep::Meeting).await;
        approve(ctx, marketing, line.id, line.version).await.unwrap();
        house.run_jobs().await;
        let before = reward_rows(&ctx.store).await;

        // Three within thirty days are many, and the third is submitted now.
        set(ctx, FraudRules { velocity_hours: 720, velocity_referrals: 3, ..two_are_many() }).await;
        house.clock.advance(TimeDelta::days(-2));
        submitted(ctx, &world.advocate, "Neuhaus Werkzeuge GmbH", "one").await;
        house.clock.advance(TimeDelta::days(2));
        let view = the_case(ctx, marketing).await;
        assert_eq!(found(&view), [Found::Velocity]);
        assert_eq!(view.findings.len(), 3, "every referral of the window is concerned");
        assert!(view.findings.iter().all(|one| one.met.count == Some(3)));
        assert_eq!(view.rewards.len(), 3);

        let (meeting, qualified) = (
            line_of(ctx, &facts, PayingStep::Meeting).await,
            line_of(ctx, &facts, PayingStep::Qualified).await,
        );
        assert!(meeting.held && qualified.held);
        assert_eq!(qualified.suspicion, Some(view.case.case.id));
        let delivered = line_of(ctx, &facts, PayingStep::Accepted).await;
        assert!(!delivered.held, "what is delivered is not held");
        let refused = approve(ctx, marketing, qualified.id, qualified.version).await;
        assert!(matches!(refused, Err(ActError::Rule(RewardError::Held))), "{refused:?}");
        let refused = hand_over(ctx, marketing, &meeting, "GS-2").await;
        assert!(matches!(refused, Err(ActError::Rule(RewardError::Held))), "{refused:?}");
        let queue = services::rewards::queue(ctx, marketing, None).await.unwrap().unwrap();
        assert!(queue.page.lines.is_empty());
        assert!(services::rewards::open_credits(ctx, marketing).await.unwrap().unwrap().is_empty());
        let own = mine(ctx, &world.advocate.referrer().unwrap(), None).await.unwrap();
        assert_eq!(own.page.lines.iter().filter(|line| line.held).count(), 2);

        end(ctx, marketing, &view, CaseVerdict::FalseAlarm).await.unwrap();
        assert_eq!(reward_rows(&ctx.store).await, before);
        end(ctx, marketing, &view, CaseVerdict::FalseAlarm).await.unwrap();
        let other = end(ctx, marketing, &view, CaseVerdict::Confirmed).await;
        assert!(matches!(other, Err(DecideError::Stale)), "{other:?}");
        assert_eq!(audited(&ctx.store, "fraud.decide").await, 1);
        no_case(ctx, marketing).await;
        let decided = cases(ctx, marketing, false, None).await.unwrap().unwrap();
        assert_eq!(decided[0].case.case.state, CaseState::FalseAlarm);
        assert_eq!(decided[0].case.decided_by.as_deref(), Some("Jana Krüger"));

        // What was decided is not found again, and everything goes its way.
        let line = line_of(ctx, &facts, PayingStep::Qualified).await;
        assert!(approve(ctx, marketing, line.id, line.version).await.unwrap());
        let line = line_of(ctx, &facts, PayingStep::Meeting).await;
        hand_over(ctx, marketing, &line, "GS-2").await.unwrap();
        assert!(!lines(ctx, &waiting).await.iter().any(|line| line.held));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn misuse_takes_everything_back_and_pays_nothing_any_more() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let marketing = &world.marketing;
        let mut old = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut old, Step::Meeting).await;
        house.clock.advance(TimeDelta::days(31));
        let line = line_of(ctx, &old, PayingStep::Accepted).await;
        approve(ctx, marketing, line.id, line.version).await.unwrap();
        let line = line_of(ctx, &old, PayingStep::Accepted).await;
        hand_over(ctx, marketing, &line, "GS-1").await.unwrap();
        set(ctx, FraudRules { velocity_hours: 720, ..two_are_many() }).await;
        house.clock.advance(TimeDelta::days(-2));
        submitted(ctx, &world.advocate, "Neuhaus Werkzeuge GmbH", "one").await;
        house.clock.advance(TimeDelta::days(2));
        let view = the_case(ctx, marketing).await;

        // What is earned while the case is open is held as well.
        move_to(ctx, &mut old, Step::Qualified).await;
        assert!(line_of(ctx, &old, PayingStep::Qualified).await.held);
        end(ctx, marketing, &view, CaseVerdict::Confirmed).await.unwrap();
        end(ctx, marketing, &view, CaseVerdict::Confirmed).await.unwrap();
        house.run_jobs().await;
        let all = ["accepted reversed 10", "meeting reversed 20", "qualified reversed 30"];
        assert_eq!(short(ctx, &old).await, all);
        let taken = line_of(ctx, &old, PayingStep::Meeting).await;
        assert_eq!((taken.ended_reason.as_deref(), taken.held), (Some("fraud"), false));
        assert_eq!(taken.ended_note.as_deref(), Some(because().as_str()));
        let short_of = services::rewards::shortfalls(ctx, marketing).await.unwrap().unwrap();
        assert_eq!(short_of.len(), 1, "what was delivered is to be returned");
        move_to(ctx, &mut old, Step::Won).await;
        assert_eq!(short(ctx, &old).await, all, "it earns nothing any more");
        move_to(ctx, &mut old, Step::Accepted).await;
        move_to(ctx, &mut old, Step::Won).await;
        assert_eq!(short(ctx, &old).await, all);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_long_case_is_carried_out_in_steps() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut all = Vec::new();
        for _ in 0..45 {
            let mut facts = world.refer(ctx, Some(&world.credit)).await;
            move_to(ctx, &mut facts, Step::Accepted).await;
            all.push(facts);
        }
        set(ctx, two_are_many()).await;
        submitted(ctx, &world.advocate, "Neuhaus Werkzeuge GmbH", "one").await;
        let view = the_case(ctx, &world.marketing).await;
        assert_eq!(view.findings.len(), 46);
        end(ctx, &world.marketing, &view, CaseVerdict::Confirmed).await.unwrap();
        let states = async || {
            let mut states = (0, 0);
            for facts in &all {
                let line = line_of(ctx, facts, PayingStep::Accepted).await;
                match line.state {
                    RewardCode::Reversed => states.0 += 1,
                    _ if line.held => states.1 += 1,
                    other => panic!("{other}"),
                }
            }
            states
        };
        let (reversed, held) = states().await;
        assert!(reversed >= 19 && held > 0 && reversed + held == 45, "{reversed} and {held}");
        house.run_jobs().await;
        assert_eq!(states().await, (45, 0));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn two_cases_hold_one_reward() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let marketing = &world.marketing;
        let rule = services::compliance::RuleDraft {
            of: None,
            market: domain::text::Country::DE,
            scope: domain::compliance::Scope::default(),
            effect: domain::compliance::Effect::Approval,
            legal_basis: "Vermerk 7".to_owned(),
            disclosure: domain::text::Bilingual::new("Geprüft.", "Looked at."),
            review_on: None,
        };
        services::compliance::save_rule(ctx, marketing.program_managing().unwrap(), rule).await.unwrap();
        services::testing::sign_off_markets(ctx, marketing).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        set(ctx, two_are_many()).await;
        submitted(ctx, &world.advocate, "Neuhaus Werkzeuge GmbH", "one").await;
        let view = the_case(ctx, marketing).await;
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        services::compliance::release(ctx, marketing, line.id, line.version, &because()).await.unwrap();
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        assert!(line.held, "the other case still holds it");
        end(ctx, marketing, &view, CaseVerdict::FalseAlarm).await.unwrap();
        assert!(!line_of(ctx, &facts, PayingStep::Accepted).await.held);
        house.close().await;
    }
}

#[tokio::test]
async fn what_a_case_holds_does_not_lapse() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        set(ctx, two_are_many()).await;
        submitted(ctx, &world.advocate, "Neuhaus Werkzeuge GmbH", "one").await;
        let view = the_case(ctx, &world.marketing).await;
        house.clock.advance(TimeDelta::days(1_100));
        house.run_jobs().await;
        assert_eq!(line_of(ctx, &facts, PayingStep::Accepted).await.state, RewardCode::Pending);
        end(ctx, &world.marketing, &view, CaseVerdict::FalseAlarm).await.unwrap();
        house.clock.advance(TimeDelta::days(1));
        house.run_jobs().await;
        assert_eq!(line_of(ctx, &facts, PayingStep::Accepted).await.state, RewardCode::Expired);
        house.close().await;
    }
}

/// A company of the consent tests, with somebody of marketing.
async fn with_marketing(house: &TestHouse) -> (Company, Actor) {
    let company = Company::on(house).await;
    let marketing = member(&house.ctx, None, Role::Marketing, "Lena Hoffmann").await;
    (company, marketing)
}

/// Fills in the form of a link, and answers the token of the confirmation.
async fn filled(house: &TestHouse, by: MemberId, company: &Company, entry: &Entry) -> String {
    let origin = link_of(house, company, by).await;
    submit_entry(&house.ctx, &origin, entry).await.unwrap();
    house.run_jobs().await;
    confirm_token(house, entry.email.as_str())
}

fn named(name: &str, mail: &str, firm: &str, key: &str) -> Entry {
    Entry {
        name: PersonName::parse(name).unwrap(),
        company: CompanyName::parse(firm).ok(),
        ..entry(mail, key)
    }
}

#[tokio::test]
async fn a_contact_counts_once_they_have_confirmed() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (company, marketing) = with_marketing(&house).await;
        // Ben signs in with a private address, and recommends himself under another spelling of it.
        let ben = Company::member(&house, company.annas_account, "Ben Adler", "ben.adler@gmail.com").await;
        let himself = named("B. A.", "benadler+neu@googlemail.com", "Fern GmbH", "one");
        let token = filled(&house, ben, &company, &himself).await;
        no_case(ctx, &marketing).await;
        give(ctx, &token, Language::German).await.unwrap();
        let view = the_case(ctx, &marketing).await;
        assert_eq!(found(&view), [Found::SamePerson]);
        assert_eq!(view.case.case.advocate, ben);
        // A case shows nothing of who the contact is.
        let shown = format!("{:?}", view.findings);
        assert!(!shown.contains("googlemail") && !shown.contains("B. A."), "{shown}");
        end(ctx, &marketing, &view, CaseVerdict::FalseAlarm).await.unwrap();

        // For Anna he is a colleague, and the mailbox stands in nobody's referral but his own.
        let colleague = named("B. A.", "ben.adler+2@gmail.com", "Nah GmbH", "two");
        let token = filled(&house, company.anna, &company, &colleague).await;
        give(ctx, &token, Language::German).await.unwrap();
        let view = the_case(ctx, &marketing).await;
        assert_eq!((view.case.case.advocate, found(&view)), (company.anna, vec![Found::Colleague]));
        house.close().await;
    }
}

#[tokio::test]
async fn addresses_are_compared_as_hashes() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (company, marketing) = with_marketing(&house).await;
        set(ctx, FraudRules { threshold: 40, address_contacts: 3, ..FraudRules::default() }).await;
        let agree = async |mail: &str, firm: &str, key: &str, source: &str| {
            let one = Entry { source: source.to_owned(), ..named("Jens Lund", mail, firm, key) };
            let token = filled(&house, company.anna, &company, &one).await;
            give(ctx, &token, Language::German).await.unwrap();
        };
        agree("a@eins.de", "Eins GmbH", "one", "203.0.113.1").await;
        agree("b@zwei.de", "Zwei GmbH", "two", "203.0.113.1").await;
        // Another day has another salt: nothing connects the two.
        house.clock.advance(TimeDelta::days(1));
        agree("c@drei.de", "Drei GmbH", "three", "203.0.113.1").await;
        no_case(ctx, &marketing).await;
        agree("d@vier.de", "Vier GmbH", "four", "203.0.113.1").await;
        agree("e@fuenf.de", "Fuenf GmbH", "five", "203.0.113.9").await;
        no_case(ctx, &marketing).await;
        agree("f@sechs.de", "Sechs GmbH", "six", "203.0.113.1").await;
        let view = the_case(ctx, &marketing).await;
        assert_eq!(found(&view), [Found::SharedAddress]);
        assert_eq!(view.findings.len(), 3, "everybody who came from there on that day");
        end(ctx, &marketing, &view, CaseVerdict::FalseAlarm).await.unwrap();

        // The same mailbox in two referrals of one advocate, spelled in two ways.
        agree("jens.lund@gmail.com", "Sieben GmbH", "seven", "203.0.113.20").await;
        agree("jenslund+8@googlemail.com", "Acht GmbH", "eight", "203.0.113.21").await;
        let view = the_case(ctx, &marketing).await;
        assert_eq!(found(&view), [Found::KnownMailbox]);
        assert_eq!(view.findings.len(), 2);
        for word in ["203.0.113", "gmail"] {
            for column in ["mailbox_hash", "source_hash"] {
                assert_eq!(store::testing::holding(&ctx.store, "contacts", column, word).await, 0);
            }
        }
        house.close().await;
    }
}

#[tokio::test]
async fn a_disposable_address_opens_a_case_and_a_weight_of_nothing_does_not() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (company, marketing) = with_marketing(&house).await;
        set(ctx, FraudRules { disposable: 0, ..FraudRules::default() }).await;
        let off = named("Jens Lund", "jens@mailinator.com", "Eins GmbH", "one");
        let token = filled(&house, company.anna, &company, &off).await;
        give(ctx, &token, Language::German).await.unwrap();
        assert_eq!(rows(&ctx.store, "fraud_findings").await, 0);
        set(ctx, FraudRules::default()).await;
        let on = named("Lea Kurz", "lea@guerrillamail.com", "Zwei GmbH", "two");
        let token = filled(&house, company.anna, &company, &on).await;
        give(ctx, &token, Language::German).await.unwrap();
        assert_eq!(found(&the_case(ctx, &marketing).await), [Found::Disposable]);
        house.close().await;
    }
}

#[tokio::test]
async fn a_second_contact_of_a_referral_is_compared_as_well() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (company, marketing) = with_marketing(&house).await;
        let token = carried_referral(&house, &company, company.anna).await;
        let origin = services::consent::Origin::CarriedLink { token };
        for (name, mail, key) in
            [("Jens Lund", "jens@ravensteiner.de", "one"), ("Anna Berger", "a.b@ravensteiner.de", "two")]
        {
            no_case(ctx, &marketing).await;
            let one = named(name, mail, "Ravensteiner Hydraulik GmbH", key);
            submit_entry(ctx, &origin, &one).await.unwrap();
            house.run_jobs().await;
            give(ctx, &confirm_token(&house, mail), Language::German).await.unwrap();
        }
        assert_eq!(found(&the_case(ctx, &marketing).await), [Found::SamePerson]);
        house.close().await;
    }
}

#[tokio::test]
async fn a_deal_within_minutes_is_noted_and_joins_what_weighs_more() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let duties = Duties { deputy_for: Vec::new(), default_owner: true };
        let power = manager.account_managing(duties).unwrap();
        let facts = world.refer(ctx, Some(&world.credit)).await;
        for step in [Step::Accepted, Step::Won] {
            let version = ctx.store.referrals().load(facts.id).await.unwrap().unwrap().version;
            let action = Move::Forward(step);
            let command = MoveStage { referral: facts.id, action, deal: None, note: None, version };
            move_stage(ctx, &power, command).await.unwrap();
            house.clock.advance(TimeDelta::minutes(7));
        }
        assert_eq!(facts_of(ctx, facts.id).await.position.reached(), Step::Won);
        // It weighs too little by itself, and nothing is held.
        no_case(ctx, &world.marketing).await;
        assert_eq!(rows(&ctx.store, "fraud_findings").await, 1);
        assert!(!line_of(ctx, &facts, PayingStep::Won).await.held);
        submitted(ctx, &world.advocate, "Polar Kältetechnik GmbH", "own").await;
        let view = the_case(ctx, &world.marketing).await;
        assert_eq!(found(&view), [Found::SameCompany, Found::QuickWin]);
        let quick = view.findings.iter().find(|one| one.referral == facts.id).unwrap();
        assert_eq!(quick.met.count, Some(7));
        assert!(line_of(ctx, &facts, PayingStep::Won).await.held);
        // Without the tables nothing is held, and nothing else has changed.
        migrate_again(&ctx.store, "m20261130_000600_fraud").await;
        assert!(!line_of(ctx, &facts, PayingStep::Won).await.held);
        house.close().await;
    }
}

#[tokio::test]
async fn what_weighs_too_little_is_forgotten_in_time() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        set(ctx, FraudRules { threshold: 100, ..FraudRules::default() }).await;
        submitted(ctx, &world.advocate, "Polar Kältetechnik GmbH", "one").await;
        house.clock.advance(TimeDelta::days(390));
        sweep(ctx).await.unwrap();
        assert_eq!(rows(&ctx.store, "fraud_findings").await, 1);
        house.clock.advance(TimeDelta::days(10));
        sweep(ctx).await.unwrap();
        assert_eq!(rows(&ctx.store, "fraud_findings").await, 0);
        // What belongs to a case stays with it.
        set(ctx, FraudRules::default()).await;
        submitted(ctx, &world.advocate, "Polar Kältetechnik GmbH", "two").await;
        house.clock.advance(TimeDelta::days(400));
        sweep(ctx).await.unwrap();
        assert_eq!(the_case(ctx, &world.marketing).await.findings.len(), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn numbers_without_sense_are_refused() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (name, mail) = ("Jonas Brandt", "jonas@halvern.example");
        let (name, mail) = (PersonName::parse(name).unwrap(), EmailAddress::parse(mail).unwrap());
        let admin = create_admin(ctx, name, mail, Language::German).await.unwrap();
        let admin = ctx.store.members().person(admin).await.unwrap().unwrap().actor;
        let by = admin.administering().unwrap();
        let save = async |rules, seen| change(ctx, by, Change::Fraud(rules), seen).await;
        for (rules, field) in [
            (FraudRules { threshold: 0, ..FraudRules::default() }, "threshold"),
            (FraudRules { same_person: 1_001, ..FraudRules::default() }, "same_person"),
            (FraudRules { velocity_referrals: 1, ..FraudRules::default() }, "velocity_referrals"),
            (FraudRules { velocity_hours: 0, ..FraudRules::default() }, "velocity_hours"),
            (FraudRules { address_contacts: 0, ..FraudRules::default() }, "address_contacts"),
            (FraudRules { quick_minutes: 0, ..FraudRules::default() }, "quick_minutes"),
        ] {
            let refused = save(rules, -1).await;
            assert!(matches!(refused, Err(ChangeSettingError::OutOfRange(at)) if at == field), "{refused:?}");
        }
        save(FraudRules { threshold: 70, ..FraudRules::default() }, -1).await.unwrap();
        assert!(matches!(save(FraudRules::default(), -1).await, Err(ChangeSettingError::Stale)));
        let unknown: CaseId = ctx.new_id();
        let reason = because();
        let refused = decide(ctx, &admin, (unknown, 0), CaseVerdict::Confirmed, &reason).await;
        assert!(matches!(refused, Err(DecideError::NotFound | DecideError::NotAllowed)), "{refused:?}");
        house.close().await;
    }
}
