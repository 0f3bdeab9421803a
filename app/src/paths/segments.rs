//! Segments of customers.

use domain::ids::SegmentId;

use super::{Path, with_id};

/// Groups of customers.
pub const SEGMENTS: Path = Path::fixed("/manage/segments");
/// A new one.
pub const NEW_SEGMENT: Path = Path::fixed("/manage/segments/new");
/// The route of [`customer_segment`].
pub const SEGMENT: &str = "/manage/segments/{id}";
/// The route of [`segment_end`].
pub const SEGMENT_END: &str = "/manage/segments/{id}/end";

/// One group.
pub fn customer_segment(id: SegmentId) -> Path {
    with_id(SEGMENT, id)
}

/// Where it is deleted.
pub fn segment_end(id: SegmentId) -> Path {
    with_id(SEGMENT_END, id)
}
