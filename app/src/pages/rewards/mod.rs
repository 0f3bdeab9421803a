//! Rewards: the advocate's own, and marketing's work on them.

pub mod all;
pub mod approvals;
pub mod deliveries;
pub mod one;
pub mod own;
pub(crate) mod parts;
mod take_back;

use serde::Deserialize;
use services::rewards::Place;
use uuid::Uuid;

/// Where a list goes on.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Paging {
    at: Option<i64>,
    id: Option<Uuid>,
}

impl Paging {
    pub(crate) fn place(self) -> Option<Place> {
        Some(Place { at: self.at?, id: self.id? })
    }

    pub(crate) fn query(place: Place) -> String {
        format!("at={}&id={}", place.at, place.id)
    }
}
