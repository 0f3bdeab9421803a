//! Looking at a referral where something about it has become a fact, in the transaction of the fact itself.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    consent::{ConsentPath, ConsentState},
    fraud::{
        AdvocateFacts, CaseState, FraudCase, FraudFacts, FraudReason, FraudRules, Met, assess, busiest, score,
    },
    ids::{AccountId, CaseId, MemberId, ReferralId},
    referrals::{Event, EventKind, Facts, Position, Step},
};
use serde_json::json;
use store::{
    StoreError, Tx,
    fraud::{NewFinding, Shared},
};

use super::rules::load;
use crate::Ctx;

/// Looks at a referral, notes what speaks against it, and opens the advocate's case or adds to it where that weighs enough.
/// It refuses nothing and shows nothing: whoever recommends or agrees notices none of it.
///
/// It may run any number of times: what was found once about a referral is not found again, also after it was decided.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn check(ctx: &Ctx, tx: &Tx, facts: &Facts) -> Result<(), StoreError> {
    let referral = facts.id;
    // What somebody enters behind a link may be entered by anybody, until its contact has confirmed it.
    if facts.consent_path == ConsentPath::OwnShare && facts.consent != ConsentState::Given {
        return Ok(());
    }
    let rules = load(tx).await?;
    let Some(known) = tx.fraud().advocate(facts.advocate).await? else { return Ok(()) };
    let contacts = tx.fraud().contacts(referral).await?;
    let colleagues = match contacts.is_empty() {
        true => BTreeSet::new(),
        false => tx.fraud().colleagues(known.account, facts.advocate).await?,
    };
    let window = rules.velocity_window();
    let made = tx.fraud().made_around(facts.advocate, facts.submitted_at, window).await?;
    let together = busiest(&made, facts.submitted_at, window);
    let looked_at = FraudFacts {
        advocate: AdvocateFacts {
            name: known.name,
            mail: known.mail,
            company: known.company,
            domains: tx.consent().domains_of(known.account).await?,
            colleagues,
        },
        company: facts.company.clone(),
        domain: tx.referrals().domain_of(referral).await?,
        contacts,
        referrals: u32::try_from(together.len()).unwrap_or(u32::MAX),
        won_after: won_after(tx, facts).await?,
    };
    let met = assess(&looked_at, &rules);
    if met.is_empty() {
        return Ok(());
    }
    let mut found = Vec::new();
    for one in met {
        for concerned in concerned(tx, referral, together, one).await? {
            found.push(NewFinding { referral: concerned, advocate: facts.advocate, met: one });
        }
    }
    // Of two that find something about one person at the same moment, the second sees the first one's case.
    tx.rewards().lock_advocate(facts.advocate).await?;
    if tx.fraud().note(&found, ctx.now()).await? == 0 {
        return Ok(());
    }
    let about = (facts.advocate, facts.advocate_account);
    let Some(case) = case_for(ctx, tx, referral, about, &rules).await? else { return Ok(()) };
    let joined = tx.fraud().join(case, facts.advocate).await?;
    let details = json!({ "referral": referral, "findings": joined });
    tx.audit(ctx.audit_entry(None, "fraud.find", "case", case, details)).await
}

/// The open case about the advocate; a new one where what speaks against this referral weighs enough.
async fn case_for(
    ctx: &Ctx,
    tx: &Tx,
    referral: ReferralId,
    (advocate, account): (MemberId, AccountId),
    rules: &FraudRules,
) -> Result<Option<CaseId>, StoreError> {
    if let Some(open) = tx.fraud().open_case(advocate).await? {
        return Ok(Some(open));
    }
    let undecided = tx.fraud().undecided(referral).await?;
    let score = score(undecided.iter().map(|met| (met.reason, met.weight)));
    if score < rules.threshold.into() {
        return Ok(None);
    }
    let case = FraudCase { id: ctx.new_id(), advocate, account, state: CaseState::Open };
    tx.fraud().insert_case(&case, ctx.now()).await?;
    let details = json!({ "advocate": advocate, "score": score });
    tx.audit(ctx.audit_entry(None, "fraud.open", "case", case.id, details)).await?;
    Ok(Some(case.id))
}

/// The referrals that a reason is about: those that were many, those that share something, or this one alone.
async fn concerned(
    tx: &Tx,
    referral: ReferralId,
    together: &[(ReferralId, DateTime<Utc>)],
    met: Met,
) -> Result<BTreeSet<ReferralId>, StoreError> {
    let mut concerned = match met.reason {
        FraudReason::Velocity => together.iter().map(|(id, _)| *id).collect(),
        FraudReason::KnownMailbox => tx.fraud().sharing(referral, Shared::Mailbox).await?,
        FraudReason::SharedAddress => tx.fraud().sharing(referral, Shared::Source).await?,
        _ => BTreeSet::new(),
    };
    concerned.insert(referral);
    Ok(concerned)
}

/// How long it took from accepted to won; `None` while it is not won. What was won without being accepted before was
/// accepted by that very step.
async fn won_after(tx: &Tx, facts: &Facts) -> Result<Option<TimeDelta>, StoreError> {
    if facts.position != Position::On(Step::Won) {
        return Ok(None);
    }
    let accepted = tx.referrals().events(facts.id).await?.into_iter().rev().find(is_accepting);
    Ok(accepted.map(|event| facts.stage_since - event.at))
}

fn is_accepting(event: &Event) -> bool {
    let EventKind::Moved { from, to, .. } = &event.kind else { return false };
    let reaches = |step: Option<Step>| step.is_some_and(|step| step >= Step::Accepted);
    reaches(to.step()) && !reaches(from.step())
}
