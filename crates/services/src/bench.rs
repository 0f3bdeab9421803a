//! A house as large as a measurement needs it: the demonstration, made many times as large.
//!
//! It begins with a demonstration, which is refused anywhere but in an empty database, and is marked before it grows.
//! Nothing else grows, so it never runs on a company's data.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Months, TimeZone, Utc};
use domain::{
    consent::LegalKind,
    ids::MemberId,
    incentives::Unit,
    members::{Actor, Role, RoleSet},
    text::Language,
    tiers::{Tier, TierCause, evaluate, year_before},
};
use serde_json::json;
use store::{
    StoreError,
    bench::Growth,
    tiers::{Due, TierMove},
};

use crate::{
    Ctx,
    demo::{self, Face},
    jobs, legal,
    rewards::Caps,
    settings::{self, Change},
};

/// The setting that marks a database as one to measure with; only [`seed`] writes it.
const FLAG: &str = "bench";
/// Advocates whose tiers are counted in one transaction.
const AT_ONCE: usize = 1_000;
/// A cap that is counted against and never reached, so that no reward of a measurement comes to nothing.
const OUT_OF_REACH: i64 = 1_000_000_000_000;

/// How large a house to measure with shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Advocates.
    pub advocates: u32,
    /// Referrals.
    pub referrals: u32,
    /// Entries of this calendar year in the statement of the busiest advocate.
    pub entries: u32,
}

/// Anything that keeps it from growing.
type Error = Box<dyn std::error::Error + Send + Sync>;

/// Fills an empty, migrated database. Whoever opens the portal can be the busiest advocate: the last face of the sign-in
/// page.
///
/// # Errors
/// When there is a member, an account or a programme already, or the database refuses.
pub async fn seed(ctx: &Ctx, size: Size) -> Result<(), Error> {
    demo::seed(ctx).await?;
    let tx = ctx.store.begin().await?;
    let marked = json!({ "advocates": size.advocates, "referrals": size.referrals, "done": false });
    tx.set_setting(FLAG, &marked, ctx.now()).await?;
    tx.commit().await?;
    let ctx = &Ctx { demo: true, ..ctx.clone() };
    tidy(ctx).await?;
    let growth = Growth {
        advocates: size.advocates,
        referrals: size.referrals,
        transfers: size.entries,
        since: this_year(ctx),
    };
    let busiest = ctx.store.grow(growth).await?;
    count_tiers(ctx).await?;
    let terms = legal::current(ctx, LegalKind::Terms, Language::German).await?.version;
    legal::agree(ctx, busiest, terms, None).await?;
    demo::show(ctx, Face { member: busiest, name: "Mona Vielgut".to_owned(), role: "advocate".to_owned() })
        .await?;
    let tx = ctx.store.begin().await?;
    let marked = json!({ "advocates": size.advocates, "referrals": size.referrals, "done": true });
    tx.set_setting(FLAG, &marked, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Whether this is a whole house to measure with.
///
/// # Errors
/// When the memory fails.
pub async fn is_bench(ctx: &Ctx) -> Result<bool, StoreError> {
    let marked = ctx.store.setting(FLAG).await?;
    Ok(marked.is_some_and(|marked| marked.get("done").and_then(serde_json::Value::as_bool) == Some(true)))
}

/// Takes care of the mails that the demonstration shows as refused, and moves its caps out of the way.
async fn tidy(ctx: &Ctx) -> Result<(), Error> {
    let faces = demo::faces(ctx).await?;
    let administrator = faces.iter().find(|face| face.role == Role::Administrator.as_str());
    let member = administrator.ok_or("the demonstration has an administrator")?.member;
    let actor = Actor { member, account: None, roles: RoleSet::EMPTY.with(Role::Administrator) };
    let power = actor.administering().ok_or("administrators administer")?;
    jobs::retry_all(ctx, power).await?;
    jobs::run_due(ctx).await?;
    let caps = settings::settings(ctx, &actor).await?.ok_or("administrators see the settings")?.caps;
    let far = |caps: BTreeMap<Unit, i64>| caps.into_keys().map(|unit| (unit, OUT_OF_REACH)).collect();
    let out_of_reach = Caps { advocate: far(caps.value.advocate), program: far(caps.value.program) };
    Ok(settings::change(ctx, power, Change::Caps(out_of_reach), caps.version).await?)
}

/// Copies have no tier yet: each gets what their referrals have reached.
async fn count_tiers(ctx: &Ctx) -> Result<(), Error> {
    let (now, year_ago) = (ctx.now(), year_before(ctx.now()));
    let ladder: Vec<Tier> = ctx.store.tiers().all().await?.into_iter().map(|named| named.tier).collect();
    let everybody = ctx.store.tiers().everybody(year_ago, now).await?;
    let copies: Vec<MemberId> =
        everybody.into_iter().filter(|one| one.tier.is_none()).map(|one| one.member).collect();
    for members in copies.chunks(AT_ONCE) {
        let tx = ctx.store.begin().await?;
        let counted = tx.tiers().counted(members, year_ago, None).await?;
        let moves: Vec<_> = counted
            .iter()
            .filter_map(|one| {
                let to = evaluate(&one.metrics, &ladder, false)?.code.clone();
                Some(TierMove {
                    id: ctx.new_id(),
                    member: one.member,
                    from: None,
                    to: Some(to),
                    cause: TierCause::Recount,
                    referral: None,
                    scheme: None,
                    at: now,
                })
            })
            .collect();
        tx.tiers().move_members(&moves).await?;
        let due = counted.iter().filter_map(|one| {
            let check_at = one.oldest?.checked_add_months(Months::new(12))?;
            Some(Due { member: one.member, check_at: Some(check_at), warning: None })
        });
        tx.tiers().note_due(&due.collect::<Vec<_>>()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// When this calendar year began, in the host's zone.
fn this_year(ctx: &Ctx) -> DateTime<Utc> {
    let zone = ctx.host.zone;
    let year = ctx.now().with_timezone(&zone).year();
    let first = zone.with_ymd_and_hms(year, 1, 1, 0, 0, 0).earliest();
    first.map_or_else(|| ctx.now(), |first| first.with_timezone(&Utc))
}
