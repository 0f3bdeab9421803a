//! What a reward is for tax and accounting, and the form in which finance says so.

use domain::rewards::TaxCategory;
use leptos::prelude::*;
use services::rewards::{RewardLine, category_name};
use words::keys;

use super::parts;
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths,
    ui::icon,
    visitor::Visitor,
};

/// The page that the form stands on, and leads back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// The list of approvals.
    Approvals,
    /// The list of deliveries.
    Deliveries,
    /// The reward's own page.
    Reward,
}

impl From {
    /// As the form sends it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Approvals => "approvals",
            Self::Deliveries => "deliveries",
            Self::Reward => "reward",
        }
    }
}

/// What it is, who has said so, and the form; nothing while nothing is promised.
pub(super) fn form(visitor: &Visitor, line: &RewardLine, from: From, form: &FormState) -> Option<Markup> {
    let (words, formats) = (visitor.words, visitor.formats());
    let known = line.category?;
    let by = line.categorised.as_ref().map(|(name, at)| {
        let by = [("name", name.as_str().into()), ("date", formats.date(*at).into())];
        view! { <p class="small muted">{words.with(keys::CATEGORY_CONFIRMED, by)}</p> }
    });
    let select = parts::field_id("category", line.id);
    let typed = parts::typed(form, line, "category").and_then(TaxCategory::parse);
    let chosen = typed.unwrap_or(known.category);
    let options = TaxCategory::ALL
        .iter()
        .map(|category| {
            let name = words.code("tax-category", category.as_str());
            view! { <option value=category.as_str() selected=*category == chosen>{name}</option> }
        })
        .collect_view();
    let error = form.error(&select, words);
    let invalid = error.is_some().then_some("true");
    let help = format!("{select}-help");
    let described = if error.is_some() { format!("{select}-error {help}") } else { help.clone() };
    let open = error.is_some();
    let error = error.map(|error| {
        let id = format!("{select}-error");
        view! { <p class="error" id=id>{icon(&visitor.app.assets, "alert")}<span>{error}</span></p> }
    });
    let seen = if known.confirmed { known.category.as_str() } else { "" };
    Some(
        view! {
            <details class="fold" open=open>
                <summary>{words.say(keys::CATEGORY_TITLE)} ": " {category_name(words, known)}</summary>
                <form class="stack-tight" method="post" action=paths::reward_category(line.id).to_string()>
                    <input type="hidden" name="seen" value=seen/>
                    <input type="hidden" name="from" value=from.as_str()/>
                    {by}
                    <div class="field">
                        <label for=select.clone()>{words.say(keys::CATEGORY_LABEL)}</label>
                        <select id=select name="category" aria-invalid=invalid aria-describedby=described>
                            {options}
                        </select>
                        {error}
                        <p class="help" id=help>{words.say(keys::CATEGORY_HELP)}</p>
                    </div>
                    <button class="button" data-kind="plain" type="submit">{words.say(keys::CATEGORY_SAVE)}</button>
                </form>
            </details>
        }
        .into_markup(),
    )
}
