//! The compliance matrix from its rules to a reward that it holds.

use domain::{
    accounts::RecipientKind,
    compliance::{Cap, CapPeriod, Effect, RuleVersion, Scope, Verdict},
    incentives::{BlockReason, IncentiveKind, PayingStep},
    members::Role,
    referrals::Step,
    rewards::RewardCode,
    text::{Bilingual, Country, PersonName, Reason},
};
use services::{
    Ctx,
    compliance::{
        NewSignOff, ReleaseError, RuleDraft, SaveRuleError, SignOffError, end_rule, gaps, held, overview,
        release, save_rule, sign_off, touched,
    },
    referrals::{SubmitReferral, SubmitReferralError, submit},
    rewards::{ActError, approve},
    testing::{TestHouse, sign_off_markets},
};

use crate::rewards_world::{World, check, euros, line_of, member, move_to, short, submission};

fn rule(effect: Effect, scope: Scope) -> RuleDraft {
    RuleDraft {
        of: None,
        market: Country::DE,
        scope,
        effect,
        legal_basis: "Vermerk 7".to_owned(),
        disclosure: Bilingual::new("Einzeln geprüft.", "Looked at."),
        review_on: None,
    }
}

fn on_credit() -> Scope {
    Scope { kind: Some(IncentiveKind::Credit), ..Scope::default() }
}

async fn write(ctx: &Ctx, world: &World, draft: RuleDraft) -> RuleVersion {
    save_rule(ctx, world.marketing.program_managing().unwrap(), draft).await.unwrap()
}

async fn try_credit(ctx: &Ctx, world: &World, key: &str) -> Result<(), SubmitReferralError> {
    let command = SubmitReferral { incentive: Some(world.credit.id), ..submission(key) };
    submit(ctx, &world.advocate.referrer().unwrap(), command).await.map(drop)
}

fn blocked(answer: Result<(), SubmitReferralError>) -> BlockReason {
    match answer {
        Err(SubmitReferralError::Blocked(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn stricter_holds_at_once_and_looser_waits_for_the_signature() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = world.marketing.program_managing().unwrap();
        try_credit(ctx, &world, "allowed").await.unwrap();
        let forbid = write(ctx, &world, rule(Effect::Forbid, on_credit())).await;
        assert_eq!(blocked(try_credit(ctx, &world, "forbidden").await), BlockReason::Forbidden);
        sign_off_markets(ctx, &world.marketing).await;
        end_rule(ctx, by, forbid).await.unwrap();
        assert_eq!(blocked(try_credit(ctx, &world, "ended").await), BlockReason::Forbidden, "not signed yet");
        sign_off_markets(ctx, &world.marketing).await;
        try_credit(ctx, &world, "signed").await.unwrap();
        // What it said stays readable.
        let law = overview(ctx, &world.marketing).await.unwrap().unwrap().law;
        assert_eq!(law.history(forbid.rule).len(), 2);
        assert_eq!(law.version(forbid).unwrap().rule.effect, Effect::Forbid);
        house.close().await;
    }
}

#[tokio::test]
async fn a_market_that_nobody_has_signed_off_is_closed() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = world.marketing.program_managing().unwrap();
        let fr = Country::parse("FR").unwrap();
        let draft = RuleDraft { market: fr, ..rule(Effect::Allow, Scope::default()) };
        save_rule(ctx, by, draft).await.unwrap();
        let law = overview(ctx, &world.marketing).await.unwrap().unwrap().law;
        assert!(gaps(&law, fr).is_empty() && gaps(&law, Country::DE).is_empty());
        assert!(!gaps(&law, Country::parse("IT").unwrap()).is_empty());
        assert!(law.markets[&fr].sign_off.is_none());
        let new = NewSignOff {
            market: fr,
            set_number: law.markets[&fr].set_number,
            counsel: PersonName::parse("Dr. Ruth Amsel").unwrap(),
            signed_on: ctx.now().date_naive(),
            document: "DMS 1".to_owned(),
        };
        let stale = NewSignOff { set_number: 7, ..new.clone() };
        assert!(matches!(sign_off(ctx, by, stale).await, Err(SignOffError::Stale)));
        let later = NewSignOff { signed_on: "2027-01-01".parse().unwrap(), ..new.clone() };
        assert!(matches!(sign_off(ctx, by, later).await, Err(SignOffError::Future)));
        sign_off(ctx, by, new.clone()).await.unwrap();
        sign_off(ctx, by, new).await.unwrap();
        let law = overview(ctx, &world.marketing).await.unwrap().unwrap().law;
        assert!(law.markets[&fr].is_signed());
        assert!(overview(ctx, &world.advocate).await.unwrap().is_none());
        house.close().await;
    }
}

#[tokio::test]
async fn what_a_change_touches_is_known_before_it_is_saved() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut paid = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut paid, Step::Accepted).await;
        world.refer(ctx, Some(&world.donation)).await;
        let draft = rule(Effect::Approval, on_credit());
        let found = touched(ctx, &draft).await.unwrap();
        let rewards = found.iter().filter(|(one, _)| one.reward.is_some()).count();
        assert_eq!((found.len(), rewards), (2, 1), "the choice and the reward of the credit: {found:?}");
        assert!(found.iter().all(|(_, then)| then.verdict == Verdict::Approval));
        let saved = write(ctx, &world, draft.clone()).await;
        let by = world.marketing.program_managing().unwrap();
        let double = save_rule(ctx, by, draft.clone()).await;
        assert!(matches!(double, Err(SaveRuleError::Double)), "{double:?}");
        let seen = Some(RuleVersion { version: 9, ..saved });
        let stale = save_rule(ctx, by, RuleDraft { of: seen, ..draft.clone() }).await;
        assert!(matches!(stale, Err(SaveRuleError::Stale)), "{stale:?}");
        let unknown = Scope { recipient: Some(RecipientKind::Unknown), ..Scope::default() };
        let wrong = save_rule(ctx, by, rule(Effect::Forbid, unknown)).await;
        assert!(matches!(wrong, Err(SaveRuleError::Recipient)), "{wrong:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn a_promise_that_a_rule_touches_is_held_and_let_go_with_a_reason() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut referral = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut referral, Step::Accepted).await;
        let forbid = write(ctx, &world, rule(Effect::Forbid, on_credit())).await;
        move_to(ctx, &mut referral, Step::Meeting).await;
        assert_eq!(short(ctx, &referral).await, ["accepted clearing 10", "meeting clearing 20"]);
        let cases = held(ctx, &world.marketing).await.unwrap().unwrap();
        let [case] = cases.as_slice() else { panic!("one is held: {cases:?}") };
        assert!(case.decision.forbids() && case.decision.rules.contains(&forbid));
        assert!(held(ctx, &world.advocate).await.unwrap().is_none());

        // Nobody approves it or is asked to, and nobody lets it go against the rule.
        house.clock.advance(chrono::TimeDelta::days(31));
        let to_approve = || async {
            let queue = services::rewards::queue(ctx, &world.marketing, None).await.unwrap().unwrap();
            queue.page.lines.iter().map(|line| line.part).collect::<Vec<_>>()
        };
        assert_eq!(to_approve().await, [PayingStep::Accepted]);
        let line = line_of(ctx, &referral, PayingStep::Meeting).await;
        let approved = approve(ctx, &world.marketing, line.id, line.version).await;
        assert!(matches!(approved, Err(ActError::Rule(_))), "{approved:?}");
        let reason = Reason::parse("Die Kanzlei hat zugestimmt.").unwrap();
        let no = release(ctx, &world.marketing, line.id, line.version, &reason).await;
        assert!(matches!(no, Err(ReleaseError::StillForbidden)), "{no:?}");

        let by = world.marketing.program_managing().unwrap();
        end_rule(ctx, by, forbid).await.unwrap();
        sign_off_markets(ctx, &world.marketing).await;
        let own = member(ctx, Some(world.account), Role::Marketing, "Eigene").await;
        let own = release(ctx, &own, line.id, line.version, &reason).await;
        assert!(matches!(own, Err(ReleaseError::Rule(_))), "{own:?}");
        release(ctx, &world.marketing, line.id, line.version, &reason).await.unwrap();
        assert!(held(ctx, &world.marketing).await.unwrap().unwrap().is_empty());
        let line = line_of(ctx, &referral, PayingStep::Meeting).await;
        assert!(!line.held);
        assert_eq!(to_approve().await.len(), 2);
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn caps_of_a_company_cut_what_goes_beyond_them() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let cap = |value, period| Effect::Cap(Cap { amount: euros(value), period });
        write(ctx, &world, rule(cap(75, CapPeriod::Year), on_credit())).await;
        write(ctx, &world, rule(cap(50, CapPeriod::Quarter), Scope::default())).await;
        let mut referral = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut referral, Step::Qualified).await;
        // 10 + 20 + 30 in one quarter: ten too much.
        assert_eq!(
            short(ctx, &referral).await,
            ["accepted clearing 10", "meeting clearing 20", "qualified clearing 20"]
        );
        assert_eq!(line_of(ctx, &referral, PayingStep::Qualified).await.cut, 1000);
        move_to(ctx, &mut referral, Step::Won).await;
        let won = line_of(ctx, &referral, PayingStep::Won).await;
        assert_eq!((won.state, won.cut), (RewardCode::Declined, 4000));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn the_migration_takes_rules_and_holds_away_and_leaves_every_promise() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        write(ctx, &world, rule(Effect::Forbid, on_credit())).await;
        let mut referral = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut referral, Step::Accepted).await;
        assert!(line_of(ctx, &referral, PayingStep::Accepted).await.held);
        store::testing::migrate_again(&ctx.store, "m20261130_000350_compliance").await;
        assert!(!line_of(ctx, &referral, PayingStep::Accepted).await.held);
        assert_eq!(short(ctx, &referral).await, ["accepted clearing 10"]);
        assert!(ctx.store.compliance().law().await.unwrap().markets.is_empty());
        check(ctx).await;
        house.close().await;
    }
}
