//! The form that hands in a file of billing's.

use leptos::prelude::*;
use words::{Key, keys};

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths::Path,
    ui::{error_summary, icon},
    visitor::Visitor,
};

/// What is asked for.
pub(super) struct Asked {
    /// The heading of the form.
    pub(super) heading: Key,
    /// Where it goes.
    pub(super) to: Path,
    /// What the file is called.
    pub(super) file: Key,
    /// What stands in it.
    pub(super) help: Key,
}

/// The form.
pub(super) fn form(asked: &Asked, form: &FormState, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let error = form.error("file", words);
    let invalid = error.is_some().then_some("true");
    let described = if error.is_some() { "file-error file-help" } else { "file-help" };
    let error = error.map(|error| {
        view! {
            <p class="error" id="file-error">
                {icon(&visitor.app.assets, "alert")}<span>{error}</span>
            </p>
        }
    });
    view! {
        <section class="panel" aria-labelledby="hand-in">
            <header><h2 id="hand-in">{words.say(asked.heading)}</h2></header>
            <form class="form body" method="post" action=asked.to.to_string()
                enctype="multipart/form-data" novalidate=true>
                {error_summary(form, words)}
                <div class="field">
                    <label for="file">{words.say(asked.file)}</label>
                    <input id="file" name="file" type="file" required=true aria-invalid=invalid
                        accept=".csv,.txt,text/csv" aria-describedby=described/>
                    {error}
                    <p class="help" id="file-help">{words.say(asked.help)}</p>
                </div>
                <div class="cluster">
                    <button class="button" data-kind="plain" type="submit">{words.say(keys::CREDITS_CHECK)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}
