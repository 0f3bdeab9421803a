//! What advocates are told of their rewards and tiers, and what ends by itself.

use chrono::{Months, TimeDelta};
use domain::{
    accounts::GiftPolicy,
    consent::Transactional,
    incentives::{BlockReason, PayingStep},
    referrals::{Move, Step},
    rewards::RewardCode,
    text::{Language, Reason},
};
use services::{
    incentives::{OwnThanks, OwnThanksError, set_own_thanks},
    mail,
    members::{Manners, Wishes, change_manners, change_wishes},
    referrals::{programme, standing, submit},
    rewards::{approve, decline, deliver},
    testing::TestHouse,
};

use crate::{
    rewards_world::*,
    stock::{go, staff},
};

#[tokio::test]
async fn approval_refusal_and_delivery_are_told_once_each_in_the_advocates_language() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        services::tiers::ensure_defaults(ctx).await.unwrap();
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        house.clock.advance(TimeDelta::days(31));
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        house.run_jobs().await;
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        deliver(ctx, &world.marketing, line.id, line.version, "GS-77", None).await.unwrap();
        house.run_jobs().await;
        services::members::change_language(ctx, world.advocate.member, Language::English).await.unwrap();
        let line = line_of(ctx, &facts, PayingStep::Meeting).await;
        let reason = Reason::parse("Counted twice by mistake").unwrap();
        decline(ctx, &world.marketing, line.id, line.version, &reason).await.unwrap();
        house.run_jobs().await;
        let mails = house.mails.sent();
        let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(
            subjects,
            [
                "Freigegeben: Ihr Dankeschön für Ravensteiner Hydraulik GmbH",
                "Bereitgestellt: Ihr Dankeschön für Ravensteiner Hydraulik GmbH",
                "Your thank-you for Ravensteiner Hydraulik GmbH",
            ]
        );
        assert!(mails[2].text.contains("Counted twice by mistake"), "{}", mails[2].text);
        for mail in &mails {
            assert!(!mail.text.contains('€'), "amounts could tell the deal: {}", mail.text);
        }
        house.close().await;
    }
}

#[tokio::test]
async fn who_is_approved_and_served_in_one_go_hears_of_the_delivery_alone() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let world = World::new(&house).await;
    let mut facts = world.refer(ctx, Some(&world.credit)).await;
    move_to(ctx, &mut facts, Step::Accepted).await;
    house.clock.advance(TimeDelta::days(31));
    let line = line_of(ctx, &facts, PayingStep::Accepted).await;
    approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
    let line = line_of(ctx, &facts, PayingStep::Accepted).await;
    deliver(ctx, &world.marketing, line.id, line.version, "GS-77", None).await.unwrap();
    house.run_jobs().await;
    assert_eq!(house.mails.sent().len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_rise_is_told_with_what_it_brings() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        services::tiers::ensure_defaults(ctx).await.unwrap();
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Won).await;
        house.run_jobs().await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        move_to(ctx, &mut facts, Step::Won).await;
        house.run_jobs().await;
        let mails = house.mails.sent();
        let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects, ["Ihre neue Stufe: Silber"], "told once, never taken back");
        assert!(mails[0].text.contains("Einladung"), "{}", mails[0].text);
        house.close().await;
    }
}

#[tokio::test]
async fn what_nobody_takes_for_three_years_ends_and_is_booked_back() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut waits = world.refer(ctx, None).await;
        move_to(ctx, &mut waits, Step::Accepted).await;
        let mut owed = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut owed, Step::Accepted).await;
        let mut chosen = world.refer(ctx, None).await;
        move_to(ctx, &mut chosen, Step::Accepted).await;
        let start = ctx.now();
        house.clock.advance(TimeDelta::days(31));
        let line = line_of(ctx, &owed, PayingStep::Accepted).await;
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        choose(ctx, &mut chosen, &world.credit).await;
        house.run_jobs().await;

        house.clock.set(start + Months::new(36) - TimeDelta::seconds(1));
        house.run_jobs().await;
        assert_eq!(short(ctx, &waits).await, ["accepted pending -"], "a second too early");
        house.clock.set(start + Months::new(36));
        house.run_jobs().await;
        assert_eq!(short(ctx, &waits).await, ["accepted expired -"]);
        assert_eq!(short(ctx, &owed).await, ["accepted approved 10"], "its years began with the approval");
        house.clock.set(start + TimeDelta::days(31) + Months::new(36));
        house.run_jobs().await;
        let ended = line_of(ctx, &owed, PayingStep::Accepted).await;
        assert_eq!(ended.state, RewardCode::Expired);
        assert!(ended.delivery.is_none(), "nothing is left to deliver");
        assert_eq!(
            short(ctx, &chosen).await,
            ["accepted clearing 10"],
            "what waits for the host never expires"
        );
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn ones_own_default_serves_new_referrals_and_an_employers_no_blocks_the_rest() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let referrer = world.advocate.referrer().unwrap();
        let programme = programme(ctx).await.unwrap().unwrap();
        let receiver = || async { standing(ctx, referrer.member()).await.unwrap().unwrap().receiver };
        let donates = OwnThanks { incentive: Some(world.donation.id), ..OwnThanks::default() };
        let nowhere = set_own_thanks(ctx, &referrer, donates).await;
        assert!(matches!(nowhere, Err(OwnThanksError::OrganisationMissing)));
        let donates = OwnThanks { organisation: Some(world.organisation), ..donates };
        set_own_thanks(ctx, &referrer, donates).await.unwrap();
        assert_eq!(programme.default_of(&donates, &receiver().await), Some(world.donation.id));
        let id = submit(ctx, &referrer, submission("form-1")).await.unwrap();
        let made = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(
            (made.facts.incentive, made.organisation),
            (Some(world.donation.id), Some(world.organisation))
        );

        let manners = Manners { shares_name: true, refuses_gifts: true };
        change_manners(ctx, referrer.member(), manners).await.unwrap();
        let blocked = set_own_thanks(ctx, &referrer, donates).await;
        assert!(matches!(blocked, Err(OwnThanksError::Blocked(BlockReason::PersonPolicy))));
        let none = OwnThanks { incentive: Some(world.nothing.id), organisation: None };
        set_own_thanks(ctx, &referrer, none).await.unwrap();
        assert_eq!(receiver().await.person_policy, GiftPolicy::None);
        assert_eq!(ctx.store.incentives().own_thanks(referrer.member()).await.unwrap(), none);
        assert_eq!(programme.default_of(&donates, &receiver().await), None, "what is blocked is no default");
        house.close().await;
    }
}

#[tokio::test]
async fn the_link_in_a_mail_ends_its_kind_and_no_other() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        services::tiers::ensure_defaults(ctx).await.unwrap();
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        house.clock.advance(TimeDelta::days(31));
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        house.run_jobs().await;
        let approved = house.mails.sent().pop().unwrap();
        let stop = approved.stop.clone().unwrap();
        assert!(approved.text.contains(&stop) && approved.html.contains(&stop), "{}", approved.text);
        let (mail, token) = stop.split_once("/mail/").unwrap().1.split_once("/stop/").unwrap();
        let mail = mail.parse().unwrap();
        // Another token ends nothing, and looking at the link ends nothing either.
        assert_eq!(mail::stop(ctx, mail, "somebody-elses").await.unwrap(), None);
        assert_eq!(
            mail::stoppable(ctx, mail, token).await.unwrap(),
            Some(mail::Stopped::Kind(Transactional::Reward))
        );
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        deliver(ctx, &world.marketing, line.id, line.version, "GS-77", None).await.unwrap();
        house.run_jobs().await;
        assert_eq!(house.mails.sent().len(), 2);

        for _ in 0..2 {
            let stopped = mail::stop(ctx, mail, token).await.unwrap();
            assert_eq!(stopped, Some(mail::Stopped::Kind(Transactional::Reward)));
        }
        let line = line_of(ctx, &facts, PayingStep::Meeting).await;
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        house.run_jobs().await;
        assert_eq!(house.mails.sent().len(), 2, "nothing more about rewards");
        // Tiers are another kind.
        move_to(ctx, &mut facts, Step::Qualified).await;
        house.run_jobs().await;
        assert_eq!(house.mails.sent().len(), 3);
        house.close().await;
    }
}

/// What the advocate was told of where their referral stands, oldest first.
fn told(house: &TestHouse) -> Vec<String> {
    let sent = house.mails.sent().into_iter();
    let of_state =
        |subject: &str| subject.starts_with("Ihre Empfehlung: ") || subject.starts_with("Your referral: ");
    sent.filter(|mail| of_state(&mail.subject)).map(|mail| mail.text).collect()
}

#[tokio::test]
async fn each_visible_step_is_told_once_in_the_advocates_language_and_names_no_deal() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        let steps = [
            (
                Step::Accepted,
                Some("Halvern Software GmbH steht jetzt mit Ravensteiner Hydraulik GmbH in Kontakt."),
            ),
            // To the advocate the same as before.
            (Step::Contacted, None),
            (Step::Meeting, Some("Halvern Software GmbH und Ravensteiner Hydraulik GmbH sind im Gespräch.")),
            (Step::Qualified, None),
            (Step::Won, Some("Ravensteiner Hydraulik GmbH has become a customer of Halvern Software GmbH.")),
        ];
        let mut count = 0;
        for (step, sentence) in steps {
            if step == Step::Won {
                services::members::change_language(ctx, world.advocate.member, Language::English)
                    .await
                    .unwrap();
                record_deal(ctx, &facts, euros(12_500)).await;
            }
            house.clock.advance(TimeDelta::minutes(1));
            facts = go(ctx, &facts, Move::Forward(step), &staff).await;
            house.run_jobs().await;
            house.run_jobs().await;
            let told = told(&house);
            count += usize::from(sentence.is_some());
            assert_eq!(told.len(), count, "{step:?}: {told:?}");
            if let Some(sentence) = sentence {
                assert!(told[count - 1].contains(sentence), "{step:?}: {}", told[count - 1]);
            }
        }
        for mail in house.mails.sent() {
            let deal = ["12500", "12.500", "12,500", "€"].into_iter().find(|deal| mail.text.contains(deal));
            assert_eq!(deal, None, "{}", mail.text);
        }
        house.close().await;
    }
}

#[tokio::test]
async fn a_kind_of_mail_that_is_not_wanted_stays_away_until_it_is_wanted_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let facts = world.refer(ctx, Some(&world.credit)).await;
        let mute = |kinds: &[Transactional]| {
            let wishes = Wishes { muted: kinds.to_vec(), objected: Default::default() };
            async move { change_wishes(ctx, world.advocate.member, &wishes).await.unwrap() }
        };
        mute(&[Transactional::State]).await;
        let facts = go(ctx, &facts, Move::Forward(Step::Accepted), &staff).await;
        house.run_jobs().await;
        assert!(told(&house).is_empty());
        mute(&[Transactional::Tier]).await;
        go(ctx, &facts, Move::Forward(Step::Meeting), &staff).await;
        house.run_jobs().await;
        let told = told(&house);
        assert_eq!(told.len(), 1, "what was not told then is not told later");
        assert!(told[0].contains("im Gespräch"), "{}", told[0]);
        house.close().await;
    }
}

#[tokio::test]
async fn of_two_steps_before_the_mail_is_written_the_last_one_is_told() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let facts = world.refer(ctx, Some(&world.nothing)).await;
        let facts = go(ctx, &facts, Move::Forward(Step::Accepted), &staff).await;
        let facts = go(ctx, &facts, Move::Forward(Step::Meeting), &staff).await;
        house.run_jobs().await;
        let texts: Vec<_> = house.mails.sent().into_iter().map(|mail| mail.text).collect();
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert!(texts[0].contains("sind im Gespräch"), "{texts:?}");
        go(ctx, &facts, Move::Forward(Step::Won), &staff).await;
        house.run_jobs().await;
        let won = house.mails.sent().into_iter().filter(|mail| mail.text.contains("ist Kunde von")).count();
        assert_eq!(won, 1);
        house.close().await;
    }
}
