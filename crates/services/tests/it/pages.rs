//! A page reads over one connection, and whose session it read it has met.

use domain::members::{Role, RoleSet};
use services::testing::{TestHouse, stage_hand};
use store::sessions::SessionRow;

use crate::{people::with_role, rewards_world::World};

#[tokio::test]
async fn a_page_that_writes_reads_what_it_has_written() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        World::new(&house).await;
        ctx.store
            .reading(async {
                let before = ctx.store.catalogue_version().await.unwrap();
                let tx = ctx.store.begin().await.unwrap();
                tx.set_setting("somebodys", &serde_json::json!(1), ctx.now()).await.unwrap();
                tx.commit().await.unwrap();
                assert_eq!(ctx.store.setting("somebodys").await.unwrap(), Some(serde_json::json!(1)));
                assert_eq!(ctx.store.catalogue_version().await.unwrap(), before + 1);
            })
            .await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_page_on_sqlite_sees_one_moment() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    World::new(&house).await;
    ctx.store
        .reading(async {
            let before = ctx.store.catalogue_version().await.unwrap();
            // Somebody else's write, which this page does not wait for and does not see half of.
            let other = ctx.clone();
            tokio::spawn(async move {
                let tx = other.store.begin().await.unwrap();
                tx.set_setting("somebodys", &serde_json::json!(1), other.now()).await.unwrap();
                tx.commit().await.unwrap();
            })
            .await
            .unwrap();
            assert_eq!(ctx.store.catalogue_version().await.unwrap(), before);
            assert_eq!(ctx.store.setting("somebodys").await.unwrap(), None);
        })
        .await;
    house.close().await;
}

#[tokio::test]
async fn whose_session_is_read_comes_with_it() {
    for house in TestHouse::all().await {
        let (ctx, store) = (&house.ctx, &house.ctx.store);
        let now = ctx.now();
        let (mia, other) =
            (with_role(ctx, Role::Marketing, None).await, with_role(ctx, Role::AccountManager, None).await);
        let roles = RoleSet::EMPTY.with(Role::Marketing).with(Role::AccountManager);
        let tx = store.begin().await.unwrap();
        tx.members().set_roles(stage_hand().administering().unwrap(), mia.member, roles).await.unwrap();
        tx.commit().await.unwrap();
        let of = |key: &str, member, expires_at| SessionRow {
            key: key.to_owned(),
            member,
            data: r#"{"seen":1}"#.to_owned(),
            expires_at,
        };
        let day = chrono::TimeDelta::days(1);
        store.create_session(of("mia", Some(mia.member), now + day), now).await.unwrap();
        store.create_session(of("nobody", None, now + day), now).await.unwrap();
        store.create_session(of("lapsed", Some(mia.member), now - day), now).await.unwrap();

        let (until, data) = ((now + day).timestamp_micros(), r#"{"seen":1}"#.to_owned());
        store
            .reading(async {
                assert_eq!(store.load_session("lapsed", now).await.unwrap(), None);
                assert_eq!(store.load_session("nobody", now).await.unwrap(), Some((data.clone(), until)));
                assert_eq!(store.load_session("mia", now).await.unwrap(), Some((data.clone(), until)));
                let met = store.person_asking(mia.member).await.unwrap().unwrap();
                assert_eq!((met.actor.roles, met.name.as_str()), (roles, "Mia Amt"));
                let asked = store.members().person(mia.member).await.unwrap().unwrap();
                assert_eq!(format!("{met:?}"), format!("{asked:?}"), "met or asked for, it is one person");
                // Somebody else is not taken for whoever was met.
                let second = store.person_asking(other.member).await.unwrap().unwrap();
                assert_eq!(second.actor.member, other.member);

                // A page that changes them reads them anew.
                let tx = store.begin().await.unwrap();
                tx.members()
                    .set_roles(
                        stage_hand().administering().unwrap(),
                        mia.member,
                        RoleSet::EMPTY.with(Role::Marketing),
                    )
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                let changed = store.person_asking(mia.member).await.unwrap().unwrap();
                assert_eq!(changed.actor.roles, RoleSet::EMPTY.with(Role::Marketing));
            })
            .await;
        // Nobody is met who may not sign in any more.
        let tx = store.begin().await.unwrap();
        tx.members().set_active(stage_hand().administering().unwrap(), mia.member, false).await.unwrap();
        tx.commit().await.unwrap();
        store
            .reading(async {
                store.load_session("mia", now).await.unwrap();
                assert!(store.person_asking(mia.member).await.unwrap().is_none());
            })
            .await;
        house.close().await;
    }
}
