//! One sentence on the page after a form.

use serde::{Deserialize, Serialize};
use words::{Key, keys};

/// What the page after a form has to say. Codes, never sentences: a session can't be talked into showing words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flash {
    /// The session has ended.
    SignedOut,
    /// All sessions have ended.
    SignedOutEverywhere,
    /// The session had ended while a form was filled in; the form is kept.
    Interrupted,
    /// A referral was submitted.
    ReferralSubmitted,
    /// A referral was submitted, and the account manager is to speak to the person once.
    AskSubmitted,
    /// A referral was taken back.
    ReferralWithdrawn,
    /// What an advocate had written is put right.
    ReferralAmended,
    /// The thank-you was chosen.
    IncentiveChosen,
    /// A message was sent.
    MessageSent,
    /// A stage was moved.
    StageMoved,
    /// The size of a deal was recorded.
    DealRecorded,
    /// The advocate was thanked.
    Thanked,
    /// What was edited is saved.
    Saved,
    /// A reward was approved.
    RewardApproved,
    /// The first of two approved a reward.
    RewardFirstApproval,
    /// A reward was declined.
    RewardDeclined,
    /// A reward was delivered.
    RewardDelivered,
    /// A delivery has an owner and a day.
    DeliveryPlanned,
    /// It is recorded whom the host will introduce.
    IntroductionPromised,
    /// An introduction is noted as made.
    IntroductionMade,
    /// The advocate says that it took place.
    IntroductionConfirmed,
    /// The advocate says that it did not.
    IntroductionDisputed,
    /// The billing system's bookings are taken.
    CreditsBooked,
    /// What billing has told of deals is taken.
    ConversionsTaken,
    /// It is said what a reward is for tax and accounting.
    RewardCategorised,
    /// A case of suspected misuse is decided.
    CaseDecided,
    /// A reward was taken back.
    RewardTakenBack,
    /// It is decided what becomes of something to be returned.
    ShortfallDecided,
    /// The draft of the tiers is saved.
    TiersSaved,
    /// There is no draft of the tiers any more.
    TiersDiscarded,
    /// A scheme of tiers is on its way.
    TiersRolling,
    /// A recommendation is remembered on this device.
    Remembered,
    /// It no longer is.
    Forgotten,
    /// A contact has agreed.
    ConsentGiven,
    /// A contact has taken their consent back.
    ConsentWithdrawn,
    /// A contact has corrected what they entered.
    ContactCorrected,
    /// Somebody was invited.
    Invited,
    /// Somebody may no longer sign in.
    AccessEnded,
    /// Somebody may sign in again.
    AccessGiven,
    /// A legal text has a new version.
    Published,
    /// A job is tried again.
    JobRetried,
    /// All jobs are tried again.
    JobsRetried,
    /// There is nothing to try again any more.
    JobGone,
    /// Somebody who asked may join.
    RequestApproved,
    /// Somebody who asked may not join.
    RequestRefused,
    /// There is a link for colleagues.
    ColleagueLink,
    /// There is none any more.
    ColleagueLinkEnded,
}

impl Flash {
    /// The sentence.
    pub fn key(self) -> Key {
        match self {
            Self::SignedOut => keys::FLASH_SIGNED_OUT,
            Self::SignedOutEverywhere => keys::FLASH_SIGNED_OUT_EVERYWHERE,
            Self::Interrupted => keys::FLASH_INTERRUPTED,
            Self::ReferralSubmitted => keys::FLASH_REFERRAL_SUBMITTED,
            Self::AskSubmitted => keys::FLASH_ASK_SUBMITTED,
            Self::ReferralWithdrawn => keys::FLASH_REFERRAL_WITHDRAWN,
            Self::ReferralAmended => keys::FLASH_REFERRAL_AMENDED,
            Self::IncentiveChosen => keys::FLASH_INCENTIVE_CHOSEN,
            Self::MessageSent => keys::FLASH_MESSAGE_SENT,
            Self::StageMoved => keys::FLASH_STAGE_MOVED,
            Self::DealRecorded => keys::FLASH_DEAL_RECORDED,
            Self::Thanked => keys::FLASH_THANKED,
            Self::Saved => keys::FLASH_SAVED,
            Self::RewardApproved => keys::FLASH_REWARD_APPROVED,
            Self::RewardFirstApproval => keys::FLASH_REWARD_FIRST_APPROVAL,
            Self::RewardDeclined => keys::FLASH_REWARD_DECLINED,
            Self::RewardDelivered => keys::FLASH_REWARD_DELIVERED,
            Self::DeliveryPlanned => keys::FLASH_DELIVERY_PLANNED,
            Self::IntroductionPromised => keys::FLASH_INTRODUCTION_PROMISED,
            Self::IntroductionMade => keys::FLASH_INTRODUCTION_MADE,
            Self::IntroductionConfirmed => keys::FLASH_INTRODUCTION_CONFIRMED,
            Self::IntroductionDisputed => keys::FLASH_INTRODUCTION_DISPUTED,
            Self::CreditsBooked => keys::FLASH_CREDITS_BOOKED,
            Self::ConversionsTaken => keys::FLASH_CONVERSIONS_TAKEN,
            Self::RewardCategorised => keys::FLASH_REWARD_CATEGORISED,
            Self::CaseDecided => keys::FLASH_CASE_DECIDED,
            Self::RewardTakenBack => keys::FLASH_REWARD_TAKEN_BACK,
            Self::ShortfallDecided => keys::FLASH_SHORTFALL_DECIDED,
            Self::TiersSaved => keys::FLASH_TIERS_SAVED,
            Self::TiersDiscarded => keys::FLASH_TIERS_DISCARDED,
            Self::TiersRolling => keys::FLASH_TIERS_ROLLING,
            Self::Remembered => keys::FLASH_REMEMBERED,
            Self::Forgotten => keys::FLASH_FORGOTTEN,
            Self::ConsentGiven => keys::FLASH_CONSENT_GIVEN,
            Self::ConsentWithdrawn => keys::FLASH_CONSENT_WITHDRAWN,
            Self::ContactCorrected => keys::FLASH_CONSENT_CORRECTED,
            Self::Invited => keys::FLASH_INVITED,
            Self::AccessEnded => keys::FLASH_ACCESS_ENDED,
            Self::AccessGiven => keys::FLASH_ACCESS_GIVEN,
            Self::Published => keys::FLASH_PUBLISHED,
            Self::JobRetried => keys::FLASH_JOB_RETRIED,
            Self::JobsRetried => keys::FLASH_JOBS_RETRIED,
            Self::JobGone => keys::FLASH_JOB_GONE,
            Self::RequestApproved => keys::FLASH_REQUEST_APPROVED,
            Self::RequestRefused => keys::FLASH_REQUEST_REFUSED,
            Self::ColleagueLink => keys::FLASH_COLLEAGUE_LINK,
            Self::ColleagueLinkEnded => keys::FLASH_COLLEAGUE_LINK_ENDED,
        }
    }
}
