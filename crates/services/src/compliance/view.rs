//! The matrix as staff look at it.

use std::collections::BTreeMap;

use domain::{ids::MemberId, members::Actor};
use store::{StoreError, compliance::Law};

use crate::Ctx;

/// The matrix, and who wrote and recorded what.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Every rule in every version, and the sign-offs.
    pub law: Law,
    /// Names of authors and of those who recorded a sign-off.
    pub names: BTreeMap<MemberId, String>,
    /// Whether the actor may change it.
    pub editable: bool,
}

/// The matrix as staff see it; `None` for somebody who is none.
///
/// # Errors
/// When the memory fails.
pub async fn overview(ctx: &Ctx, actor: &Actor) -> Result<Option<Overview>, StoreError> {
    if !actor.sees_programs() {
        return Ok(None);
    }
    let room = ctx.store.compliance();
    let law = room.law().await?;
    let names = room.names(law.people()).await?;
    Ok(Some(Overview { law, names, editable: actor.program_managing().is_some() }))
}
