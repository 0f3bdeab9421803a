//! Segments: who belongs to one, what goes by it, and that its rule says the same in the database as for one person.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    compliance::Section,
    ids::{AccountId, MemberId},
    members::Role,
    segments::{SegmentRule, Whom},
    text::{Bilingual, CompanyName, Country},
    tiers::{Pilot, PilotKind, TierCode},
};
use services::{
    Ctx,
    segments::{
        DeleteSegmentError, SaveSegmentError, Segment, SegmentSize, SegmentUse, delete_segment, pick,
        save_segment, segment, segments,
    },
    testing::TestHouse,
    tiers::{
        DraftTier, NextStep, RolloutError, decide, editor, ensure_defaults, overview, put_into_effect,
        save_draft,
    },
};
use store::accounts::AccountFields;

use crate::rewards_world::*;

/// Name, country, industry, status, kind of organisation, customer since.
type Company =
    (&'static str, &'static str, Option<&'static str>, AccountStatus, RecipientKind, Option<&'static str>);

/// Companies of many kinds, each with one person; the first has two.
const COMPANIES: [Company; 5] = [
    (
        "Adler Werkzeugbau GmbH",
        "AT",
        Some("28.4 Werkzeuge"),
        AccountStatus::Customer,
        RecipientKind::PrivateCompany,
        Some("2023-01-31"),
    ),
    (
        "Brenner Datentechnik AG",
        "CH",
        Some("62"),
        AccountStatus::Customer,
        RecipientKind::PrivateCompany,
        Some("2024-02-01"),
    ),
    (
        "Klinikum Cham",
        "DE",
        Some("Q 86"),
        AccountStatus::Customer,
        RecipientKind::HealthProfessional,
        Some("2024-02-29"),
    ),
    ("Stadtwerke Dorfen", "DE", None, AccountStatus::Former, RecipientKind::PublicBody, None),
    ("Eder Druck", "AT", Some("was wir so machen"), AccountStatus::Prospect, RecipientKind::Unknown, None),
];

async fn companies(ctx: &Ctx, world: &World) -> Vec<(AccountId, MemberId)> {
    let by = world.marketing.inviting().unwrap();
    let mut all = Vec::new();
    for (place, (name, country, industry, status, recipient_kind, since)) in COMPANIES.into_iter().enumerate()
    {
        let id: AccountId = ctx.new_id();
        let fields = AccountFields {
            name: CompanyName::parse(name).unwrap(),
            country: Country::parse(country).unwrap(),
            industry: industry.map(str::to_owned),
            recipient_kind,
            status,
            customer_since: since.map(|day| day.parse().unwrap()),
            gift_policy: GiftPolicy::Any,
        };
        let domain = WorkDomain::parse(&format!("firma{place}.example")).unwrap();
        let tx = ctx.store.begin().await.unwrap();
        tx.accounts().insert(by, id, &fields, &[domain], ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        all.push((id, member(ctx, Some(id), Role::Advocate, "Erika Muster").await.member));
    }
    let second = member(ctx, Some(all[0].0), Role::Advocate, "Otto Muster").await.member;
    all.push((all[0].0, second));
    all
}

fn named(ctx: &Ctx, whom: Whom) -> Segment {
    Segment {
        id: ctx.new_id(),
        name: Bilingual::new("Südliche Werkstätten", "Workshops in the south"),
        whom,
        version: 0,
    }
}

fn countries(codes: &[&str]) -> BTreeSet<Country> {
    codes.iter().map(|code| Country::parse(code).unwrap()).collect()
}

#[tokio::test]
async fn the_database_and_the_rule_choose_the_same_people() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let all = companies(ctx, &world).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await.member;
        let by = world.marketing.inviting().unwrap();
        let tx = ctx.store.begin().await.unwrap();
        tx.accounts().assign(by, all[1].0, Some(manager), ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let rule = SegmentRule::default;
        let rules = [
            (SegmentRule { countries: countries(&["AT"]), ..rule() }, vec![0, 4, 5]),
            (
                SegmentRule {
                    countries: countries(&["AT", "CH"]),
                    sections: [Section::C, Section::J].into(),
                    ..rule()
                },
                vec![0, 1, 5],
            ),
            (SegmentRule { sections: [Section::Q].into(), ..rule() }, vec![2]),
            (SegmentRule { sections: [Section::U].into(), ..rule() }, vec![]),
            (
                SegmentRule { statuses: [AccountStatus::Former, AccountStatus::Prospect].into(), ..rule() },
                vec![3, 4],
            ),
            (SegmentRule { recipients: [RecipientKind::PublicBody].into(), ..rule() }, vec![3]),
            (SegmentRule { since: day("2024-02-01"), ..rule() }, vec![1, 2]),
            (SegmentRule { since: day("2023-01-31"), until: day("2024-02-28"), ..rule() }, vec![0, 1, 5]),
            (SegmentRule { managers: [manager].into(), ..rule() }, vec![1]),
            (SegmentRule { tiers: [TierCode::parse("gold").unwrap()].into(), ..rule() }, vec![]),
            (
                SegmentRule {
                    tiers: [TierCode::parse("gold").unwrap()].into(),
                    countries: countries(&["AT"]),
                    ..rule()
                },
                vec![],
            ),
        ];
        let room = ctx.store.segments();
        for (rule, places) in rules {
            let whom = Whom::Rule(rule);
            let expected: BTreeSet<MemberId> = places.iter().map(|place: &usize| all[*place].1).collect();
            let found: BTreeSet<MemberId> =
                room.sample(&whom, 100).await.unwrap().iter().map(|one| one.member).collect();
            assert_eq!(found, expected, "{whom:?}");
            for (_, member) in &all {
                let facts = room.facts(*member).await.unwrap().unwrap();
                assert_eq!(whom.takes(&facts), expected.contains(member), "{whom:?} {facts:?}");
            }
        }
        let picked = Whom::Picked([all[0].0, all[3].0].into());
        assert_eq!(room.size(&picked).await.unwrap(), SegmentSize { people: 3, accounts: 2 });
        assert!(room.facts(world.marketing.member).await.unwrap().is_none(), "she is of no customer");
        house.close().await;
    }
}

#[tokio::test]
async fn whoever_was_slower_changes_nothing_and_nobody_deletes_what_is_used() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (by, power) = (&world.marketing, world.marketing.program_managing().unwrap());
        companies(ctx, &world).await;
        ensure_defaults(ctx).await.unwrap();
        let south = Whom::Rule(SegmentRule { countries: countries(&["AT"]), ..SegmentRule::default() });
        let nobody = Whom::Rule(SegmentRule { countries: countries(&["NO"]), ..SegmentRule::default() });
        let everybody = named(ctx, Whom::Rule(SegmentRule::default()));
        let refused = save_segment(ctx, &power, &everybody, true).await.unwrap_err();
        assert_eq!(refused.to_string(), "segment_everybody");
        let one = named(ctx, nobody);
        save_segment(ctx, &power, &one, true).await.unwrap();
        let changed = Segment { whom: south.clone(), ..one.clone() };
        save_segment(ctx, &power, &changed, false).await.unwrap();
        let stale = save_segment(ctx, &power, &one, false).await;
        assert!(matches!(stale, Err(SaveSegmentError::Stale)));
        let seen = segment(ctx, by, one.id).await.unwrap().unwrap();
        assert_eq!((seen.segment.whom, seen.size.people, seen.uses), (south, 3, Vec::new()));
        assert!(segment(ctx, &world.advocate, one.id).await.unwrap().is_none());
        assert!(segments(ctx, &world.advocate).await.unwrap().is_none());

        // The tiers go by it first, as it stands.
        let draft = editor(ctx, by).await.unwrap().unwrap();
        let tiers = draft.tiers.into_iter().map(DraftTier::from).collect();
        save_draft(ctx, by, draft.version, tiers).await.unwrap();
        let pilot = |id: &str| Pilot::new(PilotKind::Segment, [id.to_owned()]);
        let gone = put_into_effect(ctx, by, 0, pilot("8a6e0804-2bd0-4672-b79d-d97027f9071a"), true).await;
        assert!(matches!(gone, Err(RolloutError::PilotEmpty)), "{gone:?}");
        put_into_effect(ctx, by, 0, pilot(&one.id.to_string()), true).await.unwrap();
        house.run_jobs().await;
        let running = overview(ctx, by).await.unwrap().unwrap().rollout.unwrap();
        assert_eq!(running.came.iter().map(|(_, _, count)| count).sum::<i64>(), 3);
        assert_eq!(segment(ctx, by, one.id).await.unwrap().unwrap().uses, [SegmentUse::Tiers]);
        let used = delete_segment(ctx, &power, one.id, 1).await;
        assert!(matches!(used, Err(DeleteSegmentError::InUse)));
        decide(ctx, by, running.rollout.id, NextStep::ClosePilot).await.unwrap();
        house.run_jobs().await;
        let stale = delete_segment(ctx, &power, one.id, 0).await;
        assert!(matches!(stale, Err(DeleteSegmentError::Stale)));
        delete_segment(ctx, &power, one.id, 1).await.unwrap();
        assert!(segments(ctx, by).await.unwrap().unwrap().is_empty());
        house.close().await;
    }
}

#[tokio::test]
async fn companies_are_picked_by_name_or_domain_and_what_is_unclear_is_named() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let all = companies(ctx, &world).await;
        let typed = "adler werkzeugbau\n\nfirma1.example\nADLER WERKZEUGBAU GMBH\nGibt es nicht\n";
        let found = pick(ctx, typed).await.unwrap();
        assert_eq!(found.found, [all[0].0, all[1].0].into());
        assert_eq!(found.unclear, ["Gibt es nicht"]);
        // Two of one name: the name says nothing any more, the domain does.
        store::testing::account(
            &ctx.store,
            ctx.new_id(),
            "Adler Werkzeugbau",
            "adler.example",
            AccountStatus::Customer,
        )
        .await;
        let found = pick(ctx, "Adler Werkzeugbau\nfirma0.example").await.unwrap();
        assert_eq!((found.found, found.unclear.len()), ([all[0].0].into(), 1));

        // Down and up again on a filled database: customers stay, segments go with their table.
        let power = world.marketing.program_managing().unwrap();
        save_segment(ctx, &power, &named(ctx, Whom::Picked([all[0].0].into())), true).await.unwrap();
        let before = store::testing::rows(&ctx.store, "accounts").await;
        store::testing::migrate_again(&ctx.store, "m20261130_000800_segments").await;
        assert_eq!(store::testing::rows(&ctx.store, "accounts").await, before);
        assert_eq!(store::testing::rows(&ctx.store, "segment_accounts").await, 0);
        save_segment(ctx, &power, &named(ctx, Whom::Picked([all[0].0].into())), true).await.unwrap();
        assert_eq!(store::testing::rows(&ctx.store, "segment_accounts").await, 1);
        house.close().await;
    }
}
