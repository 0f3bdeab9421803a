//! Writing a rule: each change is a version of its own, and the ones before it stay.

use chrono::NaiveDate;
use domain::{
    accounts::RecipientKind,
    compliance::{Case, Decision, Effect, MatrixRule, RuleVersion, Scope},
    ids::ComplianceRuleId,
    incentives::IncentiveKind,
    members::ProgramManaging,
    rewards::Side,
    text::{Bilingual, Country},
};
use serde_json::json;
use store::{
    StoreError,
    compliance::{Law, Touched, WrittenRule},
};
use uuid::Uuid;

use super::review;
use crate::Ctx;

/// What a rule shall say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDraft {
    /// Which rule, and the version its editor saw; `None` for a new one.
    pub of: Option<RuleVersion>,
    /// In which market; that of an existing rule stays.
    pub market: Country,
    /// For what.
    pub scope: Scope,
    /// What it says.
    pub effect: Effect,
    /// By which law, or why.
    pub legal_basis: String,
    /// What those read whom it concerns.
    pub disclosure: Bilingual,
    /// When somebody has to look at it again.
    pub review_on: Option<NaiveDate>,
}

/// Why a rule stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveRuleError {
    /// There is no such rule.
    #[error("not_found")]
    NotFound,
    /// "Unknown" is no kind of organisation that a rule could be for.
    #[error("rule_recipient")]
    Recipient,
    /// "No reward" is always allowed.
    #[error("rule_kind")]
    Kind,
    /// A review in the past reminds nobody.
    #[error("rule_review_past")]
    ReviewPast,
    /// Another rule of the market says the same of the same.
    #[error("rule_double")]
    Double,
    /// Somebody changed it since the page was loaded.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveRuleError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl RuleDraft {
    /// As it would be written.
    fn written(&self, ctx: &Ctx, by: Option<ProgramManaging>, id: RuleVersion) -> WrittenRule {
        WrittenRule {
            rule: MatrixRule { id, market: self.market, scope: self.scope, effect: self.effect },
            legal_basis: self.legal_basis.clone(),
            disclosure: self.disclosure.clone(),
            review_on: self.review_on,
            ended: false,
            set_number: 0,
            author: by.map(|by| by.member()),
            created_at: ctx.now(),
        }
    }

    fn check(&self, ctx: &Ctx, law: &Law) -> Result<(), SaveRuleError> {
        if self.scope.recipient == Some(RecipientKind::Unknown) {
            return Err(SaveRuleError::Recipient);
        }
        if self.scope.kind == Some(IncentiveKind::None) {
            return Err(SaveRuleError::Kind);
        }
        let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
        if self.review_on.is_some_and(|day| day < today) {
            return Err(SaveRuleError::ReviewPast);
        }
        let own = self.of.map(|of| of.rule);
        let double = law.rules(self.market).into_iter().any(|there| {
            Some(there.rule.id.rule) != own
                && there.rule.scope == self.scope
                && there.rule.effect == self.effect
        });
        if double { Err(SaveRuleError::Double) } else { Ok(()) }
    }
}

/// The market of a rule that is there, if nobody has changed it since `seen`.
fn newest(law: &Law, seen: RuleVersion) -> Result<&WrittenRule, SaveRuleError> {
    let newest = law.history(seen.rule).last().copied().ok_or(SaveRuleError::NotFound)?;
    if newest.ended {
        return Err(SaveRuleError::NotFound);
    }
    if newest.rule.id.version == seen.version { Ok(newest) } else { Err(SaveRuleError::Stale) }
}

/// Writes a new rule, or the next version of one. What it makes stricter holds at once; what it makes looser waits until
/// the market's rules are signed off again. Promises keep their terms.
///
/// # Errors
/// [`SaveRuleError`] says what to change.
pub async fn save_rule(
    ctx: &Ctx,
    by: ProgramManaging,
    mut draft: RuleDraft,
) -> Result<RuleVersion, SaveRuleError> {
    let tx = ctx.store.begin().await?;
    let law = tx.compliance().law().await?;
    let id = match draft.of {
        None => RuleVersion { rule: ctx.new_id(), version: 1 },
        Some(seen) => {
            draft.market = newest(&law, seen)?.rule.market;
            RuleVersion { version: seen.version + 1, ..seen }
        }
    };
    draft.check(ctx, &law)?;
    let set_number = tx.compliance().next_set(draft.market).await?;
    let written = WrittenRule { set_number, ..draft.written(ctx, Some(by), id) };
    match draft.of {
        Some(_) => tx.update_rule(&by, &written).await?,
        None => tx.insert_rule(&written).await?,
    }
    review::order(ctx, &tx, draft.review_on).await?;
    let scope = draft.scope;
    let details = json!({
        "market": draft.market, "version": id.version, "set": set_number, "effect": draft.effect,
        "section": scope.section, "recipient": scope.recipient, "kind": scope.kind, "side": scope.side,
    });
    let audit =
        ctx.audit_entry(Some(by.member()), "compliance.save_rule", "compliance_rule", id.rule, details);
    tx.audit(audit).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a rule: its last version says so, and everything it ever said stays readable.
///
/// # Errors
/// [`SaveRuleError`] says what stands in the way.
pub async fn end_rule(ctx: &Ctx, by: ProgramManaging, seen: RuleVersion) -> Result<(), SaveRuleError> {
    let tx = ctx.store.begin().await?;
    let law = tx.compliance().law().await?;
    let last = newest(&law, seen)?.clone();
    let set_number = tx.compliance().next_set(last.rule.market).await?;
    let id = RuleVersion { version: seen.version + 1, ..seen };
    let market = last.rule.market;
    let ended = WrittenRule {
        rule: MatrixRule { id, ..last.rule },
        ended: true,
        set_number,
        author: Some(by.member()),
        created_at: ctx.now(),
        ..last
    };
    tx.update_rule(&by, &ended).await?;
    let details = json!({ "market": market, "version": id.version, "set": set_number });
    tx.audit(ctx.audit_entry(Some(by.member()), "compliance.end_rule", "compliance_rule", id.rule, details))
        .await?;
    Ok(tx.commit().await?)
}

/// What a change would touch: the choices of open referrals and the promises not delivered yet that are decided otherwise
/// with it than without, each with what would hold then.
///
/// # Errors
/// When the memory fails.
pub async fn touched(ctx: &Ctx, draft: &RuleDraft) -> Result<Vec<(Touched, Decision)>, StoreError> {
    let room = ctx.store.compliance();
    let law = room.law().await?;
    let id = match draft.of {
        Some(seen) => RuleVersion { version: seen.version + 1, ..seen },
        None => RuleVersion { rule: ComplianceRuleId::from(Uuid::nil()), version: 1 },
    };
    let then = law.with(&draft.written(ctx, None, id));
    let standing = room.standing_in(draft.market).await?;
    let changed = standing.into_iter().filter_map(|one| {
        let case = Case { receiver: one.receiver, kind: one.kind, side: Side::Advocate };
        let (before, after) = (law.matrix.decide(&case), then.matrix.decide(&case));
        let same = before.verdict == after.verdict && before.caps.len() == after.caps.len();
        (!same).then_some((one, after))
    });
    Ok(changed.collect())
}
