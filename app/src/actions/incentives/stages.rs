//! `POST /manage/program/stages`

use axum::Form;
use domain::{
    referrals::{Pipeline, PipelineError, Step, Stop, SubStage},
    text::Bilingual,
};
use services::{
    incentives::{self, SavePipelineError},
    referrals::programme,
};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{
        PageError, PageResult,
        incentives::stages::{BETWEEN, BetweenFields, STEPS},
    },
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /manage/program/stages`
///
/// # Errors
/// For anybody but marketing.
pub async fn save_stages(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let mut program = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?.program;
    let latest = program.version;
    let mut form = FormState::of(&pairs);
    let Some(read) = between(&mut form, &visitor) else {
        return form.back_to(&paths::STAGES, &visitor).await;
    };
    let between = read.iter().map(|(_, stage)| stage.clone()).collect();
    let both = |de: &str, en: &str| Bilingual::new(form.value(de).trim(), form.value(en).trim());
    let names = STEPS.iter().map(|fields| (fields.step, both(fields.de, fields.en))).collect();
    let dropped = STEPS.iter().filter(|fields| fields.out.is_some_and(|out| form.ticked(out)));
    let dropped = dropped.map(|fields| fields.step).collect();
    program.version = form.version();
    let saved = match Pipeline::new(names, dropped, between) {
        Ok(_) if program.version != latest => Err(SavePipelineError::Stale),
        Ok(pipeline) => incentives::save_pipeline(&visitor.app.ctx, &power, &program, pipeline).await,
        Err(error) => Err(error.into()),
    };
    match saved {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::STAGES))
        }
        Err(SavePipelineError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse(field(&error, &form, &read), error.to_string());
            if matches!(error, SavePipelineError::Stale) {
                form.overtaken(latest);
            }
            form.back_to(&paths::STAGES, &visitor).await
        }
    }
}

/// The stages between as the form says them, each with its fields, without those to be taken out; what is wrong is
/// noted.
fn between(form: &mut FormState, visitor: &Visitor) -> Option<Vec<Read>> {
    let mut stages = Vec::new();
    for fields in &BETWEEN {
        let name = Bilingual::new(form.value(fields.de).trim(), form.value(fields.en).trim());
        let known = form.value(fields.id).parse().ok();
        if form.ticked(fields.out) || (known.is_none() && name == Bilingual::default()) {
            continue;
        }
        if name.de.is_empty() || name.en.is_empty() {
            form.refuse(if name.de.is_empty() { fields.de } else { fields.en }, "half_named");
        }
        let after = form.parse(fields.after, |code| {
            Step::parse(code).filter(|step| *step != Step::Won).ok_or("choice_missing")
        });
        let id = known.unwrap_or_else(|| visitor.app.ctx.new_id());
        stages.extend(after.map(|after| (fields, SubStage { id, after, name })));
    }
    form.is_sound().then_some(stages)
}

/// A stage between, and where in the form it stands.
type Read = (&'static BetweenFields, SubStage);

/// At which field a refusal stands.
fn field(error: &SavePipelineError, form: &FormState, read: &[Read]) -> &'static str {
    let (stop, wanted) = match error {
        SavePipelineError::Occupied(stop) => (*stop, Wanted::Out),
        SavePipelineError::Refused(PipelineError::Needed(step) | PipelineError::CarriesPart(step)) => {
            (Stop::Step(*step), Wanted::Out)
        }
        SavePipelineError::Refused(PipelineError::AfterDropped(id)) => (Stop::Between(*id), Wanted::After),
        SavePipelineError::Refused(
            PipelineError::HalfNamed(stop) | PipelineError::TooLong(stop) | PipelineError::SameName(stop),
        ) => (*stop, Wanted::Name),
        _ => return "",
    };
    match stop {
        Stop::Step(step) => STEPS
            .iter()
            .find(|fields| fields.step == step)
            .map_or("", |fields| fields.out.filter(|_| matches!(wanted, Wanted::Out)).unwrap_or(fields.de)),
        Stop::Between(id) => {
            // One that was to be taken out is not among those that were read, a new one not among those with an id.
            let read = read.iter().find(|(_, stage)| stage.id == id).map(|(fields, _)| *fields);
            let known = || BETWEEN.iter().find(|fields| form.value(fields.id) == id.to_string());
            read.or_else(known).map_or("between", |fields| match wanted {
                Wanted::After => fields.after,
                Wanted::Name => fields.de,
                Wanted::Out => fields.out,
            })
        }
    }
}

/// Which of a stage's fields.
enum Wanted {
    Name,
    After,
    Out,
}
