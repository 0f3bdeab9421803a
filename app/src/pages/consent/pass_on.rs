//! Passing on to a colleague: a link that the contact shares themselves. We ask for nobody's address.

use domain::incentives::IncentiveKind;
use leptos::prelude::*;
use services::consent::Advertised;
use words::{Formats, Words, keys};

use super::benefits;
use crate::{
    markup::{IntoMarkup, Markup},
    ui::{self, icon},
    visitor::Visitor,
};

/// What a colleague is told about the advocate's benefit: it stands in every prepared text.
fn told(shown: &Advertised, words: Words, formats: Formats) -> String {
    let disclosure = &shown.terms.disclosure;
    let name = benefits::advocate_name(shown, words);
    if disclosure.chosen.is_some_and(IncentiveKind::is_nothing) {
        return words.with(keys::PASS_ON_TOLD_NONE, [("name", name.into())]);
    }
    let kinds: Vec<String> = match disclosure.chosen {
        Some(kind) => vec![benefits::kind_name(kind, words).into_owned()],
        None => disclosure
            .kinds
            .iter()
            .filter(|kind| !kind.is_nothing())
            .map(|kind| benefits::kind_name(*kind, words).into_owned())
            .collect(),
    };
    let most = benefits::most(disclosure, words, formats)
        .map_or_else(String::new, |most| words.with(keys::SHARE_TEXT_MOST, [("amount", most.into())]));
    let values = [("name", name.into()), ("kinds", kinds.join(", ").into()), ("most", most.into())];
    words.with(keys::PASS_ON_TOLD, values)
}

/// The link, a button that copies it, and a mail in the contact's own program with nobody's address in it.
pub(super) fn pass_on(visitor: &Visitor, shown: &Advertised, link: String) -> Markup {
    let words = visitor.words;
    let host = visitor.app.ctx.host.name.as_str();
    let told = told(shown, words, visitor.formats());
    let body = words.with(
        keys::PASS_ON_MAIL,
        [("host", host.into()), ("link", link.as_str().into()), ("told", told.into())],
    );
    let subject = words.with(keys::SHARE_MAIL_SUBJECT, [("host", host.into())]);
    let mail = ui::mail_draft(&subject, &body);
    view! {
        <section class="panel" aria-labelledby="pass-on">
            <header><h2 id="pass-on">{words.say(keys::PASS_ON_TITLE)}</h2></header>
            <div class="body stack-tight">
                <p>{words.say(keys::PASS_ON_TEXT)}</p>
                <p><code class="hand-on">{link.clone()}</code></p>
                <div class="cluster">
                    {ui::copy_button(link, words)}
                    <a class="button" data-kind="plain" href=mail>
                        {icon(&visitor.app.assets, "mail")}{words.say(keys::SHARE_MAIL)}
                    </a>
                </div>
            </div>
        </section>
    }
    .into_markup()
}
