//! A form with what was typed and what was wrong.

use std::collections::BTreeMap;

use axum::response::Response;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use words::Words;

use crate::{pages::PageError, paths::Path, shell::go, visitor::Visitor};

/// How long a refused form is kept.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(30);

/// The hidden field with the version that a form was made on.
const VERSION: &str = "version";

/// The mark of a form that somebody else was faster than.
const OVERTAKEN: &str = "theirs";

/// A decoded form body, in its order.
pub type Pairs = Vec<(String, String)>;

/// What was typed into a form, and the code of what was wrong, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    values: BTreeMap<String, String>,
    errors: Vec<(String, String)>,
}

/// The query of a page that shows a kept form.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Kept {
    form: Option<Uuid>,
}

impl FormState {
    /// A form as it was posted.
    pub fn of(pairs: &Pairs) -> Self {
        Self { values: pairs.iter().cloned().collect(), errors: Vec::new() }
    }

    /// A form filled in with these values.
    pub fn filled<const N: usize>(values: [(&str, String); N]) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { values, errors: Vec::new() }
    }

    /// What stands in a field.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, field: &str) -> bool {
        self.values.contains_key(field)
    }

    /// Puts a value in.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.values.insert(field.to_owned(), value.into());
    }

    /// Ticks a box.
    pub fn tick(&mut self, field: &str) {
        self.set(field, "yes");
    }

    /// Takes a value out: for secrets and things that must be typed again.
    pub fn forget(&mut self, field: &str) {
        self.values.remove(field);
    }

    /// Notes what is wrong with a field; with an empty field name, with the whole form.
    pub fn refuse(&mut self, field: &str, code: impl Into<String>) {
        self.errors.push((field.to_owned(), code.into()));
    }

    /// The parsed value, or a note of what is wrong with it.
    pub fn parse<T, E: Into<ErrorCode>>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.value(field)) {
            Ok(value) => Some(value),
            Err(error) => {
                let ErrorCode(code) = error.into();
                self.refuse(field, code);
                None
            }
        }
    }

    /// The parsed value of a field that may stay empty, or a note of what is wrong with it.
    pub fn parse_given<T, E: Into<ErrorCode>>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.value(field).trim().is_empty() { None } else { self.parse(field, parse) }
    }

    /// The parsed value of a field that may be empty; an unreadable one counts as empty, because only a browser's own
    /// values stand in such fields.
    pub fn parse_optional<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        self.value(field).parse().ok()
    }

    /// The version that the form was made on; without a readable one, a version that nobody has seen.
    pub fn version(&self) -> i32 {
        self.value(VERSION).parse().unwrap_or(-1)
    }

    /// Somebody else was faster: the form keeps what was typed, and may be saved over what it now knows of.
    pub fn overtaken(&mut self, latest: i32) {
        self.set(VERSION, latest.to_string());
        self.tick(OVERTAKEN);
    }

    /// Whether somebody else was faster.
    pub fn is_overtaken(&self) -> bool {
        self.ticked(OVERTAKEN)
    }

    /// Whether nothing is wrong so far.
    pub fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }

    /// Every field with what is wrong with it, as sentences, in the order they were found.
    pub fn errors(&self, words: Words) -> Vec<(String, String)> {
        self.errors.iter().map(|(field, code)| (field.clone(), words.error(code))).collect()
    }

    /// What is wrong with this field.
    pub fn error(&self, field: &str, words: Words) -> Option<String> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, code)| words.error(code))
    }

    /// Keeps this form for the visitor and sends them back to it.
    ///
    /// # Errors
    /// When it can't be kept.
    pub async fn back_to(self, form: &Path, visitor: &Visitor) -> Result<Response, PageError> {
        Ok(go(&form.with_form(self.keep(visitor).await?)))
    }

    /// Keeps this form for the visitor.
    ///
    /// # Errors
    /// When it can't be kept.
    pub async fn keep(self, visitor: &Visitor) -> Result<Uuid, PageError> {
        let ctx = &visitor.app.ctx;
        let owner = ctx.secret.hash("form-owner", &visitor.browser().await?);
        let id: Uuid = ctx.new_id();
        let mut nonce = [0; 12];
        ctx.random.fill(&mut nonce);
        let sealed = ctx.secret.seal("form", &serde_json::to_string(&self)?, nonce);
        ctx.store.keep_form(id, &owner, sealed, ctx.now() + KEPT_FOR).await?;
        Ok(id)
    }

    /// The form that the page's address names, if it is this visitor's and has not lapsed.
    ///
    /// # Errors
    /// When the memory fails.
    pub async fn kept(kept: &Kept, visitor: &Visitor) -> Result<Option<Self>, PageError> {
        let Some(id) = kept.form else { return Ok(None) };
        let ctx = &visitor.app.ctx;
        let owner = ctx.secret.hash("form-owner", &visitor.browser().await?);
        let sealed = ctx.store.kept_form(id, &owner, ctx.now()).await?;
        Ok(sealed
            .and_then(|sealed| ctx.secret.open("form", &sealed))
            .and_then(|json| serde_json::from_str(&json).ok()))
    }
}

/// The code of what is wrong; its sentence is the message `error-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode(pub String);

impl From<domain::text::TextError> for ErrorCode {
    fn from(error: domain::text::TextError) -> Self {
        Self(error.code().to_owned())
    }
}

impl From<&str> for ErrorCode {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}
