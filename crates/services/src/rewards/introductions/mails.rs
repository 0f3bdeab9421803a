//! The two mails about an introduction: to the advocate, that it is noted as made, and to whoever is in charge, that the
//! advocate says otherwise.

use domain::{consent::Transactional, ids::RewardId, rewards::IntroductionState};
use store::Tx;
use words::{Words, keys};

use crate::{
    Ctx,
    jobs::JobError,
    mail::{self, Letter},
    rewards::RewardSettings,
};

/// The job that tells the advocate that an introduction is noted, and until when they can say that it was not made.
pub(crate) async fn ask(ctx: &Ctx, tx: &Tx, reward: RewardId) -> Result<(), JobError> {
    let Some(known) = tx.rewards().introduction(reward).await? else { return Ok(()) };
    let IntroductionState::Introduced { on, .. } = known.introduction.state else { return Ok(()) };
    let Some(line) = tx.rewards().line(reward).await? else { return Ok(()) };
    let Some(advocate) = tx.members().person(line.advocate).await? else { return Ok(()) };
    let days = RewardSettings::load(tx).await?.introduction_days;
    let (words, formats) = (Words::new(advocate.language), ctx.formats(advocate.language));
    let until = known.introduction.objection_until(days).unwrap_or_else(|| ctx.now());
    let host = ctx.host.name.as_str();
    let letter = Letter {
        subject: words.say(keys::MAIL_INTRODUCTION_SUBJECT).into_owned(),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs: vec![
            words.with(
                keys::MAIL_INTRODUCTION,
                [
                    ("host", host.into()),
                    ("company", known.introduction.whom.company.as_str().into()),
                    ("date", formats.calendar_day(on).into()),
                ],
            ),
            words.with(keys::MAIL_INTRODUCTION_UNTIL, [("date", formats.date(until).into())]),
        ],
        button: Some((
            words.say(keys::MAIL_INTRODUCTION_BUTTON).into_owned(),
            ctx.url("/rewards/given-and-received"),
        )),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", host.into())]),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Introduction, &advocate, &letter).await?)
}

/// The job that tells whoever is in charge that the advocate says the introduction was not made.
pub(crate) async fn tell_dispute(ctx: &Ctx, tx: &Tx, reward: RewardId) -> Result<(), JobError> {
    let Some(known) = tx.rewards().introduction(reward).await? else { return Ok(()) };
    let IntroductionState::Disputed { reason, .. } = known.introduction.state else { return Ok(()) };
    let Some(line) = tx.rewards().line(reward).await? else { return Ok(()) };
    let Some(task) = line.delivery.as_ref() else { return Ok(()) };
    let Some(owner) = task.owner else { return Ok(()) };
    let Some(person) = tx.members().person(owner).await? else { return Ok(()) };
    if !person.actor.delivering().is_some_and(|power| power.covers(Some(owner))) {
        return Ok(());
    }
    let words = Words::new(person.language);
    let date = ctx.formats(person.language).date(task.due_at);
    let letter = Letter {
        subject: words.say(keys::MAIL_DISPUTE_SUBJECT).into_owned(),
        greeting: words.with(keys::MAIL_GREETING, [("name", person.name.as_str().into())]),
        paragraphs: vec![
            words.with(
                keys::MAIL_DISPUTE,
                [("account", line.account_name.as_str().into()), ("date", date.into())],
            ),
            words.with(keys::REWARD_NOTE, [("note", reason.as_str().into())]),
        ],
        button: Some((words.say(keys::MAIL_DELIVERY_BUTTON).into_owned(), ctx.url("/work/deliveries"))),
        closing: words.say(keys::MAIL_DISPUTE_CLOSING).into_owned(),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Delivery, &person, &letter).await?)
}
