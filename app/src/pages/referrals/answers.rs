//! The programme's own questions on the form of a referral, and what was answered on the referral's pages.

use domain::{
    ids::QuestionId,
    incentives::{Question, QuestionKind, Questions},
    referrals::{Answer, AnswerValue},
};
use leptos::prelude::*;
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    ui::{self, Choice, Field},
    visitor::Visitor,
};

/// The name of the field that answers a question.
pub(crate) fn named(question: QuestionId) -> String {
    format!("q_{question}")
}

/// The fields of everything that is asked at present; nothing where nothing is.
pub(super) fn fields(visitor: &Visitor, form: &FormState, questions: &Questions) -> Option<Markup> {
    questions.asked().next()?;
    let host = visitor.app.ctx.host.name.as_str();
    let fields = questions.asked().map(|question| field(visitor, form, question)).collect_view();
    Some(
        view! {
            <p class="small muted full">
                {visitor.words.with(keys::ANSWERS_SEEN, [("host", host.into())])}
            </p>
            {fields}
        }
        .into_markup(),
    )
}

fn field(visitor: &Visitor, form: &FormState, question: &Question) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let name = named(question.id);
    let field = Field {
        name: &name,
        label: question.label.to(words.language()).to_owned(),
        autocomplete: "off",
        optional: !question.required,
        ..Field::default()
    };
    match question.kind {
        QuestionKind::Line => {
            let maxlength = u32::try_from(Answer::LONGEST_LINE).unwrap_or(u32::MAX);
            ui::text_field(&Field { full: true, maxlength, ..field }, form, words, assets)
        }
        QuestionKind::Text => ui::text_area(&Field { full: true, ..field }, form, words, assets),
        QuestionKind::Number => {
            ui::text_field(&Field { inputmode: "numeric", maxlength: 20, ..field }, form, words, assets)
        }
        QuestionKind::Date => ui::text_field(&Field { kind: "date", ..field }, form, words, assets),
        QuestionKind::Choice => {
            let none = if question.required { keys::ANSWER_CHOOSE } else { keys::ANSWER_NONE };
            let mut options = vec![Choice { value: String::new(), label: words.say(none).into_owned() }];
            options.extend(question.options.iter().map(|option| Choice {
                value: option.de.clone(),
                label: option.to(words.language()).to_owned(),
            }));
            ui::select_field(&field, options, form, words, assets)
        }
    }
}

/// Questions and answers as names and values of a list of facts, in the reader's language.
pub(super) fn facts(visitor: &Visitor, answers: &[Answer]) -> Vec<Markup> {
    let language = visitor.words.language();
    answers
        .iter()
        .map(|answer| {
            let value = match &answer.value {
                AnswerValue::Text(text) => text.clone(),
                AnswerValue::Option(option) => option.to(language).to_owned(),
                AnswerValue::Number(number) => visitor.formats().number(*number),
                AnswerValue::Date(day) => visitor.formats().calendar_day(*day),
            };
            let label = answer.label.to(language).to_owned();
            view! { <dt>{label}</dt><dd class="said">{value}</dd> }.into_markup()
        })
        .collect()
}

/// What one has answered oneself; nothing where nothing was asked.
pub(super) fn panel(visitor: &Visitor, answers: &[Answer]) -> Option<Markup> {
    (!answers.is_empty()).then(|| {
        view! {
            <section class="panel">
                <header><h2>{visitor.words.say(keys::ANSWERS_TITLE)}</h2></header>
                <div class="body"><dl class="facts stacked">{facts(visitor, answers)}</dl></div>
            </section>
        }
        .into_markup()
    })
}
