//! On which ground a person may be written to.

use domain::{
    consent::{Basis, Channel},
    ids::MemberId,
};
use leptos::prelude::*;
use services::members::PermissionRow;
use words::keys;

use super::{basis_key, channel_key};
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths::PersonAct,
    ui::{Field, choices, error_summary, scrolling_table, select_field, text_field},
    visitor::Visitor,
};

/// How the form is told from the others of the page.
pub(crate) const FORM: &str = "permission";

/// The grounds, and the form that records one for those who may, with what they have typed.
pub(super) fn permission_panel(
    id: MemberId,
    rows: &[PermissionRow],
    typed: Option<&FormState>,
    visitor: &Visitor,
) -> Markup {
    let (words, assets, formats) = (visitor.words, &visitor.app.assets, visitor.formats());
    let list = if rows.is_empty() {
        view! { <p class="small muted">{words.say(keys::PERSON_NO_PERMISSION)}</p> }.into_markup()
    } else {
        let rows = rows
            .iter()
            .map(|row| {
                let basis = match row.objected_at {
                    Some(at) => words.with(keys::PERMISSION_OBJECTED, [("date", formats.date(at).into())]),
                    None => words.say(basis_key(row.basis)).into_owned(),
                };
                view! {
                    <tr>
                        <th scope="row">{words.say(channel_key(row.channel))}</th>
                        <td>{basis}</td>
                        <td>{row.source.clone()}</td>
                        <td>{formats.date(row.recorded_at)}</td>
                    </tr>
                }
                .into_markup()
            })
            .collect();
        let columns = [
            keys::PERMISSION_CHANNEL,
            keys::PERMISSION_BASIS,
            keys::PERMISSION_SOURCE,
            keys::PERMISSION_WHEN,
        ];
        scrolling_table(keys::PERSON_PERMISSIONS, columns, rows, words)
    };
    let form = typed.map(|form| {
        let channel = Field {
            name: "channel",
            label: words.say(keys::PERMISSION_CHANNEL).into_owned(),
            ..Field::default()
        };
        let channels = choices(Channel::ALL, Channel::as_str, channel_key, words);
        let basis = Field {
            name: "basis",
            label: words.say(keys::PERMISSION_BASIS).into_owned(),
            ..Field::default()
        };
        let bases = choices(Basis::ALL, Basis::as_str, basis_key, words);
        let source = Field {
            name: "source",
            label: words.say(keys::PERMISSION_SOURCE).into_owned(),
            help: Some(words.say(keys::PERMISSION_SOURCE_HELP).into_owned()),
            blank: true,
            full: true,
            maxlength: 200,
            ..Field::default()
        };
        view! {
            <form class="form" method="post" novalidate=true action=PersonAct::Permission.of(id).to_string()>
                {error_summary(form, words)}
                <div class="fields">
                    {select_field(&channel, channels, form, words, assets)}
                    {select_field(&basis, bases, form, words, assets)}
                    {text_field(&source, form, words, assets)}
                </div>
                <div class="cluster">
                    <button class="button" type="submit" name="act" value="record">
                        {words.say(keys::PERMISSION_SAVE)}
                    </button>
                    <button class="button" data-kind="plain" type="submit" name="act" value="object">
                        {words.say(keys::PERMISSION_OBJECT)}
                    </button>
                </div>
            </form>
        }
    });
    view! {
        <section class="panel" aria-labelledby="permissions">
            <header><h2 id="permissions">{words.say(keys::PERSON_PERMISSIONS)}</h2></header>
            <div class="body">
                <p class="small muted">{words.say(keys::PERSON_PERMISSIONS_HELP)}</p>
                {list}
                {form}
            </div>
        </section>
    }
    .into_markup()
}
