//! At which tier somebody is kept by hand, and the form of it.

use chrono::Days;
use domain::ids::MemberId;
use leptos::prelude::*;
use services::tiers::{KeptAt, NamedTier};
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::tiers::name_of,
    paths::PersonAct,
    ui::{Choice, Field, error_summary, select_field, text_area, text_field},
    visitor::Visitor,
};

/// The name of the form among those of a person's page.
pub(crate) const FORM: &str = "pin";

/// What is decided, and the form to decide it.
pub(super) fn pin_panel(
    id: MemberId,
    tiers: &[NamedTier],
    kept: Option<&KeptAt>,
    form: &FormState,
    visitor: &Visitor,
) -> Markup {
    let (words, formats, assets) = (visitor.words, visitor.formats(), &visitor.app.assets);
    let now = visitor.app.ctx.now();
    let standing = kept.filter(|kept| kept.pin.holds(now)).map(|kept| {
        // It ends with its last day.
        let zone = visitor.app.ctx.host.zone;
        let last = kept.pin.until.with_timezone(&zone).date_naive();
        let last = last.checked_sub_days(Days::new(1)).unwrap_or(last);
        let tier = name_of(tiers, Some(&kept.pin.tier), words);
        let said = words
            .with(keys::PIN_STANDS, [("tier", tier.into()), ("date", formats.calendar_day(last).into())]);
        let by = kept.by.clone().map(|by| words.with(keys::REWARD_PAGE_BY, [("name", by.into())]));
        let noted = [Some(formats.date(kept.at)), by].into_iter().flatten().collect::<Vec<_>>().join(", ");
        view! {
            <p><strong>{said}</strong></p>
            <p class="prose">{kept.reason.clone()}</p>
            <p class="small muted">{noted}</p>
            <form method="post" action=PersonAct::PinEnd.of(id).to_string()>
                <button class="button" data-kind="plain" type="submit">{words.say(keys::PIN_END)}</button>
            </form>
        }
    });
    let options = tiers
        .iter()
        .map(|named| Choice {
            value: named.tier.code.to_string(),
            label: name_of(tiers, Some(&named.tier.code), words),
        })
        .collect();
    let field =
        |name, key, kind| Field { name, label: words.say(key).into_owned(), kind, ..Field::default() };
    let reason = Field { full: true, maxlength: 500, ..field("pin_reason", keys::PIN_REASON, "text") };
    let open = !form.value("form").is_empty();
    view! {
        <section class="panel" aria-labelledby="pin">
            <header><h2 id="pin">{words.say(keys::PIN_TITLE)}</h2></header>
            <div class="body stack-tight">
                <p class="small muted">{words.say(keys::PIN_HELP)}</p>
                {standing}
                <details class="fold" open=open>
                    <summary>{words.say(keys::PIN_FOLD)}</summary>
                    <form class="form" method="post" action=PersonAct::Pin.of(id).to_string() novalidate=true>
                        {error_summary(form, words)}
                        {select_field(&field("pin_tier", keys::PIN_TIER, ""), options, form, words, assets)}
                        {text_field(&field("pin_until", keys::PIN_UNTIL, "date"), form, words, assets)}
                        {text_area(&reason, form, words, assets)}
                        <div><button class="button" type="submit">{words.say(keys::PIN_SAVE)}</button></div>
                    </form>
                </details>
            </div>
        </section>
    }
    .into_markup()
}
