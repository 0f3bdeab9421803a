//! The numbers that an installation may set.

use chrono::TimeDelta;
use domain::{
    consent::ConsentState,
    incentives::{PayingStep, Unit},
    members::Role,
    referrals::{MoverKind, Stage, Step},
    text::{Currency, Language},
};
use services::{
    consent::Origin,
    rewards::{Caps, RewardSettings},
    settings::{Change, ChangeSettingError, Clocks, ReferralRules, change, default_owner, settings},
    testing::TestHouse,
};

use crate::{
    company::Company,
    consent::{MAIL, agreed, carried_referral, entry, link_of},
    rewards_world::*,
};

#[tokio::test]
async fn administrators_change_marketing_reads_nobody_else_sees() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        assert!(settings(ctx, &world.advocate).await.unwrap().is_none());
        assert!(!settings(ctx, &world.marketing).await.unwrap().unwrap().editable);
        let found = settings(ctx, &admin).await.unwrap().unwrap();
        assert_eq!((found.rewards.version, found.rewards.value), (-1, RewardSettings::default()));

        let numbers = RewardSettings { clearing_days: 0, ..RewardSettings::default() };
        change(ctx, by, Change::Rewards(numbers), -1).await.unwrap();
        let stale = change(ctx, by, Change::Rewards(RewardSettings::default()), -1).await;
        assert!(matches!(stale, Err(ChangeSettingError::Stale)), "two first editors");
        let again = RewardSettings { clearing_days: 7, ..numbers };
        change(ctx, by, Change::Rewards(again), 0).await.unwrap();
        let stale = change(ctx, by, Change::Rewards(numbers), 0).await;
        assert!(matches!(stale, Err(ChangeSettingError::Stale)));
        let found = settings(ctx, &admin).await.unwrap().unwrap();
        assert_eq!((found.rewards.version, found.rewards.value), (1, again));

        let trap = RewardSettings { expiry_months: 35, ..again };
        let refused = change(ctx, by, Change::Rewards(trap), 1).await;
        assert!(matches!(refused, Err(ChangeSettingError::OutOfRange("expiry_months"))));
        let euros = Unit::Money(Currency::EUR);
        let negative = Caps { advocate: [(euros, -1)].into(), ..Caps::default() };
        let refused = change(ctx, by, Change::Caps(negative), -1).await;
        assert!(matches!(refused, Err(ChangeSettingError::OutOfRange("caps"))));
        let caps = Caps { advocate: [(euros, 500)].into(), ..Caps::default() };
        change(ctx, by, Change::Caps(caps), -1).await.unwrap();
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 5"], "the cap holds");
        house.close().await;
    }
}

#[tokio::test]
async fn new_terms_hold_for_new_referrals_alone() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        World::new(&house).await;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let before = services::referrals::programme(ctx).await.unwrap().unwrap().rewards;
        assert_eq!(before.clearing_days, 30);
        let numbers = RewardSettings { clearing_days: 0, ..RewardSettings::default() };
        change(ctx, admin.administering().unwrap(), Change::Rewards(numbers), -1).await.unwrap();
        let after = services::referrals::programme(ctx).await.unwrap().unwrap().rewards;
        assert_eq!((after.clearing_days, after.refund_days), (0, before.refund_days));
        house.close().await;
    }
}

#[tokio::test]
async fn the_default_owner_manages_accounts_or_is_nobody() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let refused = change(ctx, by, Change::DefaultOwner(Some(admin.member)), -1).await;
        assert!(matches!(refused, Err(ChangeSettingError::Owner)));
        change(ctx, by, Change::DefaultOwner(Some(manager.member)), -1).await.unwrap();
        assert_eq!(default_owner(ctx).await.unwrap(), Some(manager.member));
        services::members::set_access(ctx, by, manager.member, false).await.unwrap();
        assert_eq!(default_owner(ctx).await.unwrap(), None, "nothing is overlooked");
        change(ctx, by, Change::DefaultOwner(None), 0).await.unwrap();
        house.close().await;
    }
}

#[tokio::test]
async fn clearing_of_no_days_can_be_approved_at_once() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let world = World::new(&house).await;
    let mut facts = world.refer(ctx, Some(&world.credit)).await;
    facts.terms.rewards.clearing_days = 0;
    move_to(ctx, &mut facts, Step::Accepted).await;
    let line = line_of(ctx, &facts, PayingStep::Accepted).await;
    assert!(services::rewards::approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
    house.close().await;
}

#[tokio::test]
async fn every_server_goes_by_the_rules_of_today() {
    for house in TestHouse::all().await {
        // SQLite has one server.
        let Some(other) = house.beside(None).await else {
            house.close().await;
            continue;
        };
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        let rules = ReferralRules { accept_by_rule: true, ..ReferralRules::default() };
        change(ctx, by, Change::Referrals(rules), -1).await.unwrap();
        // The other server has seen a page of today, and from now on nothing but a contact's confirmation.
        services::catalogue(&other, None).await.unwrap();
        let by_hand = ReferralRules { accept_by_rule: false, ..rules };
        change(ctx, by, Change::Referrals(by_hand), 0).await.unwrap();
        let origin = link_of(&house, &company, company.anna).await;
        let form = crate::consent::entry(MAIL, "one");
        services::consent::submit_entry(&other, &origin, &form).await.unwrap();
        house.run_jobs().await;
        services::catalogue(&other, None).await.unwrap();
        change(ctx, by, Change::Referrals(rules), 1).await.unwrap();
        let token = crate::consent::confirm_token(&house, MAIL);
        services::consent::give(&other, &token, Language::German).await.unwrap();
        let line = ctx.store.referrals().of_advocate(company.anna, None, 9).await.unwrap().remove(0);
        assert_eq!(line.progress.position.stage(), Stage::Accepted, "the rule of today, wherever it was set");
        other.store.close().await.unwrap();
        house.close().await;
    }
}

#[tokio::test]
async fn referrals_are_taken_by_rule_and_lapse_by_the_days_that_were_set() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        let rules = ReferralRules { consent_days: 3, idle_months: 6, accept_by_rule: true };
        let unlawful = Change::Referrals(ReferralRules { consent_days: 29, ..rules });
        let refused = change(ctx, by, unlawful, -1).await;
        assert!(matches!(refused, Err(ChangeSettingError::OutOfRange("consent_days"))));
        let never = Change::Referrals(ReferralRules { idle_months: 0, ..rules });
        let refused = change(ctx, by, never, -1).await;
        assert!(matches!(refused, Err(ChangeSettingError::OutOfRange("idle_months"))));

        // By hand: somebody decides.
        let origin = link_of(&house, &company, company.anna).await;
        agreed(&house, &origin, MAIL, "by-hand").await;
        let stage = async |company_name: &str| {
            let line = ctx.store.referrals().of_advocate(company.anna, None, 9).await.unwrap();
            line.into_iter().find(|line| line.company == company_name).unwrap().progress
        };
        let name = "Ravensteiner Hydraulik GmbH";
        assert_eq!(stage(name).await.position.stage(), Stage::Submitted);

        change(ctx, by, Change::Referrals(rules), -1).await.unwrap();
        let token = carried_referral(&house, &company, company.anna).await;
        let waiting = ctx.store.referrals().of_advocate(company.anna, None, 9).await.unwrap();
        let waiting = waiting.iter().find(|line| line.progress.consent == ConsentState::Awaiting).unwrap();
        let (rules, _) = services::referrals::settings(ctx);
        assert_eq!(
            waiting.progress.expires_at(&rules),
            Some(waiting.progress.submitted_at + TimeDelta::days(3))
        );
        let origin = Origin::CarriedLink { token };
        agreed(&house, &origin, "udo@andere.example", "by-rule").await;
        let mails = house.mails.sent();
        let asked = mails.iter().find(|mail| mail.to == "udo@andere.example").unwrap();
        assert!(asked.text.contains("nach 3 Tagen"), "the mail says the days that were set: {}", asked.text);
        let taken = ctx.store.referrals().load(waiting.id).await.unwrap().unwrap();
        assert_eq!(taken.facts.position.stage(), Stage::Accepted);
        let events = ctx.store.referrals().events(waiting.id).await.unwrap();
        assert_eq!(events.last().unwrap().by, MoverKind::System, "nobody's decision");
        house.close().await;
    }
}

#[tokio::test]
async fn open_referrals_get_the_dates_of_new_rules_in_both_directions() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        // More than a step of them, so that they are taken in several.
        for number in 0..60 {
            let origin = link_of(&house, &company, company.anna).await;
            let form = entry(&format!("wer@firma-{number}.de"), &format!("f{number}"));
            let form = services::consent::Entry { source: format!("203.0.113.{number}"), ..form };
            services::consent::submit_entry(ctx, &origin, &form).await.unwrap();
        }
        house.run_jobs().await;
        let ended = async || {
            let lines = ctx.store.referrals().of_advocate(company.anna, None, 99).await.unwrap();
            lines.iter().filter(|line| line.progress.position.stage() == Stage::Expired).count()
        };
        let begin = ctx.now();
        let rules = ReferralRules { consent_days: 20, ..ReferralRules::default() };
        change(ctx, by, Change::Referrals(rules), -1).await.unwrap();
        house.run_jobs().await;
        // What is due is the day of the new rule, once the team has thanked.
        house.clock.set(begin + TimeDelta::hours(4));
        house.run_jobs().await;
        let first = ctx.store.referrals().of_advocate(company.anna, None, 1).await.unwrap()[0].due_at;
        assert_eq!(first, Some(begin + TimeDelta::days(20)));
        house.clock.set(begin + TimeDelta::days(15));
        house.run_jobs().await;
        assert_eq!(ended().await, 0, "the old day has passed, and the new one has not come");
        let rules = ReferralRules { consent_days: 16, ..rules };
        change(ctx, by, Change::Referrals(rules), 0).await.unwrap();
        house.run_jobs().await;
        house.clock.set(begin + TimeDelta::days(16));
        house.run_jobs().await;
        assert_eq!(ended().await, 60, "before the day of the rule in between");
        house.close().await;
    }
}

#[tokio::test]
async fn promises_of_time_are_settings() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        let clocks = Clocks { thanks_hours: 8, contact_hours: 48, silence_days: 40 };
        for (senseless, field) in [
            (Clocks { thanks_hours: 0, ..clocks }, "thanks_hours"),
            (Clocks { contact_hours: 337, ..clocks }, "contact_hours"),
            (Clocks { silence_days: 6, ..clocks }, "silence_days"),
        ] {
            let refused = change(ctx, by, Change::Clocks(senseless), -1).await;
            assert!(matches!(refused, Err(ChangeSettingError::OutOfRange(named)) if named == field));
        }
        let token = carried_referral(&house, &company, company.anna).await;
        let begin = ctx.now();
        let line = async || ctx.store.referrals().of_advocate(company.anna, None, 9).await.unwrap().remove(0);
        assert_eq!(line().await.due_at, Some(begin + TimeDelta::hours(4)));
        change(ctx, by, Change::Clocks(clocks), -1).await.unwrap();
        let stale = change(ctx, by, Change::Clocks(clocks), -1).await;
        assert!(matches!(stale, Err(ChangeSettingError::Stale)));
        house.run_jobs().await;
        assert_eq!(line().await.due_at, Some(begin + TimeDelta::hours(8)));
        // The team thanks shortly before the promise of today, not before that of yesterday.
        house.clock.set(begin + TimeDelta::hours(7));
        house.run_jobs().await;
        assert_eq!(line().await.thanks_done_at, None);
        house.clock.set(begin + TimeDelta::minutes(8 * 60 - 15));
        house.run_jobs().await;
        assert_eq!(line().await.thanks_done_at, Some(ctx.now()));
        agreed(&house, &Origin::CarriedLink { token }, "udo@andere.example", "one").await;
        assert_eq!(line().await.due_at, Some(ctx.now() + TimeDelta::hours(48)));
        // The notice comes after the days of today.
        let notices = || {
            let sent = house.mails.sent();
            sent.iter().filter(|mail| mail.text.contains("seit 40 Tagen")).count()
        };
        let agreed_at = ctx.now();
        house.clock.set(begin + TimeDelta::days(40));
        house.run_jobs().await;
        assert_eq!(notices(), 0);
        house.clock.set(agreed_at + TimeDelta::days(40));
        house.run_jobs().await;
        assert_eq!(notices(), 1);
        house.close().await;
    }
}
