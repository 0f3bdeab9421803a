//! The API for machines: bearer keys, JSON, and refusals after RFC 9457. It knows no session and reads nothing but the
//! key, so no other page can make a browser ask it for anything.

use app::state::App;
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::access::ApiScope;
use serde::{Deserialize, Serialize};
use services::access::{CallError, account_named, call, grants_of};

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct GrantsQuery {
    /// A customer's id or mail domain.
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
    name: Name,
    seats: i64,
    starts_on: String,
    since: String,
}

#[derive(Serialize)]
struct Name {
    de: String,
    en: String,
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
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
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

fn failed(error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "API call failed");
    problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Internal error",
        "Something went wrong here. Try again later.",
    )
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// `GET /api/v1/grants?account=`: what a customer has early today.
pub(super) async fn grants(
    State(app): State<App>,
    headers: HeaderMap,
    Query(query): Query<GrantsQuery>,
) -> Response {
    let ctx = &app.ctx;
    let unknown = "Send a key that works, as `Authorization: Bearer …`.";
    let Some(key) = bearer(&headers) else {
        return problem(StatusCode::UNAUTHORIZED, "No key", unknown);
    };
    match call(ctx, key, ApiScope::GrantsRead).await {
        Ok(_) => {}
        Err(CallError::Unknown) => return problem(StatusCode::UNAUTHORIZED, "Unknown key", unknown),
        Err(CallError::Scope) => {
            let detail = "This key may not read grants. Make one with the scope grants:read.";
            return problem(StatusCode::FORBIDDEN, "Not allowed", detail);
        }
        Err(CallError::TooMany) => {
            let detail = "This key has asked too often. Wait a minute.";
            return problem(StatusCode::TOO_MANY_REQUESTS, "Too many requests", detail);
        }
        Err(CallError::Store(error)) => return failed(&error),
    }
    let named = query.account.unwrap_or_default();
    let account = match account_named(ctx, &named).await {
        Ok(Some(account)) => account,
        Ok(None) => {
            let detail = "There is no customer with this id or mail domain.";
            return problem(StatusCode::NOT_FOUND, "No such customer", detail);
        }
        Err(error) => return failed(&error),
    };
    let found = match grants_of(ctx, account).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    let grants = found
        .into_iter()
        .map(|grant| Grant {
            id: grant.reward.to_string(),
            feature: grant.feature_id.to_string(),
            name: Name { de: grant.feature.de, en: grant.feature.en },
            seats: grant.seats,
            starts_on: grant.starts_on.to_string(),
            since: grant.since.to_rfc3339(),
        })
        .collect();
    let mut response = Json(Grants { account: account.to_string(), grants }).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
