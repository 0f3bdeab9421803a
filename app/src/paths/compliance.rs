//! The compliance matrix.

use domain::{
    ids::{ComplianceRuleId, RewardId},
    text::Country,
};

use super::{Path, built, with_id};

/// The rules of a market; the market stands in the query.
pub const COMPLIANCE: Path = Path::fixed("/manage/compliance");
/// A new rule; its market stands in the query.
pub const NEW_RULE: Path = Path::fixed("/manage/compliance/rules/new");
/// The route of [`compliance_rule`].
pub const RULE: &str = "/manage/compliance/rules/{id}";
/// The route of [`compliance_rule_end`].
pub const RULE_END: &str = "/manage/compliance/rules/{id}/end";
/// Where a sign-off is recorded.
pub const SIGN_OFF: Path = Path::fixed("/manage/compliance/sign-off");
/// A case that is tried; it stands in the query.
pub const TRY_CASE: Path = Path::fixed("/manage/compliance/case");
/// The route of [`playbook`].
pub const PLAYBOOK: &str = "/manage/compliance/playbook/{market}";
/// The route of [`playbook_markdown`].
pub const PLAYBOOK_MARKDOWN: &str = "/manage/compliance/playbook/{market}/markdown";
/// The rewards that the matrix holds.
pub const HELD: Path = Path::fixed("/work/held");
/// The route of [`reward_release`].
pub const REWARD_RELEASE: &str = "/work/held/{id}/release";

/// The rules of this market.
pub fn compliance(market: Country) -> Path {
    COMPLIANCE.with_query([("market", market.as_str())])
}

/// A rule with everything it ever said.
pub fn compliance_rule(id: ComplianceRuleId) -> Path {
    with_id(RULE, id)
}

/// Where a rule is ended.
pub fn compliance_rule_end(id: ComplianceRuleId) -> Path {
    with_id(RULE_END, id)
}

/// The playbook of a market.
pub fn playbook(market: Country) -> Path {
    built(PLAYBOOK.replace("{market}", market.as_str()))
}

/// The same as Markdown.
pub fn playbook_markdown(market: Country) -> Path {
    built(PLAYBOOK_MARKDOWN.replace("{market}", market.as_str()))
}

/// Where a held reward is let go.
pub fn reward_release(id: RewardId) -> Path {
    with_id(REWARD_RELEASE, id)
}
