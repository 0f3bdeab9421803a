//! Who gets in: every cell of the table of roles and acts, by requests, on both databases. Whoever may not is turned away
//! before anything is looked at, and nothing has changed afterwards.

use app::{
    route_list::Route,
    routes::{routes, uploads},
};
use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::{
    campaigns::{Boost, Campaign, CampaignState},
    consent::FirstContactChannel,
    ids::{
        ApiKeyId, CampaignId, CaseId, FeatureId, MemberId, OrganisationId, ProgramId, ReferralId, SegmentId,
    },
    members::{Role, RoleSet},
    rewards::Side,
    segments::{SegmentRule, Whom},
    text::{Bilingual, CompanyName, Country, Language, PersonName, Phone, Reason, RoleTitle},
    touches::Channel,
};
use services::{
    Ctx,
    access::{Feature, create_key, save_feature, today},
    campaigns::{NamedCampaign, save_campaign, take_step},
    consent,
    imports::{self, Importing, import_customers},
    referrals::{AskInPerson, SubmitReferral, submit_to_ask},
    segments::{Segment, save_segment},
    settings::{Change, change},
    testing::{TestHouse, stage_hand},
};
use store::{members::NewMember, people::PersonChange};
use uuid::Uuid;

use crate::{
    browser::{Answer, Browser, Web},
    furnished::{ADVOCATE, CONTACT, agree, carried, refer},
};

pub(crate) const MANAGER: &str = "miriam@halvern.example";
pub(crate) const OTHER_MANAGER: &str = "deniz@halvern.example";
pub(crate) const MARKETING: &str = "lena@halvern.example";
pub(crate) const ADMINISTRATOR: &str = "jonas@halvern.example";
/// An advocate of another company that no account manager is assigned to.
pub(crate) const STRANGER: &str = "bert@werftbau.example";

/// Whom an account manager is asked to call.
const EXPECTING: &str = "Urs Keller";
/// A list that an administrator hands in.
const FILE: &str = "company;domains;country\nMühlenau GmbH;muehlenau.example;DE\n";

/// The columns of the table.
pub(crate) const ROLES: [(&str, &str); 4] = [
    ("advocate", ADVOCATE),
    ("account manager", MANAGER),
    ("marketing", MARKETING),
    ("administrator", ADMINISTRATOR),
];

const ADVOCATES: [bool; 4] = [true, false, false, false];
const MANAGERS: [bool; 4] = [false, true, false, false];
const MARKETERS: [bool; 4] = [false, false, true, false];
const ADMINISTRATORS: [bool; 4] = [false, false, false, true];
const DELIVERERS: [bool; 4] = [false, true, true, false];
const INVITERS: [bool; 4] = [false, false, true, true];
const STAFF: [bool; 4] = [false, true, true, true];
const NOBODY: [bool; 4] = [false; 4];
const EVERYBODY: [bool; 4] = [true; 4];

async fn hire(ctx: &Ctx, name: &str, mail: &str, role: Role) -> MemberId {
    let id: MemberId = ctx.new_id();
    let tx = ctx.store.begin().await.unwrap();
    tx.members()
        .insert(&NewMember {
            id,
            account: None,
            name: name.parse().unwrap(),
            email: mail.parse().unwrap(),
            language: Language::German,
            roles: RoleSet::EMPTY.with(role),
            created_at: ctx.now(),
        })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

pub(crate) async fn id_of(ctx: &Ctx, mail: &str) -> MemberId {
    ctx.store.members().id_by_email(&mail.parse().unwrap()).await.unwrap().unwrap()
}

/// A house with one person per role, and two customers.
pub(crate) async fn staffed(house: TestHouse) -> Web {
    let web = Web::over(house).await;
    let ctx = &web.house.ctx;
    services::tiers::ensure_defaults(ctx).await.unwrap();
    for (name, mail, role) in [
        ("Miriam Vogt", MANAGER, Role::AccountManager),
        ("Deniz Arslan", OTHER_MANAGER, Role::AccountManager),
        ("Lena Hoffmann", MARKETING, Role::Marketing),
        ("Jonas Brandt", ADMINISTRATOR, Role::Administrator),
    ] {
        hire(ctx, name, mail, role).await;
    }
    let marketing = ctx.store.members().person(id_of(ctx, MARKETING).await).await.unwrap().unwrap();
    services::testing::sign_off_markets(ctx, &marketing.actor).await;
    let file = format!(
        "company;domains;country;kind;status;person;mail;language;account_manager\n\
         Mühlenau GmbH;muehlenau.example;DE;private_company;customer;Anna Berger;{ADVOCATE};de;{MANAGER}\n\
         Werftbau AG;werftbau.example;DE;private_company;customer;Bert Lang;{STRANGER};de;\n"
    );
    let importing = Importing { mapping: Vec::new(), country: None, dry_run: false, by: None };
    let report = import_customers(ctx, &file, &importing).await.unwrap();
    assert!(report.refused.is_empty(), "{report:?}");
    web
}

pub(crate) async fn signed_in(web: &Web, mail: &str) -> Browser {
    let mut browser = Browser::speaking("de");
    browser.sign_in(web, mail).await;
    browser
}

/// Marketing allows a human first contact, and Anna asks her account manager for one.
async fn asked_in_person(ctx: &Ctx) -> ReferralId {
    let person = async |mail| ctx.store.members().person(id_of(ctx, mail).await).await.unwrap().unwrap();
    let program = ctx.store.incentives().default_program().await.unwrap().unwrap().id;
    let marketing = person(MARKETING).await.actor.program_managing().unwrap();
    let ground = Reason::parse("Geprüft von der Rechtsabteilung.").unwrap();
    let channel = FirstContactChannel::Phone;
    consent::allow(ctx, &marketing, program, channel, Country::CH, ground).await.unwrap();
    let command = SubmitReferral {
        company: CompanyName::parse("Bodensee Pumpen AG").unwrap(),
        country: Country::CH,
        role: RoleTitle::parse("Leitung Technik").unwrap(),
        reason: Reason::parse("Neue Halle.").unwrap(),
        channel: Channel::Link,
        incentive: None,
        organisation: None,
        answers: Default::default(),
        key: "by-phone".to_owned(),
    };
    let ask = AskInPerson {
        channel,
        name: PersonName::parse(EXPECTING).unwrap(),
        phone: Some(Phone::parse("+41 71 555 01 23").unwrap()),
        circumstances: Reason::parse("Wir haben am Montag telefoniert.").unwrap(),
    };
    let anna = person(ADVOCATE).await.actor.referrer().unwrap();
    submit_to_ask(ctx, &anna, command, ask).await.unwrap()
}

/// An advocate recommends their own company, which opens a case about them.
pub(crate) async fn suspected(ctx: &Ctx, mail: &str, company: &str) -> CaseId {
    let advocate = id_of(ctx, mail).await;
    let person = ctx.store.members().person(advocate).await.unwrap().unwrap();
    let command = SubmitReferral {
        company: CompanyName::parse(company).unwrap(),
        country: Country::DE,
        role: RoleTitle::parse("Leitung Technik").unwrap(),
        reason: Reason::parse("Neue Halle.").unwrap(),
        channel: Channel::Link,
        incentive: None,
        organisation: None,
        answers: Default::default(),
        key: "own-company".to_owned(),
    };
    services::referrals::submit(ctx, &person.actor.referrer().unwrap(), command).await.unwrap();
    ctx.store.fraud().open_case(advocate).await.unwrap().unwrap()
}

/// What the table is about.
#[derive(Clone, Copy)]
struct Things {
    /// A referral whose contact has agreed.
    agreed: ReferralId,
    /// One whose contact expects a call.
    by_phone: ReferralId,
    reward: Uuid,
    offer: Uuid,
    organisation: Uuid,
    account: Uuid,
    anna: MemberId,
    /// A rule of the compliance matrix.
    rule: Uuid,
    /// A file that the administrator has handed in.
    file: Uuid,
    /// A feature that is granted early.
    feature: FeatureId,
    /// A segment of customers.
    segment: SegmentId,
    /// A campaign that is running.
    campaign: CampaignId,
    /// A key of the API.
    key: ApiKeyId,
    /// An open case of suspected misuse.
    case: CaseId,
}

/// Everything that the acts of the table could have changed.
async fn traces(ctx: &Ctx, things: Things) -> String {
    let referral = things.agreed;
    let by_phone = ctx.store.referrals().load(things.by_phone).await.unwrap().unwrap();
    let by_phone = (by_phone.facts, by_phone.version, ctx.store.first_contacts().of(things.by_phone).await);
    let account = ctx.store.accounts().details(things.account.into()).await.unwrap();
    let link = ctx.store.joining().link_of(things.anna, ctx.now()).await.unwrap().map(|link| link.id);
    let open = services::members::joining::join_by_domain(ctx).await.unwrap();
    let stored = ctx.store.referrals().load(referral).await.unwrap().unwrap();
    let messages = ctx.store.referrals().messages(referral).await.unwrap().len();
    let rewards: Vec<_> = services::rewards::of_referral(ctx, referral)
        .await
        .unwrap()
        .into_iter()
        .map(|line| (line.state, line.version, line.delivery.map(|delivery| delivery.version)))
        .collect();
    let program = ctx.store.incentives().default_program().await.unwrap().unwrap();
    let offers: Vec<_> = ctx.store.incentives().offers(program.id).await.unwrap();
    let offers: Vec<_> = offers.iter().map(|offer| (offer.incentive.id, offer.version)).collect();
    let organisations = ctx.store.incentives().all_organisations().await.unwrap();
    let tiers: Vec<_> = ctx.store.tiers().all().await.unwrap().iter().map(|tier| tier.version).collect();
    let anna = ctx.store.members().details(things.anna).await.unwrap();
    let mut settings = Vec::new();
    for key in [
        services::rewards::CAPS,
        services::rewards::SETTINGS,
        services::settings::DEFAULT_OWNER,
        services::tiers::TIERS,
        services::fraud::FRAUD,
    ] {
        settings.push(ctx.store.kept_setting(key).await.unwrap().version);
    }
    let terms = ctx.store.legal().newest_version(domain::consent::LegalKind::Terms).await.unwrap();
    let rules = ctx.store.first_contacts().rules(program.id).await.unwrap().len();
    let law = ctx.store.compliance().law().await.unwrap();
    let segments = ctx.store.segments().all().await.unwrap();
    let campaigns = ctx.store.campaigns().all().await.unwrap();
    let (features, api) = (ctx.store.access().features().await.unwrap(), ctx.store.access().api_keys().await);
    let case = ctx.store.fraud().case(things.case).await.unwrap();
    let others = format!(
        "{segments:?} {campaigns:?} {features:?} {api:?} {by_phone:?} {account:?} {link:?} {open} {rules} {case:?} {:?}",
        law.markets
    );
    format!(
        "{others} {:?} {} {:?} {messages} {rewards:?} {} {offers:?} {organisations:?} {tiers:?} {anna:?} {settings:?} {terms}",
        stored.facts, stored.version, stored.thanks_done_at, program.version
    )
}

/// One row of the table, as a request.
struct Act {
    method: Method,
    path: String,
    pairs: Vec<(&'static str, String)>,
    /// A file beside them.
    file: Option<&'static str>,
    may: [bool; 4],
}

fn look(path: impl Into<String>, may: [bool; 4]) -> Act {
    Act { method: Method::GET, path: path.into(), pairs: Vec::new(), file: None, may }
}

/// Forms are filled in well enough to be refused for nothing but the role.
fn post(path: impl Into<String>, pairs: &[(&'static str, &str)], may: [bool; 4]) -> Act {
    let pairs = pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Act { method: Method::POST, path: path.into(), pairs, file: None, may }
}

impl Act {
    async fn by(&self, web: &Web, browser: &mut Browser) -> Answer {
        if self.method == Method::GET {
            return browser.get(web, &self.path).await;
        }
        let pairs: Vec<_> = self.pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match self.file {
            Some(file) => browser.hand_in(web, &self.path, &pairs, ("kunden.csv", file)).await,
            None => browser.post(web, &self.path, &pairs).await,
        }
    }
}

fn turned_away(answer: &Answer) -> bool {
    matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}

fn table(things: Things) -> Vec<Act> {
    let Things {
        agreed: referral,
        by_phone,
        reward,
        offer,
        organisation,
        account,
        anna,
        rule,
        file,
        feature,
        segment,
        campaign,
        key,
        case,
    } = things;
    let organisation = format!("/manage/organisations/{organisation}");
    let (nobody, file) = (Uuid::nil().to_string(), file.to_string());
    let by_phone = |act: &str| format!("/work/referrals/{by_phone}/{act}");
    let own = format!("/referrals/{referral}");
    let work = format!("/work/referrals/{referral}");
    let reward_id = reward;
    let reward = |act: &str| format!("/work/rewards/{reward}/{act}");
    let person = |act: &str| format!("/manage/people/{anna}/{act}");
    let version = ("version", "0");
    let tiers = [
        ("version", "-7"),
        ("code0", "silver"),
        ("name_de0", "Silber"),
        ("name_en0", "Silver"),
        ("benefits_de0", "Etwas"),
        ("benefits_en0", "Something"),
        ("metric0_0", "won_referrals"),
        ("value0_0", "1"),
        ("period0_0", "lifetime"),
    ];
    let reason = ("reason", "Weil es nicht stimmt");
    vec![
        // Own referrals, rewards, profile.
        look("/", EVERYBODY),
        look("/welcome/terms", EVERYBODY),
        post("/welcome/terms", &[], EVERYBODY),
        look("/referrals", ADVOCATES),
        look(own.clone(), ADVOCATES),
        look("/refer", ADVOCATES),
        look("/rewards", ADVOCATES),
        look("/rewards/statement.csv?year=2026", ADVOCATES),
        look("/rewards/given-and-received", ADVOCATES),
        post(format!("/rewards/{reward_id}/introduction"), &[("version", "-7"), ("fit", "")], ADVOCATES),
        look("/share", ADVOCATES),
        look("/share/qr.svg", ADVOCATES),
        look("/share/qr.png", ADVOCATES),
        look("/colleagues", ADVOCATES),
        post("/colleagues", &[], ADVOCATES),
        post("/colleagues/end", &[], ADVOCATES),
        look("/tiers", ADVOCATES),
        look("/profile", EVERYBODY),
        look("/triple-win", EVERYBODY),
        look("/triple-win.csv", EVERYBODY),
        post("/refer", &[], ADVOCATES),
        post(format!("{own}/incentive"), &[], ADVOCATES),
        post(format!("{own}/messages"), &[("message", "")], ADVOCATES),
        post(format!("{own}/correction"), &[("version", "-7")], ADVOCATES),
        post(format!("{own}/withdrawal"), &[("version", "-7")], ADVOCATES),
        post("/profile/thank-you", &[], ADVOCATES),
        post("/profile/manners", &[], ADVOCATES),
        post("/profile/messages", &[("mail-state", "yes")], EVERYBODY),
        // Move stages, record deals.
        look("/work/board", MANAGERS),
        look("/work/referrals", MANAGERS),
        look("/work/due", MANAGERS),
        look(work.clone(), MANAGERS),
        look(format!("{work}/proof"), MANAGERS),
        look("/work/neutral-answers", [false, true, true, false]),
        post(format!("{work}/stage"), &[("version", "-7"), ("move", "won"), ("deal", "12500")], MANAGERS),
        post(format!("{work}/deal"), &[("version", "-7"), ("size", "12500")], MANAGERS),
        post(format!("{work}/thanks"), &[("thanks", "")], MANAGERS),
        post(format!("{work}/messages"), &[("message", "")], MANAGERS),
        post(by_phone("reveal"), &[], MANAGERS),
        post(
            by_phone("answer"),
            &[
                ("answer", "yes"),
                ("said", "yes"),
                ("spoken", "phone"),
                ("preferred", "mail"),
                ("spoken_in", "de"),
            ],
            MANAGERS,
        ),
        post(by_phone("stop"), &[], MANAGERS),
        // Programmes, incentives, tiers.
        look("/manage/incentives", STAFF),
        look("/manage/channels", STAFF),
        look("/manage/tiers", STAFF),
        look("/manage/tiers/draft", MARKETERS),
        look("/manage/tiers/preview", MARKETERS),
        // The compliance matrix.
        look("/manage/compliance", STAFF),
        look("/manage/compliance/rules/new", MARKETERS),
        look(format!("/manage/compliance/rules/{rule}"), STAFF),
        look("/manage/compliance/case", STAFF),
        look("/manage/compliance/playbook/DE", STAFF),
        look("/manage/compliance/playbook/DE/markdown", STAFF),
        post("/manage/compliance/rules/new", &[("effect", "")], MARKETERS),
        post(format!("/manage/compliance/rules/{rule}"), &[version], MARKETERS),
        post(format!("/manage/compliance/rules/{rule}/end"), &[version], MARKETERS),
        post("/manage/compliance/sign-off", &[("market", "DE")], MARKETERS),
        look("/work/held", MARKETERS),
        post(format!("/work/held/{reward_id}/release"), &[], MARKETERS),
        look("/work/cases", MARKETERS),
        look("/work/cases?state=decided", MARKETERS),
        look(format!("/work/cases/{case}"), MARKETERS),
        post(
            format!("/work/cases/{case}/decision"),
            &[("version", "-7"), ("verdict", "false_alarm"), reason],
            MARKETERS,
        ),
        look("/manage/program", STAFF),
        look("/manage/program/stages", STAFF),
        post("/manage/program/stages", &[version], MARKETERS),
        look("/manage/program/questions", STAFF),
        look("/manage/incentives/new", MARKETERS),
        look(format!("/manage/incentives/{offer}"), STAFF),
        look("/manage/program/first-contact", STAFF),
        post("/manage/program", &[version], MARKETERS),
        post("/manage/program/questions", &[version], MARKETERS),
        post("/manage/program/first-contact", &[], MARKETERS),
        post("/manage/program/first-contact/end", &[("rule", &nobody)], MARKETERS),
        post("/manage/incentives/new", &[], MARKETERS),
        post(format!("/manage/incentives/{offer}"), &[version], MARKETERS),
        post("/manage/organisations", &[("name", ""), ("legal_name", "")], MARKETERS),
        look(organisation.clone(), MARKETERS),
        post(organisation, &[("version", "-7"), ("name", "Tafel"), ("legal_name", "Tafel e. V.")], MARKETERS),
        post("/manage/tiers/draft", &tiers, MARKETERS),
        post("/manage/tiers/effect", &[("version", "-7")], MARKETERS),
        post("/manage/tiers/rollout", &[("rollout", &nobody), ("do", "undo")], MARKETERS),
        // Rewards of others.
        look("/work/approvals", MARKETERS),
        look("/work/rewards", MARKETERS),
        look("/work/rewards?state=clearing&q=ravensteiner", MARKETERS),
        look(format!("/work/rewards/{reward_id}"), MARKETERS),
        look("/work/shortfalls", MARKETERS),
        // There is none: for nobody.
        look(format!("/work/shortfalls/{nobody}"), NOBODY),
        post(
            format!("/work/shortfalls/{nobody}"),
            &[("version", "0"), ("decision", "waived"), ("note", "So")],
            NOBODY,
        ),
        // An account manager sees their own deliveries there, and only theirs.
        look("/work/deliveries", DELIVERERS),
        look("/work/reciprocity", DELIVERERS),
        look(format!("/work/reciprocity/{account}"), DELIVERERS),
        look("/manage/campaigns", STAFF),
        look("/manage/campaigns/new", MARKETERS),
        post("/manage/campaigns/new", &[], MARKETERS),
        look(format!("/manage/campaigns/{campaign}"), STAFF),
        post(format!("/manage/campaigns/{campaign}"), &[("version", "-7")], MARKETERS),
        post(
            format!("/manage/campaigns/{campaign}/step"),
            &[("version", "-7"), ("do", "running")],
            MARKETERS,
        ),
        look(format!("/campaigns/{campaign}"), ADVOCATES),
        look("/manage/segments", STAFF),
        look("/manage/segments/new", MARKETERS),
        post("/manage/segments/new", &[], MARKETERS),
        look(format!("/manage/segments/{segment}"), STAFF),
        post(format!("/manage/segments/{segment}"), &[("version", "-7")], MARKETERS),
        post(format!("/manage/segments/{segment}/end"), &[("version", "-7")], MARKETERS),
        look("/manage/features", MARKETERS),
        look("/manage/features/new", MARKETERS),
        post("/manage/features/new", &[], MARKETERS),
        look(format!("/manage/features/{feature}"), MARKETERS),
        post(format!("/manage/features/{feature}"), &[("version", "-7")], MARKETERS),
        look("/manage/keys", ADMINISTRATORS),
        post("/manage/keys", &[], ADMINISTRATORS),
        post(format!("/manage/keys/{key}/end"), &[], ADMINISTRATORS),
        // It has granted nothing: for nobody.
        look(format!("/rewards/{reward_id}/access"), NOBODY),
        post(format!("/rewards/{reward_id}/access"), &[], NOBODY),
        look("/work/credits", MARKETERS),
        Act { file: Some(FILE), ..post("/work/credits", &[], MARKETERS) },
        post("/work/credits/export", &[], MARKETERS),
        post(format!("/work/credits/book?form={nobody}"), &[], NOBODY),
        look("/work/conversions", MARKETERS),
        look("/work/conversions/template.csv", MARKETERS),
        look(format!("/work/conversions/errors.csv?form={nobody}"), NOBODY),
        Act { file: Some(FILE), ..post("/work/conversions", &[], MARKETERS) },
        post(format!("/work/conversions/take?form={nobody}"), &[], NOBODY),
        post(reward("category"), &[("category", "gift")], MARKETERS),
        look("/work/obligations", MARKETERS),
        look("/work/obligations/export.csv?on=2026-01-31", MARKETERS),
        look("/work/year-end", MARKETERS),
        look("/work/year-end/export.csv?year=2025", MARKETERS),
        // Nothing was ever theirs: for nobody.
        look(format!("/work/year-end/company/{nobody}"), NOBODY),
        look(format!("/work/year-end/company/{nobody}/statement.csv"), NOBODY),
        look(format!("/work/year-end/person/{nobody}"), NOBODY),
        look(format!("/work/year-end/person/{nobody}/statement.csv"), NOBODY),
        // There is no receipt: for nobody.
        look(reward("receipt"), NOBODY),
        look(format!("/rewards/{reward_id}/receipt"), NOBODY),
        Act { file: Some(FILE), ..post(reward("receipt"), &[("version", "-7")], DELIVERERS) },
        post(reward("promise"), &[("version", "-7"), ("whom", "")], DELIVERERS),
        post(reward("introduction"), &[("version", "-7"), ("on", "")], DELIVERERS),
        post(reward("approval"), &[("version", "-7")], MARKETERS),
        post(reward("refusal"), &[("version", "-7"), reason], MARKETERS),
        post(reward("delivery"), &[("version", "-7"), ("reference", "GS-1")], MARKETERS),
        post(reward("plan"), &[("version", "-7"), ("due", "2026-12-24")], MARKETERS),
        post(reward("return"), &[("version", "-7"), ("why", "fraud"), reason], MARKETERS),
        // Companies.
        look("/manage/accounts", STAFF),
        look(format!("/manage/accounts/{account}"), STAFF),
        look("/manage/accounts/new", INVITERS),
        post("/manage/accounts/new", &[], INVITERS),
        post(format!("/manage/accounts/{account}"), &[("version", "-7")], INVITERS),
        // Members, roles, settings.
        look("/manage/people", STAFF),
        look(format!("/manage/people/{anna}"), STAFF),
        look("/manage/people/invite", INVITERS),
        post("/manage/people/invite", &[], INVITERS),
        post(
            person("permission"),
            &[("channel", "mail"), ("basis", "consent"), ("source", "Gespräch")],
            INVITERS,
        ),
        post(person("release"), &[("released_by", "")], INVITERS),
        post(person("pin"), &[("pin_tier", "gold"), ("pin_until", "")], MARKETERS),
        post(person("pin-end"), &[], MARKETERS),
        post(person("release-end"), &[("release", "00000000-0000-0000-0000-000000000000")], INVITERS),
        // Of their own customers, to hand it over.
        look(person("letter"), STAFF),
        post(person("letter"), &[], INVITERS),
        look("/manage/people/requests", INVITERS),
        post(format!("/manage/people/requests/{nobody}/approve"), &[], INVITERS),
        post(format!("/manage/people/requests/{nobody}/refuse"), &[], INVITERS),
        post("/manage/people/requests/setting", &[("on", "yes")], ADMINISTRATORS),
        post(person("deactivate"), &[], ADMINISTRATORS),
        post(person("reactivate"), &[], ADMINISTRATORS),
        post(person("change"), &[("version", "-7")], ADMINISTRATORS),
        post(person("roles"), &[("version", "-7"), ("role-advocate", "yes")], ADMINISTRATORS),
        look("/manage/settings", INVITERS),
        post("/manage/settings/caps", &[("version", "-7")], ADMINISTRATORS),
        post("/manage/settings/rewards", &[("version", "-7")], ADMINISTRATORS),
        post("/manage/settings/referrals", &[("version", "-7")], ADMINISTRATORS),
        post(
            "/manage/settings/tiers",
            &[("version", "-7"), ("grace_days", "90"), ("undo_days", "14")],
            ADMINISTRATORS,
        ),
        post("/manage/settings/fraud", &[("version", "-7")], ADMINISTRATORS),
        post("/manage/settings/clocks", &[("version", "-7")], ADMINISTRATORS),
        post("/manage/settings/owner", &[("version", "-7")], ADMINISTRATORS),
        look("/manage/jobs", ADMINISTRATORS),
        post("/manage/jobs/retry", &[], ADMINISTRATORS),
        post(format!("/manage/jobs/{nobody}/retry"), &[], ADMINISTRATORS),
        look("/manage/legal", ADMINISTRATORS),
        look("/manage/legal/terms", ADMINISTRATORS),
        post("/manage/legal/terms", &[("version", "0")], ADMINISTRATORS),
        look("/manage/import", ADMINISTRATORS),
        Act { file: Some(FILE), ..post("/manage/import", &[("country", "DE")], ADMINISTRATORS) },
        look(format!("/manage/import/errors.csv?file={file}"), ADMINISTRATORS),
        look("/manage/import/template.csv", ADMINISTRATORS),
        post("/manage/import/confirm", &[("file", &file)], ADMINISTRATORS),
    ]
}

/// What strangers may ask for: nobody is sent to sign in first, and nobody is turned away for who they are.
const STRANGERS: [(Method, &str); 46] = [
    (Method::GET, "/sign-in"),
    (Method::POST, "/sign-in"),
    (Method::GET, "/sign-in/code"),
    (Method::POST, "/sign-in/code"),
    (Method::GET, "/sign-in/link"),
    (Method::POST, "/sign-in/link"),
    (Method::GET, "/sign-in/with/nobody"),
    (Method::GET, "/sign-in/with/nobody/back"),
    (Method::POST, "/language"),
    (Method::GET, "/legal/imprint"),
    // Only a demonstration answers here.
    (Method::POST, "/demo/sign-in"),
    (Method::GET, "/dev/mail"),
    // A contact's own: what opens them is the link.
    (Method::GET, "/r/nobody"),
    (Method::GET, "/l/nobody"),
    (Method::POST, "/l/nobody"),
    (Method::POST, "/l/nobody/refuse"),
    (Method::POST, "/l/nobody/remember"),
    (Method::POST, "/remembered/forget"),
    (Method::GET, "/i/nothing"),
    (Method::POST, "/i/nothing"),
    (Method::POST, "/i/nothing/refuse"),
    (Method::GET, "/confirm/nothing"),
    (Method::POST, "/confirm/nothing"),
    (Method::POST, "/confirm/nothing/refuse"),
    (Method::GET, "/my/nothing"),
    (Method::POST, "/my/nothing"),
    (Method::POST, "/my/nothing/withdraw"),
    (Method::POST, "/my/nothing/object"),
    (Method::POST, "/my/nothing/erase"),
    (Method::GET, "/consent/sent"),
    (Method::GET, "/consent/neutral"),
    (Method::GET, "/consent/refused"),
    (Method::GET, "/consent/erased"),
    (Method::GET, "/consent/objected"),
    (Method::GET, "/code"),
    (Method::POST, "/code"),
    // Coming in.
    (Method::GET, "/join"),
    (Method::POST, "/join"),
    (Method::GET, "/join/ask"),
    (Method::POST, "/join/ask"),
    (Method::GET, "/join/with/nothing"),
    (Method::POST, "/join/with/nothing"),
    (Method::GET, "/join/confirm/nothing"),
    (Method::POST, "/join/confirm/nothing"),
    (Method::GET, "/join/sent"),
    (Method::GET, "/join/waiting"),
];

/// More of them, whose paths hold two parts.
pub(crate) fn strangers() -> Vec<(Method, String)> {
    let mut all: Vec<_> = STRANGERS.into_iter().map(|(method, path)| (method, path.to_owned())).collect();
    let stop = format!("/mail/{}/stop/nothing", Uuid::nil());
    all.extend([(Method::GET, stop.clone()), (Method::POST, stop), (Method::GET, "/join/gone".to_owned())]);
    all
}

/// Ways out: they lead to the sign-in page, whoever takes them.
const OUT: [&str; 2] = ["/sign-out", "/sign-out/everywhere"];

/// The route that answers this path: of those that fit, the one in which the least varies.
pub(crate) fn route_of<'r>(all: &'r [Route], method: &Method, path: &str) -> Option<&'r Route> {
    let path = path.split('?').next().unwrap_or(path);
    let fits = |pattern: &str| {
        let (mut here, mut there) = (pattern.split('/'), path.split('/'));
        loop {
            match (here.next(), there.next()) {
                (None, None) => return true,
                (Some(part), Some(found)) if part == found || part.starts_with('{') => {}
                _ => return false,
            }
        }
    };
    let found = all.iter().filter(|route| route.method == *method && fits(&route.path));
    found.min_by_key(|route| route.path.matches('{').count())
}

#[test]
fn every_route_is_in_the_table() {
    let mut all = routes().list().to_vec();
    all.extend_from_slice(uploads().list());
    assert!(all.len() > 100, "{all:?}");
    let id = Uuid::from_u128(7);
    let things = Things {
        agreed: id.into(),
        by_phone: id.into(),
        reward: id,
        offer: id,
        organisation: id,
        account: id,
        anna: id.into(),
        rule: id,
        file: id,
        feature: id.into(),
        segment: id.into(),
        campaign: id.into(),
        key: id.into(),
        case: id.into(),
    };
    let mut rows: Vec<_> = table(things).into_iter().map(|act| (act.method, act.path)).collect();
    rows.extend(strangers());
    rows.extend(OUT.map(|path| (Method::POST, path.to_owned())));
    let mut missing = all.clone();
    for (method, path) in rows {
        let route = route_of(&all, &method, &path);
        let route = route.unwrap_or_else(|| panic!("{method} {path} is no route"));
        missing.retain(|known| known != route);
    }
    assert!(missing.is_empty(), "nobody has said who may ask for these: {missing:#?}");
}

/// A house in which everything that the table is about is there.
async fn with_things(house: TestHouse) -> (Web, Things) {
    let web = staffed(house).await;
    let ctx = &web.house.ctx;
    let mut anna = signed_in(&web, ADVOCATE).await;
    let referral = refer(&web, &mut anna, "Vorabzugang").await;
    let page = anna.get(&web, &format!("/referrals/{referral}")).await;
    agree(&web, &carried(&page.html)).await;
    let mut miriam = signed_in(&web, MANAGER).await;
    let work = format!("/work/referrals/{referral}");
    let version = miriam.get(&web, &work).await.value("version");
    let moved = [("version", version.as_str()), ("move", "meeting")];
    miriam.post(&web, &format!("{work}/stage"), &moved).await;
    let rewards = services::rewards::of_referral(ctx, referral).await.unwrap();
    let reward = rewards.iter().find(|line| line.side == Side::Advocate).expect("a first part");
    let program = ctx.store.incentives().default_program().await.unwrap().unwrap();
    let offer = ctx.store.incentives().offers(program.id).await.unwrap()[0].incentive.id;
    let lena = ctx.store.members().person(id_of(ctx, MARKETING).await).await.unwrap().unwrap();
    let by = lena.actor.program_managing().unwrap();
    let (name, legal) = ("Tafel Bremen".parse().unwrap(), "Tafel Bremen e. V.".parse().unwrap());
    let organisation: OrganisationId = ctx.new_id();
    services::incentives::save_organisation(ctx, &by, organisation, name, legal).await.unwrap();
    let feature = Feature {
        id: ctx.new_id(),
        incentive: None,
        name: Bilingual::new("Vorschau", "Preview"),
        terms: Bilingual::new("Zum Ausprobieren", "To try out"),
        guide: Bilingual::default(),
        starts_on: today(ctx),
        ends_on: None,
        seats: 5,
        taken: 0,
        version: 0,
    };
    save_feature(ctx, &by, &feature, true).await.unwrap();
    let germany = SegmentRule { countries: [Country::DE].into(), ..SegmentRule::default() };
    let name = Bilingual::new("Deutschland", "Germany");
    let segment = Segment { id: ctx.new_id(), name, whom: Whom::Rule(germany), version: 0 };
    save_segment(ctx, &by, &segment, true).await.unwrap();
    let campaign = campaign(&web, program.id).await;
    let annas = ctx.store.members().person(id_of(ctx, ADVOCATE).await).await.unwrap().unwrap().actor;
    let jonas = ctx.store.members().person(id_of(ctx, ADMINISTRATOR).await).await.unwrap().unwrap().actor;
    let by = jonas.administering().unwrap();
    let key: ApiKeyId = ctx.new_id();
    create_key(ctx, by, key, "Lizenzserver".parse().unwrap(), Vec::new()).await.unwrap();
    let importing = Importing::default();
    let file = imports::keep(ctx, by, "kunden.csv".to_owned(), FILE, &importing).await.unwrap();
    let law = ctx.store.compliance().law().await.unwrap();
    let things = Things {
        agreed: referral,
        by_phone: asked_in_person(ctx).await,
        reward: reward.id.into_inner(),
        offer: offer.into_inner(),
        organisation: organisation.into_inner(),
        account: annas.account.unwrap().into_inner(),
        anna: annas.member,
        rule: law.rules(Country::DE)[0].rule.id.rule.into_inner(),
        file,
        feature: feature.id,
        segment: segment.id,
        campaign,
        key,
        case: suspected(ctx, STRANGER, "Werftbau AG").await,
    };
    web.house.run_jobs().await;
    (web, things)
}

/// Every page that somebody may be shown who is signed in, and the house that shows it.
pub(crate) async fn pages(house: TestHouse) -> (Web, Vec<String>) {
    let (web, things) = with_things(house).await;
    let pages = table(things).into_iter().filter(|act| act.method == Method::GET);
    (web, pages.map(|act| act.path).collect())
}

/// A campaign that is running, for everybody.
async fn campaign(web: &Web, program: ProgramId) -> CampaignId {
    let ctx = &web.house.ctx;
    let by = ctx.store.members().person(id_of(ctx, MARKETING).await).await.unwrap().unwrap();
    let power = by.actor.program_managing().unwrap();
    let id: CampaignId = ctx.new_id();
    let campaign = Campaign {
        id,
        version: 0,
        program,
        incentives: Default::default(),
        starts_at: ctx.now(),
        ends_at: ctx.now() + TimeDelta::days(90),
        boost: Boost::new(200).unwrap(),
        budget: Default::default(),
        spent: Default::default(),
        whom: None,
        pilot: None,
        state: CampaignState::Draft,
    };
    let name = Bilingual::new("Doppelt danken", "Thanks twice");
    let named =
        NamedCampaign { campaign, name, zone: "Europe/Berlin".to_owned(), segment: None, pilot: None };
    save_campaign(ctx, &power, named, true).await.unwrap();
    take_step(ctx, &power, id, 0, CampaignState::Running).await.unwrap();
    id
}

#[tokio::test]
async fn every_cell_of_the_table() {
    for house in TestHouse::all().await {
        let (web, things) = with_things(house).await;
        let ctx = &web.house.ctx;
        let table = table(things);

        let mut faults = Vec::new();
        for (column, (role, mail)) in ROLES.iter().enumerate() {
            let mut browser = signed_in(&web, mail).await;
            for act in &table {
                let before = traces(ctx, things).await;
                let answer = act.by(&web, &mut browser).await;
                let open = answer.status == StatusCode::OK
                    || answer.status.is_redirection() && !answer.place().starts_with("/sign-in");
                let wrong = if act.may[column] {
                    !open
                } else {
                    !turned_away(&answer) || traces(ctx, things).await != before
                };
                if wrong {
                    faults.push(format!("{role}: {} {} {}", act.method, act.path, answer.status));
                }
                // A contact's data: only their account manager sees it, and only after consent.
                if *role != "account manager"
                    && (answer.html.contains(CONTACT) || answer.html.contains("Jens Lund"))
                {
                    faults.push(format!("{role}: {} shows the contact", act.path));
                }
                // An advocate has typed the name themselves.
                if column > 1 && answer.html.contains(EXPECTING) {
                    faults.push(format!("{role}: {} shows who expects a call", act.path));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        // And nobody who is not signed in sees any of it.
        for act in &table {
            let answer = act.by(&web, &mut Browser::speaking("de")).await;
            assert_eq!(answer.place(), "/sign-in", "{} {}", act.method, act.path);
        }
        for (method, path) in strangers() {
            let act = Act { method, path, pairs: Vec::new(), file: None, may: EVERYBODY };
            let answer = act.by(&web, &mut Browser::speaking("de")).await;
            let sent = answer.status.is_redirection() && answer.place() == "/sign-in";
            let open = answer.status != StatusCode::FORBIDDEN && !answer.status.is_server_error() && !sent;
            assert!(open, "{} {}: {}", act.method, act.path, answer.status);
        }
        for path in OUT {
            let mut leaving = signed_in(&web, MANAGER).await;
            for browser in [&mut leaving, &mut Browser::speaking("de")] {
                assert_eq!(browser.post(&web, path, &[]).await.place(), "/sign-in", "{path}");
            }
            assert_eq!(leaving.get(&web, "/profile").await.place(), "/sign-in", "{path}");
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn own_accounts_are_the_assigned_ones_a_deputys_and_the_default_owners() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let mut anna = signed_in(&web, ADVOCATE).await;
        let annas = refer(&web, &mut anna, "Vorabzugang").await;
        let mut bert = signed_in(&web, STRANGER).await;
        let berts = refer(&web, &mut bert, "Vorabzugang").await;
        let mut miriam = signed_in(&web, MANAGER).await;
        let mut deniz = signed_in(&web, OTHER_MANAGER).await;
        async fn sees(web: &Web, browser: &mut Browser, referral: ReferralId) -> bool {
            let work = format!("/work/referrals/{referral}");
            let page = browser.get(web, &work).await;
            let pairs = [("version", "-7"), ("move", "won")];
            let act = browser.post(web, &format!("{work}/stage"), &pairs).await;
            let seen = page.status == StatusCode::OK;
            assert_eq!(seen, act.status.is_redirection(), "what is seen may be moved, and nothing else");
            if !seen {
                assert_eq!((page.status, act.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
            }
            for list in ["/work/board", "/work/due", "/work/referrals"] {
                let listed = browser.get(web, list).await.html.contains(&format!("href=\"{work}\""));
                assert_eq!(listed, seen, "{list} holds what is theirs, and nothing else");
            }
            seen
        }
        assert!(sees(&web, &mut miriam, annas).await && !sees(&web, &mut deniz, annas).await);
        // Nobody's company is everybody's, until there is a default owner.
        assert!(sees(&web, &mut miriam, berts).await && sees(&web, &mut deniz, berts).await);
        let administering = ctx.store.members().person(id_of(ctx, ADMINISTRATOR).await).await.unwrap();
        let administering = administering.unwrap().actor.administering().unwrap();
        let owner = Change::DefaultOwner(Some(id_of(ctx, OTHER_MANAGER).await));
        change(ctx, administering, owner, -1).await.unwrap();
        assert!(!sees(&web, &mut miriam, berts).await && sees(&web, &mut deniz, berts).await);
        // Another advocate's referral looks like none, and so does another account manager's.
        for path in [format!("/referrals/{annas}"), format!("/referrals/{}", uuid::Uuid::nil())] {
            assert_eq!(bert.get(&web, &path).await.status, StatusCode::NOT_FOUND);
        }
        let stored = ctx.store.referrals().load(annas).await.unwrap().unwrap();
        let program = ctx.store.incentives().default_program().await.unwrap().unwrap().id;
        let offers = ctx.store.incentives().offers(program).await.unwrap();
        let other =
            offers.iter().map(|offer| offer.incentive.id).find(|id| Some(*id) != stored.facts.incentive);
        let (other, version) = (other.unwrap().to_string(), stored.version.to_string());
        let version = ("version", version.as_str());
        let corrected =
            [version, ("company", "Fremd GmbH"), ("role", "Einkauf"), ("reason", "Weil ich es kann.")];
        let (own, work) = (format!("/referrals/{annas}"), format!("/work/referrals/{annas}"));
        let not_theirs = async |who: &Browser, path: String, pairs: &[(&str, &str)]| {
            assert_eq!(who.clone().post(&web, &path, pairs).await.status, StatusCode::NOT_FOUND, "{path}");
        };
        not_theirs(&bert, format!("{own}/incentive"), &[("incentive", &other)]).await;
        not_theirs(&bert, format!("{own}/messages"), &[("message", "Wie steht es?")]).await;
        not_theirs(&bert, format!("{own}/correction"), &corrected).await;
        not_theirs(&bert, format!("{own}/withdrawal"), &[version]).await;
        not_theirs(&deniz, format!("{work}/deal"), &[version, ("size", "12500")]).await;
        not_theirs(&deniz, format!("{work}/thanks"), &[("thanks", "Vielen Dank.")]).await;
        not_theirs(&deniz, format!("{work}/messages"), &[("message", "Wie steht es?")]).await;
        not_theirs(&deniz, format!("{work}/reveal"), &[]).await;
        let now = ctx.store.referrals().load(annas).await.unwrap().unwrap();
        assert_eq!((&now.facts, now.version), (&stored.facts, stored.version));
        assert!(ctx.store.referrals().messages(annas).await.unwrap().is_empty());
        assert_eq!(now.thanks_done_at, None);
        // A deputy stands in.
        let tx = ctx.store.begin().await.unwrap();
        let change = PersonChange {
            id: id_of(ctx, MANAGER).await,
            name: "Miriam Vogt".parse().unwrap(),
            email: MANAGER.parse().unwrap(),
            language: Language::German,
            deputy: Some(id_of(ctx, OTHER_MANAGER).await),
            version: 0,
        };
        tx.members().change(stage_hand().administering().unwrap(), &change).await.unwrap();
        tx.commit().await.unwrap();
        assert!(sees(&web, &mut deniz, annas).await);
        web.house.close().await;
    }
}

#[tokio::test]
async fn marketing_invites_advocates_alone_and_approves_nothing_of_its_own() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let mut lena = signed_in(&web, MARKETING).await;
        let invite = |role: &'static str, mail: &'static str| {
            [
                ("name", "Carla Menk"),
                ("email", mail),
                ("language", "de"),
                ("account", "muehlenau.example"),
                (role, "yes"),
            ]
        };
        let refused = lena
            .post(&web, "/manage/people/invite", &invite("role-administrator", "c1@muehlenau.example"))
            .await;
        assert!(turned_away(&refused) || refused.place().contains("form="), "{}", refused.html);
        let mail = "c1@muehlenau.example".parse().unwrap();
        assert!(ctx.store.members().id_by_email(&mail).await.unwrap().is_none());
        let invited =
            lena.post(&web, "/manage/people/invite", &invite("role-advocate", "c2@muehlenau.example")).await;
        assert!(invited.place().ends_with("/letter"), "{}", invited.place());

        // Anna comes to work for marketing as well; her own reward is for somebody else to approve.
        let mut anna = signed_in(&web, ADVOCATE).await;
        let referral = refer(&web, &mut anna, "Vorabzugang").await;
        let page = anna.get(&web, &format!("/referrals/{referral}")).await;
        agree(&web, &carried(&page.html)).await;
        let mut miriam = signed_in(&web, MANAGER).await;
        let work = format!("/work/referrals/{referral}");
        let version = miriam.get(&web, &work).await.value("version");
        miriam.post(&web, &format!("{work}/stage"), &[("version", &version), ("move", "meeting")]).await;
        let tx = ctx.store.begin().await.unwrap();
        let both = RoleSet::EMPTY.with(Role::Advocate).with(Role::Marketing);
        tx.members()
            .set_roles(stage_hand().administering().unwrap(), id_of(ctx, ADVOCATE).await, both)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        web.house.clock.advance(TimeDelta::days(31));
        // What a month brings leaves before the mail with the code.
        web.house.run_jobs().await;
        let mut anna = signed_in(&web, ADVOCATE).await;
        let line = |lines: Vec<services::rewards::RewardLine>| {
            lines.into_iter().find(|line| line.side == Side::Advocate).unwrap()
        };
        let before = line(services::rewards::of_referral(ctx, referral).await.unwrap());
        let version = before.version.to_string();
        let approval = format!("/work/rewards/{}/approval", before.id);
        let refused = anna.post(&web, &approval, &[("version", &version)]).await;
        let shown = anna.get(&web, refused.place()).await;
        assert!(shown.html.contains("gibt jemand anderes frei"), "{}", shown.html);
        let after = line(services::rewards::of_referral(ctx, referral).await.unwrap());
        assert_eq!((after.state, after.version), (before.state, before.version));
        let mut lena = signed_in(&web, MARKETING).await;
        lena.post(&web, &approval, &[("version", &version)]).await;
        let after = line(services::rewards::of_referral(ctx, referral).await.unwrap());
        assert_eq!(after.state, domain::rewards::RewardCode::Approved);
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_delivery_is_seen_and_recorded_by_its_owner_and_by_marketing() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let mut anna = signed_in(&web, ADVOCATE).await;
        let referral = refer(&web, &mut anna, "Kein Dankeschön").await;
        let page = anna.get(&web, &format!("/referrals/{referral}")).await;
        agree(&web, &carried(&page.html)).await;
        let mut miriam = signed_in(&web, MANAGER).await;
        let work = format!("/work/referrals/{referral}");
        let version = miriam.get(&web, &work).await.value("version");
        let won = [("version", version.as_str()), ("move", "won"), ("deal", "12500")];
        miriam.post(&web, &format!("{work}/stage"), &won).await;
        let owed = services::rewards::of_referral(ctx, referral).await.unwrap().remove(0);
        assert_eq!((owed.side, owed.owner_name.as_deref()), (Side::Contact, Some("Miriam Vogt")));

        let own = miriam.get(&web, "/work/deliveries").await;
        assert!(own.html.contains("Ravensteiner Hydraulik GmbH"), "{}", own.html);
        assert!(!own.html.contains("/plan\""), "giving it away is marketing's");
        assert!(own.html.contains("href=\"/work/deliveries\""), "it stands in the bar");
        let mut deniz = signed_in(&web, OTHER_MANAGER).await;
        let foreign = deniz.get(&web, "/work/deliveries").await;
        assert!(
            foreign.status == StatusCode::OK && !foreign.html.contains("Ravensteiner"),
            "{}",
            foreign.html
        );
        let mut lena = signed_in(&web, MARKETING).await;
        let all = lena.get(&web, "/work/deliveries").await;
        assert!(all.html.contains("Ravensteiner Hydraulik GmbH") && all.html.contains("/plan\""));

        let delivery = format!("/work/rewards/{}/delivery", owed.id);
        let version = owed.version.to_string();
        let proof = [("version", version.as_str()), ("reference", "Vertrag § 4")];
        assert_eq!(deniz.post(&web, &delivery, &proof).await.status, StatusCode::NOT_FOUND);
        assert_eq!(miriam.post(&web, &delivery, &proof).await.place(), "/work/deliveries");
        let done = services::rewards::of_referral(ctx, referral).await.unwrap().remove(0);
        assert_eq!(done.state, domain::rewards::RewardCode::Fulfilled);
        web.house.close().await;
    }
}

#[tokio::test]
async fn who_may_only_look_at_the_programme_finds_nothing_to_change() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let program = web.house.ctx.store.incentives().default_program().await.unwrap().unwrap();
        let offers = web.house.ctx.store.incentives().offers(program.id).await.unwrap();
        let offer = format!("/manage/incentives/{}", offers[0].incentive.id);
        let pages =
            ["", "/stages", "/questions", "/first-contact"].map(|page| format!("/manage/program{page}"));
        for (mail, edits) in [(MARKETING, true), (MANAGER, false), (ADMINISTRATOR, false)] {
            let mut browser = signed_in(&web, mail).await;
            let catalogue = browser.get(&web, "/manage/incentives").await.html;
            assert!(catalogue.contains("href=\"/manage/program\""), "{mail}: {catalogue}");
            assert!(catalogue.contains(&format!("href=\"{offer}\"")), "{mail}: {catalogue}");
            for page in pages.iter().chain([&offer]) {
                let seen = browser.get(&web, page).await;
                let locked = seen.html.split("<fieldset disabled class=\"look-only\">").nth(1);
                assert_eq!(locked.is_none(), edits, "{mail}, {page}: {}", seen.html);
                assert!(
                    locked.is_none_or(|rest| rest.contains("<h1>")),
                    "{mail}, {page}: all of it is locked"
                );
            }
        }
        web.house.close().await;
    }
}
