//! What the draft would do: who would rise, who would fall short, who would stay, by number and by name, from the same counts
//! as the real thing. Two statements, however many advocates there are.

use std::collections::BTreeMap;

use domain::{
    ids::MemberId,
    members::Actor,
    tiers::{Outlook, Tier, TierCode, foresee, year_before},
};
use store::{
    StoreError,
    tiers::{Achieved, Mover, NamedTier, Scheme},
};

use crate::Ctx;

/// Somebody on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub mover: Mover,
    /// The tier they have.
    pub from: Option<TierCode>,
    /// The tier whose conditions they would meet.
    pub reaches: Option<TierCode>,
}

/// How a tier would fare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fares {
    /// The tier.
    pub named: NamedTier,
    /// How many have it now.
    pub now: u64,
    /// How many would meet its conditions, and not those of the next.
    pub reach: u64,
    /// Whether it has members now, and nobody would reach it or a higher one.
    pub is_locked: bool,
}

/// What the draft would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The draft.
    pub draft: Scheme,
    /// Its tiers, from the lowest.
    pub fares: Vec<Fares>,
    /// Tiers that go, each with how many have it now.
    pub gone: Vec<(NamedTier, u64)>,
    /// How many would rise, fall short or stay.
    pub counts: BTreeMap<Outlook, u64>,
    /// The people of the list, by id.
    pub people: Vec<Moved>,
    /// Whether somebody else is being moved already, so that it can't be put into effect now.
    pub under_way: bool,
}

impl Preview {
    /// How many would move this way.
    pub fn count(&self, outlook: Outlook) -> u64 {
        self.counts.get(&outlook).copied().unwrap_or(0)
    }

    /// Whether a tier that has members would be out of everybody's reach.
    pub fn locks_out(&self) -> bool {
        self.fares.iter().any(|fares| fares.is_locked)
    }
}

/// What the draft would do, and the first `limit` people after `after` whom it would move this way. `None` for whoever may
/// not change tiers, and where there is no draft.
///
/// # Errors
/// When the memory fails.
pub async fn preview(
    ctx: &Ctx,
    actor: &Actor,
    of: Outlook,
    after: Option<MemberId>,
    limit: usize,
) -> Result<Option<Preview>, StoreError> {
    let (Some(_), Some(draft)) = (actor.program_managing(), ctx.store.tiers().draft().await?) else {
        return Ok(None);
    };
    let room = ctx.store.tiers();
    let under_way = room.under_way().await?.is_some();
    let force = room.all().await?;
    let everybody = room.everybody(year_before(ctx.now()), ctx.now()).await?;
    let mut preview = look(draft, &force, &everybody, of, after, limit);
    preview.under_way = under_way;
    let ids: Vec<MemberId> = preview.people.iter().map(|moved| moved.mover.member).collect();
    let named = room.movers(&ids).await?;
    let mut named: BTreeMap<MemberId, Mover> = named.into_iter().map(|mover| (mover.member, mover)).collect();
    for moved in &mut preview.people {
        if let Some(mover) = named.remove(&moved.mover.member) {
            moved.mover = mover;
        }
    }
    Ok(Some(preview))
}

fn look(
    draft: Scheme,
    force: &[NamedTier],
    everybody: &[Achieved],
    of: Outlook,
    after: Option<MemberId>,
    limit: usize,
) -> Preview {
    let old: Vec<Tier> = force.iter().map(|named| named.tier.clone()).collect();
    let new = draft.ladder();
    let mut counts: BTreeMap<Outlook, u64> = BTreeMap::new();
    let (mut have, mut reach): (BTreeMap<&TierCode, u64>, BTreeMap<u8, u64>) = Default::default();
    let mut people = Vec::new();
    for one in everybody {
        let seen = foresee(one.tier.as_ref(), &one.metrics, one.kept_at.as_ref(), &old, &new, false);
        *counts.entry(seen.outlook).or_default() += 1;
        if let Some(code) = &one.tier {
            *have.entry(code).or_default() += 1;
        }
        if let Some(tier) = seen.reaches {
            *reach.entry(tier.order).or_default() += 1;
        }
        if seen.outlook == of && after.is_none_or(|after| one.member > after) && people.len() < limit {
            people.push(Moved {
                mover: Mover { member: one.member, name: String::new(), company: String::new() },
                from: one.tier.clone(),
                reaches: seen.reaches.map(|tier| tier.code.clone()),
            });
        }
    }
    let having = |code: &TierCode| have.get(code).copied().unwrap_or(0);
    let fares = draft.tiers.iter().map(|named| {
        let now = having(&named.tier.code);
        let or_higher: u64 = reach.range(named.tier.order..).map(|(_, count)| count).sum();
        Fares {
            named: named.clone(),
            now,
            reach: reach.get(&named.tier.order).copied().unwrap_or(0),
            is_locked: now > 0 && or_higher == 0,
        }
    });
    let fares = fares.collect();
    let stays = |named: &&NamedTier| new.iter().all(|tier| tier.code != named.tier.code);
    let gone = force.iter().filter(stays).map(|named| (named.clone(), having(&named.tier.code))).collect();
    Preview { draft, fares, gone, counts, people, under_way: false }
}
