//! Rewards, approvals, deliveries.

use domain::ids::{AccountId, MemberId, RewardId, ShortfallId};

use super::{Path, with_id};

/// One's own rewards.
pub const REWARDS: Path = Path::fixed("/rewards");
/// The statement of a year; the year stands in the query.
pub const REWARD_STATEMENT: Path = Path::fixed("/rewards/statement.csv");
/// What one's own company and the host have given each other.
pub const GIVEN_AND_RECEIVED: Path = Path::fixed("/rewards/given-and-received");
/// The route of [`introduction_answer`].
pub const INTRODUCTION_ANSWER: &str = "/rewards/{id}/introduction";
/// What all companies and the host have given each other.
pub const RECIPROCITIES: Path = Path::fixed("/work/reciprocity");
/// The route of [`reciprocity`].
pub const RECIPROCITY: &str = "/work/reciprocity/{id}";
/// The route of [`introduction_promise`].
pub const INTRODUCTION_PROMISE: &str = "/work/rewards/{id}/promise";
/// The route of [`introduction_made`].
pub const INTRODUCTION_MADE: &str = "/work/rewards/{id}/introduction";
/// The route of [`own_receipt`].
pub const OWN_RECEIPT: &str = "/rewards/{id}/receipt";
/// The route of [`reward_receipt`].
pub const REWARD_RECEIPT: &str = "/work/rewards/{id}/receipt";
/// Credits for the billing system.
pub const CREDITS: Path = Path::fixed("/work/credits");
/// Where they are handed to the billing system.
pub const CREDITS_EXPORT: Path = Path::fixed("/work/credits/export");
/// Where its bookings are taken.
pub const CREDITS_BOOK: Path = Path::fixed("/work/credits/book");
/// What billing tells of deals after they were won.
pub const CONVERSIONS: Path = Path::fixed("/work/conversions");
/// Where a file of that is taken.
pub const CONVERSIONS_TAKE: Path = Path::fixed("/work/conversions/take");
/// Its lines that are not taken, as a file.
pub const CONVERSIONS_ERRORS: Path = Path::fixed("/work/conversions/errors.csv");
/// A file to fill in.
pub const CONVERSIONS_TEMPLATE: Path = Path::fixed("/work/conversions/template.csv");
/// What is open at a day.
pub const OBLIGATIONS: Path = Path::fixed("/work/obligations");
/// The same as a file.
pub const OBLIGATIONS_FILE: Path = Path::fixed("/work/obligations/export.csv");
/// What a fiscal year has moved.
pub const YEAR_END: Path = Path::fixed("/work/year-end");
/// The same as a file.
pub const YEAR_END_FILE: Path = Path::fixed("/work/year-end/export.csv");
/// The route of [`company_year`].
pub const COMPANY_YEAR: &str = "/work/year-end/company/{id}";
/// The route of [`company_year_file`].
pub const COMPANY_YEAR_FILE: &str = "/work/year-end/company/{id}/statement.csv";
/// The route of [`person_year`].
pub const PERSON_YEAR: &str = "/work/year-end/person/{id}";
/// The route of [`person_year_file`].
pub const PERSON_YEAR_FILE: &str = "/work/year-end/person/{id}/statement.csv";
/// What waits for approval.
pub const APPROVALS: Path = Path::fixed("/work/approvals");
/// What is to be delivered.
pub const DELIVERIES: Path = Path::fixed("/work/deliveries");
/// All rewards, for those who decide about them.
pub const WORK_REWARDS: Path = Path::fixed("/work/rewards");
/// What was taken back after its delivery.
pub const SHORTFALLS: Path = Path::fixed("/work/shortfalls");
/// The route of [`shortfall`].
pub const SHORTFALL: &str = "/work/shortfalls/{id}";
/// The route of [`work_reward`].
pub const WORK_REWARD: &str = "/work/rewards/{id}";
/// The route of [`reward_approval`].
pub const REWARD_APPROVAL: &str = "/work/rewards/{id}/approval";
/// The route of [`reward_refusal`].
pub const REWARD_REFUSAL: &str = "/work/rewards/{id}/refusal";
/// The route of [`reward_delivery`].
pub const REWARD_DELIVERY: &str = "/work/rewards/{id}/delivery";
/// The route of [`delivery_plan`].
pub const DELIVERY_PLAN: &str = "/work/rewards/{id}/plan";
/// The route of [`reward_category`].
pub const REWARD_CATEGORY: &str = "/work/rewards/{id}/category";
/// The route of [`reward_return`].
pub const REWARD_RETURN: &str = "/work/rewards/{id}/return";

/// One reward with its life.
pub fn work_reward(id: RewardId) -> Path {
    with_id(WORK_REWARD, id)
}

/// One thing to be returned, and the decision about it.
pub fn shortfall(id: ShortfallId) -> Path {
    with_id(SHORTFALL, id)
}

/// Where a reward is approved.
pub fn reward_approval(id: RewardId) -> Path {
    with_id(REWARD_APPROVAL, id)
}

/// Where a reward is declined.
pub fn reward_refusal(id: RewardId) -> Path {
    with_id(REWARD_REFUSAL, id)
}

/// Where a delivery is recorded.
pub fn reward_delivery(id: RewardId) -> Path {
    with_id(REWARD_DELIVERY, id)
}

/// Where a delivery is given to somebody.
pub fn delivery_plan(id: RewardId) -> Path {
    with_id(DELIVERY_PLAN, id)
}

/// What a fiscal year has moved for a company.
pub fn company_year(id: AccountId) -> Path {
    with_id(COMPANY_YEAR, id)
}

/// The same as a file.
pub fn company_year_file(id: AccountId) -> Path {
    with_id(COMPANY_YEAR_FILE, id)
}

/// What a fiscal year has moved for a person.
pub fn person_year(id: MemberId) -> Path {
    with_id(PERSON_YEAR, id)
}

/// The same as a file.
pub fn person_year_file(id: MemberId) -> Path {
    with_id(PERSON_YEAR_FILE, id)
}

/// Where finance says what a reward is for tax and accounting.
pub fn reward_category(id: RewardId) -> Path {
    with_id(REWARD_CATEGORY, id)
}

/// Where a reward is taken back.
pub fn reward_return(id: RewardId) -> Path {
    with_id(REWARD_RETURN, id)
}

/// Where an advocate says whether an introduction was made.
pub fn introduction_answer(id: RewardId) -> Path {
    with_id(INTRODUCTION_ANSWER, id)
}

/// What this company and the host have given each other.
pub fn reciprocity(id: AccountId) -> Path {
    with_id(RECIPROCITY, id)
}

/// Where somebody is promised.
pub fn introduction_promise(id: RewardId) -> Path {
    with_id(INTRODUCTION_PROMISE, id)
}

/// Where an introduction is noted as made.
pub fn introduction_made(id: RewardId) -> Path {
    with_id(INTRODUCTION_MADE, id)
}

/// The receipt of one's own donation.
pub fn own_receipt(id: RewardId) -> Path {
    with_id(OWN_RECEIPT, id)
}

/// The receipt of a donation, where it is read and handed in.
pub fn reward_receipt(id: RewardId) -> Path {
    with_id(REWARD_RECEIPT, id)
}
