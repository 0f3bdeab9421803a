//! Name, address, language and deputy of a person.

use domain::members::Administering;
use serde_json::json;
use store::people::PersonChange;

use super::PeopleError;
use crate::Ctx;

/// Changes a person. A new address is written nowhere but in their row; mail goes there only once they ask for it
/// themselves.
///
/// # Errors
/// [`PeopleError::Stale`] when somebody has changed them since.
pub async fn change_person(
    ctx: &Ctx,
    administering: Administering,
    change: PersonChange,
) -> Result<(), PeopleError> {
    let id = change.id;
    let tx = ctx.store.begin().await?;
    let before = tx.members().details(id).await?.ok_or(PeopleError::NotFound)?;
    if let Some(deputy) = change.deputy {
        let found = tx.members().details(deputy).await?;
        if deputy == id || !found.is_some_and(|deputy| deputy.active && deputy.account == before.account) {
            return Err(PeopleError::Deputy);
        }
    }
    tx.members().change(administering, &change).await?;
    if before.email != change.email {
        // Whoever read the old mailbox may no longer be the one who signs in, nor whoever holds the letter.
        tx.members().end_sessions(id, ctx.now()).await?;
        tx.members().end_invitations(id, ctx.now()).await?;
    }
    let details = json!({
        "name": before.name != change.name,
        "email": before.email != change.email,
        "language": before.language != change.language,
        "deputy": change.deputy,
    });
    tx.audit(ctx.audit_entry(Some(administering.member()), "members.change", "member", id, details)).await?;
    Ok(tx.commit().await?)
}
