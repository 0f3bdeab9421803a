//! Introductions for mutual referrals: promised, made, confirmed, disputed, or left without an answer.

use chrono::{Days, TimeDelta};
use domain::{
    incentives::{Amount, IncentiveKind, Part, PartValue, PayingStep, Unit},
    members::{Actor, Role},
    referrals::{Facts, Step},
    rewards::{
        IntroductionAnswer, IntroductionCode, IntroductionError, IntroductionFit, ProofError, RewardCode,
        Whom,
    },
    text::Reason,
};
use services::{
    Ctx,
    jobs::run_due,
    rewards::{
        ActError, RewardLine, approve, confirm_introduction, deliver, dispute_introduction, introduce,
        own_reciprocity, plan_delivery, promise_introduction, reciprocities, reciprocity_of, tasks,
    },
    testing::TestHouse,
};

use crate::rewards_world::*;

fn whom(company: &str) -> Whom {
    Whom { company: company.parse().unwrap(), role: "Leitung Einkauf".parse().unwrap() }
}

fn answer() -> IntroductionAnswer {
    IntroductionAnswer { fit: IntroductionFit::Good, note: Some(Reason::parse("Nützlich").unwrap()) }
}

fn reason() -> Reason {
    Reason::parse("Niemand hat sich gemeldet").unwrap()
}

/// A world in which an introduction is approved, and the task is the account manager's.
async fn approved(house: &TestHouse) -> (World, Actor, Facts) {
    let ctx = &house.ctx;
    let world = World::new(house).await;
    let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
    let one = Amount::new(1, Unit::Introductions).unwrap();
    let part = Part { step: PayingStep::Won, value: PartValue::Fixed(one) };
    let mutual = incentive(ctx, IncentiveKind::MutualReferral, vec![part]);
    offer(ctx, &world, &mutual).await;
    let mut facts = world.refer_with(ctx, vec![mutual.clone()], Some(mutual.id)).await;
    move_to(ctx, &mut facts, Step::Won).await;
    house.clock.advance(TimeDelta::days(30));
    let line = owed(ctx, &facts).await;
    assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
    let line = owed(ctx, &facts).await;
    let due = today(ctx).checked_add_days(Days::new(7)).unwrap();
    let version = line.delivery.unwrap().version;
    plan_delivery(ctx, &world.marketing, line.id, version, Some(manager.member), due).await.unwrap();
    (world, manager, facts)
}

async fn owed(ctx: &Ctx, facts: &Facts) -> RewardLine {
    line_of(ctx, facts, PayingStep::Won).await
}

fn today(ctx: &Ctx) -> chrono::NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

async fn code(ctx: &Ctx, line: &RewardLine) -> IntroductionCode {
    let known = ctx.store.rewards().introduction(line.id).await.unwrap().unwrap();
    known.introduction.state.code()
}

#[tokio::test]
async fn the_advocates_word_delivers_it_and_only_theirs() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (world, manager, facts) = approved(&house).await;
        let line = owed(ctx, &facts).await;
        let due = today(ctx).checked_add_days(Days::new(10)).unwrap();
        let by_hand = deliver(ctx, &manager, line.id, line.version, "Nordlicht AG", Some(today(ctx))).await;
        assert!(matches!(by_hand, Err(ActError::Proof(ProofError::HasSteps))));
        let early = introduce(ctx, &manager, line.id, 0, today(ctx)).await;
        assert!(matches!(early, Err(ActError::Introduction(IntroductionError::WrongStep))));
        let past = today(ctx).pred_opt().unwrap();
        let over = promise_introduction(ctx, &manager, line.id, -1, whom("Nordlicht AG"), past).await;
        assert!(matches!(over, Err(ActError::Introduction(IntroductionError::DueOver))));
        let other = member(ctx, None, Role::AccountManager, "Deniz Arslan").await;
        let foreign = promise_introduction(ctx, &other, line.id, -1, whom("Nordlicht AG"), due).await;
        assert!(matches!(foreign, Err(ActError::NotFound)));

        for _ in 0..2 {
            promise_introduction(ctx, &manager, line.id, -1, whom("Nordlicht AG"), due).await.unwrap();
        }
        let slower = promise_introduction(ctx, &world.marketing, line.id, -1, whom("Andere AG"), due).await;
        assert!(matches!(slower, Err(ActError::Stale)));
        let tomorrow = today(ctx).succ_opt().unwrap();
        let future = introduce(ctx, &manager, line.id, 0, tomorrow).await;
        assert!(matches!(future, Err(ActError::Introduction(IntroductionError::InFuture))));
        for _ in 0..2 {
            introduce(ctx, &manager, line.id, 0, today(ctx)).await.unwrap();
        }
        run_due(ctx).await.unwrap();
        let asked =
            house.mails.sent().into_iter().filter(|mail| mail.subject.starts_with("Hat die Einführung"));
        assert_eq!(asked.count(), 1, "asked once, although noted twice");
        assert_eq!(owed(ctx, &facts).await.state, RewardCode::Approved, "staff's word delivers nothing");

        let colleague = member(ctx, Some(world.account), Role::Advocate, "Kollegin").await;
        let theirs = confirm_introduction(ctx, &colleague.referrer().unwrap(), line.id, 1, answer()).await;
        assert!(matches!(theirs, Err(ActError::NotFound)));
        let anna = world.advocate.referrer().unwrap();
        let stale = confirm_introduction(ctx, &anna, line.id, 0, answer()).await;
        assert!(matches!(stale, Err(ActError::Stale)));
        for _ in 0..2 {
            confirm_introduction(ctx, &anna, line.id, 1, answer()).await.unwrap();
        }
        let done = owed(ctx, &facts).await;
        assert_eq!(done.state, RewardCode::Fulfilled);
        assert_eq!(done.proof.unwrap().reference, "Nordlicht AG, Leitung Einkauf");
        let late = dispute_introduction(ctx, &anna, line.id, 1, reason()).await;
        assert!(matches!(late, Err(ActError::Stale)));

        let own = own_reciprocity(ctx, &anna).await.unwrap().unwrap();
        assert_eq!((own.figures.accepted, own.figures.won), (1, 1));
        assert_eq!((own.figures.received, own.figures.open, own.made.len()), (1, 0, 1));
        let theirs = own_reciprocity(ctx, &colleague.referrer().unwrap()).await.unwrap().unwrap();
        assert_eq!((theirs.figures.received, theirs.made.len()), (1, 0), "figures of the company, own rows");
        let all = reciprocities(ctx, &manager, None).await.unwrap().unwrap();
        assert_eq!(all.iter().map(|one| one.account).collect::<Vec<_>>(), [world.account]);
        assert!(reciprocities(ctx, &manager, Some(world.account)).await.unwrap().unwrap().is_empty());
        assert!(reciprocities(ctx, &world.advocate, None).await.unwrap().is_none());
        let seen = reciprocity_of(ctx, &other, world.account).await.unwrap().unwrap();
        assert!(seen.made.is_empty(), "an account manager sees the introductions that were their task");
        run_due(ctx).await.unwrap();
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn what_is_disputed_goes_back_with_a_new_day_and_one_reminder_per_day() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (world, manager, facts) = approved(&house).await;
        let line = owed(ctx, &facts).await;
        let anna = world.advocate.referrer().unwrap();
        let due = today(ctx).checked_add_days(Days::new(10)).unwrap();
        promise_introduction(ctx, &manager, line.id, -1, whom("Nordlicht AG"), due).await.unwrap();
        let reminders =
            || house.mails.sent().into_iter().filter(|mail| mail.subject.starts_with("Fällig")).count();
        house.clock.advance(TimeDelta::days(11));
        run_due(ctx).await.unwrap();
        run_due(ctx).await.unwrap();
        assert_eq!(reminders(), 1, "once for the day that was promised");
        let figures = own_reciprocity(ctx, &anna).await.unwrap().unwrap().figures;
        assert_eq!((figures.open, figures.overdue), (1, 1));

        introduce(ctx, &manager, line.id, 0, today(ctx)).await.unwrap();
        let figures = own_reciprocity(ctx, &anna).await.unwrap().unwrap().figures;
        assert_eq!((figures.open, figures.overdue), (1, 0), "it is the advocate's turn");
        for _ in 0..2 {
            dispute_introduction(ctx, &anna, line.id, 1, reason()).await.unwrap();
        }
        assert_eq!(code(ctx, &line).await, IntroductionCode::Disputed);
        let back = owed(ctx, &facts).await;
        assert_eq!(back.state, RewardCode::Approved);
        assert_eq!(back.delivery.unwrap().due_at, ctx.now() + TimeDelta::days(14));
        run_due(ctx).await.unwrap();
        let told =
            house.mails.sent().into_iter().filter(|mail| mail.subject.starts_with("Widerspruch")).count();
        assert_eq!(told, 1);
        house.clock.advance(TimeDelta::days(40));
        run_due(ctx).await.unwrap();
        assert_eq!(owed(ctx, &facts).await.state, RewardCode::Approved, "no silence after an objection");
        assert_eq!(reminders(), 2, "once more for the new day");

        let again = today(ctx).checked_add_days(Days::new(3)).unwrap();
        promise_introduction(ctx, &manager, line.id, 2, whom("Andere AG"), again).await.unwrap();
        introduce(ctx, &manager, line.id, 3, today(ctx)).await.unwrap();
        confirm_introduction(ctx, &anna, line.id, 4, answer()).await.unwrap();
        assert_eq!(owed(ctx, &facts).await.state, RewardCode::Fulfilled);
        run_due(ctx).await.unwrap();
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn silence_for_thirty_days_counts_as_a_yes_exactly_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (_, manager, facts) = approved(&house).await;
        let line = owed(ctx, &facts).await;
        promise_introduction(ctx, &manager, line.id, -1, whom("Nordlicht AG"), today(ctx)).await.unwrap();
        introduce(ctx, &manager, line.id, 0, today(ctx)).await.unwrap();
        run_due(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        run_due(ctx).await.unwrap();
        assert_eq!(owed(ctx, &facts).await.state, RewardCode::Approved);
        house.clock.advance(TimeDelta::seconds(1));
        run_due(ctx).await.unwrap();
        let done = owed(ctx, &facts).await;
        assert_eq!(done.state, RewardCode::Fulfilled);
        assert_eq!(code(ctx, &line).await, IntroductionCode::Confirmed);
        let listed = tasks(ctx, &manager, None).await.unwrap().unwrap();
        assert!(listed.open.lines.is_empty());
        assert_eq!(listed.done.len(), 1);
        house.clock.advance(TimeDelta::days(60));
        run_due(ctx).await.unwrap();
        check(ctx).await;
        house.close().await;
    }
}
