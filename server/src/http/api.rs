//! The API for machines: bearer keys, JSON, and refusals after RFC 9457. It knows no session and reads nothing but the
//! key, so no other page can make a browser ask it for anything.

use app::state::App;
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{access::AccessState, text::Bilingual};
use serde::{Deserialize, Serialize};
use services::{
    Ctx,
    access::{self, CallError, grants_for, key_digest, term, today},
};

/// What a refusal is written as.
pub(super) const PROBLEM: &str = "application/problem+json";

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct GrantsQuery {
    /// A customer's id.
    account: Option<String>,
}

#[derive(Serialize)]
struct Grants {
    account: String,
    grants: Vec<Grant>,
}

#[derive(Serialize)]
struct Grant {
    id: String,
    feature: String,
    name: Bilingual,
    seats: i64,
    state: AccessState,
    starts_on: String,
    ends_on: Option<String>,
    since: String,
    key_sha256: Option<String>,
}

impl Grant {
    fn of(ctx: &Ctx, grant: access::Grant) -> Self {
        let term = term(ctx, &grant);
        Self {
            id: grant.reward.to_string(),
            feature: grant.feature.to_string(),
            seats: grant.seats,
            state: term.state(today(ctx)),
            starts_on: term.first_day().to_string(),
            ends_on: term.last_day().map(|last| last.to_string()),
            since: grant.since.to_rfc3339(),
            key_sha256: key_digest(&grant),
            name: grant.name,
        }
    }
}

/// A refusal after RFC 9457.
#[derive(Serialize)]
struct Problem {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'static str,
}

fn problem(status: StatusCode, title: &'static str, detail: &'static str) -> Response {
    let body = Problem { r#type: "about:blank", title, status: status.as_u16(), detail };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match status {
        StatusCode::UNAUTHORIZED => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        StatusCode::TOO_MANY_REQUESTS => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        _ => {}
    }
    response
}

fn refused(error: &CallError) -> Response {
    match error {
        CallError::Unknown => unknown(),
        CallError::Scope => {
            let detail = "This key may not read grants. Make one with the scope grants:read.";
            problem(StatusCode::FORBIDDEN, "Not allowed", detail)
        }
        CallError::TooMany => {
            let detail = "This key has asked too often. Wait a minute.";
            problem(StatusCode::TOO_MANY_REQUESTS, "Too many requests", detail)
        }
        CallError::Malformed => {
            let detail = "Say which customer you ask about: `account=` with the id of one.";
            problem(StatusCode::BAD_REQUEST, "No customer", detail)
        }
        CallError::NoAccount => {
            problem(StatusCode::NOT_FOUND, "No such customer", "There is no customer with this id.")
        }
        CallError::Store(error) => {
            tracing::error!(%error, "API call failed");
            let detail = "Something went wrong here. Try again later.";
            problem(StatusCode::INTERNAL_SERVER_ERROR, "Internal error", detail)
        }
    }
}

fn unknown() -> Response {
    let detail = "Send a key that works, as `Authorization: Bearer dk_…`.";
    problem(StatusCode::UNAUTHORIZED, "No key that works", detail)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// `GET /api/v1/grants?account=`: what a customer has early, today or soon.
pub(super) async fn grants(
    State(app): State<App>,
    headers: HeaderMap,
    query: Result<Query<GrantsQuery>, QueryRejection>,
) -> Response {
    let ctx = &app.ctx;
    let Some(key) = bearer(&headers) else { return unknown() };
    let named = query.ok().and_then(|Query(query)| query.account);
    match grants_for(ctx, key, named.as_deref()).await {
        Ok((account, found)) => {
            let grants = found.into_iter().map(|grant| Grant::of(ctx, grant)).collect();
            let mut response = Json(Grants { account: account.to_string(), grants }).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => refused(&error),
    }
}
