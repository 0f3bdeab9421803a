//! Two mails that did not leave, so that the page of failed jobs has something to show. A demonstration sends nothing, so
//! the mail server's refusal is noted where a worker would have noted it.

use chrono::TimeDelta;

use super::Error;
use crate::Ctx;

/// Gives the next two mails up, one for good and one for later.
pub(super) async fn lose_two_mails(ctx: &Ctx) -> Result<(), Error> {
    let mails = ctx.store.newest_mails(200).await?;
    let mut lost = mails.iter().filter(|mail| mail.kind == "state");
    for refused in [true, false] {
        let Some(mail) = lost.next() else { return Ok(()) };
        let now = ctx.now();
        let tx = ctx.store.begin().await?;
        tx.mail_unsent(mail.id).await?;
        tx.push_job(crate::jobs::Job::SendMail { mail: mail.id }.to_new(ctx, now)).await?;
        tx.commit().await?;
        let leased = ctx.store.lease_job(now, now + TimeDelta::minutes(2)).await?;
        let leased = leased.ok_or("the mail's job is due")?;
        let tx = ctx.store.begin().await?;
        if refused {
            tx.bury_job(leased.id, now, "mail_refused").await?;
        } else {
            tx.retry_job(leased.id, now + TimeDelta::hours(6), "mail_server_away").await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
