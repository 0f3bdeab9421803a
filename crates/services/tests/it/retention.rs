//! What has had its time goes, in small steps, and what counts of it stays.

use std::sync::Arc;

use chrono::{DateTime, Months, TimeDelta, Utc};
use domain::{
    compliance::Kept,
    members::Role,
    text::{EmailAddress, Language, PersonName},
    touches::{Channel, CodeKind, Visitor},
};
use services::{
    Ctx,
    consent::{Answer, Origin, submit_entry},
    members::{
        joining::{
            Ask, Through, ask_to_join, confirm_request, refuse_request, set_join_by_domain, waiting_requests,
        },
        request_sign_in,
    },
    retention::{Report, last_report, sweep},
    testing::TestHouse,
    touches::{Click, Clicks, Target, share_kit},
};
use store::testing::rows;

use crate::{company::Company, consent::entry, people::with_role};

fn gone(report: &Report, kept: Kept) -> u64 {
    report.removed.get(&kept).copied().unwrap_or_default()
}

async fn click(clicks: &Clicks, target: &Arc<Target>) -> domain::ids::TouchId {
    let click = Click {
        target: target.clone(),
        channel: Channel::Qr,
        visitor: Visitor::Person,
        visitor_signs: "203.0.113.9\0browser".into(),
    };
    clicks.keep(click).await.unwrap()
}

#[tokio::test]
async fn clicks_go_after_thirteen_months_and_their_counts_stay() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let by = company.person(&house, company.anna).await.actor.referrer().unwrap();
        let kit = || async { share_kit(ctx, &by, company.program).await.unwrap() };
        let code = kit().await.code;
        let clicks = Clicks::start(ctx.clone());
        let target = clicks.target(code.as_str()).await.unwrap().unwrap();
        let mut first = click(&clicks, &target).await;
        // More than one step's worth.
        for _ in 0..700 {
            first = click(&clicks, &target).await;
        }
        let link = ctx.store.touches().target(code.as_str(), CodeKind::Link).await.unwrap().unwrap();
        let origin = Origin::OwnShare { target: link, touch: Some(first) };
        let answer = submit_entry(ctx, &origin, &entry("jens@ravensteiner.de", "one")).await.unwrap();
        assert_eq!(answer, Answer::MailSent);
        let hash = ctx.store.contact_written_to("jens@ravensteiner.de").await.unwrap();
        let referral = ctx.store.consent().contact(hash.unwrap()).await.unwrap().unwrap().referral;
        let touch = || async { ctx.store.referrals().load(referral).await.unwrap().unwrap().touch };
        assert_eq!(touch().await, Some(first));
        let start: DateTime<Utc> = ctx.now();
        house.clock.set(start + Months::new(2));
        click(&clicks, &target).await;
        let counted = kit().await.clicks_total;

        house.clock.set(start + Months::new(13) - TimeDelta::seconds(1));
        assert_eq!(gone(&sweep(ctx).await.unwrap(), Kept::Clicks), 0, "a second too early");
        house.clock.set(start + Months::new(13) + TimeDelta::seconds(1));
        assert_eq!(gone(&sweep(ctx).await.unwrap(), Kept::Clicks), 701);
        assert_eq!(ctx.store.touches().stored(code.as_str()).await.unwrap(), 1, "the younger one stays");
        assert_eq!((kit().await.clicks_total, counted), (702, 702), "no figure has changed");
        assert_eq!(touch().await, None, "the referral outlives the click it came from");
        assert_eq!(gone(&sweep(ctx).await.unwrap(), Kept::Clicks), 0);
        drop(clicks);
        house.close().await;
    }
}

#[tokio::test]
async fn tries_and_sign_ins_are_forgotten_in_days_and_sent_mails_after_ninety() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let email = EmailAddress::parse("anna@muehlenau.de").unwrap();
        request_sign_in(ctx, &email, "browser", "203.0.113.1").await.unwrap();
        house.run_jobs().await;
        let count = |table| rows(&ctx.store, table);
        assert_eq!(
            (count("throttles").await, count("sign_in_attempts").await, count("mails").await),
            (2, 1, 1)
        );
        sweep(ctx).await.unwrap();
        assert_eq!(
            (count("throttles").await, count("sign_in_attempts").await, count("mails").await),
            (2, 1, 1)
        );
        house.clock.advance(TimeDelta::days(1));
        let report = sweep(ctx).await.unwrap();
        assert_eq!((gone(&report, Kept::Throttles), gone(&report, Kept::SignIns)), (2, 0));
        house.clock.advance(TimeDelta::days(3));
        assert_eq!(gone(&sweep(ctx).await.unwrap(), Kept::SignIns), 1);
        house.clock.advance(TimeDelta::days(85));
        assert_eq!(gone(&sweep(ctx).await.unwrap(), Kept::Mails), 0);
        house.clock.advance(TimeDelta::days(1));
        let report = sweep(ctx).await.unwrap();
        assert_eq!((gone(&report, Kept::Mails), count("mails").await), (1, 0));

        let admin = with_role(ctx, Role::Administrator, None).await;
        let shown = last_report(ctx, admin.administering().unwrap()).await.unwrap();
        assert_eq!(shown, Some(report), "the page shows what the last run removed");
        assert!(company.person(&house, company.anna).await.actor.referrer().is_some());
        house.close().await;
    }
}

async fn ask(house: &TestHouse, name: &str) {
    let asking = Ask {
        through: Through::Domain,
        name: PersonName::parse("Ben Acker").unwrap(),
        email: EmailAddress::parse(&format!("{name}@muehlenau.de")).unwrap(),
        language: Language::German,
        source: name.to_owned(),
    };
    ask_to_join(&house.ctx, &asking).await.unwrap();
    house.run_jobs().await;
}

async fn confirm(house: &TestHouse) {
    let mail = house.mails.sent().pop().unwrap();
    let link = mail.text.split("/join/confirm/").nth(1).unwrap();
    confirm_request(&house.ctx, link.split_whitespace().next().unwrap()).await.unwrap();
}

async fn addresses(ctx: &Ctx) -> Vec<String> {
    let mut all: Vec<String> =
        ctx.store.newest_mails(100).await.unwrap().into_iter().map(|mail| mail.to).collect();
    all.sort();
    all.dedup();
    all
}

#[tokio::test]
async fn who_became_nothing_here_leaves_no_address_behind() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        Company::on(&house).await;
        let admin = with_role(ctx, Role::Administrator, None).await;
        set_join_by_domain(ctx, admin.administering().unwrap(), true).await.unwrap();
        let by = admin.inviting().unwrap();
        for name in ["refused", "waiting"] {
            ask(&house, name).await;
            confirm(&house).await;
        }
        ask(&house, "silent").await;
        let refused =
            waiting_requests(ctx, by).await.unwrap().into_iter().find(|one| one.email.starts_with("refused"));
        refuse_request(ctx, by, refused.unwrap().id).await.unwrap();
        sweep(ctx).await.unwrap();
        let all = ["refused@muehlenau.de", "silent@muehlenau.de", "waiting@muehlenau.de"];
        assert!(addresses(ctx).await.contains(&all[0].to_owned()), "the answer has not left yet");
        house.run_jobs().await;
        sweep(ctx).await.unwrap();
        assert_eq!(addresses(ctx).await, all[1..], "told, and forgotten");
        house.clock.advance(TimeDelta::days(1));
        sweep(ctx).await.unwrap();
        assert_eq!(addresses(ctx).await, all[2..], "a link that nobody pressed has lapsed");
        house.close().await;
    }
}
