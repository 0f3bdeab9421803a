//! The route table: which handler answers which path.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{actions, pages, paths, state::App};

/// Every page and every form.
pub fn routes() -> Router<App> {
    Router::new().route(paths::HOME.as_str(), get(pages::home::show)).merge(members())
}

fn members() -> Router<App> {
    use actions::members as act;
    use pages::members::{profile, sign_in};
    Router::new()
        .route(paths::SIGN_IN.as_str(), get(sign_in::address).post(act::request))
        .route(paths::SIGN_IN_CODE.as_str(), get(sign_in::code).post(act::with_code))
        .route(paths::SIGN_IN_LINK.as_str(), get(sign_in::link).post(act::with_link))
        .route(paths::SIGN_IN_WITH, get(act::leave_for_provider))
        .route(paths::SIGN_IN_WITH_BACK, get(act::back_from_provider))
        .route(paths::SIGN_OUT.as_str(), post(act::sign_out))
        .route(paths::SIGN_OUT_EVERYWHERE.as_str(), post(act::sign_out_everywhere))
        .route(paths::LANGUAGE.as_str(), post(act::change_language))
        .route(paths::PROFILE.as_str(), get(profile::show))
}
