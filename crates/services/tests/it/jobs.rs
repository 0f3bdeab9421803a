//! What the worker could not do: a mail server that is away, one that refuses, and the button that tries again.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use domain::{
    members::{Actor, Administering, Role},
    referrals::Step,
};
use services::{
    Ctx,
    jobs::{failures, retry, retry_all, run_due},
    ports::{MailError, SmtpMailer},
    testing::TestHouse,
};
use store::jobs::NewJob;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use crate::rewards_world::*;

async fn administrator(ctx: &Ctx) -> Administering {
    let actor: Actor = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
    actor.administering().unwrap()
}

/// A referral whose advocate is to be told something.
pub(crate) async fn news(house: &TestHouse, world: &World) {
    let mut facts = world.refer(&house.ctx, Some(&world.credit)).await;
    move_to(&house.ctx, &mut facts, Step::Accepted).await;
    let line = line_of(&house.ctx, &facts, domain::incentives::PayingStep::Accepted).await;
    house.clock.advance(TimeDelta::days(31));
    services::rewards::approve(&house.ctx, &world.marketing, line.id, line.version).await.unwrap();
}

#[tokio::test]
async fn a_refused_mail_is_given_up_shown_without_words_and_sent_once_when_tried_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = administrator(ctx).await;
        house.mails.answer(Some(MailError::Refused));
        news(&house, &world).await;
        house.run_jobs().await;
        let found = failures(ctx, by).await.unwrap();
        assert_eq!((found.dead.len(), found.dead_count, found.retried.len(), found.unsent), (1, 1, 0, 1));
        let failed = &found.dead[0];
        assert_eq!(failed.job.last_error, "mail_refused");
        let mail = failed.mail.as_ref().unwrap();
        assert_eq!((mail.kind.as_str(), &mail.member.as_ref().unwrap().1[..]), ("reward", "Anna Berger"));
        assert!(house.mails.sent().is_empty());

        house.mails.answer(None);
        assert!(retry(ctx, by, failed.job.id).await.unwrap());
        house.run_jobs().await;
        assert!(!retry(ctx, by, failed.job.id).await.unwrap(), "it is done");
        house.run_jobs().await;
        assert_eq!(house.mails.sent().len(), 1);
        let found = failures(ctx, by).await.unwrap();
        assert_eq!((found.dead_count, found.retried_count, found.unsent), (0, 0, 0));
        house.close().await;
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again_and_all_at_once_when_it_is_back() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let by = administrator(ctx).await;
        house.mails.answer(Some(MailError::Away));
        news(&house, &world).await;
        news(&house, &world).await;
        house.run_jobs().await;
        let found = failures(ctx, by).await.unwrap();
        // The third reminds whoever is to deliver the first, a month later.
        assert_eq!((found.dead_count, found.retried_count, found.unsent), (0, 3, 3));
        assert!(found.retried[0].job.run_at > ctx.now(), "it waits a little longer each time");
        house.mails.answer(None);
        assert_eq!(retry_all(ctx, by).await.unwrap(), 3);
        assert_eq!(retry_all(ctx, by).await.unwrap(), 0, "a second press finds nothing");
        house.run_jobs().await;
        assert_eq!(house.mails.sent().len(), 3);
        house.close().await;
    }
}

#[tokio::test]
async fn a_job_that_a_worker_holds_is_left_to_it() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let world = World::new(&house).await;
    let by = administrator(ctx).await;
    house.mails.answer(Some(MailError::Away));
    news(&house, &world).await;
    house.run_jobs().await;
    house.clock.advance(TimeDelta::seconds(11));
    let now = ctx.now();
    let held = ctx.store.lease_job(now, now + TimeDelta::minutes(2)).await.unwrap().unwrap();
    assert!(!retry(ctx, by, held.id).await.unwrap());
    house.clock.advance(TimeDelta::minutes(3));
    house.mails.answer(None);
    house.close().await;
}

#[tokio::test]
async fn a_job_that_is_no_mail_is_given_up_shown_with_its_code_and_run_again() {
    // Not closed: what nobody can read stays given up.
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let by = administrator(ctx).await;
    let tx = ctx.store.begin().await.unwrap();
    let (id, now): (uuid::Uuid, _) = (ctx.new_id(), ctx.now());
    let payload = "{\"kind\":\"of_a_later_version\"}".to_owned();
    let job =
        NewJob { id, kind: "of_a_later_version", payload, dedup_key: None, run_at: now, created_at: now };
    tx.push_job(job).await.unwrap();
    tx.commit().await.unwrap();
    for tried in 1..=2 {
        house.run_jobs().await;
        let found = failures(ctx, by).await.unwrap();
        assert_eq!((found.dead_count, found.retried_count, found.unsent), (1, 0, 0), "tried {tried} times");
        let failed = &found.dead[0];
        assert_eq!((failed.job.id, failed.job.last_error.as_str()), (id, "unreadable"));
        assert!(failed.mail.is_none() && failed.job.dead_at == Some(ctx.now()), "{failed:?}");
        if tried == 1 {
            house.clock.advance(TimeDelta::hours(1));
            assert!(retry(ctx, by, id).await.unwrap());
            assert_eq!(failures(ctx, by).await.unwrap().dead_count, 0, "it waits for the worker");
        }
    }
}

/// A mail server of a few lines: takes everything and keeps the Message-IDs.
async fn mail_server(listener: TcpListener, taken: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let taken = taken.clone();
        tokio::spawn(async move {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 test\r\n").await.unwrap();
            let mut in_mail = false;
            while let Ok(Some(line)) = lines.next_line().await {
                let answer: &[u8] = match (in_mail, line.to_ascii_uppercase().as_str()) {
                    (true, ".") => {
                        in_mail = false;
                        b"250 taken\r\n"
                    }
                    (true, header) => {
                        if header.starts_with("MESSAGE-ID:") {
                            taken.lock().unwrap().push(line.clone());
                        }
                        continue;
                    }
                    (false, "DATA") => {
                        in_mail = true;
                        b"354 go on\r\n"
                    }
                    (false, "QUIT") => b"221 bye\r\n",
                    (false, _) => b"250 ok\r\n",
                };
                write.write_all(answer).await.unwrap();
            }
        });
    }
}

#[tokio::test]
async fn mails_wait_for_a_dead_server_and_leave_once_when_it_lives() {
    for mut house in TestHouse::all().await {
        // A port that is certainly refused: it was ours a moment ago.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let mailer =
            SmtpMailer::new(&format!("smtp://{address}"), "Halvern <portal@halvern.example>").unwrap();
        house.ctx.mailer = Arc::new(mailer);
        let world = World::new(&house).await;
        news(&house, &world).await;
        let ctx = &house.ctx;
        let by = administrator(ctx).await;
        run_due(ctx).await.unwrap();
        let found = failures(ctx, by).await.unwrap();
        assert_eq!((found.retried_count, found.unsent), (1, 1), "an honest state");
        assert_eq!(found.retried[0].job.last_error, "mail_server_away");

        let taken = Arc::new(Mutex::new(Vec::new()));
        let server = tokio::spawn(mail_server(TcpListener::bind(address).await.unwrap(), taken.clone()));
        run_due(ctx).await.unwrap();
        assert!(taken.lock().unwrap().is_empty(), "not before its time");
        house.clock.advance(TimeDelta::seconds(11));
        run_due(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(2));
        run_due(ctx).await.unwrap();
        assert_eq!(taken.lock().unwrap().len(), 1, "once");
        assert_eq!(failures(ctx, by).await.unwrap().unsent, 0);
        server.abort();
        house.close().await;
    }
}

#[tokio::test]
async fn a_worker_is_told_of_a_job_once_it_is_there() {
    for house in TestHouse::all().await {
        let (ctx, store) = (&house.ctx, &house.ctx.store);
        let told = async || {
            tokio::select! {
                biased;
                () = store.job_pushed() => true,
                () = std::future::ready(()) => false,
            }
        };
        let id = ctx.new_id();
        let job = || NewJob {
            id,
            kind: "recount_tiers",
            payload: "{}".to_owned(),
            dedup_key: None,
            run_at: ctx.now(),
            created_at: ctx.now(),
        };
        let tx = store.begin().await.unwrap();
        tx.push_job(job()).await.unwrap();
        assert!(!told().await, "not before it can be found");
        drop(tx);
        assert!(!told().await, "nor if it never will be");
        let tx = store.begin().await.unwrap();
        tx.push_job(job()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(told().await && !told().await, "once");
        let tx = store.begin().await.unwrap();
        tx.finish_job(id).await.unwrap();
        tx.commit().await.unwrap();
        house.close().await;
    }
}
