//! Rewards as marketing and account managers work on them: found, taken back before delivery, delivered by their owner.

use chrono::TimeDelta;
use domain::{
    incentives::{IncentiveKind, PayingStep},
    members::Role,
    referrals::Step,
    rewards::{ReleaseError, RewardCode, RewardError, Side},
    text::{Language, Reason},
};
use services::{
    incentives::{Organisation, change_organisation},
    members::{RecordRelease, RecordReleaseError, record_release, revoke_release, set_access},
    rewards::{
        ActError, RewardFilter, TakeBack, approve, deliver, life, list, mine, plan_delivery, shortfalls,
        take_back, tasks,
    },
    testing::TestHouse,
};
use store::StoreError;

use crate::rewards_world::*;

fn reason() -> Reason {
    Reason::parse("Der Auftrag wurde widerrufen").unwrap()
}

#[tokio::test]
async fn a_reward_is_taken_back_while_it_waits_rests_or_is_approved() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut open = world.refer(ctx, None).await;
        move_to(ctx, &mut open, Step::Won).await;
        let mut chosen = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut chosen, Step::Won).await;
        let waiting = line_of(ctx, &open, PayingStep::Won).await;
        assert_eq!(waiting.state, RewardCode::Pending);
        let resting = line_of(ctx, &chosen, PayingStep::Won).await;
        assert_eq!(resting.state, RewardCode::Clearing);
        let back = |line: services::rewards::RewardLine, percent| async move {
            let why = TakeBack::Refund { percent };
            take_back(ctx, &world.marketing, line.id, line.version, why, &reason()).await
        };
        back(waiting, 100).await.unwrap();
        assert_eq!(line_of(ctx, &open, PayingStep::Won).await.state, RewardCode::Reversed);

        // Half of it while it rests, a quarter more once it is approved: percent of what was promised.
        back(resting, 50).await.unwrap();
        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &chosen, PayingStep::Won).await;
        assert_eq!((line.state, line.amount), (RewardCode::Clearing, Some(euros(20))));
        assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
        back(line_of(ctx, &chosen, PayingStep::Won).await, 25).await.unwrap();
        let line = line_of(ctx, &chosen, PayingStep::Won).await;
        assert_eq!((line.state, line.amount), (RewardCode::Approved, Some(euros(10))));
        back(line.clone(), 50).await.unwrap();
        let ended = line_of(ctx, &chosen, PayingStep::Won).await;
        assert_eq!((ended.state, ended.refunded_percent), (RewardCode::Reversed, 100), "never below zero");
        let again = back(ended.clone(), 50).await;
        assert!(matches!(again, Err(ActError::Rule(RewardError::WrongState))));
        assert!(
            shortfalls(ctx, &world.marketing).await.unwrap().unwrap().is_empty(),
            "nothing was delivered"
        );
        check(ctx).await;

        let whole = life(ctx, &world.marketing, line.id).await.unwrap().unwrap();
        let steps: Vec<_> = whole
            .steps
            .iter()
            .map(|step| (step.action.as_str(), step.moved.map_or(0, |amount| amount.value() / 100)))
            .collect();
        let expected = [
            ("rewards.reserve", 40),
            ("rewards.reverse", 20),
            ("rewards.approve", 20),
            ("rewards.reverse", 10),
            ("rewards.reverse", 10),
        ];
        assert_eq!(steps, expected);
        assert_eq!(whole.steps[2].by.as_deref(), Some("Jana Krüger"));
        assert!(!whole.own);
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Kollege").await;
        assert!(life(ctx, &colleague, line.id).await.unwrap().unwrap().own);
        assert!(life(ctx, &world.advocate, line.id).await.unwrap().is_none());
        house.close().await;
    }
}

#[tokio::test]
async fn all_rewards_are_found_by_state_and_company_and_page_by_page() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut expected = Vec::new();
        for _ in 0..30 {
            house.clock.advance(TimeDelta::minutes(1));
            let mut facts = world.refer(ctx, Some(&world.credit)).await;
            move_to(ctx, &mut facts, Step::Meeting).await;
            let lines = lines(ctx, &facts).await;
            expected.extend(lines.into_iter().map(|line| (line.created_at, line.id)));
        }
        expected.sort_unstable_by(|one, other| other.cmp(one));
        let find = |search: &str, state, after| {
            let filter = RewardFilter { search: search.to_owned(), state, after };
            async move { list(ctx, &world.marketing, &filter).await.unwrap().unwrap() }
        };
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let mut page = find("", None, after).await;
            let more = page.len() > 50;
            page.truncate(50);
            after = page.last().map(services::rewards::RewardLine::cursor);
            seen.extend(page.into_iter().map(|line| (line.created_at, line.id)));
            if !more {
                break;
            }
        }
        assert_eq!(seen, expected, "newest first, none twice, none left out");
        assert_eq!(find("hydraulik", None, None).await.len(), 51);
        assert_eq!(find("Polar Kalte", None, None).await.len(), 0, "umlauts are written out");
        assert_eq!(find("POLAR KÄLTE", Some(RewardCode::Clearing), None).await.len(), 51);
        assert!(find("%", None, None).await.is_empty(), "signs of the search mean themselves");
        assert!(find("", Some(RewardCode::Fulfilled), None).await.is_empty());
        assert!(list(ctx, &world.advocate, &RewardFilter::default()).await.unwrap().is_none());
        house.close().await;
    }
}

#[tokio::test]
async fn an_account_manager_delivers_exactly_what_is_theirs() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mira = member(ctx, None, Role::AccountManager, "Mira Eins").await;
        let nils = member(ctx, None, Role::AccountManager, "Nils Zwei").await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        facts.account_manager = Some(mira.member);
        move_to(ctx, &mut facts, Step::Won).await;
        house.clock.advance(TimeDelta::days(30));
        let reward = line_of(ctx, &facts, PayingStep::Won).await;
        approve(ctx, &world.marketing, reward.id, reward.version).await.unwrap();

        let of = |actor| async move { tasks(ctx, &actor, None).await.unwrap().unwrap() };
        let mine = of(mira).await;
        let sides: Vec<_> = mine.open.lines.iter().map(|line| line.side).collect();
        assert_eq!(sides, [Side::Contact], "the reward is marketing's, the benefit hers");
        assert!(mine.staff.is_empty(), "and nothing to give away");
        assert!(of(nils).await.open.lines.is_empty());
        assert_eq!(of(world.marketing).await.open.lines.len(), 2);
        assert!(tasks(ctx, &world.advocate, None).await.unwrap().is_none());

        let benefit = mine.open.lines.first().unwrap().clone();
        let foreign = deliver(ctx, &nils, benefit.id, benefit.version, "Vertrag § 4", None).await;
        assert!(matches!(foreign, Err(ActError::NotFound)));
        let reward = line_of(ctx, &facts, PayingStep::Won).await;
        let foreign = deliver(ctx, &mira, reward.id, reward.version, "G-1", None).await;
        assert!(matches!(foreign, Err(ActError::NotFound)));
        let day = "2027-01-15".parse().unwrap();
        let given = plan_delivery(ctx, &mira, benefit.id, 0, Some(nils.member), day).await;
        assert!(matches!(given, Err(ActError::NotAllowed)));

        deliver(ctx, &mira, benefit.id, benefit.version, "Vertrag § 4", None).await.unwrap();
        // Nobody but active staff who deliver can be given one.
        let admin = member(ctx, None, Role::Administrator, "Tom Amt").await;
        let left = member(ctx, None, Role::AccountManager, "Lea Fort").await;
        set_access(ctx, admin.administering().unwrap(), left.member, false).await.unwrap();
        for owner in [world.advocate.member, admin.member, left.member, ctx.new_id()] {
            let given = plan_delivery(ctx, &world.marketing, reward.id, 0, Some(owner), day).await;
            assert!(matches!(given, Err(ActError::Owner)));
        }
        assert!(words::knows("error", "delivery_owner_unknown"));
        let version = reward.delivery.as_ref().unwrap().version;
        plan_delivery(ctx, &world.marketing, reward.id, version, Some(nils.member), day).await.unwrap();
        deliver(ctx, &nils, reward.id, reward.version, "G-1", None).await.unwrap();
        assert_eq!(line_of(ctx, &facts, PayingStep::Won).await.state, RewardCode::Fulfilled);
        assert_eq!((of(mira).await.done.len(), of(nils).await.done.len()), (1, 1));
        assert_eq!(of(world.marketing).await.done.len(), 2);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn an_owner_is_reminded_once_of_each_day() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mira = member(ctx, None, Role::AccountManager, "Mira Eins").await;
        let nils = member(ctx, None, Role::AccountManager, "Nils Zwei").await;
        services::members::change_language(ctx, nils.member, Language::English).await.unwrap();
        let mut facts = world.refer(ctx, Some(&world.nothing)).await;
        facts.account_manager = Some(mira.member);
        move_to(ctx, &mut facts, Step::Won).await;
        house.run_jobs().await;
        let benefit = || async {
            let lines = lines(ctx, &facts).await;
            lines.into_iter().find(|line| line.side == Side::Contact).unwrap()
        };
        let reminders = || -> Vec<String> {
            let mails = house.mails.sent().into_iter();
            let mails = mails.filter(|mail| mail.text.contains("/work/deliveries"));
            mails.map(|mail| format!("{}\n{}", mail.subject, mail.text)).collect()
        };
        house.clock.advance(TimeDelta::days(29));
        house.run_jobs().await;
        assert!(reminders().is_empty(), "not before its day");
        house.clock.advance(TimeDelta::days(2));
        house.run_jobs().await;
        house.run_jobs().await;
        assert_eq!(reminders().len(), 1);
        assert!(reminders()[0].contains("Fällig am 2. Dezember 2026"), "{}", reminders()[0]);
        assert!(!reminders()[0].contains("Ravensteiner"), "nobody's company: {}", reminders()[0]);

        // Another day and another owner: one more, to them, in their language; back to the old day: none.
        let worker = &house;
        let plan = |owner, day: &str| {
            let day = day.parse().unwrap();
            async move {
                let version = benefit().await.delivery.unwrap().version;
                plan_delivery(ctx, &world.marketing, benefit().await.id, version, owner, day).await.unwrap();
                worker.run_jobs().await;
            }
        };
        plan(Some(nils.member), "2026-12-10").await;
        assert_eq!(reminders().len(), 1);
        house.clock.advance(TimeDelta::days(8));
        house.run_jobs().await;
        assert_eq!(reminders().len(), 2);
        assert!(reminders()[1].contains("Due on 10 December 2026"), "{}", reminders()[1]);
        plan(Some(nils.member), "2026-12-10").await;
        assert_eq!(reminders().len(), 2, "once for a day");
        // Whoever takes it over has not been told of that day.
        plan(Some(mira.member), "2026-12-10").await;
        assert_eq!(reminders().len(), 3);
        assert!(reminders()[2].contains("Fällig am 10. Dezember 2026"), "{}", reminders()[2]);

        // Nobody in charge, or done: nobody to remind.
        plan(None, "2026-12-12").await;
        house.clock.advance(TimeDelta::days(5));
        house.run_jobs().await;
        assert_eq!(reminders().len(), 3);
        plan(Some(mira.member), "2026-12-20").await;
        let owed = benefit().await;
        deliver(ctx, &mira, owed.id, owed.version, "Vertrag § 4", None).await.unwrap();
        house.clock.advance(TimeDelta::days(9));
        house.run_jobs().await;
        assert_eq!(reminders().len(), 3);
        house.close().await;
    }
}

#[tokio::test]
async fn what_was_promised_to_an_organisation_that_is_switched_off_stays_promised() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let power = world.marketing.program_managing().unwrap();
        let mut facts = world.refer(ctx, Some(&world.donation)).await;
        let mut changed = Organisation {
            id: world.organisation,
            name: "Tafel Bremen-Nord".to_owned(),
            legal_name: "Tafel Bremen-Nord e. V.".to_owned(),
            active: false,
            version: 0,
        };
        change_organisation(ctx, &power, &changed).await.unwrap();
        let stale = change_organisation(ctx, &power, &changed).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
        assert!(ctx.store.incentives().organisations().await.unwrap().is_empty(), "nobody can choose it");
        assert_eq!(ctx.store.incentives().all_organisations().await.unwrap().len(), 1);
        move_to(ctx, &mut facts, Step::Won).await;
        let won = line_of(ctx, &facts, PayingStep::Won).await;
        assert_eq!(
            (won.state, won.organisation.as_deref()),
            (RewardCode::Clearing, Some("Tafel Bremen-Nord"))
        );
        changed.active = true;
        changed.version = 1;
        change_organisation(ctx, &power, &changed).await.unwrap();
        assert_eq!(ctx.store.incentives().organisations().await.unwrap().len(), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_benefit_of_a_company_without_account_manager_is_for_whoever_is_in_charge() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let owner = async || {
            let mut facts = world.refer(ctx, Some(&world.nothing)).await;
            assert_eq!(facts.account_manager, None);
            move_to(ctx, &mut facts, Step::Won).await;
            let lines = lines(ctx, &facts).await;
            let owed = lines.into_iter().find(|line| line.side == Side::Contact).unwrap();
            owed.delivery.unwrap().owner
        };
        assert_eq!(owner().await, None, "nobody is in charge");
        let mira = member(ctx, None, Role::AccountManager, "Mira Eins").await;
        let tx = ctx.store.begin().await.unwrap();
        let json = serde_json::json!(mira.member);
        tx.set_setting(services::settings::DEFAULT_OWNER, &json, ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(owner().await, Some(mira.member));
        house.clock.advance(TimeDelta::days(31));
        house.run_jobs().await;
        let reminded = house.mails.sent().into_iter().filter(|mail| mail.text.contains("/work/deliveries"));
        assert_eq!(reminded.count(), 1, "and reminded, of the one that is hers");
        house.close().await;
    }
}

#[tokio::test]
async fn an_early_access_that_was_granted_is_ended_with_a_reason_that_its_advocate_reads() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let part = PayingStep::Accepted;
        let access =
            incentive(ctx, IncentiveKind::EarlyAccess, vec![fixed(part, 10), fixed(PayingStep::Won, 20)]);
        let tx = ctx.store.begin().await.unwrap();
        let text = domain::text::Bilingual::new("Vorabzugang", "Early access");
        let offer = store::incentives::Offer {
            incentive: access.clone(),
            program: world.program,
            name: text.clone(),
            text,
            position: 9,
            version: 0,
        };
        tx.insert_offer(&offer, ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut facts = world.refer_with(ctx, vec![access.clone()], Some(access.id)).await;
        move_to(ctx, &mut facts, Step::Won).await;
        let mut credited = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut credited, Step::Accepted).await;
        let end = |line: services::rewards::RewardLine| async move {
            take_back(ctx, &world.marketing, line.id, line.version, TakeBack::Revocation, &reason()).await
        };
        let other = end(line_of(ctx, &credited, part).await).await;
        assert!(matches!(other, Err(ActError::Rule(RewardError::NotAccess))));
        let early = end(line_of(ctx, &facts, part).await).await;
        assert!(matches!(early, Err(ActError::Rule(RewardError::WrongState))), "nothing is granted yet");

        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &facts, part).await;
        assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
        let line = line_of(ctx, &facts, part).await;
        deliver(ctx, &world.marketing, line.id, line.version, "KEY-1", None).await.unwrap();
        let line = line_of(ctx, &facts, part).await;
        let refused =
            take_back(ctx, &world.advocate, line.id, line.version, TakeBack::Revocation, &reason()).await;
        assert!(matches!(refused, Err(ActError::NotAllowed)));
        end(line.clone()).await.unwrap();
        let stale = end(line).await;
        assert!(matches!(stale, Err(ActError::Stale)), "once");
        let ended = line_of(ctx, &facts, part).await;
        assert_eq!(
            (ended.state, ended.ended_reason.as_deref(), ended.ended_note.as_deref()),
            (RewardCode::Reversed, Some("revoked"), Some(reason().as_str()))
        );
        assert_eq!(line_of(ctx, &facts, PayingStep::Won).await.state, RewardCode::Clearing, "this one alone");
        let referrer = world.advocate.referrer().unwrap();
        let own = mine(ctx, &referrer, None).await.unwrap();
        let receivable = domain::ledger::LedgerAccountKind::Receivable;
        let left = own.balance(crate::rewards_world::euros(1).unit(), receivable);
        assert_eq!((left, own.shortfalls.len()), (0, 0), "what is revoked is back");
        house.run_jobs().await;
        let told = house.mails.sent().into_iter().filter(|mail| mail.subject.starts_with("Beendet: "));
        let told: Vec<_> = told.map(|mail| mail.text).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("Vorabzugang") && told[0].contains(reason().as_str()), "{}", told[0]);

        // Reaching the stage again does not bring it back.
        move_to(ctx, &mut facts, Step::Submitted).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        assert_eq!(line_of(ctx, &facts, part).await.state, RewardCode::Reversed);
        check(ctx).await;
        house.close().await;
    }
}

fn release_of(world: &World, until: Option<&str>, euros: i64) -> RecordRelease {
    RecordRelease {
        member: world.advocate.member,
        released_by: "Ute Polar".parse().unwrap(),
        released_on: "2026-11-02".parse().unwrap(),
        valid_until: until.map(|day| day.parse().unwrap()),
        caps: [(crate::rewards_world::euros(1).unit(), euros * 100)].into(),
        document: "HR-2026-4".to_owned(),
    }
}

/// Who receives the parts of a referral, in their order: the person, or their company.
async fn to_person(ctx: &services::Ctx, facts: &domain::referrals::Facts) -> Vec<bool> {
    let mut lines = lines(ctx, facts).await;
    lines.retain(|line| line.side == Side::Advocate);
    lines.sort_by_key(|line| line.part);
    lines.iter().map(|line| line.to_person).collect()
}

#[tokio::test]
async fn an_employers_release_reaches_to_its_cap_within_a_year_and_until_it_is_revoked() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = &world.marketing;
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Kollege").await;
        let own = record_release(ctx, &colleague, release_of(&world, None, 50)).await;
        assert!(matches!(own, Err(RecordReleaseError::Own)));
        let refused = record_release(ctx, &world.advocate, release_of(&world, None, 50)).await;
        assert!(matches!(refused, Err(RecordReleaseError::NotAllowed)));
        let over = record_release(ctx, by, release_of(&world, Some("2026-11-01"), 50)).await;
        assert!(matches!(over, Err(RecordReleaseError::Rule(ReleaseError::EndsBefore))));
        assert!(ctx.store.releases().of(world.advocate.member).await.unwrap().is_empty());

        let mut before = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut before, Step::Accepted).await;
        let (press, again) = tokio::join!(
            record_release(ctx, by, release_of(&world, None, 50)),
            record_release(ctx, by, release_of(&world, None, 50)),
        );
        press.and(again).unwrap();
        assert_eq!(ctx.store.releases().of(world.advocate.member).await.unwrap().len(), 1, "pressed twice");
        move_to(ctx, &mut before, Step::Meeting).await;
        assert_eq!(to_person(ctx, &before).await, [false, true], "from then on");
        // 20 of 50 have gone to her: 10 and 20 more, and 30 does not fit any more.
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        assert_eq!(to_person(ctx, &facts).await, [true, true, false]);
        let mut given = world.refer(ctx, Some(&world.donation)).await;
        move_to(ctx, &mut given, Step::Accepted).await;
        assert_eq!(to_person(ctx, &given).await, [false], "a donation goes where it goes");
        let referrer = world.advocate.referrer().unwrap();
        let (_, received) = mine(ctx, &referrer, None).await.unwrap().release.unwrap();
        assert_eq!(received.into_values().collect::<Vec<_>>(), [5_000]);

        // The next calendar year, in the host's zone, begins anew.
        house.clock.set("2026-12-31T23:30:00Z".parse().unwrap());
        let mut next_year = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut next_year, Step::Accepted).await;
        assert_eq!(to_person(ctx, &next_year).await, [true]);

        let recorded = ctx.store.releases().of(world.advocate.member).await.unwrap();
        let (member, id) = (world.advocate.member, recorded[0].id);
        revoke_release(ctx, by, member, id).await.unwrap();
        revoke_release(ctx, by, member, id).await.unwrap();
        move_to(ctx, &mut next_year, Step::Meeting).await;
        assert_eq!(to_person(ctx, &next_year).await, [true, false], "for later rewards");
        assert!(mine(ctx, &referrer, None).await.unwrap().release.is_none());
        // One that has ended by itself reaches no further either.
        record_release(ctx, by, release_of(&world, Some("2026-12-31"), 500)).await.unwrap();
        move_to(ctx, &mut next_year, Step::Qualified).await;
        assert_eq!(to_person(ctx, &next_year).await, [true, false, false]);
        check(ctx).await;
        house.close().await;
    }
}
