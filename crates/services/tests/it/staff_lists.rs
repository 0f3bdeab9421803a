//! What staff see on lists and boards: theirs, in order, and no more of it than a page shows.

use chrono::TimeDelta;
use domain::{
    ids::{MemberId, ReferralId},
    members::Role,
    referrals::{Position, Stage, Step, Stop},
};
use services::{Ctx, testing::TestHouse};
use store::referrals::{After, AfterDue, Place, Reach};

use crate::rewards_world::{World, member};

/// A referral of this manager, submitted so many minutes after all began and due an hour later.
async fn of(ctx: &Ctx, world: &World, manager: Option<MemberId>, step: Step, minute: i64) -> ReferralId {
    let mut facts = world.facts(ctx, vec![world.credit.clone()], None);
    facts.account_manager = manager;
    facts.position = Position::On(step);
    facts.submitted_at = ctx.now() + TimeDelta::minutes(minute);
    let due_at = (minute != 0).then(|| facts.submitted_at + TimeDelta::hours(1));
    world.insert(ctx, &facts, due_at).await;
    facts.id
}

/// The lanes of a board that has only the product's own.
fn open() -> Vec<Place> {
    Step::ALL.iter().filter(|step| **step != Step::Won).map(|step| Place::Stage(step.stage())).collect()
}

#[tokio::test]
async fn staff_see_what_is_theirs_newest_first_and_page_by_page() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut managers = Vec::new();
        for name in ["Mira Eins", "Nils Zwei", "Olga Drei"] {
            managers.push(member(ctx, None, Role::AccountManager, name).await.member);
        }
        let [own, stood_in, foreign] = managers[..] else { panic!("three managers") };
        let mut theirs = Vec::new();
        for (minute, manager, step) in [
            (1, Some(own), Step::Submitted),
            (2, Some(stood_in), Step::Submitted),
            // At the same moment: the id decides, and no page repeats or leaves out one.
            (3, Some(own), Step::Accepted),
            (3, Some(stood_in), Step::Accepted),
            (3, None, Step::Submitted),
            (4, Some(own), Step::Submitted),
        ] {
            theirs.push((minute, of(ctx, &world, manager, step, minute).await));
        }
        of(ctx, &world, Some(foreign), Step::Submitted, 5).await;
        theirs.sort_unstable_by(|one, other| other.cmp(one));
        let expected: Vec<ReferralId> = theirs.iter().map(|(_, id)| *id).collect();

        let room = ctx.store.referrals();
        let reach = Reach { managers: vec![own, stood_in], unassigned: true };
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = room.list(&reach, &[], after, 2).await.unwrap();
            assert!(page.len() <= 2);
            let Some(last) = page.last() else { break };
            after = Some(After { submitted_at: last.progress.submitted_at, id: last.id });
            seen.extend(page.iter().map(|line| line.id));
        }
        assert_eq!(seen, expected, "theirs and nobody's, without a double at a page's edge");

        let accepted = room.list(&reach, &[Place::Stage(Stage::Accepted)], None, 9).await.unwrap();
        assert_eq!(accepted.len(), 2);
        let alone = Reach { managers: vec![own], unassigned: false };
        assert_eq!(room.list(&alone, &[], None, 9).await.unwrap().len(), 3);
        let nobody = Reach { managers: Vec::new(), unassigned: false };
        assert!(room.list(&nobody, &[], None, 9).await.unwrap().is_empty());
        assert!(room.board(&nobody, &open(), 9).await.unwrap().is_empty());
        house.close().await;
    }
}

#[tokio::test]
async fn a_board_shows_the_most_urgent_of_each_lane_and_counts_the_rest() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let own = member(ctx, None, Role::AccountManager, "Mira Eins").await.member;
        let other = member(ctx, None, Role::AccountManager, "Nils Zwei").await.member;
        // Without a due time (minute 0) comes last, however early it was submitted.
        of(ctx, &world, Some(own), Step::Submitted, 0).await;
        let late = of(ctx, &world, Some(own), Step::Submitted, 30).await;
        let soon = of(ctx, &world, Some(other), Step::Submitted, 10).await;
        of(ctx, &world, Some(own), Step::Submitted, 40).await;
        let meeting = of(ctx, &world, Some(own), Step::Meeting, 90).await;
        of(ctx, &world, Some(own), Step::Won, 1).await;

        let room = ctx.store.referrals();
        let reach = Reach { managers: vec![own, other], unassigned: false };
        let nobody = Reach { managers: Vec::new(), unassigned: false };
        let board = room.board(&reach, &open(), 2).await.unwrap();
        let ids: Vec<ReferralId> = board.iter().map(|line| line.id).collect();
        assert_eq!(ids, [soon, late, meeting], "two of the full lane, by what is due");
        let all = room.board(&reach, &open(), 9).await.unwrap();
        let mut submitted = all.iter().filter(|line| line.progress.position.stage() == Stage::Submitted);
        assert!(submitted.next_back().unwrap().due_at.is_none(), "what waits for nobody stands last");
        let counts = room.open_by_stop(&reach).await.unwrap();
        assert_eq!(counts, [(Stop::Step(Step::Submitted), 4), (Stop::Step(Step::Meeting), 1)].into());
        assert!(room.open_by_stop(&nobody).await.unwrap().is_empty());
        house.close().await;
    }
}

#[tokio::test]
async fn what_is_due_comes_in_the_order_of_its_time_page_by_page() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let own = member(ctx, None, Role::AccountManager, "Mira Eins").await.member;
        let other = member(ctx, None, Role::AccountManager, "Nils Zwei").await.member;
        let third = of(ctx, &world, Some(own), Step::Submitted, 30).await;
        let first = of(ctx, &world, Some(other), Step::Qualified, 5).await;
        let second = of(ctx, &world, Some(own), Step::Meeting, 10).await;
        // Without a due time, won, and somebody else's.
        of(ctx, &world, Some(own), Step::Submitted, 0).await;
        of(ctx, &world, Some(own), Step::Won, 1).await;
        of(ctx, &world, None, Step::Submitted, 2).await;

        let room = ctx.store.referrals();
        let reach = Reach { managers: vec![own, other], unassigned: false };
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = room.due(&reach, after, 1).await.unwrap();
            let Some(line) = page.first() else { break };
            seen.push(line.id);
            after = Some(AfterDue { due_at: line.due_at.unwrap(), id: line.id });
        }
        assert_eq!(seen, [first, second, third]);
        house.close().await;
    }
}
