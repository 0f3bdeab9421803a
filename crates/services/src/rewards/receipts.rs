//! The receipt of a donation: handed in with its delivery, seen by the advocate and by whoever hands over.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use domain::{
    documents::{Document, DocumentKind},
    ids::{MemberId, RewardId},
    members::{Actor, Referrer},
};
use store::StoreError;
use uuid::Uuid;

use crate::{Ctx, jobs::Job};

/// Bytes of a piece; a multiple of three, so that the pieces of base64 follow each other without gaps.
const PIECE: usize = 192 * 1024;

/// Keeps a document, before the transaction of what refers to it.
pub(super) async fn keep(ctx: &Ctx, by: MemberId, document: &Document) -> Result<Uuid, StoreError> {
    let id: Uuid = ctx.new_id();
    let pieces = document.bytes.chunks(PIECE).map(|piece| STANDARD.encode(piece)).collect();
    let now = ctx.now();
    // The delivery may be refused, and a server may stop between the two.
    let forget = Job::ForgetDocument { document: id }.to_new(ctx, now + TimeDelta::days(1));
    ctx.store.keep_document(id, by, document, pieces, now, forget).await?;
    Ok(id)
}

/// The receipt of an advocate's own donation; `None` where it is somebody else's, or there is none.
///
/// # Errors
/// When the memory fails.
pub async fn own_receipt(
    ctx: &Ctx,
    referrer: &Referrer,
    reward: RewardId,
) -> Result<Option<(DocumentKind, Vec<u8>)>, StoreError> {
    let line = ctx.store.rewards().line(reward).await?;
    let own = line.is_some_and(|line| line.advocate == referrer.member());
    if own { read(ctx, reward).await } else { Ok(None) }
}

/// The receipt of a donation for whoever hands over; `None` where it is not their task, or there is none.
///
/// # Errors
/// When the memory fails.
pub async fn receipt(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
) -> Result<Option<(DocumentKind, Vec<u8>)>, StoreError> {
    let Some(power) = actor.delivering() else { return Ok(None) };
    let covered = power.covers(ctx.store.rewards().delivery_owner(reward).await?);
    if covered { read(ctx, reward).await } else { Ok(None) }
}

async fn read(ctx: &Ctx, reward: RewardId) -> Result<Option<(DocumentKind, Vec<u8>)>, StoreError> {
    let Some(kept) = ctx.store.receipt(reward).await? else { return Ok(None) };
    let mut bytes = Vec::new();
    for piece in kept.pieces {
        let piece = STANDARD.decode(piece).map_err(|_| StoreError::Corrupt("document_chunks.body"))?;
        bytes.extend(piece);
    }
    Ok(Some((kept.kind, bytes)))
}
