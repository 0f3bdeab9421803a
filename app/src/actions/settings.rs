//! Changing what may be set.

use axum::{Form, response::Response};
use domain::{
    fraud::FraudRules,
    incentives::{Amount, Unit},
    members::Administering,
};
use services::{
    rewards::RewardSettings,
    settings::{Change, ChangeSettingError, Clocks, ReferralRules, change, settings},
    tiers::TierSettings,
};

use crate::{
    forms::{Flash, FormState, Pairs, number},
    pages::{
        PageError, PageResult,
        settings::{
            CAPS, CLOCKS, FRAUD, FRAUD_NUMBERS, GROUP, NUMBERS, OWNER, PROMISES, REFERRALS, REWARDS,
            TIER_DAYS, TIERS, capped,
        },
    },
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /manage/settings/caps`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn caps(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = form(&pairs, CAPS);
    // What the page does not show, in another currency, stays as it is.
    let found = settings(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let mut caps = found.caps.value;
    for one in capped(&visitor) {
        for (name, map) in [(one.advocate, &mut caps.advocate), (one.program, &mut caps.program)] {
            match number(&mut form, name, one.unit) {
                Some(cap) => map.insert(one.unit, cap),
                None => map.remove(&one.unit),
            };
        }
    }
    save(&visitor, by, form, Change::Caps(caps)).await
}

/// `POST /manage/settings/rewards`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn rewards(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = form(&pairs, REWARDS);
    let money = Unit::Money(visitor.app.ctx.host.currency);
    let limit = number(&mut form, "four_eyes", money);
    let four_eyes_above = limit.and_then(|limit| match Amount::new(limit, money) {
        Ok(limit) => Some(limit),
        Err(_) => {
            form.refuse("four_eyes", "out_of_range");
            None
        }
    });
    let [clearing, refund, expiry, delivery, benefit, introduction, fiscal] = NUMBERS
        .map(|(name, ..)| form.parse(name, |typed| typed.trim().parse::<u16>().map_err(|_| "not_a_number")));
    let (Some(clearing_days), Some(refund_days), Some(expiry)) = (clearing, refund, expiry) else {
        return form.back_to(&paths::SETTINGS, &visitor).await;
    };
    let (Some(delivery_days), Some(benefit_days), Some(introduction_days), Some(fiscal)) =
        (delivery, benefit, introduction, fiscal)
    else {
        return form.back_to(&paths::SETTINGS, &visitor).await;
    };
    let numbers = RewardSettings {
        four_eyes_above,
        clearing_days,
        refund_days,
        expiry_months: expiry.into(),
        delivery_days,
        benefit_days,
        introduction_days,
        // Beyond what a month can be, it is refused as any other month that there is not.
        fiscal_month: u8::try_from(fiscal).unwrap_or(u8::MAX),
    };
    save(&visitor, by, form, Change::Rewards(numbers)).await
}

/// `POST /manage/settings/referrals`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn referrals(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = form(&pairs, REFERRALS);
    let [consent_days, idle_months] = ["consent_days", "idle_months"]
        .map(|name| form.parse(name, |typed| typed.trim().parse::<u8>().map_err(|_| "not_a_number")));
    let (Some(consent_days), Some(idle_months)) = (consent_days, idle_months) else {
        return form.back_to(&paths::SETTINGS, &visitor).await;
    };
    let accept_by_rule = form.ticked("accept_by_rule");
    let rules = ReferralRules { consent_days, idle_months: idle_months.into(), accept_by_rule };
    save(&visitor, by, form, Change::Referrals(rules)).await
}

/// `POST /manage/settings/tiers`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn tiers(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = form(&pairs, TIERS);
    let [grace_days, undo_days] = TIER_DAYS
        .map(|(name, ..)| form.parse(name, |typed| typed.trim().parse::<u16>().map_err(|_| "not_a_number")));
    let (Some(grace_days), Some(undo_days)) = (grace_days, undo_days) else {
        return form.back_to(&paths::SETTINGS, &visitor).await;
    };
    save(&visitor, by, form, Change::Tiers(TierSettings { grace_days, undo_days })).await
}

/// `POST /manage/settings/fraud`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn fraud(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = form(&pairs, FRAUD);
    let numbers = FRAUD_NUMBERS.map(|(name, ..)| {
        form.parse(name, |typed| typed.trim().parse::<u16>().map_err(|_| "not_a_number")).unwrap_or_default()
    });
    let [threshold, same_person, colleague, same_company, known_mailbox, disposable, velocity, rest @ ..] =
        numbers;
    let [shared_address, quick_win, velocity_referrals, velocity_hours, address_contacts, quick_minutes] =
        rest;
    let rules = FraudRules {
        threshold,
        same_person,
        colleague,
        same_company,
        known_mailbox,
        disposable,
        velocity,
        shared_address,
        quick_win,
        velocity_referrals,
        velocity_hours,
        address_contacts,
        quick_minutes,
    };
    save(&visitor, by, form, Change::Fraud(rules)).await
}

/// `POST /manage/settings/clocks`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn clocks(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = form(&pairs, CLOCKS);
    let [thanks, contact, silence] = PROMISES
        .map(|(name, ..)| form.parse(name, |typed| typed.trim().parse::<u16>().map_err(|_| "not_a_number")));
    let (Some(thanks_hours), Some(contact_hours), Some(silence_days)) = (thanks, contact, silence) else {
        return form.back_to(&paths::SETTINGS, &visitor).await;
    };
    save(&visitor, by, form, Change::Clocks(Clocks { thanks_hours, contact_hours, silence_days })).await
}

/// `POST /manage/settings/owner`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn owner(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let form = form(&pairs, OWNER);
    let owner = form.parse_optional("owner");
    save(&visitor, by, form, Change::DefaultOwner(owner)).await
}

fn form(pairs: &Pairs, group: &'static str) -> FormState {
    let mut form = FormState::of(pairs);
    form.set(GROUP, group);
    form
}

async fn save(
    visitor: &Visitor,
    by: Administering,
    mut form: FormState,
    wanted: Change,
) -> Result<Response, PageError> {
    if !form.is_sound() {
        return form.back_to(&paths::SETTINGS, visitor).await;
    }
    match change(&visitor.app.ctx, by, wanted, form.version()).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::SETTINGS))
        }
        Err(ChangeSettingError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                ChangeSettingError::OutOfRange(CAPS) => "advocate_money",
                ChangeSettingError::OutOfRange(field) => field,
                ChangeSettingError::Owner => "owner",
                _ => "",
            };
            if matches!(error, ChangeSettingError::Stale) {
                let key = match form.value(GROUP) {
                    CAPS => services::rewards::CAPS,
                    REWARDS => services::rewards::SETTINGS,
                    REFERRALS => services::settings::REFERRALS,
                    TIERS => services::tiers::TIERS,
                    FRAUD => services::fraud::FRAUD,
                    CLOCKS => services::settings::CLOCKS,
                    _ => services::settings::DEFAULT_OWNER,
                };
                let now = visitor.app.ctx.store.kept_setting(key).await?.version;
                form.overtaken(now);
            }
            form.refuse(field, error.to_string());
            form.back_to(&paths::SETTINGS, visitor).await
        }
    }
}
