//! The route table: which handler answers which path.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{actions, pages, paths, state::App};

/// Every page and every form.
pub fn routes() -> Router<App> {
    Router::new()
        .route(paths::HOME.as_str(), get(pages::home::show))
        .merge(members())
        .merge(referrals())
        .merge(incentives())
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

fn referrals() -> Router<App> {
    use actions::referrals as act;
    use pages::referrals::{board, form, own, work};
    Router::new()
        .route(paths::REFER.as_str(), get(form::show).post(act::submit))
        .route(paths::REFERRALS.as_str(), get(own::list))
        .route(paths::REFERRAL, get(own::show))
        .route(paths::REFERRAL_CHOICE, post(act::choose))
        .route(paths::REFERRAL_WITHDRAWAL, post(act::withdraw))
        .route(paths::REFERRAL_MESSAGE, post(act::ask))
        .route(paths::BOARD.as_str(), get(board::show))
        .route(paths::WORK_REFERRALS.as_str(), get(work::list))
        .route(paths::WORK_REFERRAL, get(work::show))
        .route(paths::WORK_MOVE, post(act::move_stage))
        .route(paths::WORK_THANKS, post(act::thank))
        .route(paths::WORK_MESSAGE, post(act::answer))
}

fn incentives() -> Router<App> {
    use actions::incentives as act;
    use pages::incentives::{catalogue, offer, program};
    Router::new()
        .route(paths::INCENTIVES.as_str(), get(catalogue::show))
        .route(paths::NEW_OFFER.as_str(), get(offer::new).post(act::create_offer))
        .route(paths::OFFER, get(offer::edit).post(act::save_offer))
        .route(paths::PROGRAM.as_str(), get(program::show).post(act::save_program))
        .route(paths::ORGANISATIONS.as_str(), post(act::add_organisation))
}
