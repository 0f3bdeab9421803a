//! Reminding whoever is in charge of a delivery, on the day until which it was to be done.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    consent::Transactional,
    ids::RewardId,
    rewards::{IntroductionCode, Side},
};
use store::{StoreError, Tx};
use words::{Words, keys};

use super::tell;
use crate::{
    Ctx,
    jobs::{Job, JobError},
    mail::{self, Letter},
};

/// Orders the reminder for a day.
pub(super) async fn schedule(
    ctx: &Ctx,
    tx: &Tx,
    reward: RewardId,
    due_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut job = Job::RemindDelivery { reward: reward.into() }.to_new(ctx, due_at);
    job.dedup_key = Some(format!("remind_delivery:{reward}:{}", due_at.timestamp()));
    tx.push_job(job).await
}

/// The job. It looks again: what was done, dropped or put off since needs no reminder, or has one of its own. The letter
/// names neither a contact nor their company: who opens the page may see them, who reads over a shoulder may not.
pub(crate) async fn remind(ctx: &Ctx, tx: &Tx, id: RewardId) -> Result<(), JobError> {
    let Some(line) = tx.rewards().line(id).await? else { return Ok(()) };
    let Some(task) = line.delivery.as_ref().filter(|task| task.done_at.is_none() && task.due_at <= ctx.now())
    else {
        return Ok(());
    };
    if line.held {
        // Nobody can hand over what a case holds: it is looked at again the next day.
        let again = ctx.now() + TimeDelta::days(1);
        tx.push_job(Job::RemindDelivery { reward: id.into() }.to_new(ctx, again)).await?;
        return Ok(());
    }
    // It is the advocate's turn.
    let introduction = tx.rewards().introduction(id).await?;
    if introduction.is_some_and(|known| known.introduction.state.code() == IntroductionCode::Introduced) {
        return Ok(());
    }
    let Some(owner) = task.owner else { return Ok(()) };
    let Some(person) = tx.members().person(owner).await? else { return Ok(()) };
    let may = person.actor.delivering().is_some_and(|power| power.covers(Some(owner)));
    if !may || !tx.rewards().note_reminder(id, task.due_at).await? {
        return Ok(());
    }
    let words = Words::new(person.language);
    let what = match line.side {
        Side::Advocate => words.with(
            keys::MAIL_DELIVERY_REWARD,
            [("reward", tell::name(&line, words).into()), ("account", line.account_name.as_str().into())],
        ),
        Side::Contact => words.say(keys::MAIL_DELIVERY_BENEFIT).into_owned(),
    };
    let date = ctx.formats(person.language).date(task.due_at);
    let letter = Letter {
        subject: words.with(keys::MAIL_DELIVERY_SUBJECT, [("date", date.as_str().into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", person.name.as_str().into())]),
        paragraphs: vec![
            words.with(keys::MAIL_DELIVERY, [("what", what.into()), ("date", date.as_str().into())]),
        ],
        button: Some((words.say(keys::MAIL_DELIVERY_BUTTON).into_owned(), ctx.url("/work/deliveries"))),
        closing: words.say(keys::MAIL_DELIVERY_CLOSING).into_owned(),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Delivery, &person, &letter).await?)
}
