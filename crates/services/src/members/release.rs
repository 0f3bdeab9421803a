//! An employer's release: recorded and revoked by staff, never about themselves or their own company.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    ids::{AccountId, MemberId},
    incentives::Unit,
    members::{Actor, Inviting},
    rewards::{EmployerRelease, Release, ReleaseError},
    text::PersonName,
};
use serde_json::json;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::Ctx;

/// What staff write down.
#[derive(Clone, Debug)]
pub struct RecordRelease {
    /// Who may receive.
    pub member: MemberId,
    /// Who at the employer released it.
    pub released_by: PersonName,
    /// From which day on.
    pub released_on: NaiveDate,
    /// The last day, where there is one.
    pub valid_until: Option<NaiveDate>,
    /// How much in a calendar year, by unit.
    pub caps: BTreeMap<Unit, i64>,
    /// Where the document is.
    pub document: String,
}

/// Why nothing was recorded or revoked.
#[derive(Debug, thiserror::Error)]
pub enum RecordReleaseError {
    /// There is no such person, or they work for no customer.
    #[error("not_found")]
    NotFound,
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// It is about the actor, or about their own company.
    #[error("release_own")]
    Own,
    /// Something is missing or contradicts itself.
    #[error("{0}")]
    Rule(ReleaseError),
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The power and the person's company, if this is for the actor to record.
async fn ground(
    tx: &Tx,
    actor: &Actor,
    member: MemberId,
) -> Result<(Inviting, AccountId), RecordReleaseError> {
    let power = actor.inviting().ok_or(RecordReleaseError::NotAllowed)?;
    let person = tx.members().details(member).await?.ok_or(RecordReleaseError::NotFound)?;
    let (account, _) = person.account.ok_or(RecordReleaseError::NotFound)?;
    if actor.member == member || actor.account == Some(account) {
        return Err(RecordReleaseError::Own);
    }
    Ok((power, account))
}

/// Records that a person's employer lets rewards go to the person. The one recorded last counts, for rewards whose receiver
/// is decided from now on; a second press, which says the same again, changes nothing.
///
/// # Errors
/// [`RecordReleaseError`] says what is missing.
pub async fn record_release(
    ctx: &Ctx,
    actor: &Actor,
    command: RecordRelease,
) -> Result<(), RecordReleaseError> {
    let RecordRelease { member, released_by, released_on, valid_until, caps, document } = command;
    let tx = ctx.store.begin().await?;
    let (power, account) = ground(&tx, actor, member).await?;
    let of = EmployerRelease { account, member };
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let release = Release { of, released_by, released_on, valid_until, caps, document };
    let release = release.checked(today).map_err(RecordReleaseError::Rule)?;
    // Of two presses at the same moment the second finds what the first has recorded.
    tx.rewards().lock_advocate(member).await?;
    let recorded = tx.releases().of(member).await?;
    let last = recorded.iter().find(|one| one.revoked_at.is_none() && one.release.of == of);
    if last.is_some_and(|one| one.release == release) {
        return Ok(());
    }
    let id: Uuid = ctx.new_id();
    tx.releases().insert(id, &release, power.member(), ctx.now()).await?;
    let details = json!({ "release": id, "caps": release.caps, "until": release.valid_until });
    tx.audit(ctx.audit_entry(Some(power.member()), "members.record_release", "member", member, details))
        .await?;
    Ok(tx.commit().await?)
}

/// Revokes a release, for rewards whose receiver is decided from now on. A second press changes nothing.
///
/// # Errors
/// [`RecordReleaseError`] when it is not for the actor to do.
pub async fn revoke_release(
    ctx: &Ctx,
    actor: &Actor,
    member: MemberId,
    release: Uuid,
) -> Result<(), RecordReleaseError> {
    let tx = ctx.store.begin().await?;
    let (power, _) = ground(&tx, actor, member).await?;
    if tx.releases().revoke(release, member, power.member(), ctx.now()).await? {
        let details = json!({ "release": release });
        tx.audit(ctx.audit_entry(Some(power.member()), "members.revoke_release", "member", member, details))
            .await?;
        tx.commit().await?;
    }
    Ok(())
}
