//! What has had its time is deleted, hourly, in small steps, with a report of what went.

use std::{collections::BTreeMap, time::Instant};

use chrono::{DateTime, Utc};
use domain::{compliance::Kept, members::Administering};
use serde::{Deserialize, Serialize};
use store::{StoreError, retention::step};

use crate::Ctx;

/// Steps of one run for each kind: a backlog of years is worked off over some hours, and mails do not wait for it.
const MOST_STEPS: u32 = 200;
/// The setting that holds the last report.
const LAST: &str = "retention.last";

/// What a run has deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When it ran.
    pub at: DateTime<Utc>,
    /// Rows of each kind that went; kinds of which there was nothing are missing.
    pub removed: BTreeMap<Kept, u64>,
}

/// Deletes what has had its time, notes what went, and says so in the log.
///
/// # Errors
/// When the memory fails; what went until then is gone.
pub async fn sweep(ctx: &Ctx) -> Result<Report, StoreError> {
    let now = ctx.now();
    let mut report = Report { at: now, removed: BTreeMap::new() };
    let mut longest_us = 0;
    for kept in Kept::ALL {
        let mut rows = 0;
        for _ in 0..MOST_STEPS {
            let began = Instant::now();
            let tx = ctx.store.begin().await?;
            let gone = tx.delete_lapsed(*kept, kept.until(now)).await?;
            tx.commit().await?;
            longest_us = longest_us.max(began.elapsed().as_micros());
            rows += gone;
            if gone < step(*kept) {
                break;
            }
        }
        if rows > 0 {
            report.removed.insert(*kept, rows);
        }
    }
    let told = serde_json::to_value(&report).map_err(|_| StoreError::Corrupt("retention.last"))?;
    tracing::info!(removed = %told["removed"], longest_us, "deleted what has had its time");
    let tx = ctx.store.begin().await?;
    tx.note_setting(LAST, &told, now).await?;
    tx.commit().await?;
    Ok(report)
}

/// What the last run has deleted; `None` before the first.
///
/// # Errors
/// When the memory fails.
pub async fn last_report(ctx: &Ctx, _by: Administering) -> Result<Option<Report>, StoreError> {
    let kept = ctx.store.setting(LAST).await?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()))
}
