//! The stock of a thank-you goes with a referral: kept while something can come of it, back exactly once when nothing does.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    consent::ConsentState,
    ids::IncentiveId,
    incentives::{BlockReason, Incentive, IncentiveKind, PayingStep},
    members::{Duties, Role},
    referrals::{Closing, DisqualifyReason, Facts, LossReason, Move, Mover, Referral, Step},
    text::Reason,
};
use services::{
    Ctx,
    incentives::{Saving, save_offer},
    referrals::{Choose, ChooseError, SubmitReferral, choose, record, settings, submit, withdraw},
    testing::TestHouse,
};

use crate::rewards_world::{World, fixed, incentive, lines, member, offer, short, submission};

/// A thank-you of which there are so many.
pub(crate) async fn scarce(ctx: &Ctx, world: &World, stock: u32) -> Incentive {
    let mut new = incentive(ctx, IncentiveKind::Credit, vec![fixed(PayingStep::Accepted, 10)]);
    new.stock = Some(stock);
    offer(ctx, world, &new).await;
    new
}

pub(crate) async fn left(ctx: &Ctx, id: IncentiveId) -> u32 {
    ctx.store.incentives().offer(id).await.unwrap().unwrap().incentive.stock.unwrap()
}

/// A referral for which one was taken, as the use cases that make referrals do.
async fn refer(ctx: &Ctx, world: &World, offer: &Incentive, consent: ConsentState) -> Facts {
    let tx = ctx.store.begin().await.unwrap();
    assert!(tx.take_from_stock(offer.id).await.unwrap());
    tx.commit().await.unwrap();
    let offers = vec![offer.clone(), world.credit.clone()];
    let mut facts = world.facts(ctx, offers, Some(offer.id));
    facts.consent = consent;
    world.insert(ctx, &facts, None).await;
    facts
}

/// Moves a referral as every use case does: the rules, then what follows.
pub(crate) async fn go(ctx: &Ctx, facts: &Facts, action: Move, by: &Mover) -> Facts {
    let tx = ctx.store.begin().await.unwrap();
    let stored = tx.referrals().load(facts.id).await.unwrap().unwrap();
    let (rules, _) = settings(ctx);
    let moved = Referral::restore(stored.facts.clone()).apply(action, by, ctx.now(), &rules);
    let (after, events) = moved.unwrap();
    record(ctx, &tx, &stored, after.facts(), &events).await.unwrap();
    tx.commit().await.unwrap();
    ctx.store.referrals().load(facts.id).await.unwrap().unwrap().facts
}

pub(crate) async fn staff(ctx: &Ctx) -> Mover {
    let manager = member(ctx, None, Role::AccountManager, "Mira Eins").await;
    let duties = Duties { default_owner: true, ..Duties::default() };
    Mover::Staff(manager.account_managing(duties).unwrap())
}

fn reason() -> Reason {
    Reason::parse("Kein Bedarf").unwrap()
}

fn back_to(to: Step) -> Move {
    Move::Correct { to, reason: reason() }
}

#[tokio::test]
async fn every_end_without_a_reward_gives_it_back_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let advocate = Mover::Advocate(world.advocate.referrer().unwrap());
        let offer = scarce(ctx, &world, 5).await;
        let disqualified = Closing::Disqualified(DisqualifyReason::ALL[0], reason());
        for (consent, action, by) in [
            (ConsentState::Given, Move::Withdraw, &advocate),
            (ConsentState::Given, Move::Close(disqualified), &staff),
            (ConsentState::Awaiting, Move::RefuseConsent, &Mover::Contact),
            // What an erasure and an objection do to the referral.
            (ConsentState::Given, Move::WithdrawConsent, &Mover::Contact),
            (ConsentState::Given, Move::Decline, &Mover::Contact),
        ] {
            let facts = refer(ctx, &world, &offer, consent).await;
            assert_eq!(left(ctx, offer.id).await, 4);
            let ended = go(ctx, &facts, action.clone(), by).await;
            assert_eq!(left(ctx, offer.id).await, 5, "{action:?}");
            assert_eq!(ended.incentive, Some(offer.id), "it stays the choice");
        }
        // By its own date, whichever of the two jobs comes first or twice.
        let facts = refer(ctx, &world, &offer, ConsentState::Given).await;
        house.clock.advance(TimeDelta::days(700));
        go(ctx, &facts, Move::Expire, &Mover::System).await;
        house.run_jobs().await;
        assert_eq!(left(ctx, offer.id).await, 5);
        house.close().await;
    }
}

#[tokio::test]
async fn a_reward_keeps_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let offer = scarce(ctx, &world, 5).await;
        let facts = refer(ctx, &world, &offer, ConsentState::Given).await;
        let facts = go(ctx, &facts, Move::Forward(Step::Contacted), &staff).await;
        let lost = Move::Close(Closing::Lost(LossReason::Timing, reason()));
        let facts = go(ctx, &facts, lost.clone(), &staff).await;
        assert_eq!((left(ctx, offer.id).await, lines(ctx, &facts).await.len()), (4, 1));
        // Set back to before its stage, the reward is gone, and with the next end the piece is back.
        let facts = go(ctx, &facts, back_to(Step::Submitted), &staff).await;
        assert_eq!(left(ctx, offer.id).await, 4);
        let disqualified = Closing::Disqualified(DisqualifyReason::ALL[0], reason());
        go(ctx, &facts, Move::Close(disqualified), &staff).await;
        assert_eq!(left(ctx, offer.id).await, 5);
        house.close().await;
    }
}

#[tokio::test]
async fn opened_again_it_is_taken_again_or_the_choice_waits() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let offer = scarce(ctx, &world, 1).await;
        let facts = refer(ctx, &world, &offer, ConsentState::Given).await;
        let declined = go(ctx, &facts, Move::Decline, &Mover::Contact).await;
        assert_eq!(left(ctx, offer.id).await, 1);
        let open = go(ctx, &declined, back_to(Step::Submitted), &staff).await;
        assert_eq!((left(ctx, offer.id).await, open.incentive), (0, Some(offer.id)));
        let declined = go(ctx, &open, Move::Decline, &Mover::Contact).await;
        assert_eq!(left(ctx, offer.id).await, 1);

        // Meanwhile somebody else takes the last one.
        let other = refer(ctx, &world, &offer, ConsentState::Given).await;
        let open = go(ctx, &declined, back_to(Step::Submitted), &staff).await;
        assert_eq!((left(ctx, offer.id).await, open.incentive), (0, None));
        let accepted = go(ctx, &open, Move::Forward(Step::Accepted), &staff).await;
        assert_eq!(short(ctx, &accepted).await, ["accepted pending -"], "it waits for a choice");
        go(ctx, &accepted, Move::Decline, &Mover::Contact).await;
        assert_eq!(left(ctx, offer.id).await, 0, "it holds none, so it gives none back");
        go(ctx, &other, Move::Decline, &Mover::Contact).await;
        assert_eq!(left(ctx, offer.id).await, 1);
        house.close().await;
    }
}

#[tokio::test]
async fn another_choice_gives_back_what_has_not_become_a_reward() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let offer = scarce(ctx, &world, 5).await;
        let referrer = world.advocate.referrer().unwrap();
        let change = |facts: &Facts| {
            let command = Choose { referral: facts.id, incentive: world.credit.id, organisation: None };
            async move { choose(ctx, &referrer, command).await.unwrap() }
        };
        let early = refer(ctx, &world, &offer, ConsentState::Given).await;
        change(&early).await;
        assert_eq!(left(ctx, offer.id).await, 5);
        let late = refer(ctx, &world, &offer, ConsentState::Given).await;
        let late = go(ctx, &late, Move::Forward(Step::Accepted), &staff).await;
        change(&late).await;
        assert_eq!(left(ctx, offer.id).await, 4, "the reward of the first stage was made of it");
        go(ctx, &late, Move::Decline, &Mover::Contact).await;
        assert_eq!(left(ctx, offer.id).await, 4);
        house.close().await;
    }
}

#[tokio::test]
async fn a_choice_for_what_is_earned_already_takes_one_too() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let staff = staff(ctx).await;
        let offer = scarce(ctx, &world, 1).await;
        let referrer = world.advocate.referrer().unwrap();
        let mut referrals = Vec::new();
        for _ in 0..2 {
            let offers = vec![offer.clone(), world.credit.clone()];
            let facts = world.refer_with(ctx, offers, None).await;
            let facts = go(ctx, &facts, Move::Forward(Step::Accepted), &staff).await;
            assert_eq!(short(ctx, &facts).await, ["accepted pending -"]);
            referrals.push(facts);
        }
        let scarce = |facts: &Facts| {
            let command = Choose { referral: facts.id, incentive: offer.id, organisation: None };
            async move { choose(ctx, &referrer, command).await }
        };
        scarce(&referrals[0]).await.unwrap();
        assert_eq!(left(ctx, offer.id).await, 0);
        let refused = scarce(&referrals[1]).await.unwrap_err();
        assert!(matches!(refused, ChooseError::Blocked(BlockReason::Stock)), "{refused}");
        assert_eq!(short(ctx, &referrals[1]).await, ["accepted pending -"]);
        // Taken back and ended, the one piece is free again, and no second one.
        let back = go(ctx, &referrals[0], back_to(Step::Submitted), &staff).await;
        go(ctx, &back, Move::Decline, &Mover::Contact).await;
        assert_eq!(left(ctx, offer.id).await, 1);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_ends_at_the_same_moment_give_one_back() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let offer = scarce(ctx, &world, 9).await;
        let facts = refer(ctx, &world, &offer, ConsentState::Given).await;
        refer(ctx, &world, &offer, ConsentState::Given).await;
        let referrer = world.advocate.referrer().unwrap();
        let tries = (0..16).map(|_| {
            let (ctx, id) = (ctx.clone(), facts.id);
            tokio::spawn(async move { withdraw(&ctx, &referrer, id, 0).await.is_ok() })
        });
        let mut done = 0;
        for one in tries.collect::<Vec<_>>() {
            done += usize::from(one.await.unwrap());
        }
        assert_eq!((done, left(ctx, offer.id).await), (1, 8));
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_form_pressed_often_at_the_same_moment_is_one_referral_with_one_piece() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        // There is one piece, and one form that wants it.
        let offer = scarce(ctx, &world, 1).await;
        let referrer = world.advocate.referrer().unwrap();
        let presses = (0..12).map(|_| {
            let (ctx, offer) = (ctx.clone(), offer.id);
            tokio::spawn(async move {
                let command = SubmitReferral { incentive: Some(offer), ..submission("one") };
                submit(&ctx, &referrer, command).await
            })
        });
        let mut made = BTreeSet::new();
        for press in presses.collect::<Vec<_>>() {
            made.insert(press.await.unwrap().unwrap());
        }
        assert_eq!((made.len(), left(ctx, offer.id).await), (1, 0));
        assert_eq!(store::testing::audited(&ctx.store, "referrals.submit").await, 1);
        house.close().await;
    }
}

#[tokio::test]
async fn an_editor_hands_back_nothing_that_was_taken_while_it_was_open() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let id = scarce(ctx, &world, 5).await.id;
        let power = world.marketing.program_managing().unwrap();
        let take = async || {
            let tx = ctx.store.begin().await.unwrap();
            assert!(tx.take_from_stock(id).await.unwrap());
            tx.commit().await.unwrap();
        };
        // What is typed over what the editor shows, and what is left of it when one was taken in between.
        for (shown, typed, then) in [(5, 5, 4), (4, 14, 13), (13, 3, 2), (2, 0, 0)] {
            let mut offer = ctx.store.incentives().offer(id).await.unwrap().unwrap();
            assert_eq!(offer.incentive.stock, Some(shown));
            take().await;
            offer.incentive.stock = Some(typed);
            save_offer(ctx, &power, &offer, Saving::Changed { left: Some(shown) }).await.unwrap();
            assert_eq!(left(ctx, id).await, then, "{typed} over {shown}");
        }
        house.close().await;
    }
}
