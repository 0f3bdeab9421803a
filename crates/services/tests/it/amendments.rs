//! An advocate puts right what they have written, until somebody has taken the referral.

use domain::{
    accounts::AccountStatus,
    ids::ReferralId,
    members::{Referrer, Role},
    referrals::{EventKind, MoverKind},
    text::{CompanyName, Language, Reason, RoleTitle},
};
use services::{
    accounts::named_like,
    consent::{Origin, carried, give, refuse_carried, submit_entry},
    referrals::{AmendReferral, AmendReferralError, MoveStage, amend, duties, move_stage},
    testing::TestHouse,
};

use crate::{
    company::Company,
    consent::{MAIL, carried_referral, confirm_token, entry, link_of},
    rewards_world::member,
};

fn command(referral: ReferralId, company: &str, version: i32) -> AmendReferral {
    AmendReferral {
        referral,
        company: CompanyName::parse(company).unwrap(),
        role: RoleTitle::parse("Leitung Werk").unwrap(),
        reason: Reason::parse("Drei Schichten, viele kleine Lose").unwrap(),
        version,
    }
}

async fn submitted(house: &TestHouse, company: &Company) -> (Referrer, ReferralId, String) {
    let token = carried_referral(house, company, company.anna).await;
    let id = carried(&house.ctx, &token).await.unwrap().unwrap().facts.id;
    (company.person(house, company.anna).await.actor.referrer().unwrap(), id, token)
}

#[tokio::test]
async fn the_carried_link_shows_the_corrected_company_and_the_timeline_who_and_when() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let (anna, id, token) = submitted(&house, &company).await;
        amend(ctx, &anna, command(id, "Ravensteiner Fluidtechnik GmbH", 0)).await.unwrap();
        let stored = carried(ctx, &token).await.unwrap().unwrap();
        assert_eq!(stored.facts.company.as_str(), "Ravensteiner Fluidtechnik GmbH");
        assert_eq!((stored.role_title.as_str(), stored.version), ("Leitung Werk", 1));
        let events = ctx.store.referrals().events(id).await.unwrap();
        let last = events.last().unwrap();
        assert_eq!((last.by, last.member, last.at), (MoverKind::Advocate, Some(company.anna), ctx.now()));
        let EventKind::Amended { company: before, role: true, reason: false } = &last.kind else {
            panic!("{last:?}")
        };
        assert_eq!(before.as_ref().unwrap().as_str(), "Ravensteiner Hydraulik GmbH");

        // On a page that shows what stood there before, nothing is put right; saved unchanged, nothing happens.
        let stale = amend(ctx, &anna, command(id, "Andere AG", 0)).await.unwrap_err();
        assert!(matches!(stale, AmendReferralError::Stale), "{stale:?}");
        amend(ctx, &anna, command(id, "Ravensteiner Fluidtechnik GmbH", 1)).await.unwrap();
        assert_eq!(ctx.store.referrals().events(id).await.unwrap().len(), events.len());
        let ben = company.person(&house, company.ben).await.actor.referrer().unwrap();
        let other = amend(ctx, &ben, command(id, "Andere AG", 1)).await.unwrap_err();
        assert!(matches!(other, AmendReferralError::NotFound), "{other:?}");

        // What the contact has answered takes what was said about them, also from the timeline.
        refuse_carried(ctx, &token).await.unwrap();
        let late = amend(ctx, &anna, command(id, "Andere AG", 2)).await.unwrap_err();
        assert_eq!(late.to_string(), "amend_too_late");
        assert!(words::knows("error", "amend_too_late"));
        house.close().await;
    }
}

#[tokio::test]
async fn nothing_is_put_right_once_somebody_has_taken_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let (anna, id, token) = submitted(&house, &company).await;
        submit_entry(ctx, &Origin::CarriedLink { token }, &entry(MAIL, "x")).await.unwrap();
        house.run_jobs().await;
        give(ctx, &confirm_token(&house, MAIL), Language::German).await.unwrap();
        let version = ctx.store.referrals().load(id).await.unwrap().unwrap().version;
        amend(ctx, &anna, command(id, "Ravensteiner Fluidtechnik GmbH", version)).await.unwrap();
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let power = manager.account_managing(duties(ctx, manager.member).await.unwrap()).unwrap();
        let action = domain::referrals::Move::Forward(domain::referrals::Step::Accepted);
        let accept = MoveStage { referral: id, action, deal: None, note: None, version: version + 1 };
        move_stage(ctx, &power, accept).await.unwrap();
        let late = amend(ctx, &anna, command(id, "Andere AG", version + 2)).await.unwrap_err();
        assert_eq!(late.to_string(), "amend_too_late");
        house.close().await;
    }
}

#[tokio::test]
async fn what_the_contact_entered_behind_an_own_link_is_theirs() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let company = Company::on(&house).await;
    let origin = link_of(&house, &company, company.anna).await;
    submit_entry(ctx, &origin, &entry(MAIL, "x")).await.unwrap();
    let lines = ctx.store.referrals().of_advocate(company.anna, None, 9).await.unwrap();
    let anna = company.person(&house, company.anna).await.actor.referrer().unwrap();
    let refused = amend(ctx, &anna, command(lines[0].id, "Andere AG", 0)).await.unwrap_err();
    assert_eq!(refused.to_string(), "not_allowed");
    house.close().await;
}

#[tokio::test]
async fn a_company_of_the_same_name_is_a_hint_for_staff() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        Company::on(&house).await;
        let id = ctx.new_id();
        store::testing::account(&ctx.store, id, "muehlhaus", "muehlhaus.de", AccountStatus::Customer).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let alike = |name: &str| {
            let name = CompanyName::parse(name).unwrap();
            async move { named_like(ctx, &manager, &name).await.unwrap() }
        };
        let found = alike("Mühlhaus GmbH & Co. KG").await;
        assert_eq!(found.iter().map(|line| line.id).collect::<Vec<_>>(), [id]);
        assert!(alike("Mühlhaus Nord GmbH").await.is_empty());
        house.close().await;
    }
}
