//! What the invented company asks besides, and what its advocates answer.

use std::collections::BTreeMap;

use domain::{
    ids::QuestionId,
    incentives::{Question, QuestionKind, Questions},
    members::ProgramManaging,
    text::Bilingual,
};

use super::Error;
use crate::{Ctx, incentives, referrals::programme};

const MACHINES: [&str; 7] = [
    "Zwei Exzenterpressen, Baujahr 2009",
    "Eine Abfülllinie mit 12.000 Flaschen je Stunde",
    "Fünf CNC-Fräsen, eine davon im Dauerbetrieb",
    "Rotationsdruck, dreischichtig",
    "Spritzguss mit vierzehn Maschinen",
    "Eine Lackierstraße und zwei Öfen",
    "Fördertechnik im Hochregal",
];

/// Marketing asks for the size of the company and for its machines; neither must be answered.
pub(super) async fn ask(ctx: &Ctx, power: &ProgramManaging) -> Result<(), Error> {
    let program = programme(ctx).await?.ok_or("there is a programme")?.program;
    let question = |kind, de: &str, en: &str, options: &[(&str, &str)]| Question {
        id: ctx.new_id(),
        kind,
        label: Bilingual::new(de, en),
        required: false,
        options: options.iter().map(|(de, en)| Bilingual::new(*de, *en)).collect(),
        active: true,
    };
    let sizes = [
        ("bis 50", "up to 50"),
        ("51 bis 250", "51 to 250"),
        ("251 bis 1.000", "251 to 1,000"),
        ("mehr als 1.000", "more than 1,000"),
    ];
    let questions = vec![
        question(
            QuestionKind::Choice,
            "Wie viele Beschäftigte hat die Firma?",
            "How many people work at the company?",
            &sizes,
        ),
        question(QuestionKind::Line, "Welche Anlage ist im Einsatz?", "Which machines are in use?", &[]),
    ];
    Ok(incentives::save_questions(ctx, power, program.id, program.version, questions).await?)
}

/// What is answered in the referral of this number; a third leaves the line empty.
pub(super) fn answers(questions: &Questions, number: usize) -> BTreeMap<QuestionId, String> {
    questions
        .asked()
        .filter_map(|question| {
            let answer = match question.kind {
                QuestionKind::Choice => question.options.get(number * 7 % question.options.len())?.de.clone(),
                _ if number.is_multiple_of(3) => return None,
                _ => MACHINES[number % MACHINES.len()].to_owned(),
            };
            Some((question.id, answer))
        })
        .collect()
}
