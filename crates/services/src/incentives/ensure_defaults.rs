//! The programme a new installation begins with: closed to nobody, worded neutrally, to be edited by marketing.

use std::collections::BTreeSet;

use domain::{
    incentives::{Amount, Incentive, IncentiveKind, Part, PartValue, PayingStep, Questions, Scheme, Unit},
    referrals::{Pipeline, WonMeans},
    text::Bilingual,
    touches::AttributionSettings,
    triple_win::WinKind,
};
use serde_json::json;
use store::{
    StoreError,
    incentives::{Offer, Program},
};

use crate::Ctx;

/// Makes the first programme where there is none. Safe to call at every start.
///
/// # Errors
/// When the memory fails.
pub async fn ensure_defaults(ctx: &Ctx) -> Result<(), StoreError> {
    if ctx.store.incentives().default_program().await?.is_some() {
        return Ok(());
    }
    let host = ctx.host.name.as_str();
    let program = Program {
        id: ctx.new_id(),
        code: "customers".to_owned(),
        open: true,
        name: Bilingual::new("Kunden empfehlen", "Customers recommend"),
        headline: Bilingual::new(format!("Lernen Sie {host} kennen"), format!("Get to know {host}")),
        pitch: Bilingual::new(
            format!("Jemand, der mit {host} arbeitet, denkt an Sie. Sie entscheiden, ob wir uns melden."),
            format!("Somebody who works with {host} thought of you. You decide whether we get in touch."),
        ),
        benefit: Bilingual::new(
            "Einen begleiteten Start mit einer festen Ansprechperson, im Vertrag festgehalten.",
            "An accompanied start with a fixed contact person, written into the contract.",
        ),
        benefit_kind: Some(WinKind::Access),
        benefit_amount: None,
        destination_url: None,
        attribution: AttributionSettings::default(),
        won_means: WonMeans::default(),
        pipeline: Pipeline::default(),
        questions: Questions::default(),
        version: 0,
    };
    let money = Unit::Money(ctx.host.currency);
    let fixed = |step, value, unit| {
        Amount::new(value, unit).ok().map(|amount| Part { step, value: PartValue::Fixed(amount) })
    };
    let offers = [
        (
            IncentiveKind::MutualReferral,
            Bilingual::new("Gegenempfehlung", "Mutual referral"),
            Bilingual::new(
                format!("{host} stellt Ihrer Organisation einen passenden Kontakt vor."),
                format!("{host} introduces a suitable contact to your company."),
            ),
            vec![fixed(PayingStep::Won, 1, Unit::Introductions)],
        ),
        (
            IncentiveKind::EarlyAccess,
            Bilingual::new("Vorabzugang", "Early access"),
            Bilingual::new("Neue Funktionen vor allen anderen.", "New features before everybody else."),
            vec![fixed(PayingStep::Meeting, 5, Unit::Seats)],
        ),
        (
            IncentiveKind::Donation,
            Bilingual::new("Spende", "Donation"),
            Bilingual::new(
                "Im Namen Ihrer Organisation an eine Organisation der Liste.",
                "In your company's name, to an organisation of the list.",
            ),
            vec![fixed(PayingStep::Meeting, 10_000, money), fixed(PayingStep::Won, 40_000, money)],
        ),
        (
            IncentiveKind::Credit,
            Bilingual::new("Guthaben", "Credit"),
            Bilingual::new(
                "Auf die nächste Rechnung Ihrer Organisation.",
                "Off your company's next invoice.",
            ),
            vec![fixed(PayingStep::Won, 30_000, money)],
        ),
        (
            IncentiveKind::None,
            Bilingual::new("Kein Dankeschön", "No thank-you"),
            Bilingual::new(
                "Sie empfehlen, weil es passt. Genau so steht es dann auf der Seite der empfohlenen Person.",
                "You recommend because it fits. That is what the referred contact's page says.",
            ),
            Vec::new(),
        ),
    ];
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    tx.insert_program(&program, now).await?;
    for (position, (kind, name, text, parts)) in (0..).zip(offers) {
        let scheme = Scheme::new(parts.into_iter().flatten().collect())
            .map_err(|_| StoreError::Corrupt("default scheme"))?;
        let incentive = Incentive {
            id: ctx.new_id(),
            kind,
            scheme,
            stock: None,
            min_tier: 0,
            active: true,
            countries: BTreeSet::new(),
        };
        let offer = Offer { incentive, program: program.id, name, text, position, version: 0 };
        tx.insert_offer(&offer, now).await?;
    }
    tx.audit(ctx.audit_entry(None, "incentives.ensure_defaults", "program", program.id, json!({}))).await?;
    tx.commit().await
}
