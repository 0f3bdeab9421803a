//! The route table: which handler answers which path.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{actions, pages, paths, state::App};

/// Every page and every form.
pub fn routes() -> Router<App> {
    Router::new()
        .route(paths::HOME.as_str(), get(pages::home::show))
        .merge(members())
        .merge(people())
        .merge(accounts())
        .merge(legal())
        .merge(imports())
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

fn people() -> Router<App> {
    use actions::members::{join as joining, people as act};
    use pages::members::{join, letter, people};
    use paths::PersonAct;
    Router::new()
        .route(paths::JOIN.as_str(), get(join::code).post(joining::join))
        .route(paths::PEOPLE.as_str(), get(people::list))
        .route(paths::INVITE.as_str(), get(people::invite).post(act::invite))
        .route(paths::PERSON, get(people::person))
        .route(&PersonAct::Change.route(), post(act::change))
        .route(&PersonAct::Roles.route(), post(act::roles))
        .route(&PersonAct::Deactivate.route(), post(act::deactivate))
        .route(&PersonAct::Reactivate.route(), post(act::reactivate))
        .route(&PersonAct::Letter.route(), get(letter::show).post(act::letter))
        .route(&PersonAct::Permission.route(), post(act::permission))
}

fn accounts() -> Router<App> {
    use actions::accounts as act;
    use pages::accounts as show;
    Router::new()
        .route(paths::ACCOUNTS.as_str(), get(show::list))
        .route(paths::NEW_ACCOUNT.as_str(), get(show::new).post(act::add))
        .route(paths::ACCOUNT, get(show::account).post(act::change))
}

fn legal() -> Router<App> {
    use actions::legal as act;
    use pages::legal as show;
    Router::new()
        .route(paths::LEGAL, get(show::text))
        .route(paths::TERMS.as_str(), get(show::terms).post(act::agree))
        .route(paths::LEGAL_TEXTS.as_str(), get(show::texts))
        .route(paths::LEGAL_TEXT, get(show::editor).post(act::publish))
}

fn imports() -> Router<App> {
    use actions::imports as act;
    use pages::imports as show;
    Router::new()
        .route(paths::IMPORT_CONFIRM.as_str(), post(act::confirm))
        .route(paths::IMPORT_ERRORS.as_str(), get(show::errors))
        .route(paths::IMPORT_TEMPLATE.as_str(), get(show::template))
}

/// Forms that carry files, and so may be larger than the others.
pub fn uploads() -> Router<App> {
    Router::new().route(
        paths::IMPORT.as_str(),
        get(pages::imports::form)
            .post(actions::imports::check)
            .layer(DefaultBodyLimit::max(actions::imports::LARGEST_BODY)),
    )
}
