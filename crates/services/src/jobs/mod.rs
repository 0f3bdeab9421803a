//! Jobs: what follows a use case, later and exactly once as far as anybody can tell.
//!
//! A job carries ids only, loads everything afresh and may run twice: it must then find its work done.

mod failed;
mod run;

use chrono::{DateTime, NaiveDate, Utc};
use domain::referrals::{AdvocateView, DialogueSide};
use serde::{Deserialize, Serialize};
use store::{StoreError, jobs::NewJob};
use uuid::Uuid;

use crate::{Ctx, rewards::RewardNews};

pub use failed::{Failed, Failures, failures, retry, retry_all};
pub use run::{run_due, run_next, work};
pub use store::{jobs::FailedJob, mails::MailLine};

/// Everything that can be done later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Write the mail of an attempt to sign in, if its address belongs to somebody.
    SignInMail {
        /// The attempt.
        attempt: Uuid,
    },
    /// Write the mail that asks whether an address is theirs who wants to join, if they may.
    JoinMail {
        /// The request.
        request: Uuid,
    },
    /// Tell an advocate where their referral stands.
    TellAdvocate {
        /// The referral.
        referral: Uuid,
        /// Whether it is because nothing has happened.
        silent: bool,
        /// What there was to tell when this was ordered.
        #[serde(default)]
        view: Option<AdvocateView>,
    },
    /// Tell somebody that there is a new message in the dialogue of a referral.
    TellMessage {
        /// The referral.
        referral: Uuid,
        /// The side that reads it.
        side: DialogueSide,
        /// Who is told.
        reader: Uuid,
    },
    /// End a referral that nobody has moved for too long.
    ExpireReferral {
        /// The referral.
        referral: Uuid,
    },
    /// Count anew what is due when in open referrals, some at a time.
    RedateReferrals {
        /// The referral with which the step before ended.
        after: Option<Uuid>,
    },
    /// Thank an advocate in the programme team's name, where nobody has done so in their own.
    FallbackThanks {
        /// The referral.
        referral: Uuid,
    },
    /// Say that nothing has happened for a while.
    SilenceNotice {
        /// The referral.
        referral: Uuid,
    },
    /// Hand a mail to the mail server.
    SendMail {
        /// The mail.
        mail: Uuid,
    },
    /// Delete what is known about a contact who has not confirmed, or has withdrawn.
    PurgeContact {
        /// The contact.
        contact: Uuid,
    },
    /// Tell an advocate what became of their reward.
    TellReward {
        /// The reward.
        reward: Uuid,
        /// What happened.
        news: RewardNews,
    },
    /// End a reward that nobody has taken in time.
    ExpireReward {
        /// The reward.
        reward: Uuid,
    },
    /// End an access that was granted early, where its advocate has lost the tier that it asks for.
    EndAccess {
        /// The reward that granted it.
        reward: Uuid,
        /// The move to another tier.
        tier_move: Uuid,
    },
    /// End an access whose months are over.
    LapseGrant {
        /// The reward that granted it.
        reward: Uuid,
    },
    /// Remind whoever is in charge of a delivery that its day has come.
    RemindDelivery {
        /// What is to be delivered.
        reward: Uuid,
    },
    /// Tell an advocate that an introduction is noted as made, and until when they can say otherwise.
    AskAboutIntroduction {
        /// The reward it is made for.
        reward: Uuid,
    },
    /// Take an advocate's silence about an introduction for a yes.
    AcceptSilence {
        /// The reward it was made for.
        reward: Uuid,
    },
    /// Tell whoever is in charge that an advocate disputes an introduction.
    TellDispute {
        /// The reward it was to be made for.
        reward: Uuid,
    },
    /// Tell an advocate that something delivered and taken back since is asked back.
    AskBack {
        /// The shortfall.
        shortfall: Uuid,
    },
    /// Delete a document that nothing has come to refer to.
    ForgetDocument {
        /// The document.
        document: Uuid,
    },
    /// Tell an advocate that they have another tier.
    TellTier {
        /// The line of their history.
        tier_move: Uuid,
    },
    /// Tell an advocate that they will lose their tier unless they meet it again in time.
    WarnTier {
        /// Whom.
        member: Uuid,
        /// When they would fall, in microseconds since 1970: another date is another warning.
        fall_at: i64,
    },
    /// Count anew whose tier is due to be looked at, some at a time.
    RecountTiers {
        /// The advocate with whom the step before ended.
        after: Option<Uuid>,
    },
    /// Move members along with a scheme of tiers that takes effect or is taken back, some at a time.
    RollTiers {
        /// The roll-out.
        rollout: Uuid,
        /// The member with whom the step before ended.
        after: Option<Uuid>,
    },
    /// Delete whom an account manager was to speak to, where nobody has answered.
    PurgeFirstContact {
        /// The referral.
        referral: Uuid,
    },
    /// Remind marketing that rules of the compliance matrix are to be looked at again.
    RemindReview {
        /// The day on which they are.
        day: NaiveDate,
    },
    /// Go on taking back what the referrals of a confirmed case of misuse have earned.
    SettleCase {
        /// The case.
        case: Uuid,
    },
    /// Forget the salt of a day's visitor hashes.
    ForgetClickSalt {
        /// The day, as `2026-11-02`.
        day: String,
    },
}

impl Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::SignInMail { .. } => "sign_in_mail",
            Self::JoinMail { .. } => "join_mail",
            Self::TellAdvocate { .. } => "tell_advocate",
            Self::TellMessage { .. } => "tell_message",
            Self::ExpireReferral { .. } => "expire_referral",
            Self::RedateReferrals { .. } => "redate_referrals",
            Self::FallbackThanks { .. } => "fallback_thanks",
            Self::SilenceNotice { .. } => "silence_notice",
            Self::SendMail { .. } => "send_mail",
            Self::PurgeContact { .. } => "purge_contact",
            Self::TellReward { .. } => "tell_reward",
            Self::ExpireReward { .. } => "expire_reward",
            Self::EndAccess { .. } => "end_access",
            Self::LapseGrant { .. } => "lapse_grant",
            Self::RemindDelivery { .. } => "remind_delivery",
            Self::AskAboutIntroduction { .. } => "ask_about_introduction",
            Self::AcceptSilence { .. } => "accept_silence",
            Self::TellDispute { .. } => "tell_dispute",
            Self::AskBack { .. } => "ask_back",
            Self::ForgetDocument { .. } => "forget_document",
            Self::TellTier { .. } => "tell_tier",
            Self::WarnTier { .. } => "warn_tier",
            Self::RecountTiers { .. } => "recount_tiers",
            Self::RollTiers { .. } => "roll_tiers",
            Self::PurgeFirstContact { .. } => "purge_first_contact",
            Self::RemindReview { .. } => "remind_review",
            Self::SettleCase { .. } => "settle_case",
            Self::ForgetClickSalt { .. } => "forget_click_salt",
        }
    }

    /// The row to push: due at `run_at`.
    pub fn to_new(&self, ctx: &Ctx, run_at: DateTime<Utc>) -> NewJob {
        NewJob {
            id: ctx.new_id(),
            kind: self.kind(),
            payload: serde_json::to_string(self).unwrap_or_default(),
            dedup_key: None,
            run_at,
            created_at: ctx.now(),
        }
    }
}

/// Why a job is not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The outside is away: worth trying again.
    #[error("{0}")]
    Retry(&'static str),
    /// It will never succeed.
    #[error("{0}")]
    Fail(&'static str),
    /// The memory failed: worth trying again.
    #[error(transparent)]
    Store(#[from] StoreError),
}
