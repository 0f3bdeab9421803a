//! Delivering a donation with its receipt, and reading the receipt.

use axum::{
    extract::{Multipart, Path as Segment},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    documents::{Document, DocumentKind, LARGEST},
    ids::RewardId,
};
use services::rewards::{deliver_with_receipt, own_receipt, receipt};

use super::{Act, done};
use crate::{
    forms::{Flash, HandedIn},
    pages::{PageError, PageResult},
    paths,
    visitor::SignedIn,
};

/// Largest body: a receipt and the few fields beside it.
pub const LARGEST_BODY: usize = LARGEST + 64 * 1024;

/// `POST /work/rewards/{id}/receipt`
///
/// # Errors
/// When the body is too large, the memory fails, or the actor may not.
pub async fn hand_in(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    multipart: Multipart,
) -> PageResult {
    person.actor.delivering().ok_or(PageError::NotAllowed)?;
    let mut handed_in = HandedIn::default();
    let complete = handed_in.read(multipart).await;
    if complete.as_ref().is_err_and(|error| error.status() == StatusCode::PAYLOAD_TOO_LARGE) {
        return Err(PageError::TooLarge);
    }
    let mut act = Act::of(reward, handed_in.fields, "deliver");
    match Document::new(&handed_in.bytes) {
        Ok(document) => {
            let reference = act.form.value("reference");
            let actor = &person.actor;
            let delivered =
                deliver_with_receipt(&visitor.app.ctx, actor, reward, act.version, reference, &document);
            match delivered.await {
                Ok(()) => done(&visitor, Flash::RewardDelivered, &paths::DELIVERIES).await,
                Err(error) => act.refuse(error, &paths::DELIVERIES, &visitor).await,
            }
        }
        Err(error) => {
            let field = act.field("file");
            act.form.refuse(&field, error.code());
            act.back(&paths::DELIVERIES, &visitor).await
        }
    }
}

/// `GET /rewards/{id}/receipt`
///
/// # Errors
/// [`PageError::NotFound`] where there is none, or it is somebody else's.
pub async fn own(Segment(reward): Segment<RewardId>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotFound)?;
    let found = own_receipt(&visitor.app.ctx, &referrer, reward).await?;
    let (kind, bytes) = found.ok_or(PageError::NotFound)?;
    Ok(file(kind, bytes, reward))
}

/// `GET /work/rewards/{id}/receipt`
///
/// # Errors
/// [`PageError::NotFound`] where there is none, or it is not the reader's task.
pub async fn read(Segment(reward): Segment<RewardId>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = receipt(&visitor.app.ctx, &person.actor, reward).await?;
    let (kind, bytes) = found.ok_or(PageError::NotFound)?;
    Ok(file(kind, bytes, reward))
}

/// A file to keep, never to show: it is somebody's, and our pages allow nothing that it might contain.
fn file(kind: DocumentKind, bytes: Vec<u8>, reward: RewardId) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"receipt-{reward}.{kind}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"))),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, bytes).into_response()
}
