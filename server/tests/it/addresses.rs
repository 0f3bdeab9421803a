//! No mail goes to an address that somebody else typed: every way in is walked, every job is run, and then all mails
//! that were ever written are looked at. A form that nobody walks fails the test as well.

use std::{
    collections::BTreeSet,
    ops::Deref,
    sync::{Arc, Mutex},
};

use app::routes::{routes, uploads};
use async_trait::async_trait;
use axum::{
    body::Body,
    http::{Method, Request},
};
use chrono::TimeDelta;
use domain::{ids::ReferralId, incentives::IncentiveKind, rewards::Side, text::Language};
use services::{
    imports::{Importing, import_customers},
    ports::{Begun, Identity, IdentityError, IdentityProvider, KeptSignIn},
    testing::TestHouse,
};

use crate::{
    browser::{Answer, Browser, Site, Web},
    contact::{code_of, entry},
    roles::{route_of, suspected},
};

const STAFF: &str = "miriam@halvern.example";
const ADVOCATE: &str = "anna@muehlenau.example";
const CONTACT: &str = "jens@ravensteiner.example";
/// A contact who comes by the advocate's own link.
const OWN_CONTACT: &str = "lea@kiesel.example";
const ASKING: &str = "ben@muehlenau.example";
const COLLEAGUE: &str = "cem@muehlenau.example";

/// Forms without room for a text: buttons, boxes, lists, numbers, dates, and codes that are looked up.
const WITHOUT_TEXT: [&str; 59] = [
    "/code",
    "/colleagues/end",
    "/confirm/{token}",
    "/confirm/{token}/refuse",
    "/demo/sign-in",
    "/i/{token}/refuse",
    "/join",
    "/join/confirm/{token}",
    "/l/{code}/refuse",
    "/l/{code}/remember",
    "/language",
    "/mail/{id}/stop/{token}",
    "/manage/import/confirm",
    "/manage/jobs/retry",
    "/manage/jobs/{id}/retry",
    "/manage/keys/{id}/end",
    "/manage/people/requests/setting",
    "/manage/people/requests/{id}/approve",
    "/manage/people/requests/{id}/refuse",
    "/manage/people/{id}/deactivate",
    "/manage/people/{id}/letter",
    "/manage/people/{id}/pin-end",
    "/manage/people/{id}/reactivate",
    "/manage/people/{id}/release-end",
    "/manage/people/{id}/roles",
    "/manage/program/first-contact/end",
    "/manage/settings/caps",
    "/manage/settings/clocks",
    "/manage/settings/fraud",
    "/manage/settings/owner",
    "/manage/settings/referrals",
    "/manage/settings/rewards",
    "/manage/settings/tiers",
    "/manage/tiers/rollout",
    "/my/{token}/erase",
    "/my/{token}/object",
    "/my/{token}/withdraw",
    "/profile/manners",
    "/profile/messages",
    "/profile/thank-you",
    "/referrals/{id}/incentive",
    "/referrals/{id}/withdrawal",
    "/remembered/forget",
    "/rewards/{id}/access",
    "/sign-in/code",
    "/sign-in/link",
    "/sign-out",
    "/sign-out/everywhere",
    "/welcome/terms",
    "/work/conversions/take",
    "/work/credits/book",
    "/work/credits/export",
    "/work/referrals/{id}/answer",
    "/work/referrals/{id}/deal",
    "/work/referrals/{id}/reveal",
    "/work/referrals/{id}/stop",
    "/work/rewards/{id}/approval",
    "/work/rewards/{id}/category",
    "/work/rewards/{id}/plan",
];

/// Forms of a reward on its way, in which `rewards.rs` types addresses.
const WALKED_WITH_REWARDS: [&str; 7] = [
    "/rewards/{id}/introduction",
    "/work/conversions",
    "/work/credits",
    "/work/rewards/{id}/introduction",
    "/work/rewards/{id}/promise",
    "/work/rewards/{id}/receipt",
    "/work/shortfalls/{id}",
];

/// A form that is answered with a secret, on a page for this browser alone: it is walked, and looks like one that is refused.
const SHOWN_ONCE: [&str; 1] = ["/manage/keys"];

/// A house that remembers which forms it has taken.
struct Walked {
    web: Web,
    taken: Mutex<BTreeSet<String>>,
}

impl Deref for Walked {
    type Target = Web;

    fn deref(&self) -> &Web {
        &self.web
    }
}

impl Site for Walked {
    async fn send(&self, request: Request<Body>) -> Answer {
        let path = (request.method() == Method::POST).then(|| request.uri().path().to_owned());
        let answer = self.web.send(request).await;
        let taken = answer.status.is_redirection() && !answer.place().contains("form=");
        self.taken.lock().unwrap().extend(path.filter(|_| taken));
        answer
    }
}

impl Walked {
    /// No form with room for a text was left out.
    fn has_been_everywhere(&self) {
        let mut all = routes().list().to_vec();
        all.extend_from_slice(uploads().list());
        all.retain(|route| route.method == Method::POST);
        for known in WITHOUT_TEXT.into_iter().chain(WALKED_WITH_REWARDS).chain(SHOWN_ONCE) {
            assert!(all.iter().any(|route| route.path == known), "{known} is no form");
        }
        let taken = self.taken.lock().unwrap().clone();
        let walked: Vec<_> = taken.iter().filter_map(|path| route_of(&all, &Method::POST, path)).collect();
        let missing: Vec<_> = all
            .iter()
            .filter(|route| !walked.contains(route) && !WITHOUT_TEXT.contains(&route.path.as_str()))
            .filter(|route| !WALKED_WITH_REWARDS.contains(&route.path.as_str()))
            .filter(|route| !SHOWN_ONCE.contains(&route.path.as_str()))
            .collect();
        assert!(missing.is_empty(), "nobody has typed an address here: {missing:#?}");
    }
}

/// Sends a form that is taken; answers where it leads.
async fn send(browser: &mut Browser, web: &Walked, path: &str, pairs: &[(&str, &str)]) -> String {
    let place = browser.post(web, path, pairs).await.place().to_owned();
    if place.contains("form=") {
        panic!("{path} was refused: {}", browser.get(web, &place).await.html);
    }
    place
}

/// The same with the version that stands on this page.
async fn edit(browser: &mut Browser, web: &Walked, page: &str, to: &str, pairs: &[(&str, &str)]) -> String {
    let version = browser.get(web, page).await.value("version");
    let pairs: Vec<_> = pairs.iter().copied().chain([("version", version.as_str())]).collect();
    send(browser, web, to, &pairs).await
}

/// A provider that vouches for an address which nobody has given us.
#[derive(Debug)]
struct Vouching;

#[async_trait]
impl IdentityProvider for Vouching {
    fn id(&self) -> &str {
        "corp"
    }

    fn name(&self) -> &str {
        "Corp"
    }

    async fn begin(&self, _: &str) -> Result<Begun, IdentityError> {
        let kept = r#"{"provider":"corp","state":"s","nonce":"n","verifier":"v"}"#;
        let kept: KeptSignIn = serde_json::from_str(kept).map_err(|_| IdentityError::Away)?;
        Ok(Begun { address: "https://login.corp.example/".to_owned(), kept })
    }

    async fn finish(&self, _: &str, _: &str, _: &KeptSignIn) -> Result<Identity, IdentityError> {
        Ok(Identity { verified_email: Some("vouched@fremd.example".to_owned()) })
    }
}

/// Every address that mails were written to, sent or not, and the table of them agrees with what has left.
async fn written(web: &Web) -> BTreeSet<String> {
    web.house.run_jobs().await;
    let sent: BTreeSet<String> = web.house.mails.sent().into_iter().map(|mail| mail.to).collect();
    let rows = web.house.ctx.store.newest_mails(1_000).await.unwrap();
    assert_eq!(rows.into_iter().map(|mail| mail.to).collect::<BTreeSet<_>>(), sent);
    sent
}

/// The path of a link in the newest mail to this address.
fn link(web: &Web, to: &str, folder: &str) -> String {
    let mails = web.house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == to && mail.text.contains(folder)).unwrap();
    let at = mail.text.find(folder).unwrap();
    mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}

/// Staff type addresses: a list, an invitation, a correction, and wherever something is described.
async fn staff_types(web: &Walked, staff: &mut Browser) {
    let list = "company;domains;country;status;person;mail\n\
                Liste AG;liste.example;DE;customer;Ida List;ida@liste.example\n";
    let seen = staff.hand_in(web, "/manage/import", &[("country", "")], ("liste.csv", list)).await;
    let file = seen.place().strip_prefix("/manage/import?file=").expect("a file").to_owned();
    send(staff, web, "/manage/import/confirm", &[("file", &file)]).await;
    let listed = "ida@liste.example".parse().unwrap();
    assert!(web.house.ctx.store.members().id_by_email(&listed).await.unwrap().is_some());

    let company = [
        ("name", "Neu company@fremd.example"),
        ("country", "DE"),
        ("industry", "industry@fremd.example"),
        ("kind", "private_company"),
        ("status", "customer"),
        ("since", ""),
        ("gifts", "any"),
        ("domains", "neu.example"),
        ("manager", ""),
    ];
    let account = send(staff, web, "/manage/accounts/new", &company).await;
    edit(staff, web, &account, &account, &company).await;

    let invited = [
        ("name", "Eva Brief"),
        ("email", "eva@muehlenau.example"),
        ("account", "muehlenau.example"),
        ("language", "de"),
        ("role-advocate", "yes"),
    ];
    let letter = send(staff, web, "/manage/people/invite", &invited).await;
    assert_eq!(staff.get(web, &letter).await.status, 200);
    let person = letter.strip_suffix("/letter").unwrap();
    let changed = [
        ("name", "Eva person@fremd.example"),
        ("email", "eva.neu@muehlenau.example"),
        ("language", "de"),
        ("deputy", ""),
    ];
    assert_eq!(edit(staff, web, person, &format!("{person}/change"), &changed).await, person);
    let permission =
        [("channel", "mail"), ("basis", "consent"), ("source", "source@fremd.example"), ("act", "record")];
    assert_eq!(send(staff, web, &format!("{person}/permission"), &permission).await, person);
    let release = [
        ("released_by", "Karin release@fremd.example"),
        ("released_on", "2026-11-01"),
        ("valid_until", "2027-10-31"),
        ("advocate_money", "500"),
        ("document", "document@fremd.example"),
    ];
    assert_eq!(send(staff, web, &format!("{person}/release"), &release).await, person);
    let pin =
        [("pin_tier", "silver"), ("pin_until", "2027-10-31"), ("pin_reason", "Sagt pin@fremd.example.")];
    // Whoever was never here would be told at an address that staff have typed.
    let refused = staff.post(web, &format!("{person}/pin"), &pin).await;
    assert!(refused.place().contains("form="), "{}", refused.place());
    let on = send(staff, web, "/manage/people/requests/setting", &[("on", "yes")]).await;
    assert_eq!(on, "/manage/people/requests");
}

/// Staff describe what is offered, and how.
async fn staff_describe(web: &Walked, staff: &mut Browser) {
    let organisation = [("name", "Tafel tafel@fremd.example"), ("legal_name", "legal@fremd.example e. V.")];
    send(staff, web, "/manage/organisations", &organisation).await;
    let id = web.house.ctx.store.incentives().all_organisations().await.unwrap().remove(0).id;
    let page = format!("/manage/organisations/{id}");
    edit(staff, web, &page, &page, &organisation).await;
    let program = [
        ("name_de", "program-de@fremd.example"),
        ("name_en", "program-en@fremd.example"),
        ("headline_de", "headline-de@fremd.example"),
        ("headline_en", "headline-en@fremd.example"),
        ("pitch_de", "pitch-de@fremd.example"),
        ("pitch_en", "pitch-en@fremd.example"),
        ("benefit_de", "benefit-de@fremd.example"),
        ("benefit_en", "benefit-en@fremd.example"),
        ("attribution", "last"),
        ("window_days", "60"),
        ("won_means", "paid"),
        ("benefit_kind", "access"),
        ("open", "yes"),
    ];
    edit(staff, web, "/manage/program", "/manage/program", &program).await;
    let stages = [("meeting_de", "stage-de@fremd.example"), ("meeting_en", "stage-en@fremd.example")];
    edit(staff, web, "/manage/program/stages", "/manage/program/stages", &stages).await;
    let questions = "/manage/program/questions";
    let id = staff.get(web, questions).await.value("id0");
    let asked = [
        ("id0", id.as_str()),
        ("label_de0", "question-de@fremd.example"),
        ("label_en0", "question-en@fremd.example"),
        ("kind0", "line"),
    ];
    edit(staff, web, questions, questions, &asked).await;
    let ground = [("country", "CH"), ("channel", "phone"), ("ground", "Geprüft von ground@fremd.example.")];
    send(staff, web, "/manage/program/first-contact", &ground).await;
    let offer = [
        ("kind", "credit"),
        ("name_de", "offer-de@fremd.example"),
        ("name_en", "offer-en@fremd.example"),
        ("text_de", "text-de@fremd.example"),
        ("text_en", "text-en@fremd.example"),
        ("min_tier", "0"),
        ("active", "yes"),
        ("unit", "EUR"),
        ("won", "100"),
    ];
    send(staff, web, "/manage/incentives/new", &offer).await;
    let page = format!("/manage/incentives/{}", offered(web, IncentiveKind::Credit).await);
    edit(staff, web, &page, &page, &offer).await;
    let feature = [
        ("name_de", "Vorschau"),
        ("name_en", "Preview"),
        ("terms_de", "Fragen an terms-de@fremd.example."),
        ("terms_en", "Ask terms-en@fremd.example."),
        ("guide_de", "Schreibt guide-de@fremd.example."),
        ("guide_en", "Write to guide-en@fremd.example."),
        ("starts_on", "2026-12-01"),
        ("seats", "10"),
    ];
    send(staff, web, "/manage/features/new", &feature).await;
    let id = web.house.ctx.store.access().features().await.unwrap().remove(0).id;
    let page = format!("/manage/features/{id}");
    edit(staff, web, &page, &page, &feature).await;
    let refused = staff.post(web, "/manage/segments/new", &[("companies", "firma@fremd.example")]).await;
    assert!(refused.place().contains("form="), "an address is no company");
    let segment = [
        ("name_de", "segment-de@fremd.example"),
        ("name_en", "segment-en@fremd.example"),
        ("countries", "DE, AT"),
    ];
    let typed = [("name_de", "campaign-de@fremd.example"), ("zone", "zone@fremd.example")];
    let refused = staff.post(web, "/manage/campaigns/new", &typed).await;
    assert!(refused.place().contains("form="), "an address is no time zone");
    let campaign = [
        ("name_de", "campaign-de@fremd.example"),
        ("name_en", "campaign-en@fremd.example"),
        ("from", "2027-12-01T00:00"),
        ("until", "2027-12-31T23:59"),
        ("zone", "Europe/Berlin"),
        ("boost", "2"),
    ];
    let page = send(staff, web, "/manage/campaigns/new", &campaign).await;
    edit(staff, web, &page, &page, &campaign).await;
    edit(staff, web, &page, &format!("{page}/step"), &[("do", "closed")]).await;
    let page = send(staff, web, "/manage/segments/new", &segment).await;
    edit(staff, web, &page, &page, &segment).await;
    edit(staff, web, &page, &format!("{page}/end"), &[]).await;
    staff.post(web, "/manage/keys", &[("name", "key@fremd.example"), ("grants:read", "yes")]).await;
    let tiers = [
        ("code0", "silver"),
        ("name_de0", "tier-de@fremd.example"),
        ("name_en0", "tier-en@fremd.example"),
        ("benefits_de0", "benefits-de@fremd.example"),
        ("benefits_en0", "benefits-en@fremd.example"),
        ("metric0_0", "won_referrals"),
        ("value0_0", "1"),
        ("period0_0", "lifetime"),
    ];
    edit(staff, web, "/manage/tiers/draft", "/manage/tiers/draft", &tiers).await;
    let mail = "pilot@fremd.example";
    let refused =
        staff.post(web, "/manage/tiers/effect", &[("pilot", "countries"), ("countries", mail)]).await;
    assert!(refused.place().contains("form="), "an address is no country");
    edit(staff, web, "/manage/tiers/preview", "/manage/tiers/effect", &[("confirmed", "yes")]).await;
    let imprint = [("german", "imprint-de@fremd.example"), ("english", "imprint-en@fremd.example")];
    edit(staff, web, "/manage/legal/imprint", "/manage/legal/imprint", &imprint).await;
    staff_rule(web, staff, ("LI", "")).await;
    let page = staff_rule(web, staff, ("LI", "donation")).await;
    edit(staff, web, &page, &format!("{page}/end"), &[]).await;
    let today = web.house.ctx.now().date_naive().to_string();
    let signed = [
        ("market", "DE"),
        ("counsel", "Ruth counsel@fremd.example"),
        ("signed_on", &today),
        ("document", "register@fremd.example"),
    ];
    edit(staff, web, "/manage/compliance?market=DE", "/manage/compliance/sign-off", &signed).await;
}

/// A rule that asks for an approval each time, written and changed; answers its page.
async fn staff_rule(web: &Walked, staff: &mut Browser, (market, kind): (&str, &str)) -> String {
    let rule = [
        ("market", market),
        ("kind", kind),
        ("side", "advocate"),
        ("effect", "approval"),
        ("legal_basis", "basis@fremd.example"),
        ("disclosure_de", "disclosure-de@fremd.example"),
        ("disclosure_en", "disclosure-en@fremd.example"),
    ];
    send(staff, web, "/manage/compliance/rules/new", &rule).await;
    let law = web.house.ctx.store.compliance().law().await.unwrap();
    let rules = law.rules(market.parse().unwrap());
    let kind = IncentiveKind::parse(kind);
    let written = rules.into_iter().find(|rule| rule.author.is_some() && rule.rule.scope.kind == kind);
    let page = format!("/manage/compliance/rules/{}", written.expect("a rule").rule.id.rule);
    edit(staff, web, &page, &page, &rule).await;
    page
}

/// The first thing of this kind that is offered.
async fn offered(web: &Web, kind: IncentiveKind) -> String {
    let incentives = web.house.ctx.store.incentives();
    let program = incentives.default_program().await.unwrap().unwrap().id;
    let offers = incentives.offers(program).await.unwrap();
    offers.iter().find(|offer| offer.incentive.kind == kind).unwrap().incentive.id.to_string()
}

/// Staff work on a referral: a move with a remark, thanks, a message, and what becomes of its rewards.
async fn staff_work(web: &Walked, staff: &mut Browser, referral: &str, asked: &str) {
    let work = format!("/work{referral}");
    send(staff, web, &format!("{work}/thanks"), &[("thanks", "Danke an thanks@fremd.example.")]).await;
    send(staff, web, &format!("{work}/messages"), &[("message", "Auch an staff@fremd.example?")]).await;
    let moved = [("move", "meeting"), ("note", "Mit note@fremd.example gesprochen.")];
    edit(staff, web, &work, &format!("{work}/stage"), &moved).await;
    // Whom they are to call, they are shown once, and write the answer down.
    let asked = format!("/work{asked}");
    send(staff, web, &format!("{asked}/reveal"), &[]).await;
    let answer = [
        ("answer", "yes"),
        ("said", "yes"),
        ("spoken", "phone"),
        ("preferred", "phone_morning"),
        ("spoken_in", "de"),
    ];
    send(staff, web, &format!("{asked}/answer"), &answer).await;
    send(staff, web, &format!("{asked}/stop"), &[]).await;
}

/// The reward of one side for a referral: its page, and its version.
async fn reward(web: &Web, referral: ReferralId, side: Side) -> (String, String) {
    let lines = services::rewards::of_referral(&web.house.ctx, referral).await.unwrap();
    let line = lines.into_iter().find(|line| line.side == side).expect("a reward");
    (format!("/work/rewards/{}", line.id), line.version.to_string())
}

/// A case of suspected misuse is decided.
async fn staff_suspects(web: &Walked, staff: &mut Browser) {
    let page = format!("/work/cases/{}", suspected(&web.house.ctx, ADVOCATE, "Mühlenau GmbH").await);
    let why = [("verdict", "false_alarm"), ("reason", "Sagt alarm@fremd.example.")];
    edit(staff, web, &page, &format!("{page}/decision"), &why).await;
}

/// A reward is taken back, one is refused, and a benefit delivered.
async fn staff_decide(web: &Walked, staff: &mut Browser, (one, other): (ReferralId, ReferralId)) {
    // From now on somebody has to look at each.
    staff_rule(web, staff, ("DE", "early_access")).await;
    let work = format!("/work/referrals/{other}");
    edit(staff, web, &work, &format!("{work}/stage"), &[("move", "meeting")]).await;
    let (page, _) = reward(web, other, Side::Advocate).await;
    let held = page.strip_prefix("/work/rewards/").unwrap();
    let field = format!("reason-{held}");
    let why = [(field.as_str(), "Sagt held@fremd.example.")];
    edit(staff, web, "/work/held", &format!("/work/held/{held}/release"), &why).await;
    let (page, version) = reward(web, other, Side::Advocate).await;
    let back = [("version", version.as_str()), ("why", "fraud"), ("reason", "Sagt back@fremd.example.")];
    send(staff, web, &format!("{page}/return"), &back).await;
    web.house.clock.advance(TimeDelta::days(31));
    web.house.run_jobs().await;
    *staff = Browser::speaking("de");
    staff.sign_in(web, STAFF).await;
    let (page, version) = reward(web, one, Side::Advocate).await;
    let no = [("version", version.as_str()), ("reason", "Sagt refusal@fremd.example.")];
    assert_eq!(send(staff, web, &format!("{page}/refusal"), &no).await, "/work/approvals");
    let work = format!("/work/referrals/{one}");
    edit(staff, web, &work, &format!("{work}/stage"), &[("move", "won"), ("deal", "12500")]).await;
    let (page, version) = reward(web, one, Side::Contact).await;
    let proof = [("version", version.as_str()), ("reference", "proof@fremd.example")];
    assert_eq!(send(staff, web, &format!("{page}/delivery"), &proof).await, "/work/deliveries");
}

/// An advocate types addresses wherever there is room for text; answers the referral, the link that they carry on
/// themselves, and the referral of somebody who is to be called.
async fn advocate_types(web: &Walked, advocate: &mut Browser) -> (String, String, String) {
    let form = advocate.get(web, "/refer").await;
    let key = form.value("key");
    let at = form.html.find("name=\"q_").expect("the programme's question") + "name=\"".len();
    let question = form.html[at..].split('"').next().unwrap().to_owned();
    let early = offered(web, IncentiveKind::EarlyAccess).await;
    let refused = [
        ("key", key.as_str()),
        ("company", "Ravensteiner firm@fremd.example GmbH"),
        ("country", "DE"),
        ("role", "role@fremd.example"),
        ("reason", "Bitte schreiben Sie an reason@fremd.example."),
        ("channel", "link"),
        ("incentive", &early),
    ];
    let place = advocate.post(web, "/refer", &refused).await.place().to_owned();
    assert!(place.starts_with("/refer?"), "an address is no role: {place}");
    let mut taken = refused;
    taken[3] = ("role", "Leitung Einkauf");
    let answered: Vec<_> = taken.into_iter().chain([(question.as_str(), "answer@fremd.example")]).collect();
    let place = advocate.post(web, "/refer", &answered).await.place().to_owned();
    assert!(place.starts_with("/refer?"), "an address is no answer: {place}");
    let referral = send(advocate, web, "/refer", &taken).await;
    assert!(referral.starts_with("/referrals/"), "{referral}");
    let said = [("message", "Oder an message@fremd.example.")];
    send(advocate, web, &format!("{referral}/messages"), &said).await;
    let corrected = [
        ("company", "Ravensteiner corrected@fremd.example AG"),
        ("role", "Einkauf"),
        ("reason", "Oder an amended@fremd.example."),
    ];
    edit(advocate, web, &referral, &format!("{referral}/correction"), &corrected).await;
    let carried = crate::furnished::carried(&advocate.get(web, &referral).await.html);

    let key = advocate.get(web, "/refer").await.value("key");
    let asking = [
        ("key", key.as_str()),
        ("company", "Bodensee asked@fremd.example AG"),
        ("country", "CH"),
        ("role", "Leitung Technik"),
        ("reason", "Neue Halle, sagt hall@fremd.example."),
        ("channel", "ask"),
        ("ask_by", "phone"),
        ("ask_name", "Urs call@fremd.example"),
        ("ask_phone", "+41 71 555 01 23"),
        ("ask_why", "Er erwartet es, sagt why@fremd.example."),
    ];
    let asked = send(advocate, web, "/refer", &asking).await;
    (referral, carried, asked)
}

/// A contact types their own address behind the link, and agrees.
async fn contact_types(web: &Walked, carried: &str) {
    let mut contact = Browser::speaking("de");
    let key = contact.get(web, carried).await.value("key");
    let entry = [
        ("key", key.as_str()),
        ("name", "Jens Lund"),
        ("email", CONTACT),
        ("kind", "private_company"),
        ("preferred", "mail"),
        ("language", "de"),
        ("consent", "yes"),
    ];
    assert_eq!(contact.post(web, carried, &entry).await.place(), "/consent/sent");
    web.house.run_jobs().await;
    let given = contact.post(web, &link(web, CONTACT, "/confirm/"), &[("read_in", "de")]).await;
    let mine = given.place().to_owned();
    // An address in the page of one's own data is not taken: it has no field there.
    let page = contact.get(web, &mine).await;
    let version = page.value("version");
    let corrected = [
        ("name", "Jens Lund"),
        ("email", "corrected@fremd.example"),
        ("kind", "private_company"),
        ("preferred", "mail"),
        ("time", "time@fremd.example"),
        ("language", "de"),
        ("version", &version),
    ];
    assert_eq!(send(&mut contact, web, &mine, &corrected).await, mine);
}

/// Another one comes by the advocate's own link, with more to say.
async fn own_contact_types(web: &Walked) -> ReferralId {
    let own = format!("/l/{}", code_of(web, ADVOCATE).await);
    let mut contact = Browser::speaking("de");
    let key = contact.get(web, &own).await.value("key");
    let mut typed = entry(&key, OWN_CONTACT);
    for (field, text) in [
        ("name", "Lea name@fremd.example"),
        ("company", "Kiesel own@fremd.example GmbH"),
        ("kind", "private_company"),
        ("time", "Nach best@fremd.example fragen"),
    ] {
        typed.iter_mut().find(|(name, _)| *name == field).expect("a field").1 = text;
    }
    assert_eq!(send(&mut contact, web, &own, &typed).await, "/consent/sent");
    web.house.run_jobs().await;
    contact.post(web, &link(web, OWN_CONTACT, "/confirm/"), &[("read_in", "de")]).await.place();
    let store = &web.house.ctx.store;
    let contact = store.contact_written_to(OWN_CONTACT).await.unwrap().unwrap();
    store.consent().contact(contact).await.unwrap().unwrap().referral
}

/// Two people type their own address to join, one by themselves and one by a colleague's link; others type addresses
/// that cannot join.
async fn people_ask(web: &Walked, advocate: &mut Browser) {
    let mut asking = Browser::speaking("de");
    for email in [ASKING, "asked@fremd.example", "ida@liste.example", "eva.neu@muehlenau.example"] {
        let entered = [("name", "Ben Acker"), ("email", email), ("language", "de")];
        assert_eq!(asking.post(web, "/join/ask", &entered).await.place(), "/join/sent", "{email}");
    }
    assert_eq!(advocate.post(web, "/colleagues", &[]).await.place(), "/colleagues");
    let page = advocate.get(web, "/colleagues").await.html;
    let at = page.find("/join/with/").unwrap();
    let with: String =
        page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-".contains(*c)).collect();
    let mut colleague = Browser::speaking("de");
    for email in [COLLEAGUE, "colleague@fremd.example"] {
        let entered = [("name", "Cem Doğan"), ("email", email), ("language", "de")];
        assert_eq!(colleague.post(web, &with, &entered).await.place(), "/join/sent", "{email}");
    }
    web.house.run_jobs().await;
    let waits = asking.post(web, &link(web, ASKING, "/join/confirm/"), &[]).await;
    assert_eq!(waits.place(), "/join/waiting");
    let is_in = colleague.post(web, &link(web, COLLEAGUE, "/join/confirm/"), &[]).await;
    assert_eq!(is_in.place(), "/");
}

#[tokio::test]
async fn no_mail_goes_to_an_address_that_somebody_else_typed() {
    for mut house in TestHouse::all().await {
        house.ctx.identity = Arc::new([Arc::new(Vouching)]);
        let web = Walked { web: Web::over(house).await, taken: Mutex::default() };
        let ctx = &web.house.ctx;
        services::tiers::ensure_defaults(ctx).await.unwrap();
        let (name, mail) = ("Miriam Vogt".parse().unwrap(), STAFF.parse().unwrap());
        services::members::create_admin(ctx, name, mail, Language::German).await.unwrap();
        let list = format!(
            "company;domains;country;kind;status;person;mail;language;account_manager\n\
             Mühlenau GmbH;muehlenau.example;DE;private_company;customer;Anna Berger;{ADVOCATE};de;{STAFF}\n"
        );
        import_customers(ctx, &list, &Importing::default()).await.unwrap();
        assert!(written(&web).await.is_empty());

        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        staff_types(&web, &mut staff).await;
        staff_describe(&web, &mut staff).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let (referral, carried, asked) = advocate_types(&web, &mut advocate).await;
        contact_types(&web, &carried).await;
        people_ask(&web, &mut advocate).await;
        let joined = ctx.store.members().id_by_email(&ADVOCATE.parse().unwrap()).await.unwrap().unwrap();
        let pin =
            [("pin_tier", "silver"), ("pin_until", "2027-10-31"), ("pin_reason", "Sagt pin@fremd.example.")];
        send(&mut staff, &web, &format!("/manage/people/{joined}/pin"), &pin).await;
        let other = own_contact_types(&web).await;
        let choice = [("incentive", offered(&web, IncentiveKind::EarlyAccess).await)];
        let choice = choice.each_ref().map(|(name, value)| (*name, value.as_str()));
        send(&mut advocate, &web, &format!("/referrals/{other}/incentive"), &choice).await;
        staff_work(&web, &mut staff, &referral, &asked).await;
        let one = referral.strip_prefix("/referrals/").unwrap().parse().unwrap();
        staff_decide(&web, &mut staff, (one, other)).await;
        staff_suspects(&web, &mut staff).await;

        // Strangers: an address on the sign-in page that nobody has, and one that a provider vouches for.
        let mut stranger = Browser::speaking("de");
        stranger.post(&web, "/sign-in", &[("email", "signing@fremd.example")]).await;
        let left = stranger.get(&web, "/sign-in/with/corp").await;
        assert_eq!(left.place(), "https://login.corp.example/");
        stranger.get(&web, "/sign-in/with/corp/back?state=s&code=c").await;

        // Everything that is due within half a year: silence, expiry, purges.
        for _ in 0..6 {
            web.house.run_jobs().await;
            web.house.clock.advance(TimeDelta::days(31));
        }
        let own = [STAFF, ADVOCATE, CONTACT, OWN_CONTACT, ASKING, COLLEAGUE].map(str::to_owned);
        assert_eq!(written(&web).await, BTreeSet::from(own));
        web.has_been_everywhere();
        web.web.house.close().await;
    }
}
