//! The rules of a fresh installation: a cautious beginning for counsel to look at, in force nowhere until they have signed it.

use chrono::Months;
use domain::{
    accounts::RecipientKind,
    compliance::{Effect, MatrixRule, RuleVersion, Scope, Section},
    incentives::IncentiveKind,
    rewards::Side,
    text::{Bilingual, Country},
};
use serde_json::json;
use store::{StoreError, compliance::WrittenRule};

use super::review;
use crate::Ctx;

/// After how many months somebody should look at a rule of the start set again.
const REVIEW_MONTHS: u32 = 12;

/// Writes the start set where there is no rule yet. Safe to call at every start.
///
/// # Errors
/// When the memory fails.
pub async fn ensure_defaults(ctx: &Ctx) -> Result<(), StoreError> {
    if !ctx.store.compliance().law().await?.markets.is_empty() {
        return Ok(());
    }
    let tx = ctx.store.begin().await?;
    if !tx.compliance().law().await?.markets.is_empty() {
        return Ok(());
    }
    let now = ctx.now();
    let review_on =
        now.with_timezone(&ctx.host.zone).date_naive().checked_add_months(Months::new(REVIEW_MONTHS));
    for market in [Country::DE, Country::AT, Country::CH] {
        let set_number = tx.compliance().next_set(market).await?;
        for start in start_set(market) {
            let id = RuleVersion { rule: ctx.new_id(), version: 1 };
            tx.insert_rule(&WrittenRule {
                rule: MatrixRule { id, market, scope: start.scope, effect: start.effect },
                legal_basis: start.basis.to_owned(),
                disclosure: Bilingual::new(start.de, start.en),
                review_on,
                ended: false,
                set_number,
                author: None,
                created_at: now,
            })
            .await?;
        }
        let details = json!({ "set": set_number });
        let market = market.as_str();
        tx.audit(ctx.audit_entry(None, "compliance.start_set", "market", market, details)).await?;
    }
    review::order(ctx, &tx, review_on).await?;
    tx.commit().await
}

/// A rule of the start set.
struct Start {
    scope: Scope,
    effect: Effect,
    basis: &'static str,
    de: &'static str,
    en: &'static str,
}

/// What a market begins with. The paragraphs are those of the bribery and trade laws that every legal review of a
/// customer programme meets; whether they apply is for counsel to say.
fn start_set(market: Country) -> Vec<Start> {
    let of = |recipient| Scope { recipient: Some(recipient), side: Some(Side::Advocate), ..Scope::default() };
    let in_section = |section, recipient| Scope { section: Some(section), ..of(recipient) };
    let [general, officials, health, legal, insurance, financial] = bases(market);
    vec![
        Start {
            scope: Scope::default(),
            effect: Effect::Allow,
            basis: general,
            de: "Erlaubt, soweit keine andere Regel etwas anderes sagt. Die Prämie gehört der Organisation.",
            en: "Allowed as far as no other rule says otherwise. The reward belongs to the company.",
        },
        Start {
            scope: of(RecipientKind::PublicBody),
            effect: Effect::Forbid,
            basis: officials,
            de: "Behörden und öffentliche Einrichtungen erhalten keine Prämie.",
            en: "Public bodies receive no reward.",
        },
        Start {
            scope: in_section(Section::O, RecipientKind::PublicBody),
            effect: Effect::Forbid,
            basis: officials,
            de: "In der öffentlichen Verwaltung gibt es keine Prämie.",
            en: "There is no reward in public administration.",
        },
        Start {
            scope: in_section(Section::P, RecipientKind::PublicBody),
            effect: Effect::Forbid,
            basis: officials,
            de: "Öffentliche Schulen und Hochschulen erhalten keine Prämie.",
            en: "Public schools and universities receive no reward.",
        },
        Start {
            scope: of(RecipientKind::HealthProfessional),
            effect: Effect::Forbid,
            basis: health,
            de: "Angehörige der Heilberufe erhalten keine Prämie.",
            en: "Health professionals receive no reward.",
        },
        Start {
            scope: in_section(Section::Q, RecipientKind::HealthProfessional),
            effect: Effect::Forbid,
            basis: health,
            de: "Im Gesundheitswesen gibt es für Heilberufe keine Prämie.",
            en: "In health care there is no reward for health professionals.",
        },
        Start {
            scope: of(RecipientKind::LegalProfession),
            effect: Effect::Approval,
            basis: legal,
            de: "Bei Kanzleien wird jede Prämie einzeln geprüft.",
            en: "For law firms each reward is looked at.",
        },
        Start {
            scope: Scope {
                kind: Some(IncentiveKind::Credit),
                ..in_section(Section::M, RecipientKind::LegalProfession)
            },
            effect: Effect::Forbid,
            basis: legal,
            de: "Kanzleien erhalten kein Guthaben.",
            en: "Law firms receive no credit.",
        },
        Start {
            scope: of(RecipientKind::RegulatedFinancial),
            effect: Effect::Approval,
            basis: financial,
            de: "Bei Banken, Versicherungen und Vermittlern wird jede Prämie einzeln geprüft.",
            en: "For banks, insurers and brokers each reward is looked at.",
        },
        Start {
            scope: Scope {
                kind: Some(IncentiveKind::Credit),
                ..in_section(Section::K, RecipientKind::RegulatedFinancial)
            },
            effect: Effect::Forbid,
            basis: insurance,
            de: "Banken, Versicherungen und Vermittler erhalten kein Guthaben.",
            en: "Banks, insurers and brokers receive no credit.",
        },
    ]
}

/// General, officials, health, legal profession, insurance, other financial services.
fn bases(market: Country) -> [&'static str; 6] {
    match market {
        Country::DE => [
            "§ 299 StGB",
            "§§ 331–334 StGB",
            "§§ 299a, 299b StGB; § 7 HWG",
            "§ 49b BRAO",
            "§ 48b VAG",
            "§ 70 WpHG",
        ],
        // Counsel names the paragraphs of the other markets: a guess of ours would look like advice.
        _ => ["–"; 6],
    }
}
