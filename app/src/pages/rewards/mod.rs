//! Rewards: the advocate's own, and marketing's work on them.

pub mod all;
pub mod approvals;
pub(crate) mod category;
pub mod conversions;
pub mod credits;
pub mod deliveries;
mod hand_in;
pub mod introductions;
pub mod obligations;
pub mod one;
pub mod own;
pub(crate) mod parts;
pub mod shortfalls;
mod take_back;
pub mod year_end;

use serde::Deserialize;
use services::rewards::Place;
use uuid::Uuid;

use crate::paths::Path;

/// Where a list goes on.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Paging {
    at: Option<i64>,
    id: Option<Uuid>,
}

impl Paging {
    /// What the list begins after.
    pub(crate) fn place(self) -> Option<Place> {
        Some(Place { at: self.at?, id: self.id? })
    }

    /// The list as it goes on after this place.
    pub(crate) fn of(list: &Path, place: Place) -> Path {
        list.with_query([("at", &place.at.to_string()), ("id", &place.id.to_string())])
    }
}
