//! The form that takes a reward back: its causes, and how much of the deal was refunded.

use domain::{
    incentives::{IncentiveKind, PayingStep},
    rewards::RewardCode,
};
use leptos::prelude::*;
use services::rewards::RewardLine;
use words::keys;

use super::parts::{self, LineField};
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths,
    visitor::Visitor,
};

/// The form that takes this reward back.
pub(super) fn form(visitor: &Visitor, line: &RewardLine, form: &FormState) -> Markup {
    let words = visitor.words;
    let select = parts::field_id("why", line.id);
    let granted = line.kind.is_some_and(IncentiveKind::is_revocable) && line.state == RewardCode::Fulfilled;
    let causes = [
        ("refund", keys::DELIVERIES_WHY_REFUND, line.part == PayingStep::Won),
        ("revoked", keys::DELIVERIES_WHY_REVOKED, granted),
        ("fraud", keys::DELIVERIES_WHY_FRAUD, true),
    ];
    let typed = parts::typed(form, line, "why");
    let causes = causes
        .into_iter()
        .filter(|(_, _, possible)| *possible)
        .map(|(cause, key, _)| {
            view! { <option value=cause selected=typed == Some(cause)>{words.say(key)}</option> }
        })
        .collect_view();
    let percent = (line.part == PayingStep::Won).then(|| {
        let help = match line.refunded_percent {
            0 => words.say(keys::DELIVERIES_PERCENT_HELP).into_owned(),
            percent => words.with(keys::DELIVERIES_PERCENT_AGAIN, [("percent", i64::from(percent).into())]),
        };
        let field = LineField {
            name: "percent",
            reward: line.id,
            optional: false,
            label: words.say(keys::DELIVERIES_PERCENT).into_owned(),
            help: Some(help),
            kind: "number",
            value: 100u8.saturating_sub(line.refunded_percent).to_string(),
        };
        parts::line_field(field, form, visitor)
    });
    let reason = LineField {
        name: "reason",
        reward: line.id,
        optional: false,
        label: words.say(keys::APPROVALS_REASON).into_owned(),
        help: Some(
            words.with(keys::APPROVALS_REASON_HELP, [("advocate", line.advocate_name.as_str().into())]),
        ),
        kind: "textarea",
        value: String::new(),
    };
    let open = typed.is_some();
    view! {
        <details class="fold" open=open>
            <summary>{words.say(keys::DELIVERIES_TAKE_BACK_FOLD)}</summary>
            <form class="stack-tight" method="post" action=paths::reward_return(line.id).to_string()>
                {parts::hidden(line.id, line.version, "return")}
                <div class="field">
                    <label for=select.clone()>{words.say(keys::DELIVERIES_WHY)}</label>
                    <select id=select name="why">
                        {causes}
                    </select>
                </div>
                {percent}
                {parts::line_field(reason, form, visitor)}
                <button class="button" data-kind="plain" type="submit">
                    {words.say(keys::DELIVERIES_TAKE_BACK)}
                </button>
            </form>
        </details>
    }
    .into_markup()
}
