//! Referrals, as their advocates and as those who look after them see them.

use domain::ids::ReferralId;

use super::{Path, with_id};

/// The form for a new referral.
pub const REFER: Path = Path::fixed("/refer");
/// One's own referrals.
pub const REFERRALS: Path = Path::fixed("/referrals");
/// The route of [`referral`].
pub const REFERRAL: &str = "/referrals/{id}";
/// The route of [`referral_choice`].
pub const REFERRAL_CHOICE: &str = "/referrals/{id}/incentive";
/// The route of [`referral_withdrawal`].
pub const REFERRAL_WITHDRAWAL: &str = "/referrals/{id}/withdrawal";
/// The route of [`referral_message`].
pub const REFERRAL_MESSAGE: &str = "/referrals/{id}/messages";
/// The route of [`referral_correction`].
pub const REFERRAL_CORRECTION: &str = "/referrals/{id}/correction";

/// One's own referral.
pub fn referral(id: ReferralId) -> Path {
    with_id(REFERRAL, id)
}

/// Where its incentive is chosen.
pub fn referral_choice(id: ReferralId) -> Path {
    with_id(REFERRAL_CHOICE, id)
}

/// Where it is taken back.
pub fn referral_withdrawal(id: ReferralId) -> Path {
    with_id(REFERRAL_WITHDRAWAL, id)
}

/// Where its advocate writes.
pub fn referral_message(id: ReferralId) -> Path {
    with_id(REFERRAL_MESSAGE, id)
}

/// Where its advocate puts right what they have written.
pub fn referral_correction(id: ReferralId) -> Path {
    with_id(REFERRAL_CORRECTION, id)
}

/// What came to nothing behind advocates' own links.
pub const NEUTRAL_ANSWERS: Path = Path::fixed("/work/neutral-answers");
/// The board of open referrals.
pub const BOARD: Path = Path::fixed("/work/board");
/// What is due of them, the most urgent first.
pub const DUE: Path = Path::fixed("/work/due");
/// All referrals that one looks after, as a list.
pub const WORK_REFERRALS: Path = Path::fixed("/work/referrals");
/// The route of [`work_referral`].
pub const WORK_REFERRAL: &str = "/work/referrals/{id}";
/// The route of [`work_move`].
pub const WORK_MOVE: &str = "/work/referrals/{id}/stage";
/// The route of [`work_deal`].
pub const WORK_DEAL: &str = "/work/referrals/{id}/deal";
/// The route of [`work_reveal`].
pub const WORK_REVEAL: &str = "/work/referrals/{id}/reveal";
/// The route of [`work_answer`].
pub const WORK_ANSWER: &str = "/work/referrals/{id}/answer";
/// The route of [`work_stop`].
pub const WORK_STOP: &str = "/work/referrals/{id}/stop";
/// The route of [`work_proof`].
pub const WORK_PROOF: &str = "/work/referrals/{id}/proof";
/// The route of [`work_thanks`].
pub const WORK_THANKS: &str = "/work/referrals/{id}/thanks";
/// The route of [`work_message`].
pub const WORK_MESSAGE: &str = "/work/referrals/{id}/messages";

/// A referral that one looks after.
pub fn work_referral(id: ReferralId) -> Path {
    with_id(WORK_REFERRAL, id)
}

/// Where its stage is moved.
pub fn work_move(id: ReferralId) -> Path {
    with_id(WORK_MOVE, id)
}

/// Shows name and number of whom it is about.
pub fn work_reveal(id: ReferralId) -> Path {
    with_id(WORK_REVEAL, id)
}

/// Where a spoken answer is written down.
pub fn work_answer(id: ReferralId) -> Path {
    with_id(WORK_ANSWER, id)
}

/// Where it is written down that somebody has taken a spoken yes back.
pub fn work_stop(id: ReferralId) -> Path {
    with_id(WORK_STOP, id)
}

/// What its contacts have agreed to, to print.
pub fn work_proof(id: ReferralId) -> Path {
    with_id(WORK_PROOF, id)
}

/// Where its advocate is thanked.
pub fn work_thanks(id: ReferralId) -> Path {
    with_id(WORK_THANKS, id)
}

/// Where its account manager writes.
pub fn work_message(id: ReferralId) -> Path {
    with_id(WORK_MESSAGE, id)
}

/// Where the size of its deal is recorded.
pub fn work_deal(id: ReferralId) -> Path {
    with_id(WORK_DEAL, id)
}
