//! Identity providers: somebody else has already checked who a person is, and says so by OpenID Connect.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use async_trait::async_trait;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims},
    reqwest,
};
use serde::{Deserialize, Serialize};

/// Somebody who can say who a person is.
#[async_trait]
pub trait IdentityProvider: fmt::Debug + Send + Sync {
    /// The word that stands for it in addresses.
    fn id(&self) -> &str;

    /// What its button says.
    fn name(&self) -> &str;

    /// Where to send the browser, and what to keep until it comes back to `back`.
    ///
    /// # Errors
    /// [`IdentityError::Away`] when the provider does not answer.
    async fn begin(&self, back: &str) -> Result<Begun, IdentityError>;

    /// Who came back with this code.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when the provider does not stand by the code.
    async fn finish(&self, back: &str, code: &str, kept: &KeptSignIn) -> Result<Identity, IdentityError>;
}

/// A sign-in that the browser is sent away for.
#[derive(Debug)]
pub struct Begun {
    /// Where it is sent.
    pub address: String,
    /// What stays here.
    pub kept: KeptSignIn,
}

/// What a session keeps between leaving and coming back.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeptSignIn {
    /// The provider it was begun with.
    pub provider: String,
    /// Ties the way back to this browser.
    pub state: String,
    /// Ties the provider's word to this sign-in.
    nonce: String,
    /// Proves that whoever redeems the code has begun the sign-in.
    verifier: String,
}

impl fmt::Debug for KeptSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptSignIn").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// What the provider says about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Their address, as it is written there; only one that the provider has verified.
    pub verified_email: Option<String>,
}

/// Why nobody is identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The provider does not answer.
    #[error("identity_provider_away")]
    Away,
    /// The provider does not stand by it.
    #[error("identity_provider_refused")]
    Refused,
}

/// What has to be known about a provider.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// See [`IdentityProvider::id`].
    pub id: String,
    /// See [`IdentityProvider::name`].
    pub name: String,
    /// Its address, from which everything else is discovered.
    pub issuer: String,
    /// What we are called there.
    pub client_id: String,
    /// Our secret there; public clients have none.
    pub client_secret: Option<String>,
}

impl fmt::Debug for OpenIdSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenIdSettings")
            .field("id", &self.id)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// A provider reached by OpenID Connect. It is asked about itself when somebody first signs in, so that its absence
/// never keeps the portal from starting.
pub struct OpenId {
    settings: OpenIdSettings,
    issuer: IssuerUrl,
    http: reqwest::Client,
    known: RwLock<Option<Arc<CoreProviderMetadata>>>,
}

impl fmt::Debug for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

/// Nobody waits longer for a sign-in page.
const PATIENCE: Duration = Duration::from_secs(8);
/// Between two tries to discover a provider that has just come up.
const PAUSE: Duration = Duration::from_millis(400);
/// How often discovery is tried within one request.
const TRIES: u32 = 2;

impl OpenId {
    /// A provider with these settings.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when the issuer is no address.
    pub fn new(settings: OpenIdSettings) -> Result<Self, IdentityError> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| IdentityError::Refused)?;
        let http = reqwest::Client::builder()
            // Followed redirects would let a provider make us fetch addresses inside our own network.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|_| IdentityError::Refused)?;
        Ok(Self { settings, issuer, http, known: RwLock::new(None) })
    }

    async fn metadata(&self) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some(known) => Ok(known),
            None => self.discover().await,
        }
    }

    async fn discover(&self) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        for attempt in 1..=TRIES {
            match CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await {
                Ok(found) => {
                    let found = Arc::new(found);
                    *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(found.clone());
                    return Ok(found);
                }
                Err(error) => {
                    tracing::warn!(provider = self.settings.id, attempt, %error, "identity provider does not answer");
                }
            }
            if attempt < TRIES {
                tokio::time::sleep(PAUSE).await;
            }
        }
        Err(IdentityError::Away)
    }

    fn refused(&self, step: &'static str, error: &dyn fmt::Display) -> IdentityError {
        tracing::warn!(provider = self.settings.id, step, %error, "sign-in by identity provider failed");
        IdentityError::Refused
    }
}

/// The client for this provider. A macro, because its type spells out which addresses the provider has told us.
macro_rules! client {
    ($self:ident, $metadata:expr, $back:expr) => {{
        let back = RedirectUrl::new($back.to_owned()).map_err(|error| $self.refused("back", &error))?;
        CoreClient::from_provider_metadata(
            CoreProviderMetadata::clone($metadata),
            ClientId::new($self.settings.client_id.clone()),
            $self.settings.client_secret.clone().map(ClientSecret::new),
        )
        .set_redirect_uri(back)
    }};
}

#[async_trait]
impl IdentityProvider for OpenId {
    fn id(&self) -> &str {
        &self.settings.id
    }

    fn name(&self) -> &str {
        &self.settings.name
    }

    async fn begin(&self, back: &str) -> Result<Begun, IdentityError> {
        let metadata = self.metadata().await?;
        let client = client!(self, &metadata, back);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Begun {
            address: address.into(),
            kept: KeptSignIn {
                provider: self.settings.id.clone(),
                state: state.into_secret(),
                nonce: nonce.secret().clone(),
                verifier: verifier.into_secret(),
            },
        })
    }

    async fn finish(&self, back: &str, code: &str, kept: &KeptSignIn) -> Result<Identity, IdentityError> {
        let metadata = self.metadata().await?;
        let client = client!(self, &metadata, back);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| self.refused("token address", &error))?
            .set_pkce_verifier(PkceCodeVerifier::new(kept.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| self.refused("code", &error))?;
        let token = tokens.id_token().ok_or_else(|| self.refused("token", &"no id token"))?;
        let nonce = Nonce::new(kept.nonce.clone());
        let claims = match token.claims(&client.id_token_verifier(), &nonce) {
            Ok(claims) => claims,
            // Providers change their keys: what we know of them may be older than this token.
            Err(_) => {
                let fresh = self.discover().await?;
                let client = client!(self, &fresh, back);
                let checked = token.claims(&client.id_token_verifier(), &nonce);
                checked.map_err(|error| self.refused("id token", &error))?
            }
        };
        let verified = |email: Option<&openidconnect::EndUserEmail>, said: Option<bool>| {
            email.filter(|_| said == Some(true)).map(|email| email.as_str().to_owned())
        };
        let mut verified_email = verified(claims.email(), claims.email_verified());
        if claims.email().is_none() {
            // Providers may keep the address out of the token and tell it only when asked.
            let subject = claims.subject().clone();
            if let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) {
                let said: CoreUserInfoClaims = request
                    .request_async(&self.http)
                    .await
                    .map_err(|error| self.refused("user info", &error))?;
                verified_email = verified(said.email(), said.email_verified());
            }
        }
        Ok(Identity { verified_email })
    }
}
