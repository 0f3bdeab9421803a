//! Thanks: from a named person, or in time from the programme team in nobody's name. And the silence that is told.

use chrono::TimeDelta;
use domain::{
    ids::ReferralId,
    members::{Actor, Duties, Role},
    referrals::{EventKind, Move, Mover, MoverKind, Referral},
    text::{Language, Reason},
};
use services::{
    Ctx,
    members::change_language,
    referrals::{ThankError, record, settings, submit, thank, withdraw},
    testing::TestHouse,
};

use crate::rewards_world::{World, member, still_waits, submission};

async fn refer(ctx: &Ctx, advocate: &Actor, key: &str) -> ReferralId {
    submit(ctx, &advocate.referrer().unwrap(), submission(key)).await.unwrap()
}

/// Who has thanked by the timeline: as what, and whether a member is named.
async fn thanked_by(ctx: &Ctx, id: ReferralId) -> Vec<(MoverKind, bool)> {
    let events = ctx.store.referrals().events(id).await.unwrap();
    let thanks = events.into_iter().filter(|event| event.kind == EventKind::Thanked);
    thanks.map(|event| (event.by, event.member.is_some())).collect()
}

fn mails_about(house: &TestHouse, subject: &str) -> Vec<String> {
    let sent = house.mails.sent().into_iter();
    sent.filter(|mail| mail.subject.starts_with(subject)).map(|mail| mail.text).collect()
}

#[tokio::test]
async fn the_team_thanks_once_in_nobodys_name_before_the_clock_runs_out() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let id = refer(ctx, &world.advocate, "one").await;
        house.clock.advance(TimeDelta::minutes(224));
        house.run_jobs().await;
        assert!(thanked_by(ctx, id).await.is_empty(), "an account manager still has time");
        house.clock.advance(TimeDelta::minutes(1));
        house.run_jobs().await;
        house.run_jobs().await;
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        let after = stored.thanks_done_at.unwrap() - stored.facts.submitted_at;
        assert_eq!(after, TimeDelta::minutes(225), "the promise is kept");
        assert_eq!(thanked_by(ctx, id).await, [(MoverKind::System, false)]);
        let mails = mails_about(&house, "Danke für Ihre Empfehlung: Neuhaus Werkzeuge GmbH");
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert!(mails[0].contains("\nProgrammteam, Halvern Software GmbH\n"), "{}", mails[0]);
        house.close().await;
    }
}

#[tokio::test]
async fn who_was_thanked_by_a_person_hears_nothing_from_the_team() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let duties = Duties { deputy_for: Vec::new(), default_owner: true };
        let power = manager.account_managing(duties).unwrap();
        let said = || Reason::parse("Das hat mich gefreut.").unwrap();
        let by_person = refer(ctx, &world.advocate, "one").await;
        thank(ctx, &power, by_person, said()).await.unwrap();
        change_language(ctx, world.advocate.member, Language::English).await.unwrap();
        let by_team = refer(ctx, &world.advocate, "two").await;
        let gone = refer(ctx, &world.advocate, "three").await;
        withdraw(ctx, &world.advocate.referrer().unwrap(), gone, 0).await.unwrap();
        house.clock.advance(TimeDelta::hours(4));
        house.run_jobs().await;
        assert_eq!(thanked_by(ctx, by_person).await, [(MoverKind::Staff, true)]);
        assert_eq!(thanked_by(ctx, by_team).await, [(MoverKind::System, false)]);
        assert!(thanked_by(ctx, gone).await.is_empty(), "nobody is thanked for what they took back");
        let late = thank(ctx, &power, by_team, said()).await.unwrap_err();
        assert!(matches!(late, ThankError::Already));
        assert_eq!(mails_about(&house, "Danke").len(), 1);
        let english = mails_about(&house, "Thank you for your referral");
        assert_eq!(english.len(), 1);
        assert!(english[0].contains("\nProgramme team, Halvern Software GmbH\n"), "{}", english[0]);
        house.close().await;
    }
}

#[tokio::test]
async fn two_workers_at_the_same_moment_thank_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut referrals = Vec::new();
        for number in 0..8 {
            referrals.push(refer(ctx, &world.advocate, &number.to_string()).await);
        }
        house.clock.advance(TimeDelta::hours(4));
        // Each job a second time, as after a worker that did not come back.
        let tx = ctx.store.begin().await.unwrap();
        for id in &referrals {
            let job = services::jobs::Job::FallbackThanks { referral: id.into_inner() };
            tx.push_job(job.to_new(ctx, ctx.now())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (one, two) = tokio::join!(services::jobs::run_due(ctx), services::jobs::run_due(ctx));
        one.unwrap();
        two.unwrap();
        house.clock.advance(TimeDelta::minutes(1));
        house.run_jobs().await;
        for id in referrals {
            assert_eq!(thanked_by(ctx, id).await.len(), 1);
        }
        assert_eq!(mails_about(&house, "Danke").len(), 8);
        house.close().await;
    }
}

#[tokio::test]
async fn thanks_and_a_move_at_the_same_moment_leave_only_promises_that_stand() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let duties = Duties { deputy_for: Vec::new(), default_owner: true };
        let power = manager.account_managing(duties).unwrap();
        let said = || Reason::parse("Das hat mich gefreut.").unwrap();
        let (rules, clocks) = settings(ctx);
        let due = async |id| {
            let lines = ctx.store.referrals().of_advocate(world.advocate.member, None, 9).await.unwrap();
            lines.into_iter().find(|line| line.id == id).unwrap().due_at
        };

        // Whoever moves it has looked before somebody thanked.
        let moved = refer(ctx, &world.advocate, "one").await;
        let stored = ctx.store.referrals().load(moved).await.unwrap().unwrap();
        assert_eq!(due(moved).await, stored.facts.next_due(false, &rules, &clocks));
        thank(ctx, &power, moved, said()).await.unwrap();
        let tx = ctx.store.begin().await.unwrap();
        record(ctx, &tx, &stored, &stored.facts, &[]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(moved).await, stored.facts.next_due(true, &rules, &clocks), "the thanks are kept");

        // Whoever thanks has to wait for somebody who is ending it.
        let ended = refer(ctx, &world.advocate, "two").await;
        let tx = ctx.store.begin().await.unwrap();
        let stored = tx.referrals().load(ended).await.unwrap().unwrap();
        let by = Mover::Advocate(world.advocate.referrer().unwrap());
        let (after, events) =
            Referral::restore(stored.facts.clone()).apply(Move::Withdraw, &by, ctx.now(), &rules).unwrap();
        record(ctx, &tx, &stored, after.facts(), &events).await.unwrap();
        let (beside, sender) = (ctx.clone(), power.clone());
        let mut thanking = tokio::spawn(async move { thank(&beside, &sender, ended, said()).await });
        still_waits(&mut thanking).await;
        tx.commit().await.unwrap();
        thanking.await.unwrap().unwrap();
        assert_eq!(due(ended).await, None, "nothing is due of what has come to an end");
        house.close().await;
    }
}

#[tokio::test]
async fn thirty_days_of_silence_are_told_once_unless_somebody_moved() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        // Only a referral with consent lives as long.
        let facts = world.refer(ctx, None).await;
        let tx = ctx.store.begin().await.unwrap();
        let moved = domain::referrals::Facts {
            position: domain::referrals::Position::On(domain::referrals::Step::Accepted),
            ..facts.clone()
        };
        let events = [crate::rewards_world::event(
            ctx.now(),
            EventKind::Moved {
                from: domain::referrals::Stage::Submitted,
                to: domain::referrals::Stage::Accepted,
                closing: None,
                note: None,
            },
        )];
        let stored = tx.referrals().load(facts.id).await.unwrap().unwrap();
        services::referrals::record(ctx, &tx, &stored, &moved, &events).await.unwrap();
        tx.commit().await.unwrap();
        house.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        house.run_jobs().await;
        let quiet = |mails: Vec<String>| mails.iter().filter(|text| text.contains("30 Tagen")).count();
        assert_eq!(quiet(mails_about(&house, "Ihre Empfehlung")), 0);
        house.clock.advance(TimeDelta::seconds(1));
        house.run_jobs().await;
        house.run_jobs().await;
        assert_eq!(quiet(mails_about(&house, "Ihre Empfehlung")), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn an_advocate_takes_a_referral_back_until_somebody_has_spoken_to_the_contact() {
    use domain::referrals::{End, Position, Step};
    use services::referrals::MoveStageError;
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (by, other) = (world.advocate.referrer().unwrap(), {
            let other = member(ctx, Some(world.account), Role::Advocate, "Ben Acker").await;
            other.referrer().unwrap()
        });
        let id = refer(ctx, &world.advocate, "one").await;
        let foreign = withdraw(ctx, &other, id, 0).await.unwrap_err();
        assert!(matches!(foreign, MoveStageError::NotFound), "{foreign:?}");
        withdraw(ctx, &by, id, 0).await.unwrap();
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(
            stored.facts.position,
            Position::Ended { end: End::Withdrawn, reached: Step::Submitted },
            "{stored:?}"
        );
        let again = withdraw(ctx, &by, id, 0).await.unwrap_err();
        assert!(matches!(again, MoveStageError::Stale), "{again:?}");
        let after = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(after.version, stored.version, "a second press changes nothing");

        let mut spoken_to = world.refer(ctx, None).await;
        crate::rewards_world::move_to(ctx, &mut spoken_to, Step::Contacted).await;
        let late = withdraw(ctx, &by, spoken_to.id, 1).await.unwrap_err();
        assert!(matches!(late, MoveStageError::Refused(_)), "{late:?}");
        house.close().await;
    }
}
