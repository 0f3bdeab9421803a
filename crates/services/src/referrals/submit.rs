//! An advocate submits a referral and gets a link to carry on themselves. Nobody's name or address is asked for.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    accounts::{CompanyMatch, NeutralReason},
    consent::{ConsentPath, FirstContactChannel, PathRules},
    ids::{IncentiveId, OrganisationId, QuestionId, ReferralId},
    incentives::{BlockReason, Eligibility},
    members::Referrer,
    referrals::{AnswerError, Referral, Submit, SubmitError, SubmitRules, Submitter, check_answers},
    text::{CompanyName, Country, PersonName, Phone, Reason, RoleTitle},
    touches::Channel,
};
use serde_json::json;
use store::{StoreError, Tx, first_contacts::FirstContactRule, referrals::NewReferral};

use super::{Programme, Standing, after_events, look_up_rules, programme, settings, standing};
use crate::{
    Ctx,
    campaigns::for_advocate,
    compliance::keep_choice,
    consent::{keep_first_contact, person_hash},
};

/// How many referrals one advocate may submit in a day: more is a script.
const MAX_PER_DAY: i32 = 50;

/// What the form says.
#[derive(Clone, Debug)]
pub struct SubmitReferral {
    /// Which company.
    pub company: CompanyName,
    /// Where it is.
    pub country: Country,
    /// What the person does there.
    pub role: RoleTitle,
    /// Why they fit.
    pub reason: Reason,
    /// What was typed in answer to the programme's questions.
    pub answers: BTreeMap<QuestionId, String>,
    /// How the person will read of it.
    pub channel: Channel,
    /// What the advocate wants for it.
    pub incentive: Option<IncentiveId>,
    /// To whom a donation goes.
    pub organisation: Option<OrganisationId>,
    /// Made with the form: sent twice, it is one referral.
    pub key: String,
}

/// Whom the account manager shall speak to once, where the programme allows it.
#[derive(Clone, Debug)]
pub struct AskInPerson {
    /// How.
    pub channel: FirstContactChannel,
    /// What they are called.
    pub name: PersonName,
    /// Their number.
    pub phone: Option<Phone>,
    /// Why they expect it.
    pub circumstances: Reason,
}

/// Why a referral was not made.
#[derive(Debug, thiserror::Error)]
pub enum SubmitReferralError {
    /// There is no programme that takes referrals.
    #[error("program_closed")]
    ProgramClosed,
    /// This advocate may not choose this incentive, and the first reason why.
    #[error("incentive_blocked")]
    Blocked(BlockReason),
    /// A donation needs an organisation of the list.
    #[error("organisation_missing")]
    OrganisationMissing,
    /// The last one went to somebody else a moment ago.
    #[error("incentive_gone")]
    Gone,
    /// More than a person can mean in one day.
    #[error("too_many_referrals")]
    TooMany,
    /// A call needs a number.
    #[error("empty")]
    PhoneMissing,
    /// Answers that are missing or wrong, by question.
    #[error("answers")]
    Answers(Vec<(QuestionId, AnswerError)>),
    /// The rules say no.
    #[error("{0}")]
    Refused(SubmitError),
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Submits a referral.
///
/// # Errors
/// [`SubmitReferralError`] says what to change.
pub async fn submit(
    ctx: &Ctx,
    referrer: &Referrer,
    command: SubmitReferral,
) -> Result<ReferralId, SubmitReferralError> {
    submit_with(ctx, referrer, command, None).await
}

/// Submits a referral whose contact the account manager shall speak to once.
///
/// # Errors
/// [`SubmitReferralError`] says what to change; where market and channel are not allowed, that the path is forbidden.
pub async fn submit_to_ask(
    ctx: &Ctx,
    referrer: &Referrer,
    command: SubmitReferral,
    ask: AskInPerson,
) -> Result<ReferralId, SubmitReferralError> {
    submit_with(ctx, referrer, command, Some(ask)).await
}

async fn submit_with(
    ctx: &Ctx,
    referrer: &Referrer,
    command: SubmitReferral,
    ask: Option<AskInPerson>,
) -> Result<ReferralId, SubmitReferralError> {
    let now = ctx.now();
    look_up_rules(ctx).await?;
    let programme = programme(ctx).await?.ok_or(SubmitReferralError::ProgramClosed)?;
    let programme = for_advocate(ctx, &programme, referrer.member()).await?;
    let standing = standing(ctx, referrer.member()).await?.ok_or(SubmitReferralError::ProgramClosed)?;
    // The key belongs to its advocate: somebody else's key must not lead to their referral.
    let key = ctx.secret.hash("submission", &format!("{}:{}", referrer.member(), command.key));
    let tx = ctx.store.begin().await?;
    // The count makes a second press of the button wait for the first one's end: only then it can see what that has made.
    let tries = tx
        .count_try(
            &ctx.secret.hash("throttle-submit", &referrer.member().to_string()),
            TimeDelta::days(1),
            now,
        )
        .await?;
    if let Some(done) = tx.referrals().by_submission_key(&key).await? {
        return Ok(done);
    }
    let answers = check_answers(&programme.program.questions, &command.answers)
        .map_err(SubmitReferralError::Answers)?;
    let asked = match ask {
        Some(ask) => Some(may_ask(ctx, &tx, &programme, &standing, &command, ask).await?),
        None => None,
    };
    if tries > MAX_PER_DAY {
        return Err(SubmitReferralError::TooMany);
    }
    let mut command = command;
    if command.incentive.is_none() {
        let own = tx.incentives().own_thanks(referrer.member()).await?;
        command.incentive = programme.default_of(&own, &standing.receiver);
        command.organisation = own.organisation;
    }
    let mut organisation = None;
    if let Some(id) = command.incentive {
        let choices = programme.choices(&standing.receiver);
        let (offer, eligibility) = choices
            .into_iter()
            .find(|(offer, _)| offer.incentive.id == id)
            .ok_or(SubmitReferralError::Refused(SubmitError::NotOffered))?;
        if let Eligibility::Blocked(reasons) = eligibility {
            return Err(SubmitReferralError::Blocked(
                reasons.first().copied().unwrap_or(BlockReason::Inactive),
            ));
        }
        if offer.incentive.kind.needs_organisation() {
            organisation = command
                .organisation
                .filter(|chosen| programme.organisations.iter().any(|known| known.id == *chosen));
            if organisation.is_none() {
                return Err(SubmitReferralError::OrganisationMissing);
            }
        }
        if !tx.take_from_stock(id).await? {
            return Err(SubmitReferralError::Gone);
        }
    }
    let id: ReferralId = ctx.new_id();
    let (referral, events) = Referral::submit(
        &Submitter::Advocate(*referrer),
        Submit {
            id,
            program: programme.program.id,
            company: command.company,
            country: Some(command.country),
            consent_path: if asked.is_some() {
                ConsentPath::HumanFirstContact
            } else {
                ConsentPath::CarriedLink
            },
            account_manager: standing.account_manager,
            incentive: command.incentive,
        },
        SubmitRules {
            program_open: programme.program.open,
            // Name and country are a hint for staff; only the contact's own address tells which company it is.
            company_match: CompanyMatch::Free,
            paths: PathRules { human_first_contact: asked.iter().map(|(rule, ..)| rule.country).collect() },
            terms: programme.terms(&standing.receiver, command.incentive),
        },
        now,
    )
    .map_err(SubmitReferralError::Refused)?;
    let facts = referral.into_facts();
    let (rules, clocks) = settings(ctx);
    tx.referrals()
        .insert(&NewReferral {
            facts: &facts,
            domain: None,
            country: Some(command.country),
            role_title: Some(&command.role),
            reason: Some(&command.reason),
            answers: &answers,
            channel: command.channel,
            touch: None,
            organisation,
            share_token_hash: Some(ctx.secret.hash("carried-link", &carried_link_token(ctx, id))),
            submission_key: key,
            due_at: facts.next_due(false, &rules, &clocks),
            expires_at: facts.expires_at(&rules),
        })
        .await?;
    if let Some(offer) = facts.incentive.and_then(|id| facts.terms.offer(id)) {
        keep_choice(&tx, &programme.law, id, &standing.receiver, offer.kind).await?;
    }
    if let Some((rule, ask, hash)) = asked {
        keep_first_contact(ctx, &tx, id, (&rule, &ask), hash).await?;
    }
    after_events(ctx, &tx, None, &facts, &events).await?;
    tx.audit(ctx.audit_entry(Some(referrer.member()), "referrals.submit", "referral", id, json!({}))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether this person may be spoken to: under which rule, and by which hash they are known if they refuse.
async fn may_ask(
    ctx: &Ctx,
    tx: &Tx,
    programme: &Programme,
    standing: &Standing,
    command: &SubmitReferral,
    ask: AskInPerson,
) -> Result<(FirstContactRule, AskInPerson, String), SubmitReferralError> {
    let rules = tx.first_contacts().rules(programme.program.id).await?;
    let rule = rules.into_iter().find(|rule| rule.country == command.country && rule.channel == ask.channel);
    // Only the assigned account manager may look, so there must be one.
    let rule = rule
        .filter(|_| standing.account_manager.is_some())
        .ok_or(SubmitReferralError::Refused(SubmitError::PathForbidden))?;
    if ask.channel == FirstContactChannel::Phone && ask.phone.is_none() {
        return Err(SubmitReferralError::PhoneMissing);
    }
    let hash = person_hash(ctx, &ask.name, &command.company, ask.phone.as_ref());
    if tx.consent().is_suppressed(&hash).await? {
        return Err(SubmitReferralError::Refused(SubmitError::Neutral(NeutralReason::Suppressed)));
    }
    Ok((rule, ask, hash))
}

/// The token of the link that the advocate carries to the contact: made again from the referral's id, never stored.
pub fn carried_link_token(ctx: &Ctx, referral: ReferralId) -> String {
    ctx.secret.token("carried-link-token", &referral.to_string())
}
