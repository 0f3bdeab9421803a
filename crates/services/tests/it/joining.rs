//! Joining without a letter, and doing without mails.

use chrono::TimeDelta;
use domain::{
    consent::{Channel, Transactional},
    members::{Actor, Role},
    text::{EmailAddress, Language, PersonName},
};
use services::{
    Ctx,
    imports::{Importing, import_customers},
    members::{
        self, PeopleError, Sender, Wishes,
        joining::{
            Ask, AskError, Confirmed, LinkError, Through, approve_request, ask_to_join, colleague_link,
            confirm_request, invites, new_colleague_link, refuse_request, set_join_by_domain,
            waiting_requests,
        },
    },
    testing::TestHouse,
};

use crate::people::with_role;

const CUSTOMERS: &str = "company;domains;country;status;person;mail\n\
    Mühlenau GmbH;muehlenau.example;DE;customer;Anna Berger;anna@muehlenau.example\n\
    Vielleicht AG;vielleicht.example;DE;prospect;;\n";

async fn furnished(ctx: &Ctx) -> Actor {
    let admin = with_role(ctx, Role::Administrator, None).await;
    let report = import_customers(ctx, CUSTOMERS, &Importing::default()).await.unwrap();
    assert!(report.refused.is_empty(), "{report:?}");
    admin
}

fn asking(through: Through, email: &str, source: &str) -> Ask {
    Ask {
        through,
        name: PersonName::parse("Ben Acker").unwrap(),
        email: EmailAddress::parse(email).unwrap(),
        language: Language::German,
        source: source.to_owned(),
    }
}

async fn ask(ctx: &Ctx, email: &str) -> Result<(), AskError> {
    ask_to_join(ctx, &asking(Through::Domain, email, email)).await
}

/// The token of the link in the newest mail to this address.
fn token(house: &TestHouse, to: &str) -> String {
    let mails = house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == to).unwrap();
    let link = mail.text.split("/join/confirm/").nth(1).unwrap();
    link.split_whitespace().next().unwrap().to_owned()
}

fn written_to(house: &TestHouse) -> Vec<String> {
    house.mails.sent().into_iter().map(|mail| mail.to).collect()
}

#[tokio::test]
async fn whoever_asks_gets_one_mail_at_their_own_address_and_staff_decide() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = furnished(ctx).await;
        let closed = ask(ctx, "ben@muehlenau.example").await.unwrap_err();
        assert!(matches!(closed, AskError::Closed), "nobody may ask until an administrator says so");
        set_join_by_domain(ctx, admin.administering().unwrap(), true).await.unwrap();

        // Known, foreign, private, of a company that is no customer: the same answer, the same work, no mail.
        for email in ["anna@muehlenau.example", "eva@fremd.example", "eva@gmx.de", "eva@vielleicht.example"] {
            let before = ctx.store.open_jobs().await.unwrap();
            ask(ctx, email).await.unwrap();
            assert_eq!(ctx.store.open_jobs().await.unwrap(), before + 1, "{email}");
        }
        house.run_jobs().await;
        assert!(written_to(&house).is_empty());

        for email in ["ben@muehlenau.example", "cem@muehlenau.example"] {
            ask(ctx, email).await.unwrap();
        }
        house.run_jobs().await;
        assert_eq!(written_to(&house), ["ben@muehlenau.example", "cem@muehlenau.example"]);
        assert!(!house.mails.sent()[0].text.contains("Ben Acker"), "no stranger's words in it");
        let by = admin.inviting().unwrap();
        assert!(waiting_requests(ctx, by).await.unwrap().is_empty(), "nobody is shown unconfirmed");

        let ben = token(&house, "ben@muehlenau.example");
        assert_eq!(confirm_request(ctx, &ben).await.unwrap(), Confirmed::Waiting);
        assert_eq!(confirm_request(ctx, &ben).await.unwrap(), Confirmed::Waiting, "pressed twice");
        let cem = token(&house, "cem@muehlenau.example");
        confirm_request(ctx, &cem).await.unwrap();
        let waiting = waiting_requests(ctx, by).await.unwrap();
        assert_eq!(waiting.len(), 2);

        let member = approve_request(ctx, by, waiting[0].id).await.unwrap();
        let person = members::person(ctx, &admin, member).await.unwrap().unwrap();
        assert_eq!(person.account.unwrap().1, "Mühlenau GmbH");
        let again = approve_request(ctx, by, waiting[0].id).await.unwrap_err();
        assert!(matches!(again, PeopleError::NotFound), "decided once");
        refuse_request(ctx, by, waiting[1].id).await.unwrap();
        house.run_jobs().await;
        assert_eq!(written_to(&house).len(), 4, "both are told");
        assert_eq!(confirm_request(ctx, &cem).await.unwrap(), Confirmed::Gone);
        house.close().await;
    }
}

#[tokio::test]
async fn nobody_can_be_flooded_and_nothing_unconfirmed_is_kept() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = furnished(ctx).await;
        set_join_by_domain(ctx, admin.administering().unwrap(), true).await.unwrap();
        for _ in 0..10 {
            ask(ctx, "ben@muehlenau.example").await.unwrap();
            house.run_jobs().await;
        }
        assert_eq!(written_to(&house).len(), 3);
        let old = token(&house, "ben@muehlenau.example");
        house.clock.advance(TimeDelta::days(1));
        assert_eq!(confirm_request(ctx, &old).await.unwrap(), Confirmed::Gone);
        services::retention::sweep(ctx).await.unwrap();
        for _ in 0..20 {
            let _ = ask_to_join(ctx, &asking(Through::Domain, "x@fremd.example", "192.0.2.9")).await;
        }
        let tired = ask_to_join(ctx, &asking(Through::Domain, "x@fremd.example", "192.0.2.9")).await;
        assert!(matches!(tired.unwrap_err(), AskError::Throttled));
        house.close().await;
    }
}

#[tokio::test]
async fn a_colleague_comes_in_by_a_members_link_with_an_address_of_the_same_company() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = furnished(ctx).await;
        let anna = EmailAddress::parse("anna@muehlenau.example").unwrap();
        let anna = ctx.store.members().id_by_email(&anna).await.unwrap().unwrap();
        let person = ctx.store.members().person(anna).await.unwrap().unwrap();
        let by = person.actor.referrer().unwrap();
        new_colleague_link(ctx, &by).await.unwrap();
        let link = colleague_link(ctx, &by).await.unwrap().unwrap();
        let typed = link.code.to_lowercase().replace('-', " ");
        assert_eq!(invites(ctx, &typed).await.unwrap().unwrap().account_name, "Mühlenau GmbH");

        let through = || Through::Colleague(link.code.clone());
        ask_to_join(ctx, &asking(through(), "ben@fremd.example", "a")).await.unwrap();
        ask_to_join(ctx, &asking(through(), "ben@muehlenau.example", "b")).await.unwrap();
        house.run_jobs().await;
        assert_eq!(written_to(&house), ["ben@muehlenau.example"]);
        let confirmed = confirm_request(ctx, &token(&house, "ben@muehlenau.example")).await.unwrap();
        let Confirmed::In(ben) = confirmed else { panic!("{confirmed:?}") };
        let details = members::person(ctx, &admin, ben).await.unwrap().unwrap();
        assert!(details.joined_at.is_some());
        assert_eq!(colleague_link(ctx, &by).await.unwrap().unwrap().uses, 1);

        for _ in 0..2 {
            new_colleague_link(ctx, &by).await.unwrap();
        }
        let tired = new_colleague_link(ctx, &by).await.unwrap_err();
        assert!(matches!(tired, LinkError::Throttled));
        assert!(invites(ctx, &link.code).await.unwrap().is_none(), "a replaced link leads nowhere");
        house.close().await;
    }
}

#[tokio::test]
async fn whoever_objects_to_letters_gets_no_invitation_and_an_objection_stays() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let admin = furnished(ctx).await;
    let (by, power) = (admin.inviting().unwrap(), admin.administering());
    let anna = EmailAddress::parse("anna@muehlenau.example").unwrap();
    let anna = ctx.store.members().id_by_email(&anna).await.unwrap().unwrap();
    members::renew_invitation(ctx, by, power, anna).await.unwrap();
    assert!(members::invitation(ctx, &Sender::Inviting(by, power), anna).await.unwrap().is_some());
    let wishes = Wishes { muted: vec![Transactional::Silence], objected: vec![Channel::Post] };
    members::change_wishes(ctx, anna, &wishes).await.unwrap();
    let refused = members::invitation(ctx, &Sender::Inviting(by, power), anna).await.unwrap_err();
    assert!(matches!(refused, PeopleError::Objected));
    // Unticking brings no objection back to nothing, and what can't be muted is not.
    let none = Wishes { muted: vec![Transactional::SignIn], objected: Vec::new() };
    members::change_wishes(ctx, anna, &none).await.unwrap();
    let now = members::wishes(ctx, anna).await.unwrap();
    assert_eq!((now.muted, now.objected), (Vec::new(), vec![Channel::Post]));
    house.close().await;
}
