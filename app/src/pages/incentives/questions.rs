//! What the form of a referral asks besides: one form with a part for each question, and an empty one for the next.

use axum::extract::Query;
use domain::{
    ids::QuestionId,
    incentives::{Question, QuestionKind, QuestionPart, Questions},
    text::Language,
};
use leptos::prelude::*;
use services::referrals::programme;
use words::{Key, Words, keys};

use crate::{
    forms::{FormState, Kept, Pairs},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, Field},
    visitor::{SignedIn, Visitor},
};

/// The field with a question's id: there are as many questions in a form as there are of these.
pub(crate) const ID: &str = "id";
/// The field with the kind of its answer.
pub(crate) const KIND: &str = "kind";
/// The box for what must be answered.
pub(crate) const REQUIRED: &str = "required";
/// The box for what is asked no more.
pub(crate) const OUT: &str = "out";

/// The name of a question's field: the question's place in the form is part of it.
pub(crate) fn named(field: &str, place: usize) -> String {
    format!("{field}{place}")
}

/// The questions of a form by their places.
pub(crate) fn places(form: &FormState) -> Vec<(usize, QuestionId)> {
    (0..).map_while(|place| Some((place, form.parse_optional(&named(ID, place))?))).collect()
}

/// Puts a question into the form.
pub(crate) fn put(form: &mut FormState, place: usize, question: &Question) {
    let lines = |language| {
        let options: Vec<_> = question.options.iter().map(|option| option.to(language)).collect();
        options.join("\n")
    };
    for (field, value) in [
        (ID, question.id.to_string()),
        (KIND, question.kind.to_string()),
        (QuestionPart::LabelDe.as_str(), question.label.de.clone()),
        (QuestionPart::LabelEn.as_str(), question.label.en.clone()),
        (QuestionPart::OptionsDe.as_str(), lines(Language::German)),
        (QuestionPart::OptionsEn.as_str(), lines(Language::English)),
    ] {
        form.set(&named(field, place), value);
    }
    for (field, ticked) in [(REQUIRED, question.required), (OUT, !question.active)] {
        if ticked {
            form.tick(&named(field, place));
        }
    }
}

/// The form as the programme stands now, with an empty question at its end where there is room for one.
fn filled(questions: &Questions, version: i32, next: QuestionId) -> FormState {
    let mut form = FormState::of(&Pairs::new());
    form.set("version", version.to_string());
    for (place, question) in questions.all().iter().enumerate() {
        put(&mut form, place, question);
    }
    if questions.asked().count() < Questions::MOST {
        form.set(&named(ID, questions.all().len()), next.to_string());
    }
    form
}

/// `GET /manage/program/questions`
///
/// # Errors
/// For anybody but staff.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    if !person.actor.sees_programs() {
        return Err(PageError::NotAllowed);
    }
    let edits = person.actor.program_managing().is_some();
    let ctx = &visitor.app.ctx;
    let program = programme(ctx).await?.ok_or(PageError::NotFound)?.program;
    let form = FormState::kept(&kept, &visitor)
        .await?
        .unwrap_or_else(|| filled(&program.questions, program.version, ctx.new_id()));
    let words = visitor.words;
    let known = |id| program.questions.all().iter().find(|question| question.id == id);
    let (mut asked, mut out, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for (place, id) in places(&form) {
        let number = |count: usize| i64::try_from(count + 1).unwrap_or(i64::MAX);
        match known(id) {
            // There is room for a new one only where somebody can write it.
            None if !edits => {}
            None => {
                let title = words.say(keys::QUESTION_NEW).into_owned();
                new.push(part(&visitor, &form, place, title, false));
            }
            Some(question) if question.active => {
                let title = words.with(keys::QUESTION_N, [("n", number(asked.len()).into())]);
                asked.push(part(&visitor, &form, place, title, true));
            }
            Some(question) => {
                let title = question.label.to(words.language()).to_owned();
                out.push(part(&visitor, &form, place, title, true));
            }
        }
    }
    let full = (edits && new.is_empty()).then(|| {
        let most = i64::try_from(Questions::MOST).unwrap_or(i64::MAX);
        view! { <p class="small muted">{words.with(keys::QUESTIONS_FULL, [("n", most.into())])}</p> }
    });
    let count = i64::try_from(out.len()).unwrap_or(i64::MAX);
    let out = (!out.is_empty()).then(|| {
        // What is wrong in there must be in sight.
        view! {
            <details class="fold" open=!form.is_sound()>
                <summary>{words.with(keys::QUESTIONS_OUT, [("n", count.into())])}</summary>
                <div class="stack">{out}</div>
            </details>
        }
    });
    let theirs =
        form.is_overtaken().then(|| ui::saved_meanwhile(saved(&visitor, &program.questions), &visitor));
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::PROGRAM.to_string()>{words.say(keys::PROGRAM_TITLE)}</a></p>
            <h1>{words.say(keys::QUESTIONS_TITLE)}</h1>
            <p class="lede">{words.say(keys::QUESTIONS_LEDE)}</p>
        </header>
        <form class="form questions" method="post" action=paths::PROGRAM_QUESTIONS.to_string() novalidate=true>
            {ui::error_summary(&form, words)}
            {theirs}
            <div class="notice">
                {ui::icon(&visitor.app.assets, "shield")}
                <p>{words.say(keys::QUESTIONS_RULE)}</p>
            </div>
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            {asked}
            {new}
            {full}
            {out}
            <div><button class="button" type="submit">{words.say(keys::QUESTIONS_SAVE)}</button></div>
        </form>
    };
    let head = Head::new(words.say(keys::QUESTIONS_TITLE)).in_nav(Nav::Incentives).compact();
    Ok(page(&visitor, head, ui::look_only(edits, view, words)))
}

/// One question's part of the form; a new one may stay empty, and cannot be taken out.
fn part(visitor: &Visitor, form: &FormState, place: usize, title: String, known: bool) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let heading = format!("question-{place}");
    let id = named(ID, place);
    let line = |part: QuestionPart, key| {
        let name = named(part.as_str(), place);
        let maxlength = u32::try_from(Questions::LONGEST).unwrap_or(u32::MAX);
        let field = Field { maxlength, blank: !known, ..field(&name, key, words) };
        ui::text_field(&field, form, words, assets)
    };
    let options = |part: QuestionPart, key| {
        let name = named(part.as_str(), place);
        let help = Some(words.say(keys::QUESTION_OPTIONS_HELP).into_owned());
        ui::text_area(&Field { help, blank: true, ..field(&name, key, words) }, form, words, assets)
    };
    let tick = |name: &str, key| {
        let name = named(name, place);
        ui::tick_box(&Field { blank: true, ..field(&name, key, words) }, form, words, assets)
    };
    let kinds = QuestionKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            label: words.code("question-kind", kind.as_str()).into_owned(),
        })
        .collect();
    let kind = named(KIND, place);
    let kind = ui::select_field(&field(&kind, keys::QUESTION_KIND, words), kinds, form, words, assets);
    let help = (!known).then(|| view! { <p class="small muted">{words.say(keys::QUESTION_NEW_HELP)}</p> });
    view! {
        <section class="panel question" aria-labelledby=heading.clone()>
            <header><h2 id=heading.clone()>{title}</h2></header>
            <div class="body">
                {help}
                <input type="hidden" name=id.clone() value=form.value(&id).to_owned()/>
                <div class="fields">
                    {line(QuestionPart::LabelDe, keys::QUESTION_LABEL_DE)}
                    {line(QuestionPart::LabelEn, keys::QUESTION_LABEL_EN)}
                    {kind}
                    <div class="ticks">
                        {tick(REQUIRED, keys::QUESTION_REQUIRED)}
                        {known.then(|| tick(OUT, keys::QUESTION_OUT))}
                    </div>
                </div>
                <div class="fields options">
                    {options(QuestionPart::OptionsDe, keys::QUESTION_OPTIONS_DE)}
                    {options(QuestionPart::OptionsEn, keys::QUESTION_OPTIONS_EN)}
                </div>
            </div>
        </section>
    }
    .into_markup()
}

fn field(name: &str, key: Key, words: Words) -> Field<'_> {
    Field { name, label: words.say(key).into_owned(), ..Field::default() }
}

/// What is stored now, a line for each question.
fn saved(visitor: &Visitor, questions: &Questions) -> Vec<(Key, String)> {
    let words = visitor.words;
    questions
        .all()
        .iter()
        .map(|question| {
            let mut said = vec![
                ui::both(&question.label),
                words.code("question-kind", question.kind.as_str()).into_owned(),
            ];
            said.extend(question.options.iter().map(ui::both));
            if question.required {
                said.push(words.say(keys::QUESTION_REQUIRED).into_owned());
            }
            let key = if question.active { keys::QUESTION_ASKED } else { keys::QUESTION_NOT_ASKED };
            (key, said.join("; "))
        })
        .collect()
}
