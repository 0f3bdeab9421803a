//! With whom people sign in besides by mail: OpenID Connect providers, any number of them.

use std::{collections::BTreeSet, sync::Arc};

use serde::Deserialize;
use services::ports::{IdentityProvider, OpenId, OpenIdSettings};

use super::{ConfigError, Raw, wrong};

/// One provider as it is written: `[[oidc]]` in the file, or one of the list in `DREIKLANG_OIDC`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawProvider {
    id: String,
    name: String,
    issuer: String,
    client_id: String,
    client_secret: Option<String>,
}

/// The providers, checked.
#[derive(Debug)]
pub(crate) struct Oidc(Vec<Arc<OpenId>>);

/// Its name in the environment.
const NAME: &str = "DREIKLANG_OIDC";

impl Oidc {
    pub(super) fn check(raw: &Raw) -> Result<Self, ConfigError> {
        let mut ids = BTreeSet::new();
        let mut providers = Vec::new();
        for provider in &raw.oidc {
            if !is_id(&provider.id) || !ids.insert(&provider.id) {
                let must_be =
                    "a list in which each `id` is a word of its own: small letters, digits, hyphens";
                return Err(wrong(NAME, &provider.id, must_be));
            }
            if provider.name.trim().is_empty() || provider.name.chars().any(char::is_control) {
                return Err(wrong(NAME, &provider.name, "a list in which each `name` can stand on a button"));
            }
            if !is_issuer(&provider.issuer) {
                let must_be = "a list in which each `issuer` is an https:// address (http:// on localhost)";
                return Err(wrong(NAME, &provider.issuer, must_be));
            }
            if provider.client_id.trim().is_empty() {
                return Err(wrong(NAME, "", "a list in which each provider has a `client_id`"));
            }
            let settings = OpenIdSettings {
                id: provider.id.clone(),
                name: provider.name.trim().to_owned(),
                issuer: provider.issuer.clone(),
                client_id: provider.client_id.clone(),
                client_secret: provider.client_secret.clone(),
            };
            let open_id = OpenId::new(settings)
                .map_err(|_| wrong(NAME, &provider.issuer, "a list of providers that can be reached"))?;
            providers.push(Arc::new(open_id));
        }
        Ok(Self(providers))
    }

    /// The providers as the use cases are handed them.
    pub(crate) fn providers(&self) -> Vec<Arc<dyn IdentityProvider>> {
        self.0.iter().map(|provider| provider.clone() as Arc<dyn IdentityProvider>).collect()
    }
}

fn is_id(id: &str) -> bool {
    (1..=40).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Tokens must not travel in the clear, except to oneself.
fn is_issuer(issuer: &str) -> bool {
    let host = |scheme: &str| issuer.strip_prefix(scheme).and_then(|rest| rest.split(['/', ':']).next());
    match (host("https://"), host("http://")) {
        (Some(host), _) => !host.is_empty(),
        (None, Some(host)) => matches!(host, "localhost" | "127.0.0.1"),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use figment::{
        Figment,
        providers::{Format, Toml},
    };

    use super::*;

    fn read(list: &str) -> Result<Vec<String>, String> {
        let raw: Raw = Figment::from(Toml::string(&format!("oidc = {list}"))).extract().unwrap();
        Oidc::check(&raw)
            .map(|oidc| oidc.providers().iter().map(|provider| provider.id().to_owned()).collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn any_number_of_providers_is_read() {
        assert_eq!(read("[]"), Ok(vec![]));
        let two = r#"[{id="corp",name="Corp",issuer="http://localhost:9000",client_id="d",client_secret="s"},
            {id="entra",name="Entra",issuer="https://login.example/x",client_id="d"}]"#;
        assert_eq!(read(&two.replace('\n', "")), Ok(vec!["corp".to_owned(), "entra".to_owned()]));
    }

    #[test]
    fn each_wrong_value_is_named() {
        let with = |id: &str, issuer: &str| {
            read(&format!(
                r#"[{{id="{id}",name="Corp",issuer="{issuer}",client_id="d",client_secret="hunter2"}}]"#
            ))
            .unwrap_err()
        };
        assert!(with("Corp Inc", "https://a.example").contains("`id`"));
        assert!(with("corp", "http://a.example").contains("`issuer`"));
        assert!(with("corp", "localhost").contains("`issuer`"));
        assert!(!with("corp", "ftp://a").contains("hunter2"));
        let twice = r#"[{id="a",name="A",issuer="https://a.example",client_id="d"},{id="a",name="A",issuer="https://a.example",client_id="d"}]"#;
        assert!(read(twice).unwrap_err().contains("of its own"));
    }
}
