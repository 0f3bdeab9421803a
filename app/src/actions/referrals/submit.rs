//! `POST /refer`

use std::collections::BTreeMap;

use axum::Form;
use domain::{
    consent::FirstContactChannel,
    ids::QuestionId,
    incentives::Questions,
    referrals::{AnswerError, SubmitError, check_answers},
    text::{CompanyName, Country, PersonName, Phone, Reason, RoleTitle},
    touches::Channel,
};
use services::referrals::{self, AskInPerson, SubmitReferral, SubmitReferralError, programme};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult, referrals::answers::named},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// Whom the account manager shall speak to; what is missing is noted.
fn ask(form: &mut FormState) -> Option<AskInPerson> {
    let channel = form.parse("ask_by", |code| FirstContactChannel::parse(code).ok_or("choice_missing"));
    let name = form.parse("ask_name", PersonName::parse);
    let phone = match form.value("ask_phone").trim() {
        "" => Some(None),
        _ => form.parse("ask_phone", Phone::parse).map(Some),
    };
    let circumstances = form.parse("ask_why", Reason::parse);
    Some(AskInPerson { channel: channel?, name: name?, phone: phone?, circumstances: circumstances? })
}

/// What was typed in answer to the programme's questions; what is missing or wrong is noted.
fn answers(form: &mut FormState, questions: &Questions) -> BTreeMap<QuestionId, String> {
    let typed = |id| form.value(&named(id)).to_owned();
    let typed = questions.asked().map(|question| (question.id, typed(question.id))).collect();
    if let Err(errors) = check_answers(questions, &typed) {
        refuse(form, &errors);
    }
    typed
}

fn refuse(form: &mut FormState, errors: &[(QuestionId, AnswerError)]) {
    for (question, error) in errors {
        form.refuse(&named(*question), error.code());
    }
}

/// `POST /refer`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn submit(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let company = form.parse("company", CompanyName::parse);
    let country = form.parse("country", Country::parse);
    let role = form.parse("role", RoleTitle::parse);
    let reason = form.parse("reason", Reason::parse);
    let questions = programme(&visitor.app.ctx).await?.map(|found| found.program.questions);
    let answers = answers(&mut form, &questions.unwrap_or_default());
    // Spoken to by the account manager, nobody gets a link.
    let asks = form.value("channel") == "ask";
    let channel = if asks {
        Some(Channel::Link)
    } else {
        form.parse("channel", |code| Channel::parse(code).ok_or("malformed"))
    };
    let ask = if asks { ask(&mut form) } else { None };
    let incentive = form.parse_optional("incentive");
    let organisation = form.parse_optional("organisation");
    let (Some(company), Some(country), Some(role), Some(reason), Some(channel)) =
        (company, country, role, reason, channel)
    else {
        return form.back_to(&paths::REFER, &visitor).await;
    };
    if !form.is_sound() {
        return form.back_to(&paths::REFER, &visitor).await;
    }
    let command = SubmitReferral {
        company,
        country,
        role,
        reason,
        answers,
        channel,
        incentive,
        organisation,
        key: form.value("key").to_owned(),
    };
    let made = match ask {
        Some(ask) => referrals::submit_to_ask(&visitor.app.ctx, &referrer, command, ask).await,
        None => referrals::submit(&visitor.app.ctx, &referrer, command).await,
    };
    match made {
        Ok(id) => {
            visitor.flash(if asks { Flash::AskSubmitted } else { Flash::ReferralSubmitted }).await?;
            Ok(go(&paths::referral(id)))
        }
        Err(SubmitReferralError::Store(error)) => Err(error.into()),
        // Somebody has changed the questions since they were read above.
        Err(SubmitReferralError::Answers(errors)) => {
            refuse(&mut form, &errors);
            form.back_to(&paths::REFER, &visitor).await
        }
        Err(error) => {
            let field = match error {
                SubmitReferralError::Blocked(_) | SubmitReferralError::Gone => "incentive",
                SubmitReferralError::OrganisationMissing => "organisation",
                SubmitReferralError::PhoneMissing => "ask_phone",
                SubmitReferralError::Refused(SubmitError::PathForbidden) => "ask_by",
                _ => "",
            };
            form.refuse(field, error.to_string());
            form.back_to(&paths::REFER, &visitor).await
        }
    }
}
