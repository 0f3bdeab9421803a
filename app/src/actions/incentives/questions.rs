//! `POST /manage/program/questions`

use axum::Form;
use domain::{
    incentives::{Question, QuestionFaults, QuestionKind, QuestionPart, Questions},
    text::Bilingual,
};
use services::{
    incentives::{self, SaveQuestionsError},
    referrals::programme,
};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{
        PageError, PageResult,
        incentives::questions::{KIND, OUT, REQUIRED, named, places, put},
    },
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/program/questions`
///
/// # Errors
/// For anybody but marketing.
pub async fn save_questions(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let program = programme(ctx).await?.ok_or(PageError::NotFound)?.program;
    let mut form = FormState::of(&pairs);
    let Some(questions) = read(&mut form, &program.questions) else {
        return form.back_to(&paths::PROGRAM_QUESTIONS, &visitor).await;
    };
    let version = form.version();
    match incentives::save_questions(ctx, &power, program.id, version, questions).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            return Ok(go(&paths::PROGRAM_QUESTIONS));
        }
        Err(SaveQuestionsError::Store(error)) => return Err(error.into()),
        Err(SaveQuestionsError::Faults(QuestionFaults(faults))) => {
            let places = places(&form);
            for fault in faults {
                let place =
                    places.iter().find(|(_, id)| *id == fault.question).map_or(0, |(place, _)| *place);
                form.refuse(&named(fault.part.as_str(), place), fault.error.code());
            }
        }
        Err(error @ SaveQuestionsError::Stale) => {
            form.refuse("", error.to_string());
            let Some(latest) = programme(ctx).await? else { return Err(PageError::NotFound) };
            catch_up(&mut form, &latest.program.questions, latest.program.version);
        }
    }
    form.back_to(&paths::PROGRAM_QUESTIONS, &visitor).await
}

/// The questions as the form says them; a new one that was left empty is none.
fn read(form: &mut FormState, known: &Questions) -> Option<Vec<Question>> {
    let mut questions = Vec::new();
    for (place, id) in places(form) {
        let said = |part: QuestionPart| form.value(&named(part.as_str(), place)).trim().to_owned();
        let is_new = known.all().iter().all(|question| question.id != id);
        if is_new && QuestionPart::ALL.iter().all(|part| said(*part).is_empty()) {
            continue;
        }
        let label = Bilingual::new(said(QuestionPart::LabelDe), said(QuestionPart::LabelEn));
        let options = options(&said(QuestionPart::OptionsDe), &said(QuestionPart::OptionsEn));
        let (required, out) = (form.ticked(&named(REQUIRED, place)), form.ticked(&named(OUT, place)));
        let kind = form.parse(&named(KIND, place), |code| QuestionKind::parse(code).ok_or("choice_missing"));
        if let Some(kind) = kind {
            questions.push(Question { id, kind, label, required, options, active: !out });
        }
    }
    form.is_sound().then_some(questions)
}

/// An option for each line; where one of the languages has fewer, its text stays empty.
fn options(de: &str, en: &str) -> Vec<Bilingual> {
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (mut de, mut en) = (lines(de), lines(en));
    let longer = de.len().max(en.len());
    de.resize(longer, String::new());
    en.resize(longer, String::new());
    de.into_iter().zip(en).map(|(de, en)| Bilingual { de, en }).collect()
}

/// Somebody was faster: the form keeps what was typed, may be saved over what it now knows of, and loses nothing that was
/// added meanwhile.
fn catch_up(form: &mut FormState, latest: &Questions, version: i32) {
    form.overtaken(version);
    let places = places(form);
    let unseen = latest.all().iter().filter(|question| places.iter().all(|(_, id)| *id != question.id));
    for (place, question) in (places.len()..).zip(unseen) {
        put(form, place, question);
    }
}
