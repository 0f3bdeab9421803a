//! Configuration: a file (`DREIKLANG_CONFIG`, TOML) and the environment above it, read once into typed structs.
//! Every wrong value is named together with what it should be.

mod host;
mod mail;
pub mod network;
mod oidc;
mod storage;

use std::str::FromStr;

use figment::{
    Figment,
    error::Kind,
    providers::{Env, Format, Toml},
    value::{Dict, Value},
};
use serde::Deserialize;

pub(crate) use storage::{not_torn_apart, secret_key, write_private};

/// Everything that can be set, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    data_dir: Option<String>,
    database_url: Option<String>,
    secret_key: Option<String>,
    addr: Option<String>,
    public_url: Option<String>,
    trusted_proxies: Option<String>,
    smtp_url: Option<String>,
    sender: Option<String>,
    company_name: Option<String>,
    time_zone: Option<String>,
    currency: Option<String>,
    log: Option<String>,
    log_format: Option<String>,
    oidc: Vec<oidc::RawProvider>,
}

/// The configuration, checked.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where data lives.
    pub(crate) storage: storage::Storage,
    /// Where it listens and how it is reached.
    pub(crate) network: network::Network,
    /// Who runs it.
    pub(crate) host: services::Host,
    /// How mails leave.
    pub(crate) mail: mail::Mail,
    /// With whom people sign in besides by mail.
    pub(crate) oidc: oidc::Oidc,
    /// Which events are logged, in the syntax of `tracing`.
    pub(crate) log: String,
    /// Whether logs are JSON lines.
    pub(crate) log_json: bool,
}

/// A value that can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// File or environment can't be read: where, and what must stand there. Never what does: it may be a secret.
    #[error("configuration can't be read: {0}")]
    Unreadable(String),
    /// A value is not what it should be.
    #[error("{name} is `{value}`, but must be {must_be}")]
    Wrong {
        /// The environment's name of it.
        name: &'static str,
        /// What stands there; never a secret.
        value: String,
        /// What should.
        must_be: &'static str,
    },
}

/// Names our own values; `DATABASE_URL` is the one name that tools of this trade share.
const PREFIX: &str = "DREIKLANG_";

impl Config {
    /// Reads file and environment.
    ///
    /// # Errors
    /// The first value that can't be used.
    pub(crate) fn load() -> Result<Self, ConfigError> {
        let file = match Env::var(&format!("{PREFIX}CONFIG")) {
            None => None,
            Some(name) => match std::fs::read_to_string(&name) {
                Ok(text) => Some((name, text)),
                Err(error) => return Err(ConfigError::Unreadable(format!("{name}: {error}"))),
            },
        };
        let shared = Env::raw().only(&["DATABASE_URL"]);
        // Values of tests are not ours to read.
        let ours = Env::prefixed(PREFIX).ignore(&["config"]).filter(|key| !key.starts_with("test_"));
        let environment = shared.iter().chain(ours.iter()).map(|(name, text)| (name.to_string(), text));
        let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        Self::check(read(file, environment)?)
    }

    fn check(raw: Raw) -> Result<Self, ConfigError> {
        let storage = storage::Storage::check(&raw)?;
        let network = network::Network::check(&raw)?;
        let host = host::check(&raw, &network.public_url)?;
        let mail = mail::Mail::check(&raw, &host, &storage)?;
        let oidc = oidc::Oidc::check(&raw)?;
        let log_json = match raw.log_format.as_deref() {
            None | Some("text") => false,
            Some("json") => true,
            Some(other) => return Err(wrong("DREIKLANG_LOG_FORMAT", other, "text or json")),
        };
        let log = raw.log.unwrap_or_else(|| "info".to_owned());
        if !is_filter(&log) {
            let must_be = "error, warn, info, debug, trace or off, also by room: info,sqlx=warn";
            return Err(wrong("DREIKLANG_LOG", &log, must_be));
        }
        Ok(Self { storage, network, host, mail, oidc, log, log_json })
    }
}

/// What stands in the file, with its name, and in the environment, which comes first.
fn read(
    file: Option<(&str, &str)>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Raw, ConfigError> {
    let mut figment = Figment::new();
    if let Some((name, text)) = file {
        let toml = Figment::from(Toml::string(text));
        // Its own message repeats the line, which may hold a secret; the first line of it says only which one.
        toml.extract::<Dict>().map_err(|error| {
            let said = error.to_string();
            let place = said.lines().next().filter(|line| line.starts_with("TOML parse error at line"));
            ConfigError::Unreadable(format!("{name}: {}", place.unwrap_or("it must be TOML")))
        })?;
        figment = toml;
    }
    for (name, text) in environment {
        // A company may be called 4711. The one list among the settings is written as in a file.
        figment = match name.as_str() {
            OIDC => figment.merge((name, Value::from_str(&text).unwrap_or_else(|never| match never {}))),
            _ => figment.merge((name, text)),
        };
    }
    figment.extract().map_err(|error| ConfigError::Unreadable(misread(&error)))
}

/// The list of identity providers.
const OIDC: &str = "oidc";

/// What is wrong with a setting, without what stands there.
fn misread(error: &figment::Error) -> String {
    let setting = error.path.first().map(String::as_str);
    let must_be = match setting {
        Some(OIDC) => {
            "a list of providers, each `{id=\"…\", name=\"…\", issuer=\"…\", client_id=\"…\", client_secret=\"…\"}`"
        }
        _ => "text in quotes",
    };
    match (&error.kind, setting) {
        (Kind::UnknownField(name, _), setting) if setting != Some(OIDC) => {
            format!("{} is no setting", environments_name(name))
        }
        (_, Some(name)) => format!("{} must be {must_be}", environments_name(name)),
        (_, None) => "it must be a list of settings".to_owned(),
    }
}

/// What a setting is called in the environment.
fn environments_name(name: &str) -> String {
    let name = name.to_uppercase();
    if name == "DATABASE_URL" { name } else { format!("{PREFIX}{name}") }
}

/// Whether it says which events are logged. `tracing` itself is content with nearly everything: a lone word that is no
/// level counts as the name of a room, and every other room falls silent.
fn is_filter(log: &str) -> bool {
    let level =
        |word: &str| !word.is_empty() && word.parse::<tracing_subscriber::filter::LevelFilter>().is_ok();
    let room = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || "_-:[]{}=\"".contains(c));
    let meant = |part: &str| match part.rsplit_once('=') {
        Some((name, said)) => !name.is_empty() && room(name) && level(said),
        None => level(part),
    };
    log.split(',').all(meant) && tracing_subscriber::EnvFilter::try_new(log).is_ok()
}

fn wrong(name: &'static str, value: &str, must_be: &'static str) -> ConfigError {
    ConfigError::Wrong { name, value: value.to_owned(), must_be }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(raw: Raw) -> String {
        Config::check(raw).unwrap_err().to_string()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn nothing_set_is_a_working_installation() {
        let config = Config::check(Raw::default()).unwrap();
        assert_eq!(config.network.addr.to_string(), "127.0.0.1:8080");
        assert_eq!(config.host.public_url, "http://127.0.0.1:8080");
        assert_eq!(config.host.currency.as_str(), "EUR");
    }

    #[test]
    fn each_wrong_value_is_named_with_what_it_must_be() {
        assert!(
            refused(Raw { addr: some("8080"), ..Raw::default() }).starts_with("DREIKLANG_ADDR is `8080`")
        );
        assert!(
            refused(Raw { public_url: some("halvern"), ..Raw::default() }).contains("DREIKLANG_PUBLIC_URL")
        );
        assert!(refused(Raw { time_zone: some("Berlin"), ..Raw::default() }).contains("Europe/Berlin"));
        assert!(refused(Raw { currency: some("Euro"), ..Raw::default() }).contains("ISO 4217"));
        assert!(
            refused(Raw { trusted_proxies: some("a"), ..Raw::default() })
                .contains("DREIKLANG_TRUSTED_PROXIES")
        );
        assert!(refused(Raw { database_url: some("mysql://x"), ..Raw::default() }).contains("postgres://"));
        assert!(
            refused(Raw { secret_key: some("short"), ..Raw::default() }).contains("DREIKLANG_SECRET_KEY")
        );
        assert!(
            refused(Raw { smtp_url: some("mail.example"), ..Raw::default() }).contains("DREIKLANG_SMTP_URL")
        );
        assert!(refused(Raw { sender: some("nobody"), ..Raw::default() }).contains("DREIKLANG_SENDER"));
        assert!(refused(Raw { log_format: some("xml"), ..Raw::default() }).contains("text or json"));
        for log in [
            "loud",
            "infoo",
            "",
            "info,",
            "info,sqlx",
            "sqlx=loud",
            "sqlx=",
            "info;sqlx=warn",
            "info, sqlx=warn",
        ] {
            let refusal = refused(Raw { log: some(log), ..Raw::default() });
            assert!(refusal.starts_with(&format!("DREIKLANG_LOG is `{log}`")), "{refusal}");
        }
        for log in ["info", "OFF", "warn,dreiklang=debug", "info,[request]=trace"] {
            assert!(Config::check(Raw { log: some(log), ..Raw::default() }).is_ok(), "{log}");
        }
    }

    /// The names come from the struct itself: serde lists them when it meets one that it does not know.
    #[test]
    fn the_readme_names_every_setting_and_no_other() {
        let error = Figment::from(("no_such_setting", 1)).extract::<Raw>().unwrap_err();
        let figment::error::Kind::UnknownField(_, known) = error.kind else { panic!("{error}") };
        let known: std::collections::BTreeSet<String> =
            known.iter().map(|name| environments_name(name)).collect();
        let readme = include_str!("../../../README.md");
        let table = readme.split("| setting | default | meaning |").nth(1).unwrap();
        let table = table.split("\n\n").next().unwrap();
        let documented = table
            .lines()
            .filter_map(|line| line.split('|').nth(1))
            .flat_map(|cell| cell.split('`').skip(1).step_by(2))
            .map(str::to_owned)
            .collect();
        assert_eq!(known, documented);
    }

    fn from(file: Option<&str>, environment: &[(&str, &str)]) -> Result<Raw, String> {
        let environment = environment.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        read(file.map(|text| ("portal.toml", text)), environment).map_err(|error| error.to_string())
    }

    #[test]
    fn the_environment_is_text_and_stands_above_the_file() {
        let raw = from(None, &[("company_name", "4711"), ("sender", "true"), ("secret_key", "00")]).unwrap();
        assert_eq!(
            (raw.company_name.as_deref(), raw.sender.as_deref(), raw.secret_key.as_deref()),
            (Some("4711"), Some("true"), Some("00"))
        );
        let file = "company_name = \"Halvern\"\ncurrency = \"CHF\"\n[[oidc]]\nid = \"corp\"\n";
        let raw = from(Some(file), &[("company_name", "[Halvern]")]).unwrap();
        assert_eq!(raw.company_name.as_deref(), Some("[Halvern]"));
        assert_eq!((raw.currency.as_deref(), raw.oidc.len()), (Some("CHF"), 1));
        let list = r#"[{id="corp",name="Corp",issuer="https://a.example",client_id="d"}]"#;
        assert_eq!(from(None, &[("oidc", list)]).unwrap().oidc.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_named_without_what_stands_there() {
        for (file, environment, said) in [
            (Some("secret_key = 471108\n"), &[][..], "DREIKLANG_SECRET_KEY must be text in quotes"),
            (Some("log = \"info\"\nsecret_key = \"471108\n"), &[], "portal.toml: TOML parse error at line 2"),
            (Some("secret = \"471108\"\n"), &[], "DREIKLANG_SECRET is no setting"),
            (None, &[("secret", "471108")], "DREIKLANG_SECRET is no setting"),
            (None, &[("oidc", "471108")], "DREIKLANG_OIDC must be a list of providers"),
            (None, &[("oidc", "[{client_secret=471108}]")], "DREIKLANG_OIDC must be a list of providers"),
            (None, &[("oidc", "[{secret=\"471108\"}]")], "DREIKLANG_OIDC must be a list of providers"),
        ] {
            let error = from(file, environment).unwrap_err();
            assert!(error.contains(said) && !error.contains("471108"), "{error}");
        }
    }

    #[test]
    fn secrets_are_not_repeated_in_errors() {
        let error = refused(Raw { secret_key: some("hunter2"), ..Raw::default() });
        assert!(!error.contains("hunter2"), "{error}");
        let error = refused(Raw { smtp_url: some("smtp:/hunter2"), ..Raw::default() });
        assert!(!error.contains("hunter2"), "{error}");
    }
}
