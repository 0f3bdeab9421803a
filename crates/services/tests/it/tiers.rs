//! Tiers: rising by what referrals become, and the rules behind it.

use chrono::TimeDelta;
use domain::{
    ids::IncentiveId,
    incentives::{Incentive, IncentiveKind},
    members::{Actor, Role},
    referrals::{End, EventKind, Position, Stage, Step},
    text::{Bilingual, Reason},
    tiers::{Metric, Outlook, Period, Pilot, PilotKind, Pin, PinError, TierCause, TierCode, TierRule},
};
use services::{
    Ctx,
    testing::TestHouse,
    tiers::{
        DraftTier, KeepError, NextStep, RolloutError, SaveDraftError, at_risk, decide, discard_draft, editor,
        ensure_defaults, history, keep_at, kept_at, let_go, order_recount, overview, own_pin, preview,
        put_into_effect, save_draft, standing,
    },
};

use crate::rewards_world::*;

#[tokio::test]
async fn referrals_raise_their_advocate() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let member = world.advocate.member;
        ensure_defaults(ctx).await.unwrap();
        let tier = || async {
            let standing = standing(ctx, member).await.unwrap();
            let code = standing.current.map(|index| standing.tiers[index].tier.code.to_string());
            (code.unwrap_or_default(), standing.open())
        };
        assert_eq!(tier().await, (String::new(), 1));
        let mut first = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut first, Step::Qualified).await;
        assert_eq!(tier().await, ("bronze".to_owned(), 1));
        house.clock.advance(chrono::TimeDelta::minutes(1));
        move_to(ctx, &mut first, Step::Won).await;
        assert_eq!(tier().await, ("silver".to_owned(), 1));
        house.clock.advance(chrono::TimeDelta::minutes(1));
        let mut second = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut second, Step::Won).await;
        // The highest tier takes a third customer, and an appointment.
        assert_eq!(tier().await, ("gold".to_owned(), 2));
        move_to(ctx, &mut second, Step::Won).await;
        let moves = history(ctx, member).await.unwrap();
        let path: Vec<_> = moves.iter().rev().map(|step| step.moved.to_code()).collect();
        assert_eq!(path, ["bronze", "silver", "gold"], "each rise once");
        let causes: Vec<_> = moves.iter().rev().map(|step| step.moved.referral).collect();
        assert_eq!(causes, [Some(first.id), Some(first.id), Some(second.id)], "each with its referral");
        assert!(moves.iter().all(|step| {
            step.moved.cause == TierCause::Referral
                && step.company.as_deref() == Some("Ravensteiner Hydraulik GmbH")
        }));
        move_to(ctx, &mut second, Step::Accepted).await;
        assert_eq!(tier().await.0, "gold", "a correction lowers nobody");
        house.close().await;
    }
}

fn lifetime(metric: Metric, at_least: u32) -> Vec<TierRule> {
    vec![TierRule { metric, at_least, period: Period::Lifetime }]
}

/// The tiers as the editor would send them back.
async fn drafted(ctx: &Ctx, by: &Actor) -> (i32, Vec<DraftTier>) {
    let editor = editor(ctx, by).await.unwrap().unwrap();
    (editor.version, editor.tiers.into_iter().map(DraftTier::from).collect())
}

fn new_tier(name: &str, rules: Vec<TierRule>) -> DraftTier {
    let text = Bilingual::new(name, name);
    DraftTier { code: None, name: text.clone(), benefits: text, rules, needs_term: false }
}

#[tokio::test]
async fn a_draft_has_no_effect_and_is_a_ladder() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        ensure_defaults(ctx).await.unwrap();
        let by = &world.marketing;
        let before = overview(ctx, by).await.unwrap().unwrap().tiers;
        assert_eq!(before.len(), 4);
        assert!(overview(ctx, &world.advocate).await.unwrap().is_none());
        assert!(editor(ctx, &world.advocate).await.unwrap().is_none());
        let (seen, tiers) = drafted(ctx, by).await;
        let silver = |at_least| {
            let mut tiers = tiers.clone();
            tiers[1].rules = lifetime(Metric::WonReferrals, at_least);
            tiers
        };
        let refused = save_draft(ctx, by, seen, silver(3)).await;
        assert!(
            matches!(refused, Err(SaveDraftError::Ladder(errors)) if errors[0].tier() == 3),
            "gold asks for two"
        );
        let twice = [tiers.clone(), vec![new_tier("Silver", lifetime(Metric::WonReferrals, 9))]].concat();
        let taken = save_draft(ctx, by, seen, twice).await;
        assert!(matches!(taken, Err(SaveDraftError::NameTaken(4))));
        assert!(matches!(save_draft(ctx, by, seen, Vec::new()).await, Err(SaveDraftError::Count)));
        let advocate = save_draft(ctx, &world.advocate, seen, silver(2)).await;
        assert!(matches!(advocate, Err(SaveDraftError::NotAllowed)));
        save_draft(ctx, by, seen, silver(2)).await.unwrap();
        let stale = save_draft(ctx, by, seen, silver(1)).await;
        assert!(matches!(stale, Err(SaveDraftError::Stale)), "somebody was faster");
        let (seen, again) = drafted(ctx, by).await;
        assert_eq!((seen, again[1].rules[0].at_least), (0, 2));
        assert_eq!(overview(ctx, by).await.unwrap().unwrap().tiers, before, "it has no effect");
        assert!(matches!(discard_draft(ctx, by, 7).await, Err(SaveDraftError::Stale)));
        discard_draft(ctx, by, seen).await.unwrap();
        assert_eq!(drafted(ctx, by).await.0, -1);
        house.close().await;
    }
}

/// The tier of each of these members, empty for none.
async fn tiers_of(ctx: &Ctx, members: &[Actor]) -> Vec<String> {
    let mut all = Vec::new();
    for member in members {
        let tier = ctx.store.tiers().of_member(member.member).await.unwrap();
        all.push(tier.map_or_else(String::new, |code| code.to_string()));
    }
    all
}

#[tokio::test]
async fn a_scheme_goes_through_preview_pilot_roll_out_and_undo() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let by = &world.marketing;
        // Some more than a step takes: three have bronze, the others silver, and two of these won twice long ago.
        let mut advocates = Vec::new();
        for number in 0..58 {
            let advocate = member(ctx, Some(world.account), Role::Advocate, "Anna Adler").await;
            let theirs = World { advocate, ..world.clone() };
            let mut facts = theirs.refer(ctx, None).await;
            move_to(ctx, &mut facts, if number < 3 { Step::Qualified } else { Step::Won }).await;
            advocates.push(advocate);
        }
        house.clock.advance(TimeDelta::days(400));
        for advocate in &advocates[56..] {
            let theirs = World { advocate: *advocate, ..world.clone() };
            let mut facts = theirs.refer(ctx, None).await;
            move_to(ctx, &mut facts, Step::Won).await;
        }
        house.run_jobs().await;
        let before = tiers_of(ctx, &advocates).await;
        let count = |tiers: &[String], code: &str| tiers.iter().filter(|tier| *tier == code).count();
        assert_eq!((count(&before, "bronze"), count(&before, "silver")), (3, 55));

        // Steel comes between silver and gold; silver takes two, and is out of reach for most who have it.
        let (seen, mut tiers) = drafted(ctx, by).await;
        tiers[1].rules = lifetime(Metric::WonReferrals, 2);
        tiers.insert(2, new_tier("Steel", lifetime(Metric::WonReferrals, 2)));
        tiers.remove(0);
        save_draft(ctx, by, seen, tiers).await.unwrap();
        let look = |of| preview(ctx, by, of, None, 51);
        let seen = look(Outlook::Rises).await.unwrap().unwrap();
        let counts = Outlook::ALL.iter().map(|outlook| seen.count(*outlook)).collect::<Vec<_>>();
        // The three of bronze, which goes, and 53 of silver; nobody else has a tier.
        assert_eq!(counts[..2], [2, 56], "{counts:?}");
        assert_eq!(seen.people.len(), 2);
        assert!(seen.people.iter().all(|moved| moved.mover.name == "Anna Adler"
            && moved.reaches.as_ref().is_some_and(|code| code.as_str() == "steel")));
        let short = look(Outlook::FallsShort).await.unwrap().unwrap().people;
        assert_eq!(short.len(), 51, "a page, and one line that tells there is more");
        let rest =
            preview(ctx, by, Outlook::FallsShort, Some(short[49].mover.member), 51).await.unwrap().unwrap();
        assert_eq!(rest.people.len(), 6);
        assert!(preview(ctx, &world.advocate, Outlook::Rises, None, 9).await.unwrap().is_none());

        // A pilot: those who have bronze. Nobody else is touched.
        let nobody = Pilot::new(PilotKind::Countries, ["FR".to_owned()]);
        let refused = put_into_effect(ctx, by, 0, nobody, false).await;
        assert!(matches!(refused, Err(RolloutError::PilotEmpty)), "{refused:?}");
        let pilot = || Pilot::new(PilotKind::Tiers, ["bronze".to_owned()]);
        let stale = put_into_effect(ctx, by, 3, pilot(), false).await;
        assert!(matches!(stale, Err(RolloutError::Stale)));
        put_into_effect(ctx, by, 0, pilot(), false).await.unwrap();
        house.run_jobs().await;
        let piloted = tiers_of(ctx, &advocates).await;
        assert_eq!(piloted[..3], [""; 3], "their tier goes, and there is none below it");
        assert_eq!(piloted[3..], before[3..]);
        let theirs = standing(ctx, advocates[0].member).await.unwrap();
        let others = standing(ctx, advocates[9].member).await.unwrap();
        assert_eq!(theirs.tiers[1].tier.code.as_str(), "steel");
        assert_eq!(
            others.tiers[1].tier.code.as_str(),
            "silver",
            "everybody else goes by what was there before"
        );
        let running = || async { overview(ctx, by).await.unwrap().unwrap().rollout.unwrap() };
        let id = running().await.rollout.id;
        assert_eq!(running().await.came, [(TierCode::parse("bronze").ok(), None, 3)]);
        let (seen, again) = drafted(ctx, by).await;
        save_draft(ctx, by, seen, again).await.unwrap();
        let second = put_into_effect(ctx, by, 0, None, true).await;
        assert!(matches!(second, Err(RolloutError::UnderWay)), "one at a time");

        // Closed, everybody has what they had.
        decide(ctx, by, id, NextStep::ClosePilot).await.unwrap();
        house.run_jobs().await;
        assert_eq!(tiers_of(ctx, &advocates).await, before);
        let gone = decide(ctx, by, id, NextStep::RollOut).await;
        assert!(matches!(gone, Err(RolloutError::Stale)), "what was closed is over");

        // The other draft, first for a pilot and then for everybody: one more tier, at the top of silver.
        let (seen, mut tiers) = drafted(ctx, by).await;
        tiers.insert(2, new_tier("Steel", lifetime(Metric::WonReferrals, 2)));
        save_draft(ctx, by, seen, tiers).await.unwrap();
        let offered = special(ctx, &world, 3).await;
        put_into_effect(ctx, by, seen + 1, pilot(), false).await.unwrap();
        house.run_jobs().await;
        let id = running().await.rollout.id;
        decide(ctx, by, id, NextStep::RollOut).await.unwrap();
        // In the midst of it somebody wins: they are moved first, so that undoing still knows what they had.
        let winner = World { advocate: advocates[20], ..world.clone() };
        let mut facts = winner.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Won).await;
        house.run_jobs().await;
        let rolled = tiers_of(ctx, &advocates).await;
        assert_eq!((count(&rolled, "bronze"), count(&rolled, "silver"), count(&rolled, "steel")), (3, 52, 3));
        let told = house.mails.sent().iter().filter(|mail| mail.subject == "Ihre neue Stufe: Steel").count();
        assert_eq!(told, 3, "once each");
        assert_eq!(lowest(ctx, offered).await, 4, "gold has moved up, and its offer with it");
        let line = history(ctx, advocates[57].member).await.unwrap().swap_remove(0);
        assert_eq!((line.moved.cause, line.scheme), (TierCause::Scheme, Some(running().await.scheme.number)));

        // Undone in time, everybody has exactly what they had, the winner and somebody who came later included.
        let late = member(ctx, Some(world.account), Role::Advocate, "Karl Amsel").await;
        let mut facts = World { advocate: late, ..world.clone() }.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(tiers_of(ctx, &[late]).await, ["silver"]);
        decide(ctx, by, id, NextStep::Undo).await.unwrap();
        house.run_jobs().await;
        assert_eq!(tiers_of(ctx, &advocates).await, before);
        assert_eq!(tiers_of(ctx, &[late]).await, [""], "counted anew in the night");
        assert_eq!(lowest(ctx, offered).await, 3);
        order_recount(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(1));
        house.run_jobs().await;
        assert_eq!(tiers_of(ctx, &[late]).await, ["silver"]);
        assert!(matches!(decide(ctx, by, id, NextStep::Undo).await, Err(RolloutError::Stale)));
        house.close().await;
    }
}

#[tokio::test]
async fn somebody_is_kept_at_a_tier_by_hand_until_a_day() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let (by, anna) = (&world.marketing, world.advocate.member);
        let code = |code: &str| TierCode::parse(code).unwrap();
        let reason = Reason::parse("Bühne auf dem Kundentag").unwrap();
        let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
        let in_days = |days: u64| today.checked_add_days(chrono::Days::new(days)).unwrap();
        let keep = |who: Actor, tier: &str, day| {
            let (tier, reason) = (code(tier), reason.clone());
            async move { keep_at(ctx, &who, anna, tier, day, &reason).await }
        };
        assert!(matches!(keep(world.advocate, "gold", in_days(9)).await, Err(KeepError::NotAllowed)));
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Kollegin").await;
        let own = keep(colleague, "gold", in_days(9)).await;
        assert!(matches!(own, Err(KeepError::Rule(PinError::Own))), "{own:?}");
        let over = keep(*by, "gold", today.pred_opt().unwrap()).await;
        assert!(matches!(over, Err(KeepError::Rule(PinError::DayOver))), "{over:?}");
        let far = keep(*by, "gold", in_days(Pin::LONGEST_DAYS + 1)).await;
        assert!(matches!(far, Err(KeepError::Rule(PinError::TooFar))), "{far:?}");
        let staff = keep_at(ctx, by, by.member, code("gold"), in_days(9), &reason).await;
        assert!(matches!(staff, Err(KeepError::NotFound)), "staff have no tier: {staff:?}");
        let early = keep(*by, "silver", in_days(20)).await;
        assert!(matches!(early, Err(KeepError::Rule(PinError::NotJoined))), "{early:?}");
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, [""]);
        let tx = ctx.store.begin().await.unwrap();
        tx.members().note_joined(anna, ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        let unknown = keep(*by, "diamond", in_days(9)).await;
        assert!(matches!(unknown, Err(KeepError::Rule(PinError::UnknownTier))), "{unknown:?}");

        // At once, told, with its cause; a step of a referral does not lower it, and what is reached goes beyond.
        for _ in 0..2 {
            keep(*by, "silver", in_days(20)).await.unwrap();
        }
        house.run_jobs().await;
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, ["silver"]);
        let told = || house.mails.sent().into_iter().filter(|mail| mail.subject.ends_with("Silber")).count();
        assert_eq!(told(), 1);
        let path = history(ctx, anna).await.unwrap();
        assert_eq!(path.iter().map(|step| step.moved.cause).collect::<Vec<_>>(), [TierCause::Pinned]);
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, ["silver"], "bronze by itself");
        let kept = kept_at(ctx, by, anna).await.unwrap().unwrap();
        assert_eq!((kept.reason.as_str(), kept.by.as_deref()), (reason.as_str(), Some("Jana Krüger")));
        assert!(kept_at(ctx, &world.advocate, anna).await.unwrap().is_none());
        assert!(own_pin(ctx, anna).await.unwrap().is_some());

        // A preview counts with it.
        let (seen, tiers) = drafted(ctx, by).await;
        save_draft(ctx, by, seen, tiers).await.unwrap();
        let look = preview(ctx, by, Outlook::FallsShort, None, 9).await.unwrap().unwrap();
        assert_eq!(look.count(Outlook::FallsShort), 0);

        // The day after the last one they fall short, with the usual time of grace, and are told why.
        order_recount(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(19));
        house.run_jobs().await;
        let standing_now = standing(ctx, anna).await.unwrap();
        assert!(at_risk(ctx, anna, &standing_now).await.unwrap().is_none(), "it still holds");
        order_recount(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(3));
        house.run_jobs().await;
        let risk = at_risk(ctx, anna, &standing(ctx, anna).await.unwrap()).await.unwrap().unwrap();
        assert_eq!(risk.warning.cause, TierCause::PinEnded);
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, ["silver"], "nobody falls at once");
        assert!(own_pin(ctx, anna).await.unwrap().is_none());
        let warned = house.mails.sent().into_iter().filter(|mail| mail.text.contains("für Sie festgelegt"));
        assert_eq!(warned.count(), 1);
        order_recount(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(91));
        house.run_jobs().await;
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, ["bronze"]);

        // Ended by hand, it is the same, once.
        let day = ctx.now().date_naive().checked_add_days(chrono::Days::new(30)).unwrap();
        keep(*by, "gold", day).await.unwrap();
        assert!(matches!(let_go(ctx, &world.advocate, anna).await, Err(KeepError::NotAllowed)));
        for _ in 0..2 {
            let_go(ctx, by, anna).await.unwrap();
        }
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, ["gold"]);
        assert!(kept_at(ctx, by, anna).await.unwrap().is_none());
        let risk = at_risk(ctx, anna, &standing(ctx, anna).await.unwrap()).await.unwrap().unwrap();
        assert_eq!(risk.warning.cause, TierCause::PinEnded);
        house.close().await;
    }
}

/// Undoing what is in force and putting another draft into effect exclude each other, also at the same moment.
#[tokio::test]
async fn of_two_roll_outs_that_begin_at_once_one_is_refused() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let by = &world.marketing;
        let force = || async { overview(ctx, by).await.unwrap().unwrap() };
        for round in 0..8 {
            let (seen, mut tiers) = drafted(ctx, by).await;
            tiers.insert(2, new_tier(&format!("Steel {round}"), lifetime(Metric::WonReferrals, 2)));
            save_draft(ctx, by, seen, tiers).await.unwrap();
            put_into_effect(ctx, by, drafted(ctx, by).await.0, None, true).await.unwrap();
            house.run_jobs().await;
            let with_steel = force().await;
            let id = with_steel.rollout.unwrap().rollout.id;
            let (seen, mut tiers) = drafted(ctx, by).await;
            tiers.remove(2);
            save_draft(ctx, by, seen, tiers).await.unwrap();
            let (seen, _) = drafted(ctx, by).await;
            let (undone, put) =
                tokio::join!(decide(ctx, by, id, NextStep::Undo), put_into_effect(ctx, by, seen, None, true));
            assert_ne!(undone.is_ok(), put.is_ok(), "{undone:?} {put:?}");
            let refused = undone.and(put).unwrap_err();
            assert!(matches!(refused, RolloutError::UnderWay | RolloutError::Stale), "{refused:?}");
            house.run_jobs().await;
            assert_ne!(force().await.tiers, with_steel.tiers, "what was not refused is in force");
            let (left, _) = drafted(ctx, by).await;
            if left >= 0 {
                discard_draft(ctx, by, left).await.unwrap();
            }
        }
        house.close().await;
    }
}

/// An offer of the world for this tier and those above.
async fn special(ctx: &Ctx, world: &World, min_tier: u8) -> IncentiveId {
    let new = Incentive { min_tier, ..incentive(ctx, IncentiveKind::EarlyAccess, Vec::new()) };
    offer(ctx, world, &new).await;
    new.id
}

async fn lowest(ctx: &Ctx, offer: IncentiveId) -> u8 {
    ctx.store.tiers().lowest_tiers().await.unwrap()[&offer]
}

#[tokio::test]
async fn a_scheme_that_locks_people_out_is_confirmed_and_undone_only_in_time() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let by = &world.marketing;
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        let (seen, mut tiers) = drafted(ctx, by).await;
        for tier in &mut tiers {
            tier.rules = lifetime(Metric::WonReferrals, 50);
        }
        save_draft(ctx, by, seen, tiers).await.unwrap();
        assert!(preview(ctx, by, Outlook::Rises, None, 1).await.unwrap().unwrap().locks_out());
        let refused = put_into_effect(ctx, by, 0, None, false).await;
        assert!(matches!(refused, Err(RolloutError::LocksOut)));
        put_into_effect(ctx, by, 0, None, true).await.unwrap();
        house.run_jobs().await;
        let id = overview(ctx, by).await.unwrap().unwrap().rollout.unwrap().rollout.id;
        assert_eq!(tiers_of(ctx, &[world.advocate]).await, ["bronze"], "nobody loses a tier at once");
        let advocate = decide(ctx, &world.advocate, id, NextStep::Undo).await;
        assert!(matches!(advocate, Err(RolloutError::NotAllowed)));
        house.clock.advance(TimeDelta::days(14));
        assert!(matches!(decide(ctx, by, id, NextStep::Undo).await, Err(RolloutError::TooLate)));
        assert!(
            overview(ctx, by).await.unwrap().unwrap().rollout.is_none(),
            "there is nothing to decide any more"
        );
        house.close().await;
    }
}

#[tokio::test]
async fn a_year_rolls_on_and_older_customers_count_no_longer_for_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        // Two customers, so many days apart; gold takes two within twelve months.
        for (apart, expected, within) in [(396, "silver", 1), (364, "gold", 2)] {
            let advocate = member(ctx, Some(world.account), Role::Advocate, "Karl Amsel").await;
            let theirs = World { advocate, ..world.clone() };
            let mut first = theirs.refer(ctx, None).await;
            move_to(ctx, &mut first, Step::Won).await;
            house.clock.advance(TimeDelta::days(apart));
            let mut second = theirs.refer(ctx, None).await;
            move_to(ctx, &mut second, Step::Won).await;
            let standing = standing(ctx, advocate.member).await.unwrap();
            let code = standing.current.map(|index| standing.tiers[index].tier.code.to_string());
            assert_eq!(code.as_deref(), Some(expected), "{apart} days apart");
            let year_ago = services::tiers::year_before(ctx.now());
            let home = ctx.store.home(advocate.member, Some(world.program), year_ago, 6).await.unwrap();
            for metrics in [standing.metrics, home.tally.metrics] {
                assert_eq!(
                    metrics.get(Metric::WonReferrals, Period::RollingYear),
                    within,
                    "{apart} days apart"
                );
                assert_eq!(metrics.get(Metric::WonReferrals, Period::Lifetime), 2);
            }
        }
        house.close().await;
    }
}

/// The clock moves on by so many days, and every night's count is done.
pub(crate) async fn nights(house: &TestHouse, days: i64) {
    for _ in 0..days {
        order_recount(&house.ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(1));
        house.run_jobs().await;
    }
}

#[tokio::test]
async fn a_tier_that_is_no_longer_met_is_warned_of_regained_or_lost_after_the_grace() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let member = world.advocate.member;
        let tier = || async { tiers_of(ctx, &[world.advocate]).await.swap_remove(0) };
        let risk = || async { at_risk(ctx, member, &standing(ctx, member).await.unwrap()).await.unwrap() };
        let mails = |subject: &str| house.mails.sent().iter().filter(|mail| mail.subject == subject).count();
        let win_twice = || async {
            for _ in 0..2 {
                let mut facts = world.refer(ctx, None).await;
                move_to(ctx, &mut facts, Step::Won).await;
            }
        };
        win_twice().await;
        nights(&house, 2).await;
        assert_eq!((tier().await.as_str(), risk().await), ("gold", None));
        house.clock.advance(TimeDelta::days(363));
        nights(&house, 2).await;
        let warned = risk().await.unwrap();
        assert_eq!((warned.warning.cause, tier().await.as_str()), (TierCause::Lapsed, "gold"));
        let rule = TierRule { metric: Metric::WonReferrals, at_least: 2, period: Period::RollingYear };
        assert_eq!(warned.missing, [(rule, 0)], "exactly what is missing");
        nights(&house, 2).await;
        assert_eq!(mails("Ihre Stufe Gold läuft ab"), 1, "once");

        // Regained in time, everything stays as it is.
        win_twice().await;
        assert_eq!((tier().await.as_str(), risk().await), ("gold", None));
        house.clock.advance(TimeDelta::days(365));
        nights(&house, 2).await;
        let until = risk().await.unwrap().warning.fall_at;
        house.clock.advance(until - ctx.now() - TimeDelta::hours(30));
        nights(&house, 1).await;
        assert_eq!(tier().await, "gold", "not a day too early");
        nights(&house, 2).await;
        assert_eq!((tier().await.as_str(), risk().await), ("silver", None));
        assert_eq!((mails("Ihre Stufe Gold läuft ab"), mails("Ihre Stufe Gold ist abgelaufen")), (2, 1));
        let last = history(ctx, member).await.unwrap().swap_remove(0).moved;
        assert_eq!((last.cause, last.referral), (TierCause::Lapsed, None));
        let due = ctx.store.tiers().due(None, ctx.now(), 9).await.unwrap();
        assert_eq!(due, [], "time alone changes nothing any more, so nobody is looked at");
        house.close().await;
    }
}

#[tokio::test]
async fn what_ended_counts_from_the_day_it_came_so_far() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        house.clock.advance(TimeDelta::days(200));
        let before = facts.clone();
        facts.position = Position::Ended { end: End::Expired, reached: Step::Qualified };
        facts.stage_since = ctx.now();
        let kind = EventKind::Moved { from: Stage::Qualified, to: Stage::Expired, closing: None, note: None };
        save_and_follow(ctx, &before, &facts, kind).await;
        let within_the_year = || async {
            let standing = standing(ctx, world.advocate.member).await.unwrap();
            let year_ago = services::tiers::year_before(ctx.now());
            let home = ctx.store.home(world.advocate.member, Some(world.program), year_ago, 6).await.unwrap();
            let mut counted =
                ctx.store.tiers().counted(&[world.advocate.member], year_ago, None).await.unwrap();
            let counted = counted.pop().unwrap();
            [standing.metrics, home.tally.metrics, counted.metrics].map(|metrics| {
                assert_eq!(metrics.get(Metric::QualifiedReferrals, Period::Lifetime), 1);
                metrics.get(Metric::QualifiedReferrals, Period::RollingYear)
            })
        };
        assert_eq!(within_the_year().await, [1; 3]);
        // A year after the need was confirmed, half a year after the end.
        house.clock.advance(TimeDelta::days(170));
        assert_eq!(within_the_year().await, [0; 3]);
        // A database from before finds the day in the timeline.
        store::testing::migrate_again(&ctx.store, "m20261130_000002_reached").await;
        assert_eq!(within_the_year().await, [0; 3]);
        house.clock.set(facts.submitted_at + TimeDelta::days(200));
        assert_eq!(within_the_year().await, [1; 3]);
        house.close().await;
    }
}
