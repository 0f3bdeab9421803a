//! What an advocate answers to the questions of a programme, in the wording of that day: a question that is changed later
//! does not change what was said.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    ids::QuestionId,
    incentives::{Question, QuestionKind, Questions},
    text::{Bilingual, TextError, line, names_an_address, paragraph},
};

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// In the advocate's words.
    Text(String),
    /// One of the options.
    Option(Bilingual),
    /// A whole number.
    Number(i64),
    /// A day.
    Date(NaiveDate),
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// To which question.
    pub question: QuestionId,
    /// How that was worded.
    pub label: Bilingual,
    /// What was said.
    pub value: AnswerValue,
}

/// Why an answer was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerError {
    /// The text itself.
    Text(TextError),
    /// An address stands in it, and nobody enters somebody else's.
    Address,
    /// Not a whole number.
    NotANumber,
    /// Not a day of our time.
    NotADate,
    /// None of the options.
    NotAnOption,
}

error_codes!(AnswerError {
    Self::Text(error) => error.code(),
    Self::Address => "answer_names_address",
    Self::NotANumber => "answer_not_a_number",
    Self::NotADate => "not_a_date",
    Self::NotAnOption => "choice_missing",
});

impl From<TextError> for AnswerError {
    fn from(error: TextError) -> Self {
        Self::Text(error)
    }
}

impl Answer {
    /// The longest answer of one line, in characters.
    pub const LONGEST_LINE: usize = 200;
}

/// Longest answer of several.
const TEXT: usize = 2000;
/// Digits of the longest number that is still one.
const DIGITS: usize = 15;
/// Years that a day can be meant in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Reads what was typed against the questions that are asked at present. What was typed for others is not kept: the
/// programme does not want it any more.
///
/// # Errors
/// Every question with what is wrong with its answer.
pub fn check_answers(
    questions: &Questions,
    typed: &BTreeMap<QuestionId, String>,
) -> Result<Vec<Answer>, Vec<(QuestionId, AnswerError)>> {
    let (mut answers, mut errors) = (Vec::new(), Vec::new());
    for question in questions.asked() {
        let typed = typed.get(&question.id).map_or("", |typed| typed.trim());
        if typed.is_empty() && !question.required {
            continue;
        }
        match read(question, typed) {
            Ok(value) => {
                answers.push(Answer { question: question.id, label: question.label.clone(), value });
            }
            Err(error) => errors.push((question.id, error)),
        }
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

fn read(question: &Question, typed: &str) -> Result<AnswerValue, AnswerError> {
    match question.kind {
        // A choice is sent by its German wording: were it sent by its place, a list that was changed meanwhile would turn
        // it into another.
        QuestionKind::Choice => {
            let chosen = question.options.iter().find(|option| option.de == typed);
            chosen.cloned().map(AnswerValue::Option).ok_or(AnswerError::NotAnOption)
        }
        _ if typed.is_empty() => Err(AnswerError::Text(TextError::Empty)),
        QuestionKind::Line => words(line(typed, Answer::LONGEST_LINE)?),
        QuestionKind::Text => words(paragraph(typed, TEXT)?),
        QuestionKind::Number => number(typed).map(AnswerValue::Number).ok_or(AnswerError::NotANumber),
        QuestionKind::Date => typed
            .parse::<NaiveDate>()
            .ok()
            .filter(|day| YEARS.contains(&day.year()))
            .map(AnswerValue::Date)
            .ok_or(AnswerError::NotADate),
    }
}

fn words(text: String) -> Result<AnswerValue, AnswerError> {
    if names_an_address(&text) { Err(AnswerError::Address) } else { Ok(AnswerValue::Text(text)) }
}

/// A whole number as people write it: `1200`, `1.200`, `1,200`, `1'200`, `1 200`; never a fraction.
fn number(typed: &str) -> Option<i64> {
    let separates = |c: char| matches!(c, '.' | ',' | '\'' | '\u{2019}') || c.is_whitespace();
    let mut groups = typed.split(separates);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.len() > 3 || group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let legal = digits.len() <= DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit());
    if legal && !first.is_empty() { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::question_testing::{both, question};

    fn one(kind: QuestionKind, required: bool) -> Questions {
        Questions::new(vec![Question { required, ..question(1, kind) }]).unwrap()
    }

    fn typed(text: &str) -> BTreeMap<QuestionId, String> {
        [(question(1, QuestionKind::Line).id, text.to_owned())].into()
    }

    fn value(kind: QuestionKind, text: &str) -> Result<AnswerValue, &'static str> {
        match check_answers(&one(kind, true), &typed(text)) {
            Ok(mut answers) => Ok(answers.remove(0).value),
            Err(errors) => Err(errors[0].1.code()),
        }
    }

    #[test]
    fn every_kind_is_read_as_what_it_is() {
        let text = |text: &str| Ok(AnswerValue::Text(text.to_owned()));
        assert_eq!(value(QuestionKind::Line, "  Presse \u{200B} 4 "), text("Presse 4"));
        assert_eq!(value(QuestionKind::Line, "a\nb"), Err("control_character"));
        assert_eq!(value(QuestionKind::Line, &"x".repeat(201)), Err("too_long"));
        assert_eq!(value(QuestionKind::Text, "a\r\nb"), text("a\nb"));
        assert_eq!(value(QuestionKind::Text, &"x".repeat(2001)), Err("too_long"));
        assert_eq!(value(QuestionKind::Choice, "bis 50"), Ok(AnswerValue::Option(both("bis 50"))));
        assert_eq!(value(QuestionKind::Choice, "bis 51"), Err("choice_missing"));
        assert_eq!(value(QuestionKind::Choice, "bis 50 (en)"), Err("choice_missing"));
        let day = NaiveDate::from_ymd_opt(2027, 3, 31).unwrap();
        assert_eq!(value(QuestionKind::Date, "2027-03-31"), Ok(AnswerValue::Date(day)));
        for wrong in ["31.03.2027", "2027-02-30", "0027-03-31", "bald"] {
            assert_eq!(value(QuestionKind::Date, wrong), Err("not_a_date"), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("0", 0),
            ("1200", 1200),
            ("1.200", 1200),
            ("1,200", 1200),
            ("12'500", 12_500),
            ("1 200 000", 1_200_000),
        ] {
            assert_eq!(value(QuestionKind::Number, text), Ok(AnswerValue::Number(number)), "{text}");
        }
        for wrong in ["1.5", "1,50", "-3", "ca. 200", ".200", "1200.000", "1..200", "9999999999999999"] {
            assert_eq!(value(QuestionKind::Number, wrong), Err("answer_not_a_number"), "{wrong}");
        }
    }

    #[test]
    fn nobody_enters_somebody_elses_address() {
        for kind in [QuestionKind::Line, QuestionKind::Text] {
            let answer = value(kind, "Herr Falk (t.falk@ravensteiner.example).");
            assert_eq!(answer, Err("answer_names_address"));
        }
    }

    #[test]
    fn what_must_be_answered_is_and_the_rest_may_stay_empty() {
        for kind in QuestionKind::ALL.iter().copied() {
            let missing = if kind == QuestionKind::Choice { "choice_missing" } else { "empty" };
            assert_eq!(value(kind, "  "), Err(missing), "{kind}");
            assert_eq!(check_answers(&one(kind, false), &typed(" ")), Ok(Vec::new()), "{kind}");
            assert_eq!(check_answers(&one(kind, false), &BTreeMap::new()), Ok(Vec::new()), "{kind}");
        }
    }

    #[test]
    fn answers_keep_their_wording_and_nothing_is_kept_that_is_not_asked() {
        let mut out = question(2, QuestionKind::Line);
        out.active = false;
        let asked = question(1, QuestionKind::Choice);
        let questions = Questions::new(vec![out.clone(), asked.clone()]).unwrap();
        let typed = [(asked.id, "mehr".to_owned()), (out.id, "Nicht mehr gefragt".to_owned())].into();
        let answers = check_answers(&questions, &typed).unwrap();
        let only = Answer {
            question: asked.id,
            label: asked.label.clone(),
            value: AnswerValue::Option(both("mehr")),
        };
        assert_eq!(answers, [only]);
    }
}
