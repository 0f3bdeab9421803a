//! From a click to the referred person's consent.

pub(crate) mod assists;
pub(crate) mod carried_neutral_answers;
pub(crate) mod channel_tallies;
pub(crate) mod click_salts;
pub(crate) mod company_claims;
pub(crate) mod consents;
pub(crate) mod contacts;
pub(crate) mod move_forms;
pub(crate) mod neutral_answers;
pub(crate) mod referral_codes;
pub(crate) mod referral_events;
pub(crate) mod referral_messages;
pub(crate) mod referral_tallies;
pub(crate) mod referrals;
pub(crate) mod touches;
