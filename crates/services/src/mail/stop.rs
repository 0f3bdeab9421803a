//! The link at the foot of a mail by which its reader does without such mails, signed in or not.

use domain::consent::{Advertising, Basis, Channel, Transactional};
use serde_json::json;
use store::{StoreError, mails::Mail, permissions::NewPermission};
use uuid::Uuid;

use crate::Ctx;

/// What a click on the link has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Mails of this kind.
    Kind(Transactional),
    /// All advertising by mail.
    Advertising,
}

fn meant(kind: &str) -> Option<Stopped> {
    let mutable = Transactional::parse(kind).filter(|kind| kind.can_be_muted()).map(Stopped::Kind);
    mutable.or_else(|| Advertising::parse(kind).map(|_| Stopped::Advertising))
}

/// Whether mails of this kind carry the link.
pub(crate) fn can_be_stopped(kind: &str) -> bool {
    meant(kind).is_some()
}

/// The link's path. It names the mail, not the person.
pub(crate) fn stop_path(ctx: &Ctx, mail: Uuid) -> String {
    format!("/mail/{mail}/stop/{}", token(ctx, mail))
}

fn token(ctx: &Ctx, mail: Uuid) -> String {
    ctx.secret.token("mail-stop", &mail.to_string())
}

async fn found(ctx: &Ctx, mail: Uuid, given: &str) -> Result<Option<(Mail, Stopped)>, StoreError> {
    // Compared as keyed hashes: how long the comparison takes says nothing about the token.
    let hash = |token: &str| ctx.secret.hash("mail-stop-compare", token);
    if hash(given) != hash(&token(ctx, mail)) {
        return Ok(None);
    }
    let mail = ctx.store.mail(mail).await?;
    Ok(mail.and_then(|mail| meant(&mail.kind).map(|meant| (mail, meant))))
}

/// What the link would end; `None` where it leads nowhere.
///
/// # Errors
/// When the memory fails.
pub async fn stoppable(ctx: &Ctx, mail: Uuid, token: &str) -> Result<Option<Stopped>, StoreError> {
    Ok(found(ctx, mail, token).await?.map(|(_, stopped)| stopped))
}

/// Ends it.
///
/// # Errors
/// When the memory fails.
pub async fn stop(ctx: &Ctx, mail: Uuid, token: &str) -> Result<Option<Stopped>, StoreError> {
    let Some((mail, stopped)) = found(ctx, mail, token).await? else { return Ok(None) };
    let Some(member) = mail.recipient else { return Ok(None) };
    let tx = ctx.store.begin().await?;
    match stopped {
        Stopped::Kind(kind) => tx.permissions().mute(member, kind).await?,
        Stopped::Advertising => {
            tx.permissions()
                .object(NewPermission {
                    id: ctx.new_id(),
                    member,
                    channel: Channel::Mail,
                    basis: Basis::None,
                    source: "self".to_owned(),
                    at: ctx.now(),
                })
                .await?;
        }
    }
    let details = json!({ "kind": mail.kind });
    tx.audit(ctx.audit_entry(Some(member), "members.stop_mails", "member", member, details)).await?;
    tx.commit().await?;
    Ok(Some(stopped))
}
