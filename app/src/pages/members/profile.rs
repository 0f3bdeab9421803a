//! One's own profile.

use axum::extract::Query;
use leptos::prelude::*;
use words::keys;

use crate::{
    forms::{FormState, Kept},
    pages::{PageResult, incentives::own_thanks},
    paths,
    shell::{Head, page},
    visitor::SignedIn,
};

/// `GET /profile`
///
/// # Errors
/// When the memory fails.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let words = visitor.words;
    let kept = FormState::kept(&kept, &visitor).await?;
    let thanks = match person.actor.referrer() {
        Some(referrer) => own_thanks::panel(&visitor, &referrer, kept).await?,
        None => None,
    };
    let view = view! {
        <header class="page-head"><h1>{person.name.as_str().to_owned()}</h1></header>
        <div class="stack narrow">
            {thanks}
            <section class="panel" aria-labelledby="sessions">
                <header><h2 id="sessions">{words.say(keys::PROFILE_SESSIONS)}</h2></header>
                <div class="body">
                    <p class="small muted">
                        {words.with(keys::PROFILE_SIGNED_IN_AS, [("email", person.email.as_str().into())])}
                    </p>
                    <div class="cluster">
                        <form method="post" action=paths::SIGN_OUT.to_string()>
                            <button class="button" type="submit">{words.say(keys::PROFILE_SIGN_OUT)}</button>
                        </form>
                        <form method="post" action=paths::SIGN_OUT_EVERYWHERE.to_string()>
                            <button class="button" data-kind="plain" type="submit">
                                {words.say(keys::PROFILE_SIGN_OUT_EVERYWHERE)}
                            </button>
                        </form>
                    </div>
                </div>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(person.name.as_str()), view))
}
