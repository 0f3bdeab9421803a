//! Reminding marketing that rules were to be looked at again.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{consent::Transactional, members::Role};
use store::{StoreError, Tx};
use words::{Words, keys};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    mail::{self, Letter},
};

/// Orders the reminder for a day, once for all rules of that day.
pub(super) async fn order(ctx: &Ctx, tx: &Tx, day: Option<NaiveDate>) -> Result<(), StoreError> {
    let Some(day) = day else { return Ok(()) };
    let midnight = ctx.host.zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
    let at = midnight.map_or_else(|| ctx.now(), |at| at.with_timezone(&Utc));
    let mut job = Job::RemindReview { day }.to_new(ctx, at);
    job.dedup_key = Some(format!("remind_review:{day}"));
    tx.push_job(job).await
}

/// The job. It looks again: rules that have ended or were looked at since need no reminder.
pub(crate) async fn remind(ctx: &Ctx, tx: &Tx, day: NaiveDate) -> Result<(), JobError> {
    let law = tx.compliance().law().await?;
    let due: Vec<(String, usize)> = law
        .markets
        .keys()
        .map(|market| {
            let due = law.rules(*market).into_iter().filter(|written| written.review_on == Some(day));
            (market.to_string(), due.count())
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    let count: usize = due.iter().map(|(_, count)| count).sum();
    for colleague in tx.members().with_role(Role::Marketing).await? {
        let Some(person) = tx.members().person(colleague.id).await? else { continue };
        let words = Words::new(person.language);
        let markets: Vec<_> = due
            .iter()
            .map(|(market, _)| words.code("country", &market.to_lowercase()).into_owned())
            .collect();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let date = ctx.formats(person.language).calendar_day(day);
        let letter = Letter {
            subject: words.with(keys::MAIL_REVIEW_SUBJECT, [("date", date.as_str().into())]),
            greeting: words.with(keys::MAIL_GREETING, [("name", person.name.as_str().into())]),
            paragraphs: vec![words.with(
                keys::MAIL_REVIEW,
                [("n", count.into()), ("markets", markets.join(", ").into()), ("date", date.into())],
            )],
            button: Some((words.say(keys::COMPLIANCE_TITLE).into_owned(), ctx.url("/manage/compliance"))),
            closing: words.say(keys::MAIL_REVIEW_CLOSING).into_owned(),
            signature: ctx.host.name.clone(),
        };
        mail::post(ctx, tx, Transactional::Review, &person, &letter).await?;
    }
    Ok(())
}
