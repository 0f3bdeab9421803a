//! Segments as staff see them: who belongs to one now, and what goes by it.

use domain::{ids::SegmentId, members::Actor, segments::Whom};
use store::{
    StoreError,
    segments::{Segment, SegmentMember, SegmentSize, SegmentUse},
};

use crate::Ctx;

/// People of a segment that its page names.
const SAMPLE: u64 = 10;

/// A segment as its page shows it.
#[derive(Clone, Debug)]
pub struct SegmentView {
    /// The segment.
    pub segment: Segment,
    /// The names of its companies, where they were picked by hand.
    pub picked: Vec<String>,
    /// How many belong to it now.
    pub size: SegmentSize,
    /// Some of them.
    pub sample: Vec<SegmentMember>,
    /// What goes by it.
    pub uses: Vec<SegmentUse>,
    /// Whether whoever looks may change it.
    pub editable: bool,
}

/// All segments, the newest first; `None` for whoever does not see programmes.
///
/// # Errors
/// When the memory fails.
pub async fn segments(ctx: &Ctx, actor: &Actor) -> Result<Option<Vec<Segment>>, StoreError> {
    match actor.sees_programs() {
        true => Ok(Some(ctx.store.segments().all().await?)),
        false => Ok(None),
    }
}

/// One of them; `None` where there is none, and for whoever does not see programmes.
///
/// # Errors
/// When the memory fails.
pub async fn segment(ctx: &Ctx, actor: &Actor, id: SegmentId) -> Result<Option<SegmentView>, StoreError> {
    let room = ctx.store.segments();
    let found = if actor.sees_programs() { room.find(id).await? } else { None };
    let Some(segment) = found else { return Ok(None) };
    let picked = match &segment.whom {
        Whom::Picked(accounts) => room.names(accounts).await?,
        Whom::Rule(_) => Vec::new(),
    };
    Ok(Some(SegmentView {
        picked,
        size: room.size(&segment.whom).await?,
        sample: room.sample(&segment.whom, SAMPLE).await?,
        uses: room.uses(id).await?,
        editable: actor.program_managing().is_some(),
        segment,
    }))
}
