//! Rows as the database holds them. They never leave this crate: repositories turn them into domain values.
//!
//! A folder per room, a file per table; all tables are named here directly (`entity::referrals::Entity`).
//! Enums and JSON are `String`, times are microseconds since 1970 in UTC (why: see the crate `migrations`).

/// What sea-orm asks of every entity and we do not use: joins are written in the repository that needs them, and no
/// row does anything of its own when it is saved.
macro_rules! no_relations {
    () => {
        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub(crate) enum Relation {}

        impl ActiveModelBehavior for ActiveModel {}
    };
}

#[path = "access/mod.rs"]
mod access_room;
#[path = "audit/mod.rs"]
mod audit_room;
#[path = "campaigns/mod.rs"]
mod campaigns_room;
#[path = "compliance/mod.rs"]
mod compliance_room;
#[path = "consent/mod.rs"]
mod consent_room;
#[path = "fraud/mod.rs"]
mod fraud_room;
#[path = "incentives/mod.rs"]
mod incentives_room;
#[path = "members/mod.rs"]
mod members_room;
#[path = "referrals/mod.rs"]
mod referrals_room;
#[path = "rewards/mod.rs"]
mod rewards_room;
#[path = "segments/mod.rs"]
mod segments_room;
#[cfg(test)]
mod tests;
#[path = "tiers/mod.rs"]
mod tiers_room;
#[path = "triple_win/mod.rs"]
mod triple_win_room;

pub(crate) use access_room::*;
pub(crate) use audit_room::*;
pub(crate) use campaigns_room::*;
pub(crate) use compliance_room::*;
pub(crate) use consent_room::*;
pub(crate) use fraud_room::*;
pub(crate) use incentives_room::*;
pub(crate) use members_room::*;
pub(crate) use referrals_room::*;
pub(crate) use rewards_room::*;
pub(crate) use segments_room::*;
pub(crate) use tiers_room::*;
pub(crate) use triple_win_room::*;
