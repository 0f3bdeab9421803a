//! What an advocate may choose for a referral, when it is made and later: every refusal, and what stays as it was.

use domain::{
    consent::{Disclosure, DisclosureExceeded},
    ids::{IncentiveId, OrganisationId},
    incentives::{BlockReason, Incentive, IncentiveKind, PayingStep},
    members::{Actor, Role},
    referrals::{ChoiceError, Facts, Position, Step, SubmitError},
    text::{CompanyName, Country},
};
use services::{
    Ctx,
    consent::{Answer, submit_entry},
    incentives::{OwnThanks, save_organisation, set_own_thanks},
    members::{Manners, change_manners},
    referrals::{Choose, ChooseError, SubmitReferral, SubmitReferralError, choose, submit},
    testing::TestHouse,
};
use store::testing::rows;

use crate::{
    consent::{entry, own_link},
    rewards_world::{World, fixed, incentive, member, move_to, offer, short, submission},
    stock::{left, scarce},
};

/// A thank-you of the catalogue that is made like this.
async fn special(ctx: &Ctx, world: &World, change: impl FnOnce(&mut Incentive)) -> Incentive {
    let mut new = incentive(ctx, IncentiveKind::EarlyAccess, vec![fixed(PayingStep::Accepted, 10)]);
    change(&mut new);
    offer(ctx, world, &new).await;
    new
}

/// Tries to submit a referral for this; a referral is made exactly where that is the answer.
async fn try_submit(
    ctx: &Ctx,
    by: &Actor,
    incentive: IncentiveId,
    organisation: Option<OrganisationId>,
) -> Result<(), SubmitReferralError> {
    let before = rows(&ctx.store, "referrals").await;
    let key: uuid::Uuid = ctx.new_id();
    let command = SubmitReferral { incentive: Some(incentive), organisation, ..submission(&key.to_string()) };
    let made = submit(ctx, &by.referrer().unwrap(), command).await;
    assert_eq!(rows(&ctx.store, "referrals").await - before, i64::from(made.is_ok()));
    if let Ok(id) = &made {
        let stored = ctx.store.referrals().load(*id).await.unwrap().unwrap();
        assert_eq!((stored.facts.incentive, stored.organisation), (Some(incentive), organisation));
    }
    made.map(|_| ())
}

/// Tries to choose this for the referral; where it is refused, everything stays.
async fn try_choose(
    ctx: &Ctx,
    by: &Actor,
    referral: &Facts,
    incentive: IncentiveId,
    organisation: Option<OrganisationId>,
) -> Result<(), ChooseError> {
    let before = ctx.store.referrals().load(referral.id).await.unwrap().unwrap();
    let command = Choose { referral: referral.id, incentive, organisation };
    let done = choose(ctx, &by.referrer().unwrap(), command).await;
    let after = ctx.store.referrals().load(referral.id).await.unwrap().unwrap();
    if done.is_err() {
        assert_eq!(
            (after.facts.incentive, after.organisation, after.version),
            (before.facts.incentive, before.organisation, before.version)
        );
    } else {
        assert_eq!((after.facts.incentive, after.organisation), (Some(incentive), organisation));
    }
    done
}

/// A referral for a credit that was promised this besides.
async fn promised(ctx: &Ctx, world: &World, besides: &Incentive) -> Facts {
    let offers = vec![world.credit.clone(), besides.clone()];
    world.refer_with(ctx, offers, Some(world.credit.id)).await
}

#[tokio::test]
async fn what_is_blocked_is_refused_with_its_reason_at_submission_and_later() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = &world.advocate;
        let blocked = [
            (special(ctx, &world, |one| one.min_tier = 2).await, BlockReason::Tier),
            (special(ctx, &world, |one| one.stock = Some(0)).await, BlockReason::Stock),
            (special(ctx, &world, |one| one.countries = [Country::AT].into()).await, BlockReason::Country),
        ];
        for (one, reason) in &blocked {
            let made = try_submit(ctx, by, one.id, None).await;
            assert!(matches!(&made, Err(SubmitReferralError::Blocked(why)) if why == reason), "{made:?}");
            let referral = promised(ctx, &world, one).await;
            let chosen = try_choose(ctx, by, &referral, one.id, None).await;
            assert!(matches!(&chosen, Err(ChooseError::Blocked(why)) if why == reason), "{chosen:?}");
        }

        // Somebody who takes no benefits themselves may still say that they take none.
        let referral = world.refer(ctx, None).await;
        change_manners(ctx, by.member, Manners { shares_name: true, refuses_gifts: true }).await.unwrap();
        let made = try_submit(ctx, by, world.credit.id, None).await;
        assert!(matches!(made, Err(SubmitReferralError::Blocked(BlockReason::PersonPolicy))), "{made:?}");
        let chosen = try_choose(ctx, by, &referral, world.credit.id, None).await;
        assert!(matches!(chosen, Err(ChooseError::Blocked(BlockReason::PersonPolicy))), "{chosen:?}");
        try_submit(ctx, by, world.nothing.id, None).await.unwrap();
        try_choose(ctx, by, &referral, world.nothing.id, None).await.unwrap();
        house.close().await;
    }
}

#[tokio::test]
async fn a_donation_needs_an_organisation_of_the_list() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = &world.advocate;
        let referral = world.refer(ctx, Some(&world.credit)).await;
        for nowhere in [None, Some(ctx.new_id())] {
            let made = try_submit(ctx, by, world.donation.id, nowhere).await;
            assert!(matches!(made, Err(SubmitReferralError::OrganisationMissing)), "{made:?}");
            let chosen = try_choose(ctx, by, &referral, world.donation.id, nowhere).await;
            assert!(matches!(chosen, Err(ChooseError::OrganisationMissing)), "{chosen:?}");
        }
        try_submit(ctx, by, world.donation.id, Some(world.organisation)).await.unwrap();
        try_choose(ctx, by, &referral, world.donation.id, Some(world.organisation)).await.unwrap();
        house.close().await;
    }
}

#[tokio::test]
async fn nothing_is_chosen_that_was_not_offered_and_only_ones_own() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = &world.advocate;
        let off = special(ctx, &world, |one| one.active = false).await;
        for id in [off.id, ctx.new_id()] {
            let made = try_submit(ctx, by, id, None).await;
            assert!(matches!(made, Err(SubmitReferralError::Refused(SubmitError::NotOffered))), "{made:?}");
        }
        // Offered today, and not when the referral was made.
        let referral = world.refer(ctx, Some(&world.credit)).await;
        let later = special(ctx, &world, |_| {}).await;
        let chosen = try_choose(ctx, by, &referral, later.id, None).await;
        assert!(matches!(chosen, Err(ChooseError::Refused(ChoiceError::NotOffered))), "{chosen:?}");
        // Promised then, and switched off since: a promise holds.
        let referral = promised(ctx, &world, &off).await;
        try_choose(ctx, by, &referral, off.id, None).await.unwrap();

        let other = member(ctx, Some(world.account), Role::Advocate, "Karl Amsel").await;
        let foreign = try_choose(ctx, &other, &referral, world.credit.id, None).await;
        assert!(matches!(foreign, Err(ChooseError::NotFound)), "{foreign:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn a_choice_stays_within_what_the_contact_was_told() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = &world.advocate;
        let small = incentive(ctx, IncentiveKind::Credit, vec![fixed(PayingStep::Accepted, 1)]);
        for (told, exceeded) in [
            (vec![&world.donation], DisclosureExceeded::Kind),
            (vec![&world.donation, &small], DisclosureExceeded::Amount),
        ] {
            let offers = vec![world.donation.clone(), world.credit.clone()];
            let mut facts = world.facts(ctx, offers, Some(world.donation.id));
            facts.terms.disclosure = Disclosure::of(Some(IncentiveKind::Donation), told, None);
            world.insert(ctx, &facts, None).await;
            let chosen = try_choose(ctx, by, &facts, world.credit.id, None).await;
            assert!(
                matches!(&chosen, Err(ChooseError::Refused(ChoiceError::Exceeds(what))) if *what == exceeded),
                "{chosen:?}"
            );
        }
        house.close().await;
    }
}

#[tokio::test]
async fn a_choice_changes_until_the_need_is_confirmed() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = &world.advocate;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        try_choose(ctx, by, &facts, world.donation.id, Some(world.organisation)).await.unwrap();
        let mut facts = ctx.store.referrals().load(facts.id).await.unwrap().unwrap().facts;
        assert_eq!((facts.position, facts.incentive_from), (Position::On(Step::Meeting), Step::Meeting));
        move_to(ctx, &mut facts, Step::Qualified).await;
        let late = try_choose(ctx, by, &facts, world.credit.id, None).await;
        assert!(matches!(late, Err(ChooseError::Refused(ChoiceError::TooLate))), "{late:?}");
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(
            short(ctx, &facts).await,
            ["accepted clearing 10", "meeting clearing 20", "won clearing 50"]
        );
        house.close().await;
    }
}

#[tokio::test]
async fn behind_ones_own_link_an_empty_stock_leaves_the_choice_open() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = world.advocate.referrer().unwrap();
        let last = scarce(ctx, &world, 1).await;
        let own = OwnThanks { incentive: Some(last.id), organisation: None };
        set_own_thanks(ctx, &by, own).await.unwrap();
        let origin = own_link(ctx, &by, world.program).await;
        let mut chosen = Vec::new();
        for mail in ["jens@ravensteiner.de", "mara@sperre.de"] {
            house.clock.advance(chrono::TimeDelta::minutes(1));
            let answer = submit_entry(ctx, &origin, &entry(mail, mail)).await.unwrap();
            assert_eq!(answer, Answer::MailSent);
            // The newest comes first.
            let lines = ctx.store.referrals().of_advocate(by.member(), None, 1).await.unwrap();
            let made = ctx.store.referrals().load(lines[0].id).await.unwrap().unwrap();
            chosen.push(made.facts.incentive);
            assert_eq!(left(ctx, last.id).await, 0);
        }
        assert_eq!(chosen, [Some(last.id), None]);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_take_the_last_one_at_the_same_moment_one_gets_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (first, second) = (scarce(ctx, &world, 1).await, scarce(ctx, &world, 1).await);
        let mut advocates = Vec::new();
        for _ in 0..16 {
            let by = member(ctx, Some(world.account), Role::Advocate, "Anna Berger").await;
            let offers = vec![world.credit.clone(), second.clone()];
            let facts = Facts { advocate: by.member, ..world.facts(ctx, offers, Some(world.credit.id)) };
            world.insert(ctx, &facts, None).await;
            advocates.push((by.referrer().unwrap(), facts.id));
        }
        let (mut made, mut chosen) = (0, 0);
        let submitting: Vec<_> = advocates
            .iter()
            .map(|(by, id)| {
                let (ctx, by, incentive) = (ctx.clone(), *by, Some(first.id));
                let command = SubmitReferral { incentive, ..submission(&id.to_string()) };
                tokio::spawn(async move { submit(&ctx, &by, command).await })
            })
            .collect();
        for one in submitting {
            match one.await.unwrap() {
                Ok(_) => made += 1,
                Err(error) => assert!(
                    matches!(
                        error,
                        SubmitReferralError::Gone | SubmitReferralError::Blocked(BlockReason::Stock)
                    ),
                    "{error:?}"
                ),
            }
        }
        let choosing: Vec<_> = advocates
            .iter()
            .map(|(by, referral)| {
                let (ctx, by) = (ctx.clone(), *by);
                let command = Choose { referral: *referral, incentive: second.id, organisation: None };
                tokio::spawn(async move { choose(&ctx, &by, command).await })
            })
            .collect();
        for one in choosing {
            match one.await.unwrap() {
                Ok(()) => chosen += 1,
                Err(error) => assert!(
                    matches!(error, ChooseError::Gone | ChooseError::Blocked(BlockReason::Stock)),
                    "{error:?}"
                ),
            }
        }
        assert_eq!((made, chosen), (1, 1));
        assert_eq!((left(ctx, first.id).await, left(ctx, second.id).await), (0, 0));
        assert_eq!(rows(&ctx.store, "referrals").await, 17);
        house.close().await;
    }
}

#[tokio::test]
async fn to_whom_a_donation_goes_is_written_down_when_it_changes() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let power = world.marketing.program_managing().unwrap();
        let other: OrganisationId = ctx.new_id();
        let name = |text: &str| CompanyName::parse(text).unwrap();
        for _ in 0..2 {
            // The form brings the id: pressed twice, it is one organisation.
            let saved = save_organisation(ctx, &power, other, name("Werkraum"), name("Werkraum e. V."));
            saved.await.unwrap();
        }
        assert_eq!(ctx.store.incentives().organisations().await.unwrap().len(), 2);
        assert_eq!(store::testing::audited(&ctx.store, "incentives.save_organisation").await, 1);
        let facts = world.refer(ctx, None).await;
        let referrer = world.advocate.referrer().unwrap();
        for (organisation, lines) in [(world.organisation, 1), (other, 2), (other, 2)] {
            let command =
                Choose { referral: facts.id, incentive: world.donation.id, organisation: Some(organisation) };
            choose(ctx, &referrer, command).await.unwrap();
            let stored = ctx.store.referrals().load(facts.id).await.unwrap().unwrap();
            assert_eq!(stored.organisation, Some(organisation));
            assert_eq!(store::testing::audited(&ctx.store, "referrals.choose").await, lines);
        }
        house.close().await;
    }
}
