//! What is due when follows from the rules of today: after somebody has changed them, open referrals get new dates, some at a
//! time.

use chrono::{DateTime, Utc};
use domain::{
    ids::ReferralId,
    moments::{fallback_thanks_at, silence_notice_at},
    referrals::Facts,
};
use store::{StoreError, Tx, jobs::NewJob, referrals::Dates};

use super::settings;
use crate::{Ctx, jobs::Job};

/// Referrals of one step: as many as keep a transaction short.
const STEP: u32 = 50;

/// Orders new dates for every open referral, in the transaction that changes the rules they follow from.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn order_redating(ctx: &Ctx, tx: &Tx) -> Result<(), StoreError> {
    tx.push_job(Job::RedateReferrals { after: None }.to_new(ctx, ctx.now())).await
}

/// One step: the open referrals after this one. What is left is a job of its own, so that a server that stops goes on where
/// it was.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn redate(ctx: &Ctx, tx: &Tx, after: Option<ReferralId>) -> Result<(), StoreError> {
    let now = ctx.now();
    let (rules, clocks) = settings(ctx);
    let open = tx.referrals().open_after(after, STEP.into()).await?;
    let mut dates = Vec::with_capacity(open.len());
    let mut jobs = Vec::new();
    for stored in &open {
        let (facts, thanked) = (&stored.facts, stored.thanks_done_at.is_some());
        let expires_at = facts.expires_at(&rules);
        dates.push(Dates {
            referral: facts.id,
            due_at: facts.next_due(thanked, &rules, &clocks),
            expires_at,
        });
        jobs.extend(expires_at.map(|at| expiry(ctx, facts, at)));
        if !thanked {
            jobs.push(thanks(ctx, facts, fallback_thanks_at(facts.submitted_at, &clocks)));
        }
        // Whoever would have been told before today is not told now of what has been quiet for long.
        jobs.extend(
            silence_notice_at(facts, &clocks).filter(|at| *at > now).map(|at| notice(ctx, facts, at)),
        );
    }
    tx.referrals().set_dates(&dates).await?;
    if let Some(last) = open.last().filter(|_| open.len() == STEP as usize) {
        let rest = Job::RedateReferrals { after: Some(last.facts.id.into()) };
        jobs.push(rest.to_new(ctx, now));
    }
    tx.push_jobs(jobs).await
}

/// The job that ends a referral at this time, unless something happens before.
pub(super) fn expiry(ctx: &Ctx, referral: &Facts, at: DateTime<Utc>) -> NewJob {
    once(Job::ExpireReferral { referral: referral.id.into() }.to_new(ctx, at), "expire", referral.id)
}

/// The job that tells the advocate at this time that nothing has happened, unless something does before.
pub(super) fn notice(ctx: &Ctx, referral: &Facts, at: DateTime<Utc>) -> NewJob {
    once(Job::SilenceNotice { referral: referral.id.into() }.to_new(ctx, at), "silence", referral.id)
}

/// The job that thanks the advocate at this time, unless somebody does before.
pub(super) fn thanks(ctx: &Ctx, referral: &Facts, at: DateTime<Utc>) -> NewJob {
    once(Job::FallbackThanks { referral: referral.id.into() }.to_new(ctx, at), "thanks", referral.id)
}

/// Ordered once for a moment, however often its date is counted.
fn once(job: NewJob, what: &str, referral: ReferralId) -> NewJob {
    NewJob { dedup_key: Some(format!("{what}:{referral}:{}", job.run_at.timestamp())), ..job }
}
