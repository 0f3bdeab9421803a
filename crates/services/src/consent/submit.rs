//! The form behind a link: a contact enters their own data. It announces consent and does not give it.

use chrono::{Days, TimeDelta};
use domain::{
    accounts::{
        Advocating, Candidate, CompanyMatch, NeutralReason, RecipientKind, WorkDomain, match_company,
    },
    consent::{ConsentChannel, ConsentPath, ConsentState, PathRules, PreferredChannel},
    ids::{ContactId, ReferralId, TouchId},
    referrals::{Referral, Submit, SubmitError, SubmitRules, Submitter},
    text::{BestTime, CompanyName, EmailAddress, Language, PersonName, Phone, RoleTitle},
    touches::{Channel, Visitor},
};
use serde_json::json;
use store::{
    StoreError, Tx,
    consent::{ConsentStep, Contact, ContactTraces, Correction, NewContact},
    referrals::{NewReferral, StoredReferral},
    touches::Target,
};
use words::Words;

use super::{
    Advertised, WORDING_VERSION, advertised, advertised_in, agreed_wording, confirm_hash, confirm_mail,
    confirm_token, email_hash, mailbox_hash, neutral, page_hash, page_token,
};
use crate::{
    Ctx,
    compliance::keep_choice,
    jobs::Job,
    referrals::{after_events, look_up_rules, settings},
    touches::day_salt,
};

/// Forms from one network address within the window.
const MAX_PER_SOURCE: i32 = 20;
const SOURCE_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Confirmation mails to one address in a day; more are silently not sent, so that nobody can flood a stranger.
const MAX_PER_ADDRESS: i32 = 3;
const ADDRESS_WINDOW: TimeDelta = TimeDelta::days(1);
/// Two at the same moment: one is done, the other looks again.
const TRIES: u32 = 4;

/// Where a contact came from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The advocate's own link, and the touch that led to it.
    OwnShare {
        /// Where the link leads.
        target: Target,
        /// The click.
        touch: Option<TouchId>,
    },
    /// The link of a referral that an advocate submitted.
    CarriedLink {
        /// The link's token.
        token: String,
    },
}

/// What the contact has entered about themselves.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Their name.
    pub name: PersonName,
    /// Their company; on a carried link the advocate has named it.
    pub company: Option<CompanyName>,
    /// What they do.
    pub role: Option<RoleTitle>,
    /// Their address at work.
    pub email: EmailAddress,
    /// Their number.
    pub phone: Option<Phone>,
    /// What kind of organisation they work for.
    pub recipient_kind: RecipientKind,
    /// How they would like to be spoken to.
    pub preferred: PreferredChannel,
    /// When, in their own words.
    pub best_time: Option<BestTime>,
    /// The language they want to be written to in.
    pub language: Language,
    /// Whether they let the advocate see each step of the talks.
    pub shows_steps: bool,
    /// The language of the page whose words they ticked.
    pub read_in: Language,
    /// Made with the form: sent twice, it is one referral.
    pub form_key: String,
    /// Their network address, for the throttle.
    pub source: String,
}

/// What the contact is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A mail is on its way to the address they typed.
    MailSent,
    /// Thank you; we are already in touch or cannot take this one. Nothing was stored.
    Neutral,
}

/// Why the form was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitEntryError {
    /// The link leads nowhere, or its referral has come to an end.
    #[error("link_gone")]
    Gone,
    /// The programme takes no referrals at present.
    #[error("program_closed")]
    Closed,
    /// A company is needed.
    #[error("empty")]
    CompanyMissing,
    /// Too many forms from this network address.
    #[error("consent_throttled")]
    Throttled,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The open referral behind a carried link, while its contact may still answer.
///
/// # Errors
/// When the memory fails.
pub async fn carried(ctx: &Ctx, token: &str) -> Result<Option<StoredReferral>, StoreError> {
    let hash = ctx.secret.hash("carried-link", token);
    let Some(id) = ctx.store.referrals().by_share_token_hash(&hash).await? else { return Ok(None) };
    let stored = ctx.store.referrals().load(id).await?;
    Ok(stored.filter(|stored| stored.facts.position.open().is_some()))
}

/// Takes a contact's form: finds or makes the referral, keeps the contact, and writes the one mail.
///
/// # Errors
/// [`SubmitEntryError`] says what is in the way.
pub async fn submit_entry(ctx: &Ctx, origin: &Origin, entry: &Entry) -> Result<Answer, SubmitEntryError> {
    look_up_rules(ctx).await?;
    let mut tries = 0;
    loop {
        tries += 1;
        match attempt(ctx, origin, entry).await {
            Err(SubmitEntryError::Store(StoreError::Conflict | StoreError::Stale)) if tries < TRIES => {}
            done => return done,
        }
    }
}

/// What is known before anything is written.
pub(super) struct Ground {
    pub(super) advertised: Advertised,
    /// The referral behind a carried link.
    pub(super) carried: Option<StoredReferral>,
    channel: Channel,
    touch: Option<TouchId>,
}

async fn ground(ctx: &Ctx, origin: &Origin) -> Result<Ground, SubmitEntryError> {
    match origin {
        Origin::OwnShare { target, touch } => {
            let advertised =
                advertised(ctx, target.member, target.program).await?.ok_or(SubmitEntryError::Gone)?;
            if !advertised.program.open {
                return Err(SubmitEntryError::Closed);
            }
            let touch = counted(ctx, target, *touch, advertised.program.attribution.window).await?;
            let (touch, channel) = touch.map_or((None, Channel::Link), |(id, channel)| (Some(id), channel));
            Ok(Ground { advertised, carried: None, channel, touch })
        }
        Origin::CarriedLink { token } => {
            let stored = carried(ctx, token).await?.ok_or(SubmitEntryError::Gone)?;
            let advertised = advertised_in(ctx, &stored).await?.ok_or(SubmitEntryError::Gone)?;
            Ok(Ground { advertised, channel: stored.channel, touch: None, carried: Some(stored) })
        }
    }
}

/// The touch in the form, if it is a person's, of this link, and within the programme's window.
async fn counted(
    ctx: &Ctx,
    target: &Target,
    touch: Option<TouchId>,
    window: TimeDelta,
) -> Result<Option<(TouchId, Channel)>, StoreError> {
    let Some(id) = touch else { return Ok(None) };
    let touch = ctx.store.touches().touch(id).await?;
    Ok(touch
        .filter(|touch| {
            touch.member == target.member
                && touch.program == target.program
                && touch.visitor == Visitor::Person
                && (ctx.now() - touch.at).num_seconds() <= window.num_seconds()
        })
        .map(|touch| (touch.id, touch.channel)))
}

async fn attempt(ctx: &Ctx, origin: &Origin, entry: &Entry) -> Result<Answer, SubmitEntryError> {
    let now = ctx.now();
    let ground = ground(ctx, origin).await?;
    let company = match &ground.carried {
        Some(stored) => stored.facts.company.clone(),
        None => entry.company.clone().ok_or(SubmitEntryError::CompanyMissing)?,
    };
    let advocate = &ground.advertised.advocate;
    let own = ctx.store.consent().domains_of(advocate.account).await?;
    let hash = email_hash(ctx, &entry.email);
    let key = ctx.secret.hash("contact-submission", &format!("{}:{}", advocate.member, entry.form_key));

    let tx = ctx.store.begin().await?;
    // The count makes a second press of the button wait for the first one's end: only then it can see what that has made.
    let by_source =
        tx.count_try(&ctx.secret.hash("throttle-contact-source", &entry.source), SOURCE_WINDOW, now).await?;
    if tx.referrals().form_done(&key).await? || tx.referrals().by_submission_key(&key).await?.is_some() {
        return Ok(Answer::MailSent);
    }
    if by_source > MAX_PER_SOURCE {
        // The count itself must stay, or the throttle would never tire.
        tx.commit().await?;
        return Err(SubmitEntryError::Throttled);
    }
    let domain = WorkDomain::of(&entry.email);
    let candidate = tx.consent().candidate(domain.as_ref(), &entry.email, &hash).await?;
    // Somebody known by a private address works for a company that is known by its own.
    let domain = domain.or_else(|| candidate.domains.first().cloned());
    let advocating = Advocating { member: advocate.member, account: advocate.account, domains: &own };
    let company_match = match_company(&candidate, advocating);
    if let CompanyMatch::Neutral(reason) = company_match {
        if let (NeutralReason::TakenClaim, Some(claim)) = (reason, candidate.claims.first()) {
            tx.consent().insert_assist(claim.referral, advocate.member, now).await?;
        }
        neutral::note(ctx, &tx, &ground, reason).await?;
        tx.commit().await?;
        return Ok(Answer::Neutral);
    }
    let to_address =
        tx.count_try(&ctx.secret.hash("throttle-contact-address", &hash), ADDRESS_WINDOW, now).await?;
    if to_address > MAX_PER_ADDRESS {
        tx.commit().await?;
        return Ok(Answer::MailSent);
    }
    let elsewhere = match (&ground.carried, &domain) {
        (Some(stored), Some(domain)) if other_company(&tx, stored.facts.id, &candidate).await? => {
            Some(domain)
        }
        _ => None,
    };
    let referral = match (company_match, &ground.carried, elsewhere) {
        (CompanyMatch::Joins(referral), ..) => referral,
        (_, Some(_), Some(domain)) => {
            if !advocate.active {
                return Err(SubmitEntryError::Gone);
            }
            // They were asked for no company: what is known of theirs is its domain.
            let company =
                CompanyName::parse(domain.as_str()).map_err(|_| SubmitEntryError::CompanyMissing)?;
            new_referral(ctx, &tx, &ground, company, Some(domain), key.clone()).await?
        }
        (_, Some(stored), None) => {
            if let Some(domain) = &domain {
                tx.referrals().set_domain(stored.facts.id, domain).await?;
            }
            stored.facts.id
        }
        (_, None, _) => new_referral(ctx, &tx, &ground, company, domain.as_ref(), key.clone()).await?,
    };
    if company_match == CompanyMatch::Free {
        let claim = (referral, advocate.member);
        // Somebody was faster by a moment: everything is looked at again, and then there is a claim to see.
        if !tx.referrals().claim(&candidate.domains, claim, now).await? {
            return Err(StoreError::Conflict.into());
        }
    }
    tx.referrals().note_form(&key, referral, now).await?;
    keep_contact(ctx, &tx, &ground.advertised, referral, entry, hash).await?;
    tx.commit().await?;
    Ok(Answer::MailSent)
}

/// Whether a carried link has reached somebody of another company than the one its referral has: it was passed on again.
/// Nobody else says which company that is until this transaction ends.
async fn other_company(tx: &Tx, carried: ReferralId, candidate: &Candidate) -> Result<bool, StoreError> {
    tx.referrals().lock([carried]).await?;
    let own = tx.referrals().load(carried).await?.and_then(|stored| stored.domain);
    Ok(own.is_some_and(|own| !candidate.domains.iter().any(|known| known.as_str() == own)))
}

async fn new_referral(
    ctx: &Ctx,
    tx: &Tx,
    ground: &Ground,
    company: CompanyName,
    domain: Option<&WorkDomain>,
    submission_key: String,
) -> Result<ReferralId, SubmitEntryError> {
    let advertised = &ground.advertised;
    let advocate = &advertised.advocate;
    let mut incentive = advertised.chosen;
    if let Some(id) = incentive
        && !tx.take_from_stock(id).await?
    {
        incentive = None;
    }
    let id: ReferralId = ctx.new_id();
    let made = Referral::submit(
        &Submitter::Contact { advocate: advocate.member, account: advocate.account },
        Submit {
            id,
            program: advertised.program.id,
            company,
            country: None,
            consent_path: ConsentPath::OwnShare,
            account_manager: advocate.account_manager,
            incentive,
        },
        SubmitRules {
            program_open: advertised.program.open,
            company_match: CompanyMatch::Free,
            paths: PathRules::default(),
            terms: advertised.terms.clone(),
        },
        ctx.now(),
    );
    let (referral, events) = made.map_err(|error| match error {
        SubmitError::ProgramClosed => SubmitEntryError::Closed,
        _ => SubmitEntryError::Gone,
    })?;
    let facts = referral.into_facts();
    let donates =
        incentive.and_then(|id| facts.terms.offer(id)).is_some_and(|offer| offer.kind.needs_organisation());
    let (rules, clocks) = settings(ctx);
    tx.referrals()
        .insert(&NewReferral {
            facts: &facts,
            domain,
            country: None,
            // Here stands what an advocate wrote. What a contact writes about themselves is kept with the contact.
            role_title: None,
            reason: None,
            answers: &[],
            channel: ground.channel,
            touch: ground.touch,
            organisation: advertised.organisation.as_ref().map(|(id, _)| *id).filter(|_| donates),
            share_token_hash: None,
            submission_key,
            due_at: facts.next_due(false, &rules, &clocks),
            expires_at: facts.expires_at(&rules),
        })
        .await?;
    if let Some(offer) = facts.incentive.and_then(|id| facts.terms.offer(id)) {
        let law = crate::law(ctx, tx).await?;
        keep_choice(tx, &law, id, &advocate.standing, offer.kind).await?;
    }
    after_events(ctx, tx, None, &facts, &events).await?;
    Ok(id)
}

async fn keep_contact(
    ctx: &Ctx,
    tx: &Tx,
    advertised: &Advertised,
    referral: ReferralId,
    entry: &Entry,
    email_hash: String,
) -> Result<(), StoreError> {
    let now = ctx.now();
    let id: ContactId = ctx.new_id();
    let (rules, _) = settings(ctx);
    let unconfirmed = now.checked_add_days(Days::new(rules.consent_days.get().into())).unwrap_or(now);
    // An open referral that nobody answers ends by its own date, and what its contacts entered ends with it.
    let stored = tx.referrals().load(referral).await?;
    let awaiting = stored.as_ref().filter(|stored| stored.facts.consent == ConsentState::Awaiting);
    let expires_at = awaiting
        .and_then(|stored| stored.facts.expires_at(&rules))
        .map_or(unconfirmed, |at| at.min(unconfirmed));
    let contact = Contact {
        id,
        referral,
        name: entry.name.as_str().to_owned(),
        email: entry.email.as_str().to_owned(),
        email_hash: email_hash.clone(),
        role_title: entry.role.as_ref().map(|role| role.as_str().to_owned()),
        phone: entry.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        recipient_kind: entry.recipient_kind,
        preferred: entry.preferred,
        best_time: entry.best_time.as_ref().map(|time| time.as_str().to_owned()),
        language: entry.language,
        consent: ConsentState::Awaiting,
        created_at: now,
        confirmed_at: None,
        expires_at: Some(expires_at),
        shows_steps: entry.shows_steps,
        version: 0,
    };
    let kept = tx
        .consent()
        .insert_contact(NewContact {
            contact,
            confirm_hash: confirm_hash(ctx, &confirm_token(ctx, id)),
            page_hash: page_hash(ctx, &page_token(ctx, id)),
            traces: ContactTraces {
                mailbox: Some(mailbox_hash(ctx, &entry.email)),
                source: Some(day_salt(ctx, tx, now).await?.token("contact-source", &entry.source)),
            },
        })
        .await?;
    if kept {
        tx.push_job(Job::PurgeContact { contact: id.into() }.to_new(ctx, expires_at)).await?;
        return ask(ctx, tx, advertised, (id, referral), entry).await;
    }
    // The same person again. While they have not answered, what they say now counts, and the mail may have been lost.
    let known = tx.consent().contacts_with(&email_hash).await?;
    let known = known.into_iter().find(|known| known.referral == referral);
    let Some(known) = known.filter(|known| known.consent == ConsentState::Awaiting) else { return Ok(()) };
    let correction = Correction {
        name: entry.name.as_str().to_owned(),
        role_title: entry.role.as_ref().map(|role| role.as_str().to_owned()),
        phone: entry.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        recipient_kind: entry.recipient_kind,
        preferred: entry.preferred,
        best_time: entry.best_time.as_ref().map(|time| time.as_str().to_owned()),
        language: entry.language,
        shows_steps: entry.shows_steps,
    };
    tx.consent().correct(known.id, known.version, correction).await?;
    ask(ctx, tx, advertised, (known.id, referral), entry).await
}

/// Writes down what they have read and ticked, and writes the one mail.
async fn ask(
    ctx: &Ctx,
    tx: &Tx,
    advertised: &Advertised,
    (id, referral): (ContactId, ReferralId),
    entry: &Entry,
) -> Result<(), StoreError> {
    tx.consent()
        .record(ConsentStep {
            id: ctx.new_id(),
            contact: id,
            referral,
            state: ConsentState::Awaiting,
            wording_version: i32::try_from(WORDING_VERSION).unwrap_or_default(),
            wording: agreed_wording(ctx, advertised, Words::new(entry.read_in), entry.shows_steps),
            disclosure: advertised.terms.disclosure.clone(),
            channel: ConsentChannel::LandingPage,
            at: ctx.now(),
        })
        .await?;
    tx.audit(ctx.audit_entry(None, "consent.ask", "contact", id, json!({ "referral": referral }))).await?;
    confirm_mail::write(ctx, tx, id, &entry.email, entry.language).await
}
