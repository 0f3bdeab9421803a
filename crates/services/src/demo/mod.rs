//! The demonstration: an invented company with invented customers, lived through by the use cases themselves under a
//! clock that is moved, so that timelines, ledger and figures agree. All addresses end in `.example`, nothing is sent.

mod access;
mod aftermath;
mod campaigns;
mod clock;
mod compliance;
mod customers;
mod early;
mod first_contact;
mod fraud;
mod introductions;
mod joining;
mod mishap;
mod questions;
mod reach;
mod segments;
mod story;
mod tiers;

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    consent::LegalKind,
    ids::MemberId,
    incentives::{Amount, Unit},
    members::{AccountManaging, Actor, Duties, ProgramManaging, Role, RoleSet},
    referrals::{Pipeline, Step, SubStage, WonMeans},
    text::{Bilingual, CompanyName, EmailAddress, Language, PersonName},
    triple_win::WinKind,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use store::members::NewMember;

use crate::{
    Ctx,
    imports::{Importing, import_customers},
    incentives, legal, prepare, retention,
    rewards::{Caps, RewardSettings},
    settings::{self, Change},
};

use clock::DemoClock;

/// The setting that marks a demonstration and holds its faces; only [`seed`] writes it, and only into an empty database.
const FLAG: &str = "demo";
/// The same story at every seeding.
const SEED: u64 = 20_261_121;

/// Anything that keeps the story from being told.
type Error = Box<dyn std::error::Error + Send + Sync>;

/// Somebody the demonstration can be seen as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Which role they stand for, as a code.
    pub role: String,
}

/// The people the demonstration can be seen as; empty where this is none.
///
/// # Errors
/// When the memory fails.
pub async fn faces(ctx: &Ctx) -> Result<Vec<Face>, store::StoreError> {
    let flag = ctx.store.setting(FLAG).await?;
    Ok(flag.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// Lets the demonstration be seen as one more person.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn show(ctx: &Ctx, face: Face) -> Result<(), Error> {
    let mut all = faces(ctx).await?;
    all.push(face);
    let tx = ctx.store.begin().await?;
    tx.set_setting(FLAG, &serde_json::to_value(&all)?, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Whether this is a demonstration, also one whose story was interrupted: its people are invented, nothing is sent to them.
///
/// # Errors
/// When the memory fails.
pub async fn is_demo(ctx: &Ctx) -> Result<bool, store::StoreError> {
    Ok(ctx.store.setting(FLAG).await?.is_some())
}

/// The host's people of the story.
struct Staff {
    administrator: Actor,
    marketing: Actor,
    managers: Vec<(Actor, String)>,
}

impl Staff {
    /// The power of this account manager, or of the first one where there is none.
    fn managing(&self, owner: Option<MemberId>) -> Result<AccountManaging, Error> {
        let own = self.managers.iter().find(|(actor, _)| Some(actor.member) == owner);
        let (manager, _) = own.or(self.managers.first()).ok_or("there are account managers")?;
        let duties = Duties { deputy_for: Vec::new(), default_owner: true };
        Ok(manager.account_managing(duties).ok_or("account managers manage")?)
    }
}

/// Fills an empty, migrated database.
///
/// # Errors
/// When there is a member, an account or a programme already, or the story stumbles.
pub async fn seed(ctx: &Ctx) -> Result<(), Error> {
    let end = ctx.now();
    let tx = ctx.store.begin().await?;
    if !tx.is_blank().await? {
        return Err("the database is not empty: a demonstration never mixes with real data".into());
    }
    // Before anybody is invented: a story that is interrupted must not pass for a real house.
    tx.set_setting(FLAG, &serde_json::json!([]), end).await?;
    tx.commit().await?;
    let clock = Arc::new(DemoClock::at(end - early::AGO));
    let ctx = &Ctx { clock: clock.clone(), demo: true, ..ctx.clone() };
    let mut random = ChaCha8Rng::seed_from_u64(SEED);

    prepare(ctx).await?;
    let staff = hire(ctx).await?;
    let power = staff.marketing.program_managing().ok_or("marketing manages programmes")?;
    compliance::sign_all(ctx, power).await?;
    for (name, legal_name) in
        [("Offene Werkbank", "Offene Werkbank e. V."), ("Lernort Fabrik", "Lernort Fabrik Stiftung")]
    {
        let (name, legal_name) = (CompanyName::parse(name)?, CompanyName::parse(legal_name)?);
        incentives::save_organisation(ctx, &power, ctx.new_id(), name, legal_name).await?;
    }
    shape_stages(ctx, &power).await?;
    questions::ask(ctx, &power).await?;
    segments::name(ctx, &power).await?;
    let administering = staff.administrator.administering().ok_or("administrators administer")?;
    let feature = access::list(ctx, &power, end).await?;
    let money = Unit::Money(ctx.host.currency);
    // What a campaign makes of a won donation is still approved by one.
    let four_eyes_above = Amount::new(80_000, money).ok();
    let numbers =
        RewardSettings { fiscal_month: 10, four_eyes_above, refund_days: 180, ..RewardSettings::default() };
    settings::change(ctx, administering, Change::Rewards(numbers), -1).await?;
    let caps = Caps { advocate: [(money, 500_000)].into(), program: [(money, 5_000_000)].into() };
    settings::change(ctx, administering, Change::Caps(caps), -1).await?;
    let planned = campaigns::plan(ctx, &power, end).await?;
    let owner = Change::DefaultOwner(staff.managers.first().map(|(actor, _)| actor.member));
    settings::change(ctx, administering, owner, -1).await?;
    let managers: Vec<&str> = staff.managers.iter().map(|(_, mail)| mail.as_str()).collect();
    let file = customers::file(&mut random, &managers);
    let importing = Importing {
        mapping: Vec::new(),
        country: None,
        dry_run: false,
        by: Some(staff.administrator.member),
    };
    let report = import_customers(ctx, &file.text, &importing).await?;
    if !report.refused.is_empty() {
        return Err(format!("invented customers were refused: {:?}", report.refused.first()).into());
    }
    if let Some((_, mail)) = file.people.get(story::ADVOCATES) {
        early::tell(ctx, &clock, &staff, mail).await?;
    }
    let advocates = story::tell(ctx, &clock, &mut random, &staff, &file.people, end).await?;

    introductions::tell(ctx, &staff, &advocates).await?;
    clock.set(end - chrono::TimeDelta::days(2));
    first_contact::tell(ctx, &staff, &advocates).await?;
    joining::tell(ctx, &staff.administrator, advocates.first().map(|(actor, _)| actor)).await?;
    if let Some((_, mail)) = file.people.last() {
        joining::invite(ctx, &staff.administrator, mail).await?;
    }
    reach::tell(ctx, &staff, &advocates).await?;
    tiers::tell(ctx, &staff.marketing, advocates.get(1).map(|(actor, _)| actor)).await?;
    fraud::tell(ctx, &staff, &advocates).await?;
    clock.set(end);
    story::own_thanks(ctx, &advocates).await?;
    campaigns::tell(ctx, &power, &planned).await?;
    access::tell(ctx, &staff, administering, &feature, &advocates).await?;
    aftermath::tell(ctx, &staff, advocates.first().map(|(actor, _)| actor)).await?;
    mishap::lose_two_mails(ctx).await?;
    retention::sweep(ctx).await?;
    let mut faces = Vec::new();
    let mut show = |actor: &Actor, name: &str, role: &str| {
        faces.push(Face { member: actor.member, name: name.to_owned(), role: role.to_owned() });
    };
    for (actor, name) in advocates.iter().take(2) {
        show(actor, name, "advocate");
    }
    show(&staff.managers[0].0, "Miriam Vogt", "account_manager");
    show(&staff.marketing, "Lena Hoffmann", "marketing");
    show(&staff.administrator, "Jonas Brandt", "administrator");
    let terms = legal::current(ctx, LegalKind::Terms, Language::German).await?.version;
    for face in &faces {
        legal::agree(ctx, face.member, terms, None).await?;
    }
    let tx = ctx.store.begin().await?;
    tx.set_setting(FLAG, &serde_json::to_value(&faces)?, end).await?;
    tx.commit().await?;
    Ok(())
}

/// One name and one stage of the company's own.
async fn shape_stages(ctx: &Ctx, power: &ProgramManaging) -> Result<(), Error> {
    let mut program = ctx.store.incentives().default_program().await?.ok_or("there is a programme")?;
    program.won_means = WonMeans::Invoiced;
    program.benefit_kind = Some(WinKind::Saving);
    program.benefit_amount = Amount::new(150_000, Unit::Money(ctx.host.currency)).ok();
    program.benefit = Bilingual::new(
        "Die ersten drei Monate zum halben Preis, im Vertrag festgehalten.",
        "The first three months at half price, written into the contract.",
    );
    incentives::save_program(ctx, power, &program).await?;
    program.version += 1;
    let names = [(Step::Meeting, Bilingual::new("Vorführung", "Demonstration"))].into();
    let trial = SubStage {
        id: ctx.new_id(),
        after: Step::Meeting,
        name: Bilingual::new("Probebetrieb", "Proof of concept"),
    };
    let pipeline = Pipeline::new(names, BTreeSet::new(), vec![trial])?;
    Ok(incentives::save_pipeline(ctx, power, &program, pipeline).await?)
}

async fn hire(ctx: &Ctx) -> Result<Staff, Error> {
    let mut hired = Vec::new();
    for (name, mail, roles) in [
        ("Jonas Brandt", "jonas.brandt", [Role::Administrator].as_slice()),
        ("Lena Hoffmann", "lena.hoffmann", &[Role::Marketing]),
        ("Miriam Vogt", "miriam.vogt", &[Role::AccountManager]),
        ("Deniz Arslan", "deniz.arslan", &[Role::AccountManager]),
    ] {
        let roles = roles.iter().fold(RoleSet::EMPTY, |set, role| set.with(*role));
        let id: MemberId = ctx.new_id();
        let email = format!("{mail}@halvern.example");
        let tx = ctx.store.begin().await?;
        tx.members()
            .insert(&NewMember {
                id,
                account: None,
                name: PersonName::parse(name)?,
                email: EmailAddress::parse(&email)?,
                language: Language::German,
                roles,
                created_at: ctx.now(),
            })
            .await?;
        tx.commit().await?;
        hired.push((Actor { member: id, account: None, roles }, email));
    }
    Ok(Staff { administrator: hired[0].0, marketing: hired[1].0, managers: hired.split_off(2) })
}
