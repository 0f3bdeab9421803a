//! Signing in with an identity provider. It may say who somebody is; whether they get in is decided by our own list.

use std::sync::Arc;

use domain::{ids::MemberId, text::EmailAddress};
use serde_json::json;

use super::SignInError;
use crate::{
    Ctx,
    ports::{Begun, IdentityError, IdentityProvider, KeptSignIn},
};

impl From<IdentityError> for SignInError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Away => Self::ProviderAway,
            IdentityError::Refused => Self::ProviderRefused,
        }
    }
}

fn provider<'ctx>(ctx: &'ctx Ctx, id: &str) -> Option<&'ctx Arc<dyn IdentityProvider>> {
    ctx.identity.iter().find(|provider| provider.id() == id)
}

/// Sends a browser to a provider; `back` is the full address it shall come back to. `None` for a provider that does not
/// exist.
///
/// # Errors
/// [`SignInError::ProviderAway`] when it does not answer.
pub async fn begin_sign_in_with(ctx: &Ctx, id: &str, back: &str) -> Result<Option<Begun>, SignInError> {
    // A slow provider shall not keep a connection of ours.
    ctx.store.end_reading().await;
    match provider(ctx, id) {
        Some(provider) => Ok(Some(provider.begin(back).await?)),
        None => Ok(None),
    }
}

/// Signs in whoever the provider vouches for, by their verified mail address only. An unknown and an unverified address
/// get the same answer.
///
/// # Errors
/// [`SignInError::ProviderRefused`] for everybody who does not get in.
pub async fn sign_in_with(
    ctx: &Ctx,
    kept: &KeptSignIn,
    back: &str,
    state: &str,
    code: &str,
) -> Result<MemberId, SignInError> {
    // Compared as keyed hashes: how long the comparison takes says nothing about the state.
    if ctx.secret.hash("oidc-state", state) != ctx.secret.hash("oidc-state", &kept.state) {
        return Err(SignInError::ProviderRefused);
    }
    let provider = provider(ctx, &kept.provider).ok_or(SignInError::ProviderRefused)?;
    ctx.store.end_reading().await;
    let identity = provider.finish(back, code, kept).await?;
    let email = identity.verified_email.and_then(|email| EmailAddress::parse(&email).ok());
    let tx = ctx.store.begin().await?;
    let member = match &email {
        Some(email) => tx.members().id_by_email(email).await?,
        None => None,
    };
    let details = json!({ "by": "provider", "provider": kept.provider });
    let entry = match member {
        Some(member) => ctx.audit_entry(Some(member), "members.sign_in", "member", member, details),
        // The provider's word is kept as it is: nobody. The address was not given to us to keep.
        None => {
            ctx.audit_entry(None, "members.sign_in_refused", "identity_provider", &kept.provider, details)
        }
    };
    if let Some(member) = member {
        tx.members().note_joined(member, ctx.now()).await?;
    }
    tx.audit(entry).await?;
    tx.commit().await?;
    member.ok_or(SignInError::ProviderRefused)
}
