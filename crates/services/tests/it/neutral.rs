//! Staff see why contacts got the neutral answer, and nothing about them.

use chrono::TimeDelta;
use domain::{
    accounts::NeutralReason,
    members::{Actor, Role},
};
use services::{
    consent::{Answer, NeutralLine, Origin, neutral_answers, neutral_answers_of, submit_entry},
    referrals::duties,
    testing::{TestHouse, stage_hand},
};

use crate::{
    company::Company,
    consent::{carried_referral, entry, link_of},
    rewards_world::member,
};

async fn seen(house: &TestHouse, actor: &Actor, after: Option<&str>, limit: u64) -> Vec<NeutralLine> {
    neutral_answers(&house.ctx, actor, after, limit).await.unwrap().unwrap()
}

fn short(lines: &[NeutralLine]) -> Vec<String> {
    let in_short = |line: &NeutralLine| {
        format!("{} {} {} {}", line.of.day, line.advocate, line.of.reason, line.of.answers)
    };
    lines.iter().map(in_short).collect()
}

#[tokio::test]
async fn own_shares_that_came_to_nothing_are_listed_by_advocate_and_day() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let other = member(ctx, None, Role::AccountManager, "Deniz Arslan").await;
        let marketing = member(ctx, None, Role::Marketing, "Lena Hoffmann").await;
        let administrator = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let tx = ctx.store.begin().await.unwrap();
        tx.accounts()
            .assign(stage_hand().inviting().unwrap(), company.annas_account, Some(manager.member), ctx.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        for (key, origin, email) in [
            ("a", &anna, "wer@kundin.de"),
            ("b", &anna, "noch.wer@kundin.de"),
            ("c", &anna, "kollege@muehlenau.de"),
            ("d", &ben, "wer@offen.de"),
        ] {
            let answer = submit_entry(ctx, origin, &entry(email, key)).await.unwrap();
            assert_eq!(answer, Answer::Neutral, "{email}");
        }
        // A quarter past midnight in Berlin is another day, although it is not one in UTC.
        house.clock.set("2026-11-02T23:15:00Z".parse().unwrap());
        submit_entry(ctx, &anna, &entry("spaet@kundin.de", "e")).await.unwrap();

        let all = short(&seen(&house, &marketing, None, 50).await);
        assert_eq!(all[0], "2026-11-03 Anna Berger customer 1", "the latest day first");
        // Within a day the advocates stand in no order that means anything.
        let mut day_before = all[1..].to_vec();
        day_before.sort_unstable();
        let bens = "2026-11-02 Ben Öztürk open_deal 1";
        assert_eq!(
            day_before,
            ["2026-11-02 Anna Berger customer 2", "2026-11-02 Anna Berger own_company 1", bens]
        );
        // Ben's company is nobody's yet, and so everybody's.
        assert_eq!(short(&seen(&house, &manager, None, 50).await), all);
        assert_eq!(short(&seen(&house, &other, None, 50).await), [bens]);
        let first = seen(&house, &marketing, None, 2).await;
        let rest = seen(&house, &marketing, Some(&first[1].cursor()), 50).await;
        assert_eq!([short(&first), short(&rest)].concat(), all, "page by page it is the same list");
        assert!(neutral_answers(ctx, &administrator, None, 50).await.unwrap().is_none());
        let advocate = company.person(&house, company.anna).await.actor;
        assert!(neutral_answers(ctx, &advocate, None, 50).await.unwrap().is_none());
        house.close().await;
    }
}

#[tokio::test]
async fn behind_a_carried_link_the_referral_says_why_to_whoever_looks_after_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let other = member(ctx, None, Role::AccountManager, "Deniz Arslan").await;
        let marketing = member(ctx, None, Role::Marketing, "Lena Hoffmann").await;
        let tx = ctx.store.begin().await.unwrap();
        tx.accounts()
            .assign(stage_hand().inviting().unwrap(), company.annas_account, Some(manager.member), ctx.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let token = carried_referral(&house, &company, company.anna).await;
        let id = ctx.store.referrals().by_share_token_hash(&ctx.secret.hash("carried-link", &token)).await;
        let id = id.unwrap().unwrap();
        let origin = Origin::CarriedLink { token };
        for key in ["a", "b"] {
            submit_entry(ctx, &origin, &entry("wer@kundin.de", key)).await.unwrap();
        }
        house.clock.advance(TimeDelta::days(1));
        submit_entry(ctx, &origin, &entry("wer@offen.de", "c")).await.unwrap();
        let facts = ctx.store.referrals().load(id).await.unwrap().unwrap().facts;
        let power = |actor: Actor| async move {
            actor.account_managing(duties(ctx, actor.member).await.unwrap()).unwrap()
        };
        let days = neutral_answers_of(ctx, &power(manager).await, &facts).await.unwrap();
        let said: Vec<_> = days.iter().map(|one| (one.reason, one.answers)).collect();
        assert_eq!(said, [(NeutralReason::OpenDeal, 1), (NeutralReason::Customer, 2)]);
        assert_eq!(neutral_answers_of(ctx, &power(other).await, &facts).await.unwrap(), []);
        assert_eq!(seen(&house, &marketing, None, 50).await, [], "it stands at its referral");
        house.close().await;
    }
}
