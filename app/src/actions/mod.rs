//! A handler per form, in the room it belongs to: decode, one use case, redirect. Plain axum handlers and not server
//! functions, because no script posts to them and because they must answer bad bodies with a page (docs/decisions).

pub mod access;
pub mod accounts;
pub mod campaigns;
pub mod compliance;
pub mod consent;
pub mod demo;
pub mod fraud;
pub mod imports;
pub mod incentives;
pub mod jobs;
pub mod legal;
pub mod members;
pub mod referrals;
pub mod rewards;
pub mod segments;
pub mod settings;
pub mod tiers;
pub mod touches;
