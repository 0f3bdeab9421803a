//! What all referrals together have brought each of the three, over time.

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use domain::{
    incentives::Amount,
    referrals::Party,
    text::Language,
    triple_win::{Band, BandRules, WinCause, WinKind, band},
};
use store::{
    StoreError,
    triple_win::{Whose, WinCount, WinSum},
};
use words::{Words, keys};

use crate::Ctx;

/// How many quarters the charts show, the running one included.
const QUARTERS: i32 = 8;

/// A calendar quarter in the host's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Quarter {
    /// The year.
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
    /// Accepted referrals: introductions to the host.
    pub introductions: i64,
    /// Contacts' companies that became customers.
    pub customers: i64,
    /// Rewards delivered.
    pub rewards: i64,
    /// Those of the rewards that were introductions in return.
    pub returned: i64,
    /// Benefits delivered to new customers.
    pub benefits: i64,
}

/// An amount of others, as far as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As a range.
    Band(Band),
    /// Not enough data yet: so many, shown from so many on.
    NotYet {
        /// How many amounts are old enough.
        have: u32,
        /// How many it takes.
        need: u32,
    },
}

/// The figures of the page; all of them counted from win entries.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The quarters, oldest first.
    pub quarters: Vec<Quarter>,
    /// The sums over all time, also before the first of these quarters.
    pub total: Quarter,
    /// When the first entry was made; `None` while there is none.
    pub since: Option<DateTime<Utc>>,
    /// Rewards by what was given, most first.
    pub rewards_by_kind: Vec<(WinKind, i64)>,
    /// What new customers' orders are worth together.
    pub revenue: Shown,
    /// What was donated, all donations together.
    pub donations: Shown,
    /// What new customers' benefits are worth together.
    pub benefits: Shown,
}

impl Dashboard {
    /// How many gifts went from one party to another.
    pub fn flow(&self, giver: Party, receiver: Party) -> i64 {
        match (giver, receiver) {
            (Party::Advocate, Party::Company) => self.total.introductions,
            (Party::Advocate, Party::Customer) | (Party::Customer, Party::Company) => self.total.customers,
            (Party::Company, Party::Advocate) => self.total.rewards,
            (Party::Company, Party::Customer) => self.total.benefits,
            _ => 0,
        }
    }
}

/// Counts for the page and for the panel at home.
///
/// # Errors
/// When the memory fails.
pub async fn dashboard(ctx: &Ctx, whose: Whose) -> Result<Dashboard, StoreError> {
    let now = ctx.now();
    let (mut quarters, starts) = quarters(ctx, now);
    let room = ctx.store.triple_win();
    let counts = room.counts(whose, &starts).await?;
    let mut total = Quarter::default();
    let mut rewards_by_kind: Vec<(WinKind, i64)> = Vec::new();
    for count in &counts {
        add(&mut total, count);
        if let Some(quarter) = count.span.and_then(|span| quarters.get_mut(span)) {
            add(quarter, count);
        }
        if count.cause == WinCause::RewardFulfilled {
            match rewards_by_kind.iter_mut().find(|(kind, _)| *kind == count.kind) {
                Some((_, sum)) => *sum += count.count,
                None => rewards_by_kind.push((count.kind, count.count)),
            }
        }
    }
    rewards_by_kind.sort_by_key(|(kind, count)| (-count, *kind));
    let rules = BandRules::default();
    let sums = room.sums(whose, now - rules.after).await?;
    let shown = |cause, kind: Option<WinKind>| {
        let fits = |sum: &&WinSum| sum.cause == cause && kind.is_none_or(|kind| sum.kind == kind);
        // One currency at a time: the one with the most amounts.
        sums.iter().filter(fits).max_by_key(|sum| sum.among).map_or_else(
            || Shown::NotYet { have: 0, need: rules.at_least },
            |sum| as_band(sum.sum, sum.among, &rules),
        )
    };
    Ok(Dashboard {
        total,
        since: room.first().await?,
        rewards_by_kind,
        revenue: shown(WinCause::Won, Some(WinKind::Money)),
        donations: shown(WinCause::RewardFulfilled, Some(WinKind::Donation)),
        benefits: shown(WinCause::BenefitFulfilled, None),
        quarters,
    })
}

/// The sums of these counts: for the panel at home.
pub fn tally(wins: &[WinCount]) -> Quarter {
    let mut total = Quarter::default();
    for count in wins {
        add(&mut total, count);
    }
    total
}

fn as_band(sum: Amount, among: u32, rules: &BandRules) -> Shown {
    match band(sum, among, rules.after, rules) {
        Some(band) => Shown::Band(band),
        None => Shown::NotYet { have: among, need: rules.at_least },
    }
}

fn add(quarter: &mut Quarter, count: &WinCount) {
    let counter = match (count.cause, count.kind) {
        (WinCause::Accepted, _) => &mut quarter.introductions,
        // A won deal makes two entries; the introduction is the one that always counts as one customer.
        (WinCause::Won, WinKind::Introduction) => &mut quarter.customers,
        (WinCause::Won, _) => return,
        (WinCause::RewardFulfilled, _) => &mut quarter.rewards,
        (WinCause::BenefitFulfilled, _) => &mut quarter.benefits,
    };
    *counter += count.count;
    if (count.cause, count.kind) == (WinCause::RewardFulfilled, WinKind::Introduction) {
        quarter.returned += count.count;
    }
}

fn quarters(ctx: &Ctx, now: DateTime<Utc>) -> (Vec<Quarter>, Vec<DateTime<Utc>>) {
    let local = now.with_timezone(&ctx.host.zone);
    let running = local.year() * 4 + i32::try_from(local.month0() / 3).unwrap_or(0);
    let each = (running - QUARTERS + 1..=running).map(|index| {
        let (year, quarter) = (index.div_euclid(4), index.rem_euclid(4));
        let quarter = u32::try_from(quarter).unwrap_or(0);
        let first = NaiveDate::from_ymd_opt(year, quarter * 3 + 1, 1).unwrap_or_default();
        let midnight = first.and_hms_opt(0, 0, 0).unwrap_or_default();
        let start = ctx.host.zone.from_local_datetime(&midnight).earliest();
        let start = start.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc));
        (Quarter { year, quarter: quarter + 1, ..Quarter::default() }, start)
    });
    each.unzip()
}

/// The table of the page as CSV.
///
/// # Errors
/// When the memory fails.
pub async fn dashboard_csv(ctx: &Ctx, language: Language) -> Result<Vec<u8>, StoreError> {
    let shown = dashboard(ctx, Whose::All).await?;
    let words = Words::new(language);
    let head = [
        keys::WIN_PERIOD,
        keys::WIN_INTRODUCTIONS,
        keys::WIN_NEW_CUSTOMERS,
        keys::WIN_REWARDS,
        keys::WIN_BENEFITS,
    ];
    let mut rows = vec![head.map(|key| words.say(key).into_owned())];
    for quarter in shown.quarters.iter().rev() {
        rows.push([
            format!("{} Q{}", quarter.year, quarter.quarter),
            quarter.introductions.to_string(),
            quarter.customers.to_string(),
            quarter.rewards.to_string(),
            quarter.benefits.to_string(),
        ]);
    }
    Ok(crate::csv_file(language, rows))
}
