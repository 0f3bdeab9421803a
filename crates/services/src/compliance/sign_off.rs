//! Recording that counsel has signed the rules of a market off. Without it nothing goes live there.

use chrono::NaiveDate;
use domain::{
    members::ProgramManaging,
    text::{Country, PersonName},
};
use serde_json::json;
use store::{StoreError, compliance::SignOff};
use uuid::Uuid;

use crate::Ctx;

/// What is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSignOff {
    /// Of which market.
    pub market: Country,
    /// The set of rules that was looked at.
    pub set_number: i32,
    /// Who signed.
    pub counsel: PersonName,
    /// When.
    pub signed_on: NaiveDate,
    /// Where the signed document is.
    pub document: String,
}

/// Why nothing is recorded.
#[derive(Debug, thiserror::Error)]
pub enum SignOffError {
    /// There are no rules to sign.
    #[error("not_found")]
    NotFound,
    /// Nobody has signed in the future.
    #[error("sign_off_future")]
    Future,
    /// A signature without a document proves nothing.
    #[error("empty")]
    DocumentMissing,
    /// The rules were changed since: somebody has to look at them first.
    #[error("sign_off_stale")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Records that counsel has signed the rules of a market off, as they stand. From then on they hold as they are.
///
/// # Errors
/// [`SignOffError`] says what stands in the way.
pub async fn sign_off(ctx: &Ctx, by: ProgramManaging, new: NewSignOff) -> Result<(), SignOffError> {
    let document = new.document.trim();
    if document.is_empty() {
        return Err(SignOffError::DocumentMissing);
    }
    if new.signed_on > ctx.now().with_timezone(&ctx.host.zone).date_naive() {
        return Err(SignOffError::Future);
    }
    let tx = ctx.store.begin().await?;
    let law = tx.compliance().law().await?;
    let market = law.markets.get(&new.market).ok_or(SignOffError::NotFound)?;
    if market.set_number != new.set_number {
        return Err(SignOffError::Stale);
    }
    let recorded = SignOff {
        market: new.market,
        set_number: new.set_number,
        counsel: new.counsel.as_str().to_owned(),
        document: document.to_owned(),
        signed_on: new.signed_on,
        recorded_by: by.member(),
        recorded_at: ctx.now(),
    };
    let same = |there: &SignOff| {
        there.set_number == recorded.set_number
            && there.counsel == recorded.counsel
            && there.document == recorded.document
            && there.signed_on == recorded.signed_on
    };
    // The second press of the button.
    if market.sign_off.as_ref().is_some_and(same) {
        return Ok(());
    }
    let id: Uuid = ctx.new_id();
    tx.sign_off(&by, id, &recorded).await?;
    let details = json!({ "set": recorded.set_number, "signed_on": recorded.signed_on });
    let market = recorded.market.as_str();
    tx.audit(ctx.audit_entry(Some(by.member()), "compliance.sign_off", "market", market, details)).await?;
    Ok(tx.commit().await?)
}
