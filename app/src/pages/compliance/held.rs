//! The rewards that the matrix holds, each with the rules that do, and letting one go.

use axum::extract::Query;
use leptos::prelude::*;
use services::compliance::{HeldCase, Law, held, overview};
use words::keys;

use super::{fired, sentences};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, rewards::parts::field_id},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Field, error_summary, text_area},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/held`
///
/// # Errors
/// When the memory fails, or for those who may not decide about rewards.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let cases = held(ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let found = overview(ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let body = if cases.is_empty() {
        view! {
            <div class="panel"><div class="body">
                <p><strong>{words.say(keys::COMPLIANCE_HELD_NONE)}</strong></p>
                <p class="muted">{words.say(keys::COMPLIANCE_HELD_NONE_HELP)}</p>
            </div></div>
        }
        .into_markup()
    } else {
        let cases: Vec<_> = cases.iter().map(|case| one(case, &found.law, &form, &visitor)).collect();
        view! { <div class="stack">{cases}</div> }.into_markup()
    };
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::COMPLIANCE_HELD)}</h1>
            <p class="lede">{words.say(keys::COMPLIANCE_HELD_LEDE)}</p>
        </header>
        {error_summary(&form, words)}
        {body}
    };
    Ok(page(&visitor, Head::new(words.say(keys::COMPLIANCE_HELD)).in_nav(Nav::Held).compact(), view))
}

fn one(case: &HeldCase, law: &Law, form: &FormState, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    // Only one form at a time was refused: the others are empty.
    let blank = FormState::default();
    let form = if form.value("reward") == case.reward.to_string() { form } else { &blank };
    let (reason, heading) = (field_id("reason", case.reward), format!("case-{}", case.id));
    // Two rewards of one size are told apart by whose they are.
    let whose = format!("whose-{}", case.id);
    let labelled_by = format!("{heading} {whose}");
    let mut typed = form.clone();
    typed.set(&reason, form.value("reason"));
    let field = Field {
        name: &reason,
        label: words.say(keys::COMPLIANCE_REASON).into_owned(),
        help: Some(words.say(keys::COMPLIANCE_RELEASE_HELP).into_owned()),
        full: true,
        maxlength: 500,
        ..Field::default()
    };
    let title = format!(
        "{}, {}",
        words.code("incentive", case.kind.as_str()),
        ui::amount(case.amount, words, formats)
    );
    let said = sentences(&case.decision, None, visitor).into_iter().map(|line| view! { <p>{line}</p> });
    let said = said.collect_view();
    let since = format!("{} {}", words.say(keys::COMPLIANCE_HELD_SINCE), formats.date(case.opened_at));
    view! {
        <section class="panel" aria-labelledby=labelled_by>
            <header>
                <h2 id=heading>
                    <a href=paths::work_reward(case.reward).to_string()>{title}</a>
                </h2>
                <span class="small muted">{since}</span>
            </header>
            <div class="body">
                <p id=whose>{format!("{}, {} · {}", case.advocate_name, case.account_name, case.company)}</p>
                {said}
                {fired(law, &case.decision.rules, visitor)}
                <form class="form" method="post" action=paths::reward_release(case.reward).to_string() novalidate=true>
                    <input type="hidden" name="version" value=case.version.to_string()/>
                    {text_area(&field, &typed, words, &visitor.app.assets)}
                    <div><button class="button" type="submit">{words.say(keys::COMPLIANCE_RELEASE)}</button></div>
                </form>
            </div>
        </section>
    }
    .into_markup()
}
