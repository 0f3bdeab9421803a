//! One referral, seen by one of the three.

use chrono::{DateTime, Utc};
use domain::{
    ids::ReferralId,
    referrals::Party,
    triple_win::{BandRules, Seen, WinCause, WinKind},
};
use store::{StoreError, triple_win::Whose};

use crate::Ctx;

/// An entry as one party may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who gave.
    pub giver: Party,
    /// Who received.
    pub receiver: Party,
    /// What.
    pub kind: WinKind,
    /// The evidence.
    pub cause: WinCause,
    /// How much of the amount they see.
    pub seen: Seen,
}

/// What `viewer` sees of a referral's entries. The caller has checked that they may see the referral at all; what they
/// may see of its amounts is decided here, so that a page is never handed more.
///
/// # Errors
/// When the memory fails.
pub async fn of_referral(
    ctx: &Ctx,
    referral: ReferralId,
    viewer: Party,
) -> Result<Vec<SeenEntry>, StoreError> {
    let rules = BandRules::default();
    let now = ctx.now();
    let kept = ctx.store.triple_win().of_referral(referral).await?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let sums = ctx.store.triple_win().sums(Whose::All, now - rules.after).await?;
    let disclosure = ctx.store.referrals().load(referral).await?.map(|stored| stored.facts.terms.disclosure);
    let entries = kept.into_iter().filter_map(|kept| {
        let entry = kept.entry;
        let unit = entry.amount.map(|amount| amount.unit());
        let among = sums
            .iter()
            .find(|sum| (sum.cause, sum.kind, Some(sum.sum.unit())) == (entry.cause, entry.kind, unit))
            .map_or(0, |sum| sum.among);
        let told = disclosure
            .as_ref()
            .and_then(|disclosure| disclosure.maximum.amounts().find(|amount| Some(amount.unit()) == unit));
        let seen = entry.seen_by(viewer, among, now - kept.at, told, &rules)?;
        Some(SeenEntry {
            at: kept.at,
            giver: entry.giver,
            receiver: entry.receiver,
            kind: entry.kind,
            cause: entry.cause,
            seen,
        })
    });
    Ok(entries.collect())
}
