//! Leaving, here or everywhere.

use services::members;

use crate::{
    forms::Flash,
    pages::PageResult,
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /sign-out`
///
/// # Errors
/// When the memory fails.
pub async fn sign_out(visitor: Visitor) -> PageResult {
    visitor.session.flush().await?;
    visitor.flash(Flash::SignedOut).await?;
    Ok(go(&paths::SIGN_IN))
}

/// `POST /sign-out/everywhere`
///
/// # Errors
/// When the memory fails.
pub async fn sign_out_everywhere(SignedIn { visitor, person }: SignedIn) -> PageResult {
    members::sign_out_everywhere(&visitor.app.ctx, person.actor.member).await?;
    visitor.session.flush().await?;
    visitor.flash(Flash::SignedOutEverywhere).await?;
    Ok(go(&paths::SIGN_IN))
}
