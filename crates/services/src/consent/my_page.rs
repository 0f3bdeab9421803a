//! The contact's private page: what is known about them, from where, and every way to end it.

use chrono::{DateTime, Days, Utc};
use domain::{
    accounts::RecipientKind,
    consent::{ConsentChannel, ConsentState, PreferredChannel},
    incentives::Amount,
    rewards::{RewardCode, Side},
    text::{BestTime, Bilingual, Language, PersonName, Phone, RoleTitle},
};
use serde_json::json;
use store::{
    StoreError,
    consent::{ConsentStep, Contact, Correction},
    referrals::StoredReferral,
    rewards::RewardLine,
};
use words::Words;

use super::{
    Advertised, WORDING_VERSION, advertised_in,
    answer::{Said, insist, suppress, take_back},
    page_hash, wording,
};
use crate::{
    Ctx,
    jobs::Job,
    referrals::{look_up_rules, settings},
};

/// Everything on the page.
#[derive(Clone, Debug)]
pub struct MyPage {
    /// What they entered.
    pub contact: Contact,
    /// Where it stands.
    pub referral: StoredReferral,
    /// What everybody gets, as of today.
    pub advertised: Advertised,
    /// What they said, and to which words.
    pub steps: Vec<ConsentStep>,
    /// What their company was promised, once it is owed.
    pub benefit: Option<OwedBenefit>,
    /// Who has written their data down after speaking to them; `None` where they entered it themselves.
    pub spoken_to_by: Option<String>,
}

/// The new customer's benefit, as the new customer is told of it.
#[derive(Clone, Debug)]
pub struct OwedBenefit {
    /// What it is.
    pub name: Bilingual,
    /// How much, where it can be counted.
    pub amount: Option<Amount>,
    /// Until when it is promised.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was delivered.
    pub delivered_at: Option<DateTime<Utc>>,
}

impl OwedBenefit {
    fn of(line: RewardLine) -> Option<Self> {
        let delivered_at = match line.state {
            RewardCode::Approved => None,
            RewardCode::Fulfilled => Some(line.since),
            _ => return None,
        };
        let (de, en) = line.name.unwrap_or_default();
        let due_at = line.delivery.map(|delivery| delivery.due_at);
        Some(Self { name: Bilingual::new(de, en), amount: line.amount, due_at, delivered_at })
    }
}

/// What a contact corrects.
#[derive(Clone, Debug)]
pub struct Correct {
    /// Their name.
    pub name: PersonName,
    /// What they do.
    pub role: Option<RoleTitle>,
    /// Their number.
    pub phone: Option<Phone>,
    /// What kind of organisation they work for.
    pub recipient_kind: RecipientKind,
    /// How they would like to be spoken to.
    pub preferred: PreferredChannel,
    /// When, in their own words.
    pub best_time: Option<BestTime>,
    /// The language they are written to.
    pub language: Language,
    /// Whether they let the advocate see each step of the talks.
    pub shows_steps: bool,
    /// The version that the page showed.
    pub version: i32,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum MyPageError {
    /// There is no such page any more.
    #[error("link_gone")]
    Gone,
    /// It was changed in another window.
    #[error("stale")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for MyPageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl MyPageError {
    fn is_stale(&self) -> bool {
        matches!(self, Self::Stale)
    }
}

/// The page with this token. It opens with the confirmation: before that its token is in nobody's hands.
///
/// # Errors
/// When the memory fails.
pub async fn my_page(ctx: &Ctx, token: &str) -> Result<Option<MyPage>, StoreError> {
    let Some(contact) = ctx.store.consent().contact_by_page(&page_hash(ctx, token)).await? else {
        return Ok(None);
    };
    let Some(referral) = ctx.store.referrals().load(contact.referral).await? else { return Ok(None) };
    let Some(advertised) = advertised_in(ctx, &referral).await? else { return Ok(None) };
    let steps = ctx.store.consent().steps_of(contact.id).await?;
    let lines = ctx.store.rewards().lines_of_referral(contact.referral).await?;
    let benefit = lines.into_iter().find(|line| line.side == Side::Contact).and_then(OwedBenefit::of);
    // Whoever enters their own data gives an address; whoever was spoken to gave none.
    let spoken_to_by = match referral.facts.account_manager.filter(|_| contact.email.is_empty()) {
        Some(manager) => ctx.store.referrals().names([manager].into()).await?.remove(&manager),
        None => None,
    };
    Ok(Some(MyPage { contact, referral, advertised, steps, benefit, spoken_to_by }))
}

/// Corrects what they entered.
///
/// # Errors
/// [`MyPageError::Stale`] when it was changed since the page was shown.
pub async fn correct(ctx: &Ctx, token: &str, command: Correct) -> Result<(), MyPageError> {
    let tx = ctx.store.begin().await?;
    let contact = tx.consent().contact_by_page(&page_hash(ctx, token)).await?.ok_or(MyPageError::Gone)?;
    let correction = Correction {
        name: command.name.into_string(),
        role_title: command.role.map(RoleTitle::into_string),
        phone: command.phone.map(Phone::into_string),
        recipient_kind: command.recipient_kind,
        preferred: command.preferred,
        best_time: command.best_time.map(BestTime::into_string),
        language: command.language,
        shows_steps: command.shows_steps,
    };
    tx.consent().correct(contact.id, command.version, correction).await?;
    let details = json!({ "shows_steps": command.shows_steps });
    tx.audit(ctx.audit_entry(None, "consent.correct", "contact", contact.id, details)).await?;
    Ok(tx.commit().await?)
}

/// Takes consent back: from now on nobody is to speak to them. What they entered is deleted after the days that an
/// unanswered form has; the page stays until then.
///
/// # Errors
/// [`MyPageError::Gone`] when there is nothing to take back.
pub async fn withdraw(ctx: &Ctx, token: &str, read_in: Language) -> Result<(), MyPageError> {
    insist(MyPageError::is_stale, || try_withdraw(ctx, token, read_in)).await
}

async fn try_withdraw(ctx: &Ctx, token: &str, read_in: Language) -> Result<(), MyPageError> {
    let now = ctx.now();
    look_up_rules(ctx).await?;
    let page = my_page(ctx, token).await?.ok_or(MyPageError::Gone)?;
    let (rules, _) = settings(ctx);
    let until = now.checked_add_days(Days::new(rules.consent_days.get().into())).unwrap_or(now);
    let tx = ctx.store.begin().await?;
    tx.referrals().lock([page.contact.referral]).await?;
    let id = page.contact.id;
    if !tx.consent().answer(id, ConsentState::Given, ConsentState::Withdrawn, None, Some(until)).await? {
        // Pressed twice: it is withdrawn.
        return Ok(());
    }
    tx.consent()
        .record(ConsentStep {
            id: ctx.new_id(),
            contact: id,
            referral: page.contact.referral,
            state: ConsentState::Withdrawn,
            wording_version: i32::try_from(WORDING_VERSION).unwrap_or_default(),
            wording: wording(ctx, &page.advertised, Words::new(read_in)),
            disclosure: page.advertised.terms.disclosure.clone(),
            channel: ConsentChannel::PrivatePage,
            at: now,
        })
        .await?;
    take_back(ctx, &tx, &page.contact).await?;
    tx.push_job(Job::PurgeContact { contact: id.into() }.to_new(ctx, until)).await?;
    tx.audit(ctx.audit_entry(None, "consent.withdraw", "contact", id, json!({}))).await?;
    Ok(tx.commit().await?)
}

/// Objects: a keyed hash stays, so that nobody asks again, and nothing else, in no referral.
///
/// # Errors
/// [`MyPageError::Gone`] when there is no such page.
pub async fn object(ctx: &Ctx, token: &str) -> Result<(), MyPageError> {
    insist(MyPageError::is_stale, || try_object(ctx, token)).await
}

async fn try_object(ctx: &Ctx, token: &str) -> Result<(), MyPageError> {
    let tx = ctx.store.begin().await?;
    let contact = tx.consent().contact_by_page(&page_hash(ctx, token)).await?.ok_or(MyPageError::Gone)?;
    let said = Said { reason: "objected", action: "consent.object", by: None };
    suppress(ctx, &tx, &contact.email_hash, said).await?;
    Ok(tx.commit().await?)
}

/// Erases what they entered. That they had agreed, and when, stays without them.
///
/// # Errors
/// [`MyPageError::Gone`] when there is no such page.
pub async fn erase(ctx: &Ctx, token: &str) -> Result<(), MyPageError> {
    insist(MyPageError::is_stale, || try_erase(ctx, token)).await
}

async fn try_erase(ctx: &Ctx, token: &str) -> Result<(), MyPageError> {
    let hash = page_hash(ctx, token);
    let tx = ctx.store.begin().await?;
    let referral = tx.consent().contact_by_page(&hash).await?.ok_or(MyPageError::Gone)?.referral;
    tx.referrals().lock([referral]).await?;
    let contact = tx.consent().contact_by_page(&hash).await?.ok_or(MyPageError::Gone)?;
    take_back(ctx, &tx, &contact).await?;
    tx.consent().blank_referral(contact.referral).await?;
    tx.consent().erase_contact(contact.id).await?;
    tx.audit(ctx.audit_entry(None, "consent.erase", "contact", contact.id, json!({}))).await?;
    Ok(tx.commit().await?)
}
