//! The form by which an advocate puts right what they have written.

use domain::referrals::Referral;
use leptos::prelude::*;
use services::referrals::Duty;
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths,
    ui::{self, Field},
    visitor::Visitor,
};

/// The hidden field that tells this form from the others of its page.
pub const FORM: &str = "amends";

/// The form, as long as nobody has taken the referral.
pub(super) fn amend(visitor: &Visitor, duty: &Duty, kept: &FormState) -> Option<Markup> {
    let stored = &duty.stored;
    if !Referral::restore(stored.facts.clone()).may_amend() {
        return None;
    }
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let mine = kept.ticked(FORM);
    let form = if mine {
        kept.clone()
    } else {
        FormState::filled([
            ("company", stored.facts.company.to_string()),
            ("role", stored.role_title.clone()),
            ("reason", stored.reason.clone()),
            ("version", stored.version.to_string()),
        ])
    };
    let field = |name, key, maxlength| Field {
        name,
        label: words.say(key).into_owned(),
        maxlength,
        ..Field::default()
    };
    let company = Field { autocomplete: "off", ..field("company", keys::REFER_COMPANY, 160) };
    let role = field("role", keys::REFER_ROLE, 120);
    let reason = Field {
        help: Some(words.say(keys::REFER_REASON_HELP).into_owned()),
        full: true,
        ..field("reason", keys::REFER_REASON, 0)
    };
    Some(
        view! {
            <details class="fold" open=mine>
                <summary>{words.say(keys::AMEND_TITLE)}</summary>
                <form class="stack-tight" method="post" novalidate=true
                    action=paths::referral_correction(stored.facts.id).to_string()>
                    <p class="small">{words.say(keys::AMEND_TEXT)}</p>
                    <input type="hidden" name=FORM value="yes"/>
                    <input type="hidden" name="version" value=form.value("version").to_owned()/>
                    <div class="fields">
                        {ui::text_field(&company, &form, words, assets)}
                        {ui::text_field(&role, &form, words, assets)}
                        {ui::text_area(&reason, &form, words, assets)}
                    </div>
                    <div>
                        <button class="button" data-kind="plain" type="submit">{words.say(keys::AMEND_DO)}</button>
                    </div>
                </form>
            </details>
        }
        .into_markup(),
    )
}
