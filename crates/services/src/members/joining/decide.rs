//! Staff decide who may join.

use domain::{ids::MemberId, members::Inviting};
use serde_json::json;
use store::{
    StoreError, Tx,
    joining::{JoinRequest, WaitingRequest},
};
use uuid::Uuid;

use super::{confirm::admit, mails};
use crate::{Ctx, members::PeopleError};

/// How many are shown at once; whoever has decided on these sees the next ones.
const SHOWN: u64 = 100;

/// Those who wait.
///
/// # Errors
/// When the memory fails.
pub async fn waiting_requests(ctx: &Ctx, _by: Inviting) -> Result<Vec<WaitingRequest>, StoreError> {
    ctx.store.joining().waiting(SHOWN).await
}

/// Takes a confirmed request: of two who decide, one gets it.
async fn take(tx: &Tx, id: Uuid) -> Result<JoinRequest, PeopleError> {
    let request = tx.joining().request(id).await?.filter(|request| request.confirmed_at.is_some());
    let request = request.ok_or(PeopleError::NotFound)?;
    if tx.joining().take(id).await? { Ok(request) } else { Err(PeopleError::NotFound) }
}

/// Lets somebody in, and tells them.
///
/// # Errors
/// [`PeopleError::NotFound`] when somebody else has decided, [`PeopleError::Taken`] when they have come in otherwise.
pub async fn approve_request(ctx: &Ctx, by: Inviting, id: Uuid) -> Result<MemberId, PeopleError> {
    let tx = ctx.store.begin().await?;
    let request = take(&tx, id).await?;
    let member = admit(ctx, &tx, &request).await?;
    mails::write_answer(ctx, &tx, &request, true).await?;
    let details = json!({ "request": id });
    tx.audit(ctx.audit_entry(Some(by.member()), "members.approve_join", "member", member, details)).await?;
    tx.commit().await?;
    Ok(member)
}

/// Turns somebody down, tells them, and forgets what they had entered.
///
/// # Errors
/// [`PeopleError::NotFound`] when somebody else has decided.
pub async fn refuse_request(ctx: &Ctx, by: Inviting, id: Uuid) -> Result<(), PeopleError> {
    let tx = ctx.store.begin().await?;
    let request = take(&tx, id).await?;
    mails::write_answer(ctx, &tx, &request, false).await?;
    let details = json!({ "account": request.account });
    tx.audit(ctx.audit_entry(Some(by.member()), "members.refuse_join", "join_request", id, details)).await?;
    Ok(tx.commit().await?)
}
