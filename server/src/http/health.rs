//! Whether it lives, and whether it can work.

use axum::{extract::State, http::StatusCode};
use services::Ctx;

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too.
pub(super) async fn ready(State(ctx): State<Ctx>) -> (StatusCode, &'static str) {
    match ctx.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n")
        }
    }
}
