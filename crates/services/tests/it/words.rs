//! No page ever shows a code: whatever is stored, refused or queued has its text in both languages.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use domain::{
    access::{AccessState, ApiScope},
    accounts::NeutralReason,
    compliance::{CapPeriod, EffectCode, Gap, Kept, Missing, Section, Verdict},
    consent::{ConsentChannel, ConsentState, FirstContactChannel, Transactional},
    fraud::{CaseState, CaseVerdict, FraudReason},
    incentives::{BlockReason, IncentiveKind, PayingStep, QuestionKind},
    members::Role,
    referrals::{AdvocateView, DisqualifyReason, LossReason, NextStep, Stage, Step, WonMeans},
    rewards::{ConversionEffect, ConversionKind, IntroductionFit, ShortfallState, Side, TaxCategory},
    touches::{Channel, TouchRule},
};
use services::jobs::Job;

/// Why something failed is no refusal of a form, and never stands at one: it is logged, or has a page of its own.
const NEVER_AT_A_FORM: [&str; 18] = [
    // The API.
    "forbidden",
    "too_many",
    "unauthorized",
    // Pages.
    "link_gone",
    "joins",
    // Each of the faults it holds is said at its condition.
    "tier_no_ladder",
    // Broken promises between our own rooms.
    "above_guard_band",
    "below_guard_band",
    "below_zero",
    "ledger_overflow",
    "nothing_to_receive",
    "same_account",
    "unit_mismatch",
    // The outside; the job's error, or the refusal of signing in, says it in words.
    "clicks_away",
    "identity_provider_away",
    "identity_provider_refused",
    "mail_refused",
    "mail_server_away",
];

fn room(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Every source file of a room.
fn sources(path: &str) -> Vec<String> {
    let mut folders = vec![room(path)];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    texts
}

/// What stands between each `start` and the next `end`.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end).map(|(found, _)| found))
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// Every text in quotation marks that could be a code.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2).filter(|text| is_code(text))
}

/// serde names every kind of job when it meets one that it does not know.
fn job_kinds() -> Vec<String> {
    let error = serde_json::from_str::<Job>(r#"{"kind":"no_such_job"}"#).unwrap_err().to_string();
    let kinds = error.split_once("expected one of").unwrap().1;
    kinds.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| code(*one).to_owned()).collect()
}

/// What the audit log calls the steps in the life of a reward.
fn reward_steps() -> Vec<String> {
    let desk = sources("crates/services/src/rewards");
    let steps = desk.iter().flat_map(|text| between(text, "RewardEventKind::", ",\n"));
    let desk = steps.filter_map(|arm| Some(arm.split_once("\"rewards.")?.1.trim_end_matches('"').to_owned()));
    // What use cases write beside the desk.
    let others = [
        "plan_delivery",
        "categorise",
        "promise_introduction",
        "introduce",
        "confirm_introduction",
        "dispute_introduction",
        "set_off",
        "ask_back",
        "waive",
        "returned",
    ];
    desk.chain(others.map(str::to_owned)).collect()
}

/// The codes that pages look up, by the prefix of their texts.
fn families() -> BTreeMap<&'static str, Vec<String>> {
    let listed = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    // What the worker writes beside the codes that its jobs answer.
    let mut failures = listed(&["store"]);
    for text in sources("crates/services/src") {
        for start in ["JobError::Retry(", "JobError::Fail("] {
            failures.extend(between(&text, start, ")").flat_map(quoted).map(str::to_owned));
        }
    }
    let countries = sources("app/src/pages/referrals");
    let countries = countries.iter().find_map(|text| between(text, "const COUNTRIES", ";\n").next());
    let countries = countries.unwrap();
    let countries = countries.split('"').skip(1).step_by(2).map(str::to_lowercase).collect();
    let owed: Vec<_> = IncentiveKind::ALL.iter().copied().filter(|kind| !kind.is_nothing()).collect();
    let decided = ShortfallState::ALL.iter().copied().filter(|state| *state != ShortfallState::Open);
    let decided: Vec<_> = decided.map(|state| state.as_str().to_owned()).collect();
    let steps: Vec<_> = Step::ALL.iter().copied().filter(|step| *step != Step::Submitted).collect();
    BTreeMap::from([
        ("benefit-kind", listed(&["none", "money", "saving", "access"])),
        ("block", codes(BlockReason::ALL, BlockReason::as_str)),
        ("cap-period", codes(CapPeriod::ALL, CapPeriod::as_str)),
        ("consent-channel", codes(ConsentChannel::ALL, ConsentChannel::as_str)),
        ("consent", codes(ConsentState::ALL, ConsentState::as_str)),
        ("country", countries),
        ("disqualified", codes(DisqualifyReason::ALL, DisqualifyReason::as_str)),
        ("effect", codes(EffectCode::ALL, EffectCode::as_str)),
        ("fraud-found", listed(&["velocity", "shared_address", "quick_win"])),
        ("fraud-name", codes(FraudReason::ALL, FraudReason::as_str)),
        ("fraud-reason", codes(FraudReason::ALL, FraudReason::as_str)),
        ("fraud-state", codes(CaseState::ALL, CaseState::as_str)),
        ("fraud-verdict", codes(CaseVerdict::ALL, CaseVerdict::as_str)),
        ("gap", codes(Gap::ALL, Gap::as_str)),
        ("missing", codes(Missing::ALL, Missing::as_str)),
        ("section", Section::ALL.iter().map(|section| section.as_str().to_lowercase()).collect()),
        ("side", codes(Side::ALL, Side::as_str)),
        ("verdict", codes(Verdict::ALL, Verdict::as_str)),
        ("first-contact", codes(FirstContactChannel::ALL, FirstContactChannel::as_str)),
        ("consent-kind", codes(IncentiveKind::ALL, IncentiveKind::as_str)),
        ("consent-gets", codes(IncentiveKind::ALL, IncentiveKind::as_str)),
        ("share-text", codes(IncentiveKind::ALL, IncentiveKind::as_str)),
        ("proof", codes(&owed, IncentiveKind::as_str)),
        ("obligation", listed(&["reserved", "owed", "settled", "receivable", "waived"])),
        ("tax-category", codes(TaxCategory::ALL, TaxCategory::as_str)),
        ("conversion", codes(ConversionKind::ALL, ConversionKind::as_str)),
        ("conversion-effect", codes(ConversionEffect::ALL, ConversionEffect::as_str)),
        ("shortfall", codes(ShortfallState::ALL, ShortfallState::as_str)),
        ("shortfall-own", codes(ShortfallState::ALL, ShortfallState::as_str)),
        ("shortfall-way", decided.clone()),
        ("shortfall-help", decided),
        ("access-state", codes(AccessState::ALL, AccessState::as_str)),
        ("api-scope", ApiScope::ALL.iter().map(|scope| scope.as_str().replace(':', "-")).collect()),
        ("introduction-fit", codes(IntroductionFit::ALL, IntroductionFit::as_str)),
        ("incentive", codes(IncentiveKind::ALL, IncentiveKind::as_str)),
        ("job", job_kinds()),
        ("job-error", failures),
        ("kept", codes(Kept::ALL, Kept::as_str)),
        ("kept-for", codes(Kept::ALL, Kept::as_str)),
        ("lost", codes(LossReason::ALL, LossReason::as_str)),
        ("mail-kind", codes(Transactional::ALL, Transactional::as_str)),
        // The deal is entered where `won` is set, so the board has no button for it.
        ("move", codes(&steps[..steps.len() - 1], Step::as_str)),
        ("neutral", codes(NeutralReason::ALL, NeutralReason::as_str)),
        ("next", codes(NextStep::ALL, NextStep::as_str)),
        ("part-at", codes(PayingStep::ALL, PayingStep::as_str)),
        ("question-kind", codes(QuestionKind::ALL, QuestionKind::as_str)),
        ("reward-step", reward_steps()),
        ("role", codes(Role::ALL, Role::as_str)),
        ("stage", codes(Stage::ALL, Stage::as_str)),
        ("state", codes(AdvocateView::ALL, AdvocateView::as_str)),
        ("touch", codes(TouchRule::ALL, TouchRule::as_str)),
        ("way", codes(Channel::ALL, Channel::as_str)),
        ("won-means", codes(WonMeans::ALL, WonMeans::as_str)),
        // Money is said by its currency.
        ("unit", listed(&["points", "months", "seats", "introductions"])),
    ])
}

#[test]
fn every_code_that_a_page_looks_up_has_its_text() {
    let families = families();
    let mut missing = Vec::new();
    for (prefix, codes) in &families {
        assert!(!codes.is_empty(), "{prefix} has no codes");
        missing.extend(codes.iter().filter(|code| !words::knows(prefix, code)).map(|c| (*prefix, c)));
    }
    assert!(missing.is_empty(), "pages would show these codes themselves: {missing:?}");

    let app = sources("app/src");
    let looked_up: BTreeSet<_> = app
        .iter()
        .flat_map(|text| between(text, "words.code(", ","))
        .filter_map(|found| found.trim().strip_prefix('"')?.strip_suffix('"'))
        .collect();
    assert!(looked_up.len() > 10, "{looked_up:?}");
    let unknown: Vec<_> = looked_up.iter().filter(|prefix| !families.contains_key(**prefix)).collect();
    assert!(unknown.is_empty(), "this test knows no codes for {unknown:?}");
}

#[test]
fn every_refusal_has_its_sentence() {
    let mut refusals = BTreeSet::new();
    for text in sources("crates/services/src") {
        refusals.extend(between(&text, "#[error(\"", "\")]").filter(|code| is_code(code)).map(str::to_owned));
    }
    for text in sources("crates/domain/src") {
        for body in between(&text, "error_codes!(", "});") {
            // What is wrong with a reward is said with a word before it, so that it is not taken for something else.
            let before = if body.starts_with("RewardError") { "reward_" } else { "" };
            let codes =
                body.lines().filter_map(|line| line.split_once("=> ")).flat_map(|(_, code)| quoted(code));
            refusals.extend(codes.map(|code| format!("{before}{code}")));
        }
    }
    for text in sources("app/src/actions") {
        refusals.extend(between(&text, ".ok_or(\"", "\")").map(str::to_owned));
        for refused in between(&text, "form.refuse(", ");") {
            // The field comes first.
            let said = refused.split_once(',').map_or("", |(_, said)| said);
            refusals.extend(quoted(said).map(str::to_owned));
        }
    }
    assert!(refusals.len() > 100, "{refusals:?}");
    let excused = |code: &str| NEVER_AT_A_FORM.contains(&code);
    let missing: Vec<_> =
        refusals.iter().filter(|code| !excused(code) && !words::knows("error", code)).collect();
    assert!(missing.is_empty(), "these would all be the one general sentence: {missing:?}");
    let needless: Vec<_> = NEVER_AT_A_FORM.iter().filter(|code| words::knows("error", code)).collect();
    assert!(needless.is_empty(), "{needless:?} have sentences");
}
