//! Asking to join: the form, and the same answer for everybody.

use chrono::TimeDelta;
use domain::{
    accounts::WorkDomain,
    ids::AccountId,
    text::{EmailAddress, Language, PersonName},
};
use serde_json::json;
use store::{StoreError, Tx, joining::JoinRequest};
use uuid::Uuid;

use super::{colleagues::invites, hash, join_by_domain, token};
use crate::{Ctx, consent::email_hash, jobs::Job};

/// Forms from one network address within the window.
const MAX_PER_SOURCE: i32 = 20;
const SOURCE_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Mails to one address in a day; more are silently not sent, so that nobody can flood a stranger.
const MAX_PER_ADDRESS: i32 = 3;
const ADDRESS_WINDOW: TimeDelta = TimeDelta::days(1);
/// How long the link of the mail works; a request that is not confirmed by then is forgotten.
const VALID_FOR: TimeDelta = TimeDelta::days(1);

/// By which way somebody asks.
#[derive(Clone, Debug)]
pub enum Through {
    /// By themselves; staff decide.
    Domain,
    /// By the link of a colleague, with this code.
    Colleague(String),
}

/// What they have entered about themselves.
#[derive(Clone, Debug)]
pub struct Ask {
    /// By which way.
    pub through: Through,
    /// Their name.
    pub name: PersonName,
    /// Their address at work.
    pub email: EmailAddress,
    /// The language they want to be written to in.
    pub language: Language,
    /// Their network address, for the throttle.
    pub source: String,
}

/// Why the form was not taken. Nothing here depends on whose address it is.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nobody may ask by themselves, or the link leads nowhere.
    #[error("join_closed")]
    Closed,
    /// Too many forms from this network address.
    #[error("join_throttled")]
    Throttled,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the form. Known, unknown, suppressed and foreign addresses get the same answer after the same work; whether a
/// mail leaves is decided later, in a job.
///
/// # Errors
/// [`AskError`] says what is in the way, whoever asks.
pub async fn ask_to_join(ctx: &Ctx, ask: &Ask) -> Result<(), AskError> {
    let now = ctx.now();
    let inviting = match &ask.through {
        Through::Domain if join_by_domain(ctx).await? => None,
        Through::Domain => return Err(AskError::Closed),
        Through::Colleague(code) => Some(invites(ctx, code).await?.ok_or(AskError::Closed)?),
    };
    let tx = ctx.store.begin().await?;
    let key = ctx.secret.hash("throttle-join-ask", &ask.source);
    if tx.count_try(&key, SOURCE_WINDOW, now).await? > MAX_PER_SOURCE {
        // The count itself must stay, or the throttle would never tire.
        tx.commit().await?;
        return Err(AskError::Throttled);
    }
    let id: Uuid = ctx.new_id();
    let company = inviting.as_ref().map(|inviting| inviting.account);
    if let Some(account) = welcome(ctx, &tx, &ask.email, company).await? {
        let request = JoinRequest {
            id,
            account,
            invited_by: inviting.map(|inviting| inviting.link.member),
            name: ask.name.clone(),
            email: ask.email.clone(),
            language: ask.language,
            expires_at: now + VALID_FOR,
            confirmed_at: None,
        };
        if tx.joining().insert(&request, hash(ctx, &token(ctx, id)), now).await? {
            let details = json!({ "account": account, "by": request.invited_by });
            tx.audit(ctx.audit_entry(None, "members.ask_to_join", "join_request", id, details)).await?;
        }
    }
    // A job for everybody: it writes a mail only if it finds a request.
    tx.push_job(Job::JoinMail { request: id }.to_new(ctx, now)).await?;
    Ok(tx.commit().await?)
}

/// The company that this address may join; `company` is the only one possible where a colleague invites.
async fn welcome(
    ctx: &Ctx,
    tx: &Tx,
    email: &EmailAddress,
    company: Option<AccountId>,
) -> Result<Option<AccountId>, StoreError> {
    let hashed = email_hash(ctx, email);
    let to_address =
        tx.count_try(&ctx.secret.hash("throttle-join-address", &hashed), ADDRESS_WINDOW, ctx.now()).await?;
    let known = tx.members().has_email(email).await?;
    let suppressed = tx.consent().is_suppressed(&hashed).await?;
    let domain = WorkDomain::of(email);
    let owner = tx.joining().customer_of(domain.as_ref().map_or("", WorkDomain::as_str)).await?;
    let open = to_address <= MAX_PER_ADDRESS && !known && !suppressed;
    Ok(owner.filter(|owner| open && company.is_none_or(|company| company == *owner)))
}
