//! Form fields: label above, help below, the error beside the field and in the summary that takes focus.

use leptos::prelude::*;
use words::{Key, Words, keys};

use super::marks::icon;
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    state::Assets,
};

/// A field of a form.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    /// Its name, also its id.
    pub name: &'a str,
    /// What it is called.
    pub label: String,
    /// What helps to fill it in.
    pub help: Option<String>,
    /// `type` of the input; `text` when empty.
    pub kind: &'static str,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// Which keyboard a phone shows.
    pub inputmode: &'static str,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Empty is an answer of its own, explained beside the field: neither demanded nor called optional.
    pub blank: bool,
    /// Whether it takes a whole row.
    pub full: bool,
    /// Longest text, in characters; 0 for the default.
    pub maxlength: u32,
}

/// One option of a choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// The options of a closed list: each value with its code and its name.
pub fn choices<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    key: impl Fn(T) -> Key,
    words: Words,
) -> Vec<Choice> {
    all.iter()
        .map(|one| Choice { value: code(*one).to_owned(), label: words.say(key(*one)).into_owned() })
        .collect()
}

struct Said {
    label: Markup,
    help: Option<Markup>,
    error: Option<Markup>,
    described_by: Option<String>,
    invalid: Option<&'static str>,
}

fn said(field: &Field<'_>, form: &FormState, words: Words, assets: &Assets) -> Said {
    let error = form.error(field.name, words);
    let mut described_by = Vec::new();
    if error.is_some() {
        described_by.push(format!("{}-error", field.name));
    }
    if field.help.is_some() {
        described_by.push(format!("{}-help", field.name));
    }
    let optional = field.optional.then(|| view! { " " <span>{words.say(keys::FORM_OPTIONAL)}</span> });
    Said {
        label: view! { <label for=field.name>{field.label.clone()}{optional}</label> }.into_markup(),
        help: field.help.clone().map(|help| {
            view! { <p class="help" id=format!("{}-help", field.name)>{help}</p> }.into_markup()
        }),
        invalid: error.is_some().then_some("true"),
        error: error.map(|error| {
            view! {
                <p class="error" id=format!("{}-error", field.name)>{icon(assets, "alert")}<span>{error}</span></p>
            }
            .into_markup()
        }),
        described_by: (!described_by.is_empty()).then(|| described_by.join(" ")),
    }
}

fn given(attribute: &'static str) -> Option<&'static str> {
    (!attribute.is_empty()).then_some(attribute)
}

fn class(field: &Field<'_>) -> &'static str {
    if field.full { "field full" } else { "field" }
}

/// A line of text.
pub fn text_field(field: &Field<'_>, form: &FormState, words: Words, assets: &Assets) -> Markup {
    let Said { label, help, error, described_by, invalid } = said(field, form, words, assets);
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    let longest = if field.maxlength == 0 { 254 } else { field.maxlength };
    view! {
        <div class=class(field)>
            {label}
            <input id=field.name name=field.name type=kind value=form.value(field.name).to_owned()
                required=!field.optional && !field.blank autocomplete=given(field.autocomplete) inputmode=given(field.inputmode)
                maxlength=longest aria-invalid=invalid aria-describedby=described_by/>
            {error}
            {help}
        </div>
    }
    .into_markup()
}

/// What stands in a `<textarea>`, as HTML: Leptos writes its content as it is (tachys: no escaping of children), so that
/// whatever somebody typed could end the field and go on as markup.
pub fn in_text_area(text: &str) -> String {
    html_escape::encode_text(text).into_owned()
}

/// Several lines of text.
pub fn text_area(field: &Field<'_>, form: &FormState, words: Words, assets: &Assets) -> Markup {
    let Said { label, help, error, described_by, invalid } = said(field, form, words, assets);
    let longest = if field.maxlength == 0 { 2000 } else { field.maxlength };
    view! {
        <div class=class(field)>
            {label}
            <textarea id=field.name name=field.name required=!field.optional && !field.blank maxlength=longest aria-invalid=invalid
                aria-describedby=described_by>{in_text_area(form.value(field.name))}</textarea>
            {error}
            {help}
        </div>
    }
    .into_markup()
}

/// One of a few, in a list that opens.
pub fn select_field(
    field: &Field<'_>,
    options: Vec<Choice>,
    form: &FormState,
    words: Words,
    assets: &Assets,
) -> Markup {
    let Said { label, help, error, described_by, invalid } = said(field, form, words, assets);
    let chosen = form.value(field.name).to_owned();
    view! {
        <div class=class(field)>
            {label}
            <select id=field.name name=field.name required=!field.optional && !field.blank aria-invalid=invalid
                aria-describedby=described_by autocomplete=given(field.autocomplete)>
                {options
                    .into_iter()
                    .map(|option| {
                        let selected = option.value == chosen;
                        view! { <option value=option.value selected=selected>{option.label}</option> }
                    })
                    .collect_view()}
            </select>
            {error}
            {help}
        </div>
    }
    .into_markup()
}

/// One of a few, all in sight, without more to say about each.
pub fn choice_field(
    field: &Field<'_>,
    options: Vec<Choice>,
    form: &FormState,
    words: Words,
    assets: &Assets,
) -> Markup {
    let Said { help, error, described_by, .. } = said(field, form, words, assets);
    let chosen = form.value(field.name).to_owned();
    let name = field.name;
    view! {
        <fieldset class=class(field) id=name aria-describedby=described_by>
            <legend class="label">{field.label.clone()}</legend>
            {options
                .into_iter()
                .enumerate()
                .map(|(number, option)| {
                    let id = format!("{name}-{number}");
                    let checked = option.value == chosen;
                    view! {
                        <div class="check">
                            <input type="radio" id=id.clone() name=name value=option.value checked=checked/>
                            <label for=id>{option.label}</label>
                        </div>
                    }
                })
                .collect_view()}
            {error}
            {help}
        </fieldset>
    }
    .into_markup()
}

/// A box to tick; never ticked beforehand, only when the person had ticked it.
pub fn tick_box(field: &Field<'_>, form: &FormState, words: Words, assets: &Assets) -> Markup {
    let Said { help, error, described_by, invalid, .. } = said(field, form, words, assets);
    view! {
        <div class="field">
            <div class="check">
                <input type="checkbox" id=field.name name=field.name value="yes" checked=form.ticked(field.name)
                    required=!field.optional && !field.blank aria-invalid=invalid aria-describedby=described_by/>
                <label for=field.name>{field.label.clone()}</label>
            </div>
            {error}
            {help}
        </div>
    }
    .into_markup()
}

/// What is wrong with the form, on top of it; it takes the focus.
pub fn error_summary(form: &FormState, words: Words) -> Option<Markup> {
    let errors = form.errors(words);
    if errors.is_empty() {
        return None;
    }
    let count = i64::try_from(errors.len()).unwrap_or(i64::MAX);
    let items = errors
        .into_iter()
        .map(|(field, error)| {
            if field.is_empty() {
                view! { <li>{error}</li> }.into_markup()
            } else {
                view! { <li><a href=format!("#{field}")>{error}</a></li> }.into_markup()
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="form-errors">
                <h2 id="form-errors">{words.with(keys::FORM_ERRORS, [("n", count.into())])}</h2>
                <ul>{items}</ul>
                <p class="small">{words.say(keys::FORM_KEPT)}</p>
            </div>
        }
        .into_markup(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::written;

    #[test]
    fn what_was_typed_stays_within_its_field() {
        let typed = "</textarea><h1>Hallo</h1> & mehr";
        let html = written(view! { <textarea>{in_text_area(typed)}</textarea> }, 0);
        assert_eq!(html, "<textarea>&lt;/textarea&gt;&lt;h1&gt;Hallo&lt;/h1&gt; &amp; mehr</textarea>");
    }
}
