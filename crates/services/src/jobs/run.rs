//! Running jobs.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{MemberId, ReferralId};
use store::{StoreError, jobs::LeasedJob};
use uuid::Uuid;

use super::{Job, JobError};
use crate::{
    Ctx, access, catalogue, compliance,
    consent::{purge, purge_first_contact},
    fraud,
    members::{write_join_mail, write_sign_in_mail},
    ports::{Envelope, MailError},
    referrals::{self, tell_advocate, tell_message},
    retention, rewards, tiers,
    touches::forget_salt,
};

/// How long a worker may hold a job before another one takes it: longer than any mail server dawdles.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Tries before a job is given up; with the back-off below that is about a day and a half.
const MAX_ATTEMPTS: i32 = 12;
/// How often an idle worker looks for what has become due, and for what other servers have pushed.
const POLL: Duration = Duration::from_millis(500);

/// Runs the next due job, if there is one. Answers whether there was.
///
/// # Errors
/// When the memory fails outside a job.
pub async fn run_next(ctx: &Ctx) -> Result<bool, StoreError> {
    let now = ctx.now();
    let Some(leased) = ctx.store.lease_job(now, now + LEASE).await? else { return Ok(false) };
    // A job works by the rules of today, whichever server changed them.
    catalogue(ctx, None).await?;
    let (code, give_up) = match run(ctx, &leased).await {
        Ok(()) => return Ok(true),
        Err(JobError::Fail(code)) => (code, true),
        Err(JobError::Retry(code)) => (code, leased.attempts >= MAX_ATTEMPTS),
        Err(JobError::Store(error)) => {
            tracing::warn!(job = %leased.id, kind = leased.kind, %error, "job met the memory's error");
            ("store", leased.attempts >= MAX_ATTEMPTS)
        }
    };
    tracing::warn!(job = %leased.id, kind = leased.kind, attempts = leased.attempts, code, give_up, "job not done");
    let tx = ctx.store.begin().await?;
    if give_up {
        tx.bury_job(leased.id, ctx.now(), code).await?;
    } else {
        tx.retry_job(leased.id, ctx.now() + back_off(leased.attempts), code).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Runs jobs until none is due: for tests, the demo and the command line.
///
/// # Errors
/// When the memory fails outside a job.
pub async fn run_due(ctx: &Ctx) -> Result<(), StoreError> {
    while run_next(ctx).await? {}
    Ok(())
}

/// How often what has had its time is deleted.
const SWEEP: TimeDelta = TimeDelta::hours(1);

/// Works until `stop` resolves.
pub async fn work(ctx: Ctx, mut stop: tokio::sync::watch::Receiver<bool>) {
    let mut swept = None;
    while !*stop.borrow() {
        let now = ctx.now();
        if swept.is_none_or(|at| now - at >= SWEEP) {
            swept = Some(now);
            if let Err(error) = retention::sweep(&ctx).await {
                tracing::error!(%error, "what has had its time could not be deleted");
            }
            if let Err(error) = tiers::order_recount(&ctx).await {
                tracing::error!(%error, "the daily count of tiers could not be ordered");
            }
        }
        let idle = match run_next(&ctx).await {
            Ok(ran) => !ran,
            Err(error) => {
                tracing::error!(%error, "worker can't reach the memory");
                true
            }
        };
        if idle {
            tokio::select! {
                () = ctx.store.job_pushed() => {}
                () = tokio::time::sleep(POLL) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// 10 s, 40 s, 90 s, … up to six hours.
fn back_off(attempts: i32) -> TimeDelta {
    let tries = i64::from(attempts);
    TimeDelta::seconds((10 * tries * tries).max(1)).min(TimeDelta::hours(6))
}

async fn run(ctx: &Ctx, leased: &LeasedJob) -> Result<(), JobError> {
    let job: Job = serde_json::from_str(&leased.payload).map_err(|_| JobError::Fail("unreadable"))?;
    if let Job::SendMail { mail } = job {
        // The one job that reaches outside: it must not hold a transaction while the mail server thinks.
        return send_mail(ctx, leased.id, mail).await;
    }
    let tx = ctx.store.begin().await?;
    match job {
        Job::SendMail { .. } => {}
        Job::SignInMail { attempt } => write_sign_in_mail(ctx, &tx, attempt).await?,
        Job::JoinMail { request } => write_join_mail(ctx, &tx, request).await?,
        Job::TellAdvocate { referral, silent, view } => {
            tell_advocate(ctx, &tx, referral.into(), silent, view).await?;
        }
        Job::TellMessage { referral, side, reader } => {
            tell_message(ctx, &tx, referral.into(), side, reader.into()).await?;
        }
        Job::ExpireReferral { referral } => referrals::expire(ctx, &tx, referral.into()).await?,
        Job::RedateReferrals { after } => {
            referrals::redate(ctx, &tx, after.map(ReferralId::from)).await?;
        }
        Job::ForgetClickSalt { day } => forget_salt(&tx, &day).await?,
        Job::SettleCase { case } => fraud::settle(ctx, &tx, case.into()).await?,
        Job::RemindReview { day } => compliance::remind_review(ctx, &tx, day).await?,
        Job::PurgeContact { contact } => purge(ctx, &tx, contact.into()).await?,
        Job::TellReward { reward, news } => rewards::tell_reward(ctx, &tx, reward.into(), news).await?,
        Job::ExpireReward { reward } => rewards::expire(ctx, &tx, reward.into()).await?,
        Job::EndAccess { reward, tier_move } => {
            access::end_with_tier(ctx, &tx, reward.into(), tier_move).await?;
        }
        Job::LapseGrant { reward } => access::lapse(ctx, &tx, reward.into()).await?,
        Job::RemindDelivery { reward } => rewards::remind(ctx, &tx, reward.into()).await?,
        Job::AskAboutIntroduction { reward } => rewards::ask(ctx, &tx, reward.into()).await?,
        Job::AcceptSilence { reward } => rewards::accept_silence(ctx, &tx, reward.into()).await?,
        Job::TellDispute { reward } => rewards::tell_dispute(ctx, &tx, reward.into()).await?,
        Job::AskBack { shortfall } => rewards::ask_back(ctx, &tx, shortfall.into()).await?,
        Job::ForgetDocument { document } => tx.forget_document(document).await?,
        Job::TellTier { tier_move } => tiers::tell_tier(ctx, &tx, tier_move).await?,
        Job::WarnTier { member, fall_at } => tiers::warn_tier(ctx, &tx, member.into(), fall_at).await?,
        Job::RecountTiers { after } => tiers::recount_all(ctx, &tx, after.map(MemberId::from)).await?,
        Job::RollTiers { rollout, after } => {
            tiers::roll(ctx, &tx, rollout, after.map(MemberId::from)).await?
        }
        Job::PurgeFirstContact { referral } => purge_first_contact(ctx, &tx, referral.into()).await?,
        Job::FallbackThanks { referral } => referrals::fallback_thanks(ctx, &tx, referral.into()).await?,
        Job::SilenceNotice { referral } => referrals::silence(ctx, &tx, referral.into()).await?,
    }
    tx.finish_job(leased.id).await?;
    Ok(tx.commit().await?)
}

async fn send_mail(ctx: &Ctx, job: Uuid, id: Uuid) -> Result<(), JobError> {
    let mail = ctx.store.mail(id).await?;
    if let Some(mail) = mail.filter(|mail| mail.sent_at.is_none() && !ctx.demo) {
        let envelope = Envelope {
            message_id: format!("<{id}@{}>", host_of(&ctx.host.public_url)),
            stop: crate::mail::can_be_stopped(&mail.kind).then(|| ctx.url(&crate::mail::stop_path(ctx, id))),
            to: mail.to,
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
        };
        ctx.mailer.send(&envelope).await.map_err(|error| match error {
            MailError::Away => JobError::Retry("mail_server_away"),
            MailError::Refused => JobError::Fail("mail_refused"),
        })?;
    }
    let now: DateTime<Utc> = ctx.now();
    let tx = ctx.store.begin().await?;
    tx.mail_sent(id, now, ctx.demo).await?;
    tx.finish_job(job).await?;
    Ok(tx.commit().await?)
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
