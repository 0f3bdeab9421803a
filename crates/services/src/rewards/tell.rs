//! Telling the advocate what became of their reward. These mails are part of what they asked for themselves, so no
//! permission is needed ([`Transactional::Reward`]). They name neither the deal nor the amount, which
//! could tell it: both stand behind the sign-in.

use domain::{
    consent::Transactional,
    ids::RewardId,
    rewards::{ReversalCause, RewardCode},
    text::Language,
};
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx, rewards::RewardLine};
use words::{Key, Words, keys};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    mail::{self, Letter},
};

/// What happened to a reward, as far as its advocate is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewardNews {
    /// It will be delivered.
    Approved,
    /// Staff refused it, with a reason.
    Declined,
    /// It was delivered.
    Delivered,
    /// An access that was granted early has ended: staff revoked it with a reason, or it went with a tier.
    Revoked,
}

impl RewardNews {
    /// The state in which it is still news: whoever is approved and delivered in one go hears of the delivery.
    const fn state(self) -> RewardCode {
        match self {
            Self::Approved => RewardCode::Approved,
            Self::Declined => RewardCode::Declined,
            Self::Delivered => RewardCode::Fulfilled,
            Self::Revoked => RewardCode::Reversed,
        }
    }

    const fn subject(self) -> Key {
        match self {
            Self::Approved => keys::MAIL_REWARD_APPROVED_SUBJECT,
            Self::Declined => keys::MAIL_REWARD_DECLINED_SUBJECT,
            Self::Delivered => keys::MAIL_REWARD_DELIVERED_SUBJECT,
            Self::Revoked => keys::MAIL_REWARD_REVOKED_SUBJECT,
        }
    }

    const fn sentence(self) -> Key {
        match self {
            Self::Approved => keys::MAIL_REWARD_APPROVED,
            Self::Declined => keys::MAIL_REWARD_DECLINED,
            Self::Delivered => keys::MAIL_REWARD_DELIVERED,
            Self::Revoked => keys::MAIL_REWARD_REVOKED,
        }
    }
}

/// Orders the mail, in the transaction of what it tells.
pub(super) async fn order(ctx: &Ctx, tx: &Tx, reward: RewardId, news: RewardNews) -> Result<(), StoreError> {
    tx.push_job(Job::TellReward { reward: reward.into(), news }.to_new(ctx, ctx.now())).await
}

/// The job that writes the mail.
pub(crate) async fn tell_reward(ctx: &Ctx, tx: &Tx, id: RewardId, news: RewardNews) -> Result<(), JobError> {
    let Some(line) = tx.rewards().line(id).await?.filter(|line| line.state == news.state()) else {
        return Ok(());
    };
    // Who has left reads it nowhere; who is there also reads it on the page.
    let Some(advocate) = tx.members().person(line.advocate).await? else { return Ok(()) };
    let words = Words::new(advocate.language);
    let company = line.company.as_str();
    let mut paragraphs = vec![words.with(
        news.sentence(),
        [
            ("reward", name(&line, words).into()),
            ("company", company.into()),
            ("host", ctx.host.name.as_str().into()),
        ],
    )];
    if line.ended_reason.as_deref() == Some(ReversalCause::TierLost.as_str()) {
        paragraphs.push(words.say(keys::REWARD_ENDED_TIER_LOST).into_owned());
    }
    let decided = matches!(news, RewardNews::Declined | RewardNews::Revoked);
    if let Some(note) = line.ended_note.as_deref().filter(|_| decided) {
        paragraphs.push(words.with(keys::REWARD_NOTE, [("note", note.into())]));
    }
    let letter = Letter {
        subject: words.with(news.subject(), [("company", company.into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs,
        button: Some((words.say(keys::MAIL_REWARD_BUTTON).into_owned(), ctx.url("/rewards"))),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", ctx.host.name.as_str().into())]),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Reward, &advocate, &letter).await?)
}

/// What the thank-you is called, without its amount.
pub(super) fn name(line: &RewardLine, words: Words) -> String {
    let named = line.name.as_ref().map(|(de, en)| match words.language() {
        Language::German => de.clone(),
        Language::English => en.clone(),
    });
    named.unwrap_or_else(|| words.say(keys::REWARD_UNNAMED).into_owned())
}
