//! What a programme's form asks besides. The questions are about the company and why it fits, never about who the person is:
//! the contact enters their own data.

use std::{collections::BTreeSet, fmt, ops::RangeInclusive};

use serde::{Deserialize, Serialize};

use crate::{
    ids::QuestionId,
    text::{Bilingual, Language, TextError, line},
};

codes! {
    /// How a question is answered.
    pub enum QuestionKind {
        /// In one line.
        Line => "line",
        /// In a few sentences.
        Text => "text",
        /// By one of a few options.
        Choice => "choice",
        /// By a whole number.
        Number => "number",
        /// By a day.
        Date => "date",
    }
}

/// One question of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Which one.
    pub id: QuestionId,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked.
    pub label: Bilingual,
    /// Whether it must be answered.
    pub required: bool,
    /// What a choice is made from; empty for the other kinds.
    pub options: Vec<Bilingual>,
    /// Whether it is asked at present.
    pub active: bool,
}

codes! {
    /// The part of a question that something is wrong with.
    pub enum QuestionPart {
        /// The question in German.
        LabelDe => "label_de",
        /// The question in English.
        LabelEn => "label_en",
        /// The options in German.
        OptionsDe => "options_de",
        /// The options in English.
        OptionsEn => "options_en",
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionError {
    /// The text itself.
    Text(TextError),
    /// The same stands there already.
    Repeated,
    /// One of the languages has more options than the other.
    OptionsDiffer,
    /// A choice of one is none.
    TooFewOptions,
    /// More than somebody reads.
    TooManyOptions,
    /// Nobody fills in a form of that length.
    TooManyQuestions,
}

error_codes!(QuestionError {
    Self::Text(error) => error.code(),
    Self::Repeated => "question_repeated",
    Self::OptionsDiffer => "options_differ",
    Self::TooFewOptions => "options_too_few",
    Self::TooManyOptions => "options_too_many",
    Self::TooManyQuestions => "questions_too_many",
});

/// Something wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionFault {
    /// With which question.
    pub question: QuestionId,
    /// With which part of it.
    pub part: QuestionPart,
    /// What.
    pub error: QuestionError,
}

/// Everything that is wrong with a list of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionFaults(pub Vec<QuestionFault>);

impl fmt::Display for QuestionFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("questions")
    }
}

impl std::error::Error for QuestionFaults {}

/// The questions of a programme, in the order in which they are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Question>", into = "Vec<Question>")]
pub struct Questions(Vec<Question>);

/// By language: which part its wording is, and which its options.
const LANGUAGES: [(Language, QuestionPart, QuestionPart); 2] = [
    (Language::German, QuestionPart::LabelDe, QuestionPart::OptionsDe),
    (Language::English, QuestionPart::LabelEn, QuestionPart::OptionsEn),
];

impl Questions {
    /// How many may be asked at a time.
    pub const MOST: usize = 12;
    /// How many of those taken out are remembered, to be asked again.
    const REMEMBERED: usize = 12;
    /// The longest question, in characters.
    pub const LONGEST: usize = 160;
    /// The longest option, in characters.
    pub const LONGEST_OPTION: usize = 80;
    /// How many options a choice has.
    const OPTIONS: RangeInclusive<usize> = 2..=20;

    /// Checks and tidies the questions. Of those taken out, the last ones are remembered: answers keep their own wording,
    /// so nothing is lost with the others.
    ///
    /// # Errors
    /// Everything that is wrong, question by question.
    pub fn new(mut questions: Vec<Question>) -> Result<Self, QuestionFaults> {
        let mut faults = Vec::new();
        let (mut known, mut asked) = (BTreeSet::new(), 0);
        for question in &mut questions {
            let id = question.id;
            let mut fault = |part, error| faults.push(QuestionFault { question: id, part, error });
            if !known.insert(id) {
                fault(QuestionPart::LabelDe, QuestionError::Repeated);
            }
            asked += usize::from(question.active);
            if question.active && asked > Self::MOST {
                fault(QuestionPart::LabelDe, QuestionError::TooManyQuestions);
            }
            for (language, part, _) in LANGUAGES {
                let label = question.label.to_mut(language);
                match line(label, Self::LONGEST) {
                    Ok(tidy) => *label = tidy,
                    Err(error) => fault(part, QuestionError::Text(error)),
                }
            }
            if question.kind == QuestionKind::Choice {
                check_options(&mut question.options, fault);
            } else {
                question.options.clear();
            }
        }
        if !faults.is_empty() {
            return Err(QuestionFaults(faults));
        }
        let mut forgotten = (questions.len() - asked).saturating_sub(Self::REMEMBERED);
        questions.retain(|question| {
            let forget = !question.active && forgotten > 0;
            forgotten -= usize::from(forget);
            !forget
        });
        Ok(Self(questions))
    }

    /// All of them, also those taken out.
    pub fn all(&self) -> &[Question] {
        &self.0
    }

    /// Those that the form asks at present.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.0.iter().filter(|question| question.active)
    }
}

/// At most one fault per language: the first is enough to look at the list again.
fn check_options(options: &mut [Bilingual], mut fault: impl FnMut(QuestionPart, QuestionError)) {
    for (language, _, part) in LANGUAGES {
        let mut seen = BTreeSet::new();
        let wrong = options.iter_mut().find_map(|option| {
            let option = option.to_mut(language);
            match line(option, Questions::LONGEST_OPTION) {
                Ok(tidy) => *option = tidy,
                Err(TextError::Empty) => return Some(QuestionError::OptionsDiffer),
                Err(error) => return Some(QuestionError::Text(error)),
            }
            (!seen.insert(option.clone())).then_some(QuestionError::Repeated)
        });
        let wrong = match options.len() {
            count if count < *Questions::OPTIONS.start() => Some(QuestionError::TooFewOptions),
            count if count > *Questions::OPTIONS.end() => Some(QuestionError::TooManyOptions),
            _ => wrong,
        };
        if let Some(error) = wrong {
            fault(part, error);
        }
    }
}

impl TryFrom<Vec<Question>> for Questions {
    type Error = QuestionFaults;
    fn try_from(questions: Vec<Question>) -> Result<Self, Self::Error> {
        Self::new(questions)
    }
}

impl From<Questions> for Vec<Question> {
    fn from(questions: Questions) -> Self {
        questions.0
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use uuid::Uuid;

    use super::*;

    pub(crate) fn question(number: u128, kind: QuestionKind) -> Question {
        let options = if kind == QuestionKind::Choice { vec![both("bis 50"), both("mehr")] } else { vec![] };
        let label = Bilingual::new(format!("Frage {number}?"), format!("Question {number}?"));
        Question { id: Uuid::from_u128(number).into(), kind, label, required: true, options, active: true }
    }

    pub(crate) fn both(text: &str) -> Bilingual {
        Bilingual::new(text, format!("{text} (en)"))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        testing::{both, question},
        *,
    };

    fn faults(questions: Vec<Question>) -> Vec<(QuestionPart, &'static str)> {
        let QuestionFaults(faults) = Questions::new(questions).unwrap_err();
        faults.into_iter().map(|fault| (fault.part, fault.error.code())).collect()
    }

    #[test]
    fn texts_are_tidied_and_needed_in_both_languages() {
        let mut one = question(1, QuestionKind::Line);
        one.label = Bilingual::new("  Welche \u{200B} Anlage? ", "Which machine?");
        one.options = vec![both("left from when it was a choice")];
        let questions = Questions::new(vec![one.clone()]).unwrap();
        assert_eq!(questions.all()[0].label.de, "Welche Anlage?");
        assert!(questions.all()[0].options.is_empty());
        one.label = Bilingual::new("x".repeat(161), " ");
        assert_eq!(
            faults(vec![one]),
            [(QuestionPart::LabelDe, "too_long"), (QuestionPart::LabelEn, "empty")]
        );
    }

    #[test]
    fn a_choice_has_two_to_twenty_different_options_in_both_languages() {
        let choice = |options: &[Bilingual]| Question {
            options: options.to_vec(),
            ..question(1, QuestionKind::Choice)
        };
        let both_parts = |code| [(QuestionPart::OptionsDe, code), (QuestionPart::OptionsEn, code)];
        assert_eq!(faults(vec![choice(&[both("a")])]), both_parts("options_too_few"));
        let many: Vec<_> = (0..21).map(|number| both(&number.to_string())).collect();
        assert_eq!(faults(vec![choice(&many)]), both_parts("options_too_many"));
        assert!(Questions::new(vec![choice(&many[..20])]).is_ok());
        assert_eq!(
            faults(vec![choice(&[both("a"), Bilingual::new("b", "")])]),
            [(QuestionPart::OptionsEn, "options_differ")]
        );
        assert_eq!(
            faults(vec![choice(&[Bilingual::new("a", "x"), Bilingual::new(" a ", "y")])]),
            [(QuestionPart::OptionsDe, "question_repeated")]
        );
        let long = "x".repeat(81);
        assert_eq!(
            faults(vec![choice(&[both("a"), Bilingual::new(long, "b")])]),
            [(QuestionPart::OptionsDe, "too_long")]
        );
    }

    #[test]
    fn twelve_are_asked_and_no_question_twice() {
        let many: Vec<_> = (1..=13).map(|number| question(number, QuestionKind::Line)).collect();
        assert!(Questions::new(many[..12].to_vec()).is_ok());
        let QuestionFaults(found) = Questions::new(many.clone()).unwrap_err();
        assert_eq!((found.len(), found[0].question), (1, many[12].id));
        assert_eq!(found[0].error.code(), "questions_too_many");
        let twice = vec![many[0].clone(), many[0].clone()];
        assert_eq!(faults(twice), [(QuestionPart::LabelDe, "question_repeated")]);
    }

    #[test]
    fn what_is_taken_out_is_remembered_for_a_while() {
        let mut many: Vec<_> = (1..=20).map(|number| question(number, QuestionKind::Number)).collect();
        for question in &mut many[..15] {
            question.active = false;
        }
        let questions = Questions::new(many.clone()).unwrap();
        assert_eq!(questions.asked().count(), 5);
        assert_eq!(questions.all()[0], many[3], "the first three of fifteen are forgotten");
        assert_eq!(questions.all().len(), 17);
        assert_eq!(Questions::try_from(Vec::from(questions.clone())), Ok(questions), "and then it settles");
    }
}
