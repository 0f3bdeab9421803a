//! Signing in by mail: a link that works in the browser that asked, and six digits that carry the sign-in over from
//! whatever device the mail was read on.
//!
//! An unknown address takes the same path as a known one: the same rows, the same job, the same answer. Whether a mail
//! leaves is decided later, in the job, where nobody can measure it.

use chrono::TimeDelta;
use domain::{consent::Transactional, ids::MemberId, text::EmailAddress};
use serde_json::json;
use store::{StoreError, Tx, members::NewSignInAttempt};
use uuid::Uuid;
use words::{Words, keys};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    mail::{self, Letter},
};

/// How long a link and a code work.
const VALID_FOR: TimeDelta = TimeDelta::minutes(10);
/// Wrong codes before an attempt is spent: one guess in 200,000 succeeds.
const MAX_TRIES: i32 = 5;
/// The window of both throttles.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Mails to one address in a window; more are silently not sent, so that nobody can flood a stranger.
const MAX_PER_ADDRESS: i32 = 5;
/// Attempts from one network address in a window.
const MAX_PER_SOURCE: i32 = 60;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Too many attempts from this network address.
    #[error("sign_in_throttled")]
    Throttled,
    /// The code is not the one in the mail.
    #[error("sign_in_wrong_code")]
    WrongCode,
    /// The attempt is used up, too old, or was never made.
    #[error("sign_in_lapsed")]
    Lapsed,
    /// The link was opened in another browser than the one that asked.
    #[error("sign_in_other_browser")]
    OtherBrowser,
    /// The identity provider does not answer.
    #[error("sign_in_provider_away")]
    ProviderAway,
    /// Nobody gets in by what the identity provider says: unknown, unverified and refused look the same.
    #[error("sign_in_provider_refused")]
    ProviderRefused,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a sign-in. `browser` is a secret of the asking browser's session, `source` its network address.
///
/// # Errors
/// [`SignInError::Throttled`], whoever's address it is.
pub async fn request_sign_in(
    ctx: &Ctx,
    email: &EmailAddress,
    browser: &str,
    source: &str,
) -> Result<Uuid, SignInError> {
    let now = ctx.now();
    let id: Uuid = ctx.new_id();
    let tx = ctx.store.begin().await?;
    let from_source = tx.count_try(&ctx.secret.hash("throttle-source", source), WINDOW, now).await?;
    let to_address = tx.count_try(&ctx.secret.hash("throttle-address", email.as_str()), WINDOW, now).await?;
    if from_source > MAX_PER_SOURCE {
        // The count itself must stay, or the throttle would never tire.
        tx.commit().await?;
        return Err(SignInError::Throttled);
    }
    let member = tx.members().id_by_email(email).await?.filter(|_| to_address <= MAX_PER_ADDRESS);
    tx.members()
        .insert_sign_in_attempt(NewSignInAttempt {
            id,
            member,
            link_hash: ctx.secret.hash("sign-in-link", &link_token(ctx, id)),
            code_hash: ctx.secret.hash("sign-in-code", &code(ctx, id)),
            browser_hash: ctx.secret.hash("browser", browser),
            created_at: now,
            expires_at: now + VALID_FOR,
        })
        .await?;
    tx.push_job(Job::SignInMail { attempt: id }.to_new(ctx, now)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Signs in by the six digits.
///
/// # Errors
/// [`SignInError::WrongCode`] until the fifth wrong one, [`SignInError::Lapsed`] from then on.
pub async fn sign_in_by_code(
    ctx: &Ctx,
    attempt: Uuid,
    typed: &str,
    browser: &str,
) -> Result<MemberId, SignInError> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let tx = ctx.store.begin().await?;
    let found = tx.members().sign_in_attempt(attempt).await?.ok_or(SignInError::Lapsed)?;
    if found.used || found.expires_at <= ctx.now() {
        return Err(SignInError::Lapsed);
    }
    if found.browser_hash != ctx.secret.hash("browser", browser) {
        return Err(SignInError::OtherBrowser);
    }
    if !tx.members().count_code(attempt, MAX_TRIES).await? {
        return Err(SignInError::Lapsed);
    }
    // Compared as keyed hashes: how long the comparison takes says nothing about the digits.
    let right =
        ctx.secret.hash("sign-in-code", &digits) == ctx.secret.hash("sign-in-code", &code(ctx, attempt));
    match found.member.filter(|_| right) {
        Some(member) => use_up(ctx, tx, attempt, member).await,
        None => {
            tx.commit().await?;
            Err(SignInError::WrongCode)
        }
    }
}

/// Signs in by the link. Only a person's click on the page's button comes here; a mail scanner that opens the link
/// sees the button and uses nothing up.
///
/// # Errors
/// [`SignInError::OtherBrowser`] when another browser asked: it may be somebody else's mail program.
pub async fn sign_in_by_link(ctx: &Ctx, token: &str, browser: &str) -> Result<MemberId, SignInError> {
    let tx = ctx.store.begin().await?;
    let id = tx
        .members()
        .sign_in_attempt_by_link(&ctx.secret.hash("sign-in-link", token))
        .await?
        .ok_or(SignInError::Lapsed)?;
    let found = tx.members().sign_in_attempt(id).await?.ok_or(SignInError::Lapsed)?;
    if found.used || found.expires_at <= ctx.now() {
        return Err(SignInError::Lapsed);
    }
    if found.browser_hash != ctx.secret.hash("browser", browser) {
        return Err(SignInError::OtherBrowser);
    }
    let member = found.member.ok_or(SignInError::Lapsed)?;
    use_up(ctx, tx, id, member).await
}

async fn use_up(ctx: &Ctx, tx: Tx, attempt: Uuid, member: MemberId) -> Result<MemberId, SignInError> {
    if !tx.members().use_sign_in_attempt(attempt, ctx.now()).await? {
        return Err(SignInError::Lapsed);
    }
    tx.members().note_joined(member, ctx.now()).await?;
    tx.audit(ctx.audit_entry(Some(member), "members.sign_in", "member", member, json!({ "by": "mail" })))
        .await?;
    tx.commit().await?;
    Ok(member)
}

/// Ends all sessions of this member, on every device.
///
/// # Errors
/// When the memory fails.
pub async fn sign_out_everywhere(ctx: &Ctx, member: MemberId) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    tx.members().end_sessions(member, ctx.now()).await?;
    tx.audit(ctx.audit_entry(Some(member), "members.sign_out_everywhere", "member", member, json!({})))
        .await?;
    tx.commit().await
}

fn link_token(ctx: &Ctx, attempt: Uuid) -> String {
    ctx.secret.token("sign-in-link-token", &attempt.to_string())
}

fn code(ctx: &Ctx, attempt: Uuid) -> String {
    ctx.secret.six_digits("sign-in-six-digits", &attempt.to_string())
}

/// The job behind [`request_sign_in`]: writes the mail, if there is anybody to write to.
pub(crate) async fn write_sign_in_mail(ctx: &Ctx, tx: &Tx, attempt: Uuid) -> Result<(), JobError> {
    let Some(found) = tx.members().sign_in_attempt(attempt).await? else { return Ok(()) };
    let Some(member) = found.member else { return Ok(()) };
    // A mail that comes after its code has lapsed (the server was away) only confuses.
    if found.used || found.expires_at <= ctx.now() {
        return Ok(());
    }
    let Some(person) = tx.members().person(member).await? else { return Ok(()) };
    let words = Words::new(person.language);
    let code = code(ctx, attempt);
    let letter = Letter {
        subject: words.with(keys::MAIL_SIGN_IN_SUBJECT, [("code", code.as_str().into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", person.name.as_str().into())]),
        paragraphs: vec![
            words.with(keys::MAIL_SIGN_IN_INTRO, [("host", ctx.host.name.as_str().into())]),
            words.with(keys::MAIL_SIGN_IN_CODE, [("code", code.as_str().into())]),
        ],
        button: Some((
            words.say(keys::MAIL_SIGN_IN_BUTTON).into_owned(),
            ctx.url(&format!("/sign-in/link?t={}", link_token(ctx, attempt))),
        )),
        closing: words.say(keys::MAIL_SIGN_IN_CLOSING).into_owned(),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::SignIn, &person, &letter).await?)
}
