//! The stages of a programme: what its steps are called, which it leaves out, and its own stages between them.

use axum::extract::Query;
use domain::referrals::{Pipeline, Step, SubStage};
use leptos::prelude::*;
use services::{incentives::Program, referrals::programme};
use words::keys;

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, Field},
    visitor::{SignedIn, Visitor},
};

/// The fields of a step: its names, and whether it is left out.
pub(crate) struct StepFields {
    /// Which step.
    pub(crate) step: Step,
    /// Its German name.
    pub(crate) de: &'static str,
    /// Its English name.
    pub(crate) en: &'static str,
    /// The box that leaves it out; `None` where it is needed.
    pub(crate) out: Option<&'static str>,
}

/// Every step with its fields, in the order of the pipeline.
pub(crate) const STEPS: [StepFields; 6] = [
    StepFields { step: Step::Submitted, de: "submitted_de", en: "submitted_en", out: None },
    StepFields { step: Step::Accepted, de: "accepted_de", en: "accepted_en", out: None },
    StepFields { step: Step::Contacted, de: "contacted_de", en: "contacted_en", out: Some("contacted_out") },
    StepFields { step: Step::Meeting, de: "meeting_de", en: "meeting_en", out: Some("meeting_out") },
    StepFields { step: Step::Qualified, de: "qualified_de", en: "qualified_en", out: Some("qualified_out") },
    StepFields { step: Step::Won, de: "won_de", en: "won_en", out: None },
];

/// The fields of a stage between.
pub(crate) struct BetweenFields {
    /// Which one; empty for a new one.
    pub(crate) id: &'static str,
    /// The step that it follows.
    pub(crate) after: &'static str,
    /// Its German name.
    pub(crate) de: &'static str,
    /// Its English name.
    pub(crate) en: &'static str,
    /// The box that takes it out.
    pub(crate) out: &'static str,
}

macro_rules! between {
    ($($number:literal)+) => {
        [$(BetweenFields {
            id: concat!("between_", $number, "_id"),
            after: concat!("between_", $number, "_after"),
            de: concat!("between_", $number, "_de"),
            en: concat!("between_", $number, "_en"),
            out: concat!("between_", $number, "_out"),
        }),+]
    };
}

/// The fields of as many stages between as there may be.
pub(crate) static BETWEEN: [BetweenFields; Pipeline::MOST_BETWEEN] = between!(0 1 2 3 4 5);

/// A pipeline as its form shows it.
pub(crate) fn filled(program: &Program) -> FormState {
    let mut values = FormState::filled([("version", program.version.to_string())]);
    for fields in &STEPS {
        if let Some(name) = program.pipeline.stage_name(fields.step.stage()) {
            values.set(fields.de, name.de.clone());
            values.set(fields.en, name.en.clone());
        }
        if let Some(out) = fields.out.filter(|_| program.pipeline.dropped().contains(&fields.step)) {
            values.tick(out);
        }
    }
    for (stage, fields) in program.pipeline.between().iter().zip(&BETWEEN) {
        values.set(fields.id, stage.id.to_string());
        values.set(fields.after, stage.after.as_str());
        values.set(fields.de, stage.name.de.clone());
        values.set(fields.en, stage.name.en.clone());
    }
    values
}

/// `GET /manage/program/stages`
///
/// # Errors
/// For anybody but staff.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    if !person.actor.sees_programs() {
        return Err(PageError::NotAllowed);
    }
    let edits = person.actor.program_managing().is_some();
    let program = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?.program;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&program));
    let words = visitor.words;
    let steps = STEPS.iter().map(|fields| step(&visitor, &form, fields)).collect_view();
    // Those that are there, what was typed, and one more for whoever can write it.
    let shown = BETWEEN.iter().take_while(|fields| !form.value(fields.id).is_empty()).count();
    let typed = BETWEEN.iter().filter(|fields| !form.value(fields.de).is_empty()).count();
    let rows = BETWEEN
        .iter()
        .take(shown.max(typed) + usize::from(edits))
        .enumerate()
        .map(|(number, fields)| between(&visitor, &form, number, fields))
        .collect_view();
    let theirs = form.is_overtaken().then(|| saved(&visitor, &program.pipeline));
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::PROGRAM.to_string()>{words.say(keys::PROGRAM_TITLE)}</a></p>
            <h1>{words.say(keys::STAGES_TITLE)}</h1>
            <p class="lede">{words.say(keys::STAGES_LEDE)}</p>
        </header>
        <form class="form" method="post" action=paths::STAGES.to_string() novalidate=true>
            {ui::error_summary(&form, words)}
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="form-part" aria-labelledby="steps">
                <h2 id="steps">{words.say(keys::STAGES_STEPS)}</h2>
                <p class="small muted">{words.say(keys::STAGES_STEPS_HELP)}</p>
                {steps}
            </section>
            <section class="form-part" aria-labelledby="between">
                <h2 id="between">{words.say(keys::STAGES_BETWEEN)}</h2>
                <p class="small muted">{words.say(keys::STAGES_BETWEEN_HELP)}</p>
                {rows}
            </section>
            <div><button class="button" type="submit">{words.say(keys::STAGES_SAVE)}</button></div>
        </form>
    };
    Ok(page(
        &visitor,
        Head::new(words.say(keys::STAGES_TITLE)).in_nav(Nav::Incentives).compact(),
        ui::look_only(edits, view, words),
    ))
}

fn name(visitor: &Visitor, name: &'static str, key: words::Key) -> Field<'static> {
    Field {
        name,
        label: visitor.words.say(key).into_owned(),
        optional: true,
        maxlength: u32::try_from(Pipeline::LONGEST_NAME).unwrap_or(u32::MAX),
        ..Field::default()
    }
}

fn step(visitor: &Visitor, form: &FormState, fields: &StepFields) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let title = words.code("stage", fields.step.as_str());
    let out = fields.out.map(|out| {
        ui::tick_box(
            &Field {
                name: out,
                label: words.say(keys::STAGES_LEAVE_OUT).into_owned(),
                optional: true,
                ..Field::default()
            },
            form,
            words,
            assets,
        )
    });
    view! {
        <fieldset class="row-part">
            <legend>{title}</legend>
            <div class="fields">
                {ui::text_field(&name(visitor, fields.de, keys::STAGES_NAME_DE), form, words, assets)}
                {ui::text_field(&name(visitor, fields.en, keys::STAGES_NAME_EN), form, words, assets)}
            </div>
            {out}
        </fieldset>
    }
    .into_markup()
}

fn between(visitor: &Visitor, form: &FormState, number: usize, fields: &BetweenFields) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let id = form.value(fields.id).to_owned();
    let title = if id.is_empty() {
        words.say(keys::STAGES_NEW).into_owned()
    } else {
        let number = i64::try_from(number + 1).unwrap_or(i64::MAX);
        words.with(keys::STAGES_ONE, [("n", number.into())])
    };
    let steps = Step::ALL
        .iter()
        .filter(|step| **step != Step::Won)
        .map(|step| Choice {
            value: step.as_str().to_owned(),
            label: words.code("stage", step.as_str()).into_owned(),
        })
        .collect();
    let after =
        Field { name: fields.after, label: words.say(keys::STAGES_AFTER).into_owned(), ..Field::default() };
    let out = (!id.is_empty()).then(|| {
        let out = Field {
            name: fields.out,
            label: words.say(keys::STAGES_TAKE_OUT).into_owned(),
            optional: true,
            ..Field::default()
        };
        ui::tick_box(&out, form, words, assets)
    });
    view! {
        <fieldset class="row-part">
            <legend>{title}</legend>
            <input type="hidden" name=fields.id value=id/>
            <div class="fields">
                {ui::text_field(&name(visitor, fields.de, keys::STAGES_NAME_DE), form, words, assets)}
                {ui::text_field(&name(visitor, fields.en, keys::STAGES_NAME_EN), form, words, assets)}
                {ui::select_field(&after, steps, form, words, assets)}
            </div>
            {out}
        </fieldset>
    }
    .into_markup()
}

/// What somebody else has saved in the meantime.
fn saved(visitor: &Visitor, pipeline: &Pipeline) -> Markup {
    let words = visitor.words;
    let step = |step: &Step| match pipeline.stage_name(step.stage()) {
        Some(own) => ui::both(own),
        None => words.code("stage", step.as_str()).into_owned(),
    };
    let kept = Step::ALL.iter().filter(|step| !pipeline.dropped().contains(step)).map(step);
    let between = |stage: &SubStage| ui::both(&stage.name);
    ui::saved_meanwhile(
        vec![
            (keys::STAGES_STEPS, kept.collect::<Vec<_>>().join(", ")),
            (keys::STAGES_BETWEEN, pipeline.between().iter().map(between).collect::<Vec<_>>().join(", ")),
        ],
        visitor,
    )
}
