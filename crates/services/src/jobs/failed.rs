//! What did not succeed, for those who run the portal: why, how often it was tried, and the button to try again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::members::Administering;
use serde_json::json;
use store::{StoreError, jobs::FailedJob, mails::MailLine};
use uuid::Uuid;

use super::Job;
use crate::Ctx;

/// Jobs on the page; what is missing from it comes up as these are done.
const SHOWN: u64 = 100;

/// A job that did not succeed, and the mail it should have sent.
#[derive(Clone, Debug)]
pub struct Failed {
    /// The job.
    pub job: FailedJob,
    /// Its mail, as far as staff may know it.
    pub mail: Option<MailLine>,
}

/// Everything that did not succeed.
#[derive(Clone, Debug)]
pub struct Failures {
    /// Given up, the latest first.
    pub dead: Vec<Failed>,
    /// How many were given up in all.
    pub dead_count: u64,
    /// Still tried, the next one first.
    pub retried: Vec<Failed>,
    /// How many are still tried in all.
    pub retried_count: u64,
    /// How many mails have not left.
    pub unsent: i64,
    /// Since when the oldest of them waits.
    pub unsent_since: Option<DateTime<Utc>>,
}

/// What did not succeed. Neither the words of a mail nor a contact's address are among it.
///
/// # Errors
/// When the memory fails.
pub async fn failures(ctx: &Ctx, _by: Administering) -> Result<Failures, StoreError> {
    let store = &ctx.store;
    let (dead, retried) = (store.dead_jobs(SHOWN).await?, store.retried_jobs(SHOWN).await?);
    let (dead_count, retried_count) = store.count_failed_jobs().await?;
    let (unsent, unsent_since) = store.unsent_mails().await?;
    let ids: Vec<Uuid> = dead.iter().chain(&retried).filter_map(mail_of).collect();
    let mails = store.mail_lines(&ids).await?;
    let mails: HashMap<Uuid, MailLine> = mails.into_iter().map(|mail| (mail.id, mail)).collect();
    let with_mail = |jobs: Vec<FailedJob>| -> Vec<Failed> {
        let failed = |job: FailedJob| {
            let mail = mail_of(&job).and_then(|id| mails.get(&id).cloned());
            Failed { job, mail }
        };
        jobs.into_iter().map(failed).collect()
    };
    let (dead, retried) = (with_mail(dead), with_mail(retried));
    Ok(Failures { dead, dead_count, retried, retried_count, unsent, unsent_since })
}

fn mail_of(job: &FailedJob) -> Option<Uuid> {
    match serde_json::from_str(&job.payload) {
        Ok(Job::SendMail { mail }) => Some(mail),
        _ => None,
    }
}

/// Tries one job again, now. Answers whether there was one: a second press finds it under way or done.
///
/// # Errors
/// When the memory fails.
pub async fn retry(ctx: &Ctx, by: Administering, job: Uuid) -> Result<bool, StoreError> {
    let tx = ctx.store.begin().await?;
    let revived = tx.revive_job(job, ctx.now()).await?;
    if revived {
        tx.audit(ctx.audit_entry(Some(by.member()), "jobs.retry", "job", job, json!({}))).await?;
        tx.commit().await?;
    }
    Ok(revived)
}

/// Tries everything again that did not succeed, now. Answers how many jobs there were.
///
/// # Errors
/// When the memory fails.
pub async fn retry_all(ctx: &Ctx, by: Administering) -> Result<u64, StoreError> {
    let tx = ctx.store.begin().await?;
    let revived = tx.revive_all_jobs(ctx.now()).await?;
    if revived > 0 {
        let details = json!({ "jobs": revived });
        tx.audit(ctx.audit_entry(Some(by.member()), "jobs.retry_all", "job", "", details)).await?;
        tx.commit().await?;
    }
    Ok(revived)
}
