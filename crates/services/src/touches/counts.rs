//! Whose visitor this is, where a browser remembers an earlier recommendation because its owner asked it to.

use domain::{
    ids::TouchId,
    touches::{Touch, Visitor, choose},
};
use store::{StoreError, touches::Target};

use crate::Ctx;

/// Whom a visit to an advocate's link counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// For this advocate, by this touch.
    Here(Option<TouchId>),
    /// For another one, whose recommendation this browser remembers.
    Remembered(Target, TouchId),
}

/// The recommendation that a browser remembers, as long as it counts.
///
/// # Errors
/// When the memory fails.
pub async fn remembered(ctx: &Ctx, touch: TouchId) -> Result<Option<Target>, StoreError> {
    let Some(row) = ctx.store.touches().touch(touch).await? else { return Ok(None) };
    let Some(program) = ctx.store.incentives().program(row.program).await? else { return Ok(None) };
    if (ctx.now() - row.at).num_seconds() > program.attribution.window.num_seconds() {
        return Ok(None);
    }
    ctx.store.touches().current_link(row.member, row.program).await
}

/// Whom a visit counts for, by the programme's rule of first or last touch. `touch` is the click that led here, and
/// `remembered` an earlier one.
///
/// # Errors
/// When the memory fails.
pub async fn counts(
    ctx: &Ctx,
    here: &Target,
    touch: Option<TouchId>,
    remembered: Option<TouchId>,
) -> Result<Counts, StoreError> {
    let Some(remembered) = remembered.filter(|remembered| Some(*remembered) != touch) else {
        return Ok(Counts::Here(touch));
    };
    let Some(program) = ctx.store.incentives().program(here.program).await? else {
        return Ok(Counts::Here(touch));
    };
    // Somebody who is here without a click is here all the same.
    let mut touches = vec![Touch {
        id: TouchId::from(uuid::Uuid::max()),
        advocate: here.member,
        channel: domain::touches::Channel::Link,
        visitor: Visitor::Person,
        at: ctx.now(),
    }];
    let arrival = touches[0].id;
    for id in [Some(remembered), touch].into_iter().flatten() {
        let row = ctx.store.touches().touch(id).await?.filter(|row| row.program == here.program);
        touches.extend(row.map(|row| Touch {
            id: row.id,
            advocate: row.member,
            channel: row.channel,
            visitor: row.visitor,
            at: row.at,
        }));
    }
    let Some(winner) = choose(&touches, ctx.now(), &program.attribution).map(|found| found.winner) else {
        return Ok(Counts::Here(touch));
    };
    if winner.advocate == here.member {
        return Ok(Counts::Here(Some(winner.id).filter(|id| *id != arrival).or(touch)));
    }
    // An advocate who has left since counts for nobody.
    let target = ctx.store.touches().current_link(winner.advocate, here.program).await?;
    Ok(target.map_or(Counts::Here(touch), |target| Counts::Remembered(target, winner.id)))
}
