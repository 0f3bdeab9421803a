//! What staff do to companies.

use axum::{Form, extract::Path};
use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    ids::AccountId,
    text::{CompanyName, Country, TextError},
};
use services::accounts::{self, AccountCommand, AccountError, AccountFields};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

fn read(form: &mut FormState) -> Option<AccountCommand> {
    let name = form.parse("name", CompanyName::parse);
    let country = form.parse("country", Country::parse);
    let industry = form.value("industry").split_whitespace().collect::<Vec<_>>().join(" ");
    if industry.chars().count() > 100 {
        form.refuse("industry", TextError::TooLong.code());
    }
    let recipient_kind = form.parse("kind", |code| RecipientKind::parse(code).ok_or("malformed"));
    let status = form.parse("status", |code| AccountStatus::parse(code).ok_or("malformed"));
    let customer_since = form.parse("since", |date| match date {
        "" => Ok(None),
        date => date.parse().map(Some).map_err(|_| "not_a_date"),
    });
    let gift_policy = form.parse("gifts", |code| GiftPolicy::parse(code).ok_or("malformed"));
    let domains = form.parse("domains", |lines| {
        let mut domains = Vec::new();
        for line in lines.split(['\n', '\r', ',', ' ']).filter(|line| !line.trim().is_empty()) {
            let domain = WorkDomain::parse(line).map_err(|_| "line_domain")?;
            if !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        domains.sort();
        Ok::<_, &str>(domains)
    });
    let manager = form.value("manager").parse().ok();
    form.is_sound().then_some(())?;
    Some(AccountCommand {
        fields: AccountFields {
            name: name?,
            country: country?,
            industry: (!industry.is_empty()).then_some(industry),
            recipient_kind: recipient_kind?,
            status: status?,
            customer_since: customer_since?,
            gift_policy: gift_policy?,
        },
        domains: domains?,
        manager,
    })
}

fn field_of(error: &AccountError) -> &'static str {
    match error {
        AccountError::DomainTaken => "domains",
        AccountError::Manager => "manager",
        _ => "",
    }
}

/// `POST /manage/accounts/new`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not add companies.
pub async fn add(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let Some(command) = read(&mut form) else { return form.back_to(&paths::NEW_ACCOUNT, &visitor).await };
    match accounts::add(&visitor.app.ctx, by, command).await {
        Ok(id) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::account(id)))
        }
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse(field_of(&error), error.to_string());
            form.back_to(&paths::NEW_ACCOUNT, &visitor).await
        }
    }
}

/// `POST /manage/accounts/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not change companies.
pub async fn change(
    SignedIn { visitor, person }: SignedIn,
    Path(id): Path<AccountId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let by = person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let here = paths::account(id);
    let mut form = FormState::of(&pairs);
    let Some(command) = read(&mut form) else { return form.back_to(&here, &visitor).await };
    let version = form.version();
    match accounts::change(&visitor.app.ctx, by, id, command, version).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&here))
        }
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(AccountError::NotFound) => Err(PageError::NotFound),
        Err(error) => {
            if matches!(error, AccountError::Stale) {
                let now = accounts::account(&visitor.app.ctx, &person.actor, id).await?;
                form.overtaken(now.ok_or(PageError::NotFound)?.version);
            }
            form.refuse(field_of(&error), error.to_string());
            form.back_to(&here, &visitor).await
        }
    }
}
