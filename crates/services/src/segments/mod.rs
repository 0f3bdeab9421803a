//! Segments: marketing names groups of customers, which pilots and campaigns reach first or alone.

mod pick;
mod save;
mod view;

pub use pick::{Picked, pick};
pub use save::{DeleteSegmentError, SaveSegmentError, delete_segment, save_segment};
pub use store::segments::{Segment, SegmentMember, SegmentSize, SegmentUse};
pub use view::{SegmentView, segment, segments};
