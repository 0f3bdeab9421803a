//! The other side is told that there is a message, once until it has looked, and never what it says.

use domain::{
    members::{Actor, Role},
    referrals::{DialogueSide, Facts},
    text::Reason,
};
use services::{
    referrals::{looked, say},
    settings::{Change, change},
    testing::TestHouse,
};

use crate::rewards_world::{World, member};

async fn write(house: &TestHouse, by: &Actor, facts: &Facts, text: &str) {
    say(&house.ctx, by, facts.id, Reason::parse(text).unwrap(), None).await.unwrap();
    house.run_jobs().await;
}

async fn look(house: &TestHouse, facts: &Facts, side: DialogueSide) {
    let stored = house.ctx.store.referrals().load(facts.id).await.unwrap().unwrap();
    looked(&house.ctx, &stored, side).await.unwrap();
}

/// To whom mails went, by the beginning of their text.
fn told(house: &TestHouse) -> Vec<String> {
    let name = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    house.mails.sent().iter().map(|mail| name(&mail.text)).collect()
}

#[tokio::test]
async fn each_side_is_told_once_until_it_has_looked() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let facts = Facts {
            account_manager: Some(manager.member),
            ..world.facts(ctx, vec![world.credit.clone()], None)
        };
        world.insert(ctx, &facts, None).await;
        write(&house, &world.advocate, &facts, "Geheime Frage").await;
        write(&house, &world.advocate, &facts, "Noch eine").await;
        assert_eq!(told(&house), ["Guten Tag Miriam Vogt,"], "one mail until somebody has looked");
        let mail = house.mails.sent().pop().unwrap();
        assert!(mail.text.contains("Ravensteiner Hydraulik GmbH"), "{}", mail.text);
        assert!(mail.text.contains(&format!("/work/referrals/{}", facts.id)), "{}", mail.text);
        assert!(!mail.text.contains("Geheim") && !mail.html.contains("Geheim"), "{}", mail.text);

        let unread = |side| async move { ctx.store.referrals().unread(facts.id, side).await.unwrap() };
        assert_eq!(unread(DialogueSide::Staff).await, 2);
        look(&house, &facts, DialogueSide::Staff).await;
        assert_eq!((unread(DialogueSide::Staff).await, unread(DialogueSide::Advocate).await), (0, 0));
        write(&house, &manager, &facts, "Antwort").await;
        assert_eq!(told(&house)[1..], ["Guten Tag Anna Berger,"]);
        assert!(house.mails.sent()[1].text.contains(&format!("/referrals/{}", facts.id)));
        write(&house, &world.advocate, &facts, "Danke").await;
        assert_eq!(told(&house)[2..], ["Guten Tag Miriam Vogt,"], "they had looked");
        assert_eq!(unread(DialogueSide::Advocate).await, 1);
        // The lists mark it.
        let lines = ctx.store.referrals().of_advocate(world.advocate.member, None, 9).await.unwrap();
        assert!(lines[0].unread);
        let home = ctx.store.home(world.advocate.member, None, ctx.now(), 6).await.unwrap();
        assert!(home.turns[0].unread);
        look(&house, &facts, DialogueSide::Advocate).await;
        let home = ctx.store.home(world.advocate.member, None, ctx.now(), 6).await.unwrap();
        assert!(!home.turns[0].unread);
        house.close().await;
    }
}

#[tokio::test]
async fn who_has_looked_before_the_mail_is_written_gets_none() {
    let house = TestHouse::sqlite().await;
    let world = World::new(&house).await;
    member(&house.ctx, None, Role::AccountManager, "Miriam Vogt").await;
    let facts = world.refer(&house.ctx, None).await;
    say(&house.ctx, &world.advocate, facts.id, Reason::parse("Frage").unwrap(), None).await.unwrap();
    look(&house, &facts, DialogueSide::Staff).await;
    house.run_jobs().await;
    assert!(told(&house).is_empty());
    house.close().await;
}

#[tokio::test]
async fn what_came_in_the_meantime_stays_new() {
    for house in TestHouse::all().await {
        let world = World::new(&house).await;
        let facts = world.refer(&house.ctx, None).await;
        let text = || Reason::parse("Frage").unwrap();
        say(&house.ctx, &world.advocate, facts.id, text(), None).await.unwrap();
        let shown = house.ctx.store.referrals().load(facts.id).await.unwrap().unwrap();
        say(&house.ctx, &world.advocate, facts.id, text(), None).await.unwrap();
        looked(&house.ctx, &shown, DialogueSide::Staff).await.unwrap();
        looked(&house.ctx, &shown, DialogueSide::Advocate).await.unwrap();
        assert_eq!(house.ctx.store.referrals().unread(facts.id, DialogueSide::Staff).await.unwrap(), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn what_nobody_looks_after_is_told_to_its_owner_or_to_all() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let miriam = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        member(ctx, None, Role::AccountManager, "Deniz Arslan").await;
        let facts = world.refer(ctx, None).await;
        write(&house, &world.advocate, &facts, "Frage").await;
        let mut all = told(&house);
        all.sort_unstable();
        assert_eq!(all, ["Guten Tag Deniz Arslan,", "Guten Tag Miriam Vogt,"]);
        let admin = member(ctx, None, Role::Administrator, "Jonas Brandt").await.administering().unwrap();
        change(ctx, admin, Change::DefaultOwner(Some(miriam.member)), -1).await.unwrap();
        look(&house, &facts, DialogueSide::Staff).await;
        write(&house, &world.advocate, &facts, "Noch eine").await;
        assert_eq!(told(&house)[2..], ["Guten Tag Miriam Vogt,"]);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_message_whose_button_is_pressed_often_is_said_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let facts = world.refer(ctx, None).await;
        let press = |form: &'static str, text: &'static str| {
            let (ctx, by, id) = (ctx.clone(), world.advocate, facts.id);
            tokio::spawn(async move { say(&ctx, &by, id, Reason::parse(text).unwrap(), Some(form)).await })
        };
        for one in [press("one", "Frage"), press("one", "Frage"), press("one", "Frage")] {
            one.await.unwrap().unwrap();
        }
        assert_eq!(ctx.store.referrals().messages(facts.id).await.unwrap().len(), 1);
        // Other words, or another form, say something else.
        press("one", "Noch eine Frage").await.unwrap().unwrap();
        press("two", "Frage").await.unwrap().unwrap();
        assert_eq!(ctx.store.referrals().messages(facts.id).await.unwrap().len(), 3);
        house.close().await;
    }
}
