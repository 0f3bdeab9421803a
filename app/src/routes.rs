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
        .merge(touches())
        .merge(consent())
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

fn touches() -> Router<App> {
    use actions::touches as act;
    use pages::touches::{code, share, unknown};
    Router::new()
        .route(paths::SHARE.as_str(), get(share::show))
        .route(paths::SHARE_QR_SVG.as_str(), get(share::qr_svg))
        .route(paths::SHARE_QR_PNG.as_str(), get(share::qr_png))
        .route(paths::CODE.as_str(), get(code::show).post(act::enter_code))
        // The server answers known links itself, before any of the layers around pages.
        .route(paths::LINK, get(unknown::show))
}

fn consent() -> Router<App> {
    use actions::consent as act;
    use pages::consent::{answers, confirm, landing, mine};
    Router::new()
        .route(paths::LANDING, get(landing::own).post(act::submit_own))
        .route(paths::LANDING_REFUSE, post(act::refuse_own))
        .route(paths::CARRIED, get(landing::carried_link).post(act::submit_carried))
        .route(paths::CARRIED_REFUSE, post(act::refuse_carried))
        .route(paths::CONFIRM, get(confirm::show).post(act::give))
        .route(paths::CONFIRM_REFUSE, post(act::refuse))
        .route(paths::MINE, get(mine::show).post(act::correct))
        .route(paths::MINE_WITHDRAW, post(act::withdraw))
        .route(paths::MINE_OBJECT, post(act::object))
        .route(paths::MINE_ERASE, post(act::erase))
        .route(paths::CONSENT_SENT.as_str(), get(answers::sent))
        .route(paths::CONSENT_NEUTRAL.as_str(), get(answers::neutral))
        .route(paths::CONSENT_REFUSED.as_str(), get(answers::refused))
        .route(paths::CONSENT_ERASED.as_str(), get(answers::erased))
        .route(paths::CONSENT_OBJECTED.as_str(), get(answers::objected))
}
