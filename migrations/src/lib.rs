//! The schema, step by step: one migration per room, up and down, for SQLite and PostgreSQL alike.
//!
//! Conventions, so that every table reads like the others:
//!
//! - **Ids** are UUIDv7 (a blob in SQLite). A column `*_id` always refers to a row: `table.rs` gives it a foreign
//!   key and an index. Whatever else identifies something is called `*_key`, `*_hash` or `*_code`.
//! - **Times** are microseconds since 1970 in UTC, as `bigint`. SQLite has no type for time, and RFC 3339 compared as text
//!   goes wrong as soon as the number of decimals varies (`…:05Z` sorts after `…:05.1Z`).
//! - **Amounts** are `bigint` in minor units (cents) or whole units (months, seats).
//! - **Enums and JSON** are `text`: the words belong to `domain`, which can add one without a migration.
//! - **Hashes and tokens** are `text`, base64url.
//! - **`version`** counts the edits of rows that people edit, so that nobody overwrites what they have not seen.
//!
//! A migration that has been released is never edited; the next one corrects it.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261121_000001_members;
mod m20261121_000002_consent;
mod m20261121_000003_incentives;
mod m20261121_000004_referrals;
mod m20261121_000005_rewards;
mod m20261121_000006_tiers;
mod m20261121_000007_triple_win;
mod m20261121_000008_audit;
mod m20261122_000010_move_forms;
mod m20261122_000011_contact_time;
mod m20261122_000012_first_contact;
mod m20261122_000020_failed_jobs;
mod m20261122_000030_joining;
mod m20261122_000040_read_models;
mod m20261122_000050_staff_lists;
mod m20261122_000060_program_shape;
mod m20261122_000070_rewards;
mod m20261122_000080_reach;
mod m20261122_000090_care;
mod m20261123_000100_only_codes;
mod m20261123_000101_shown_steps;
mod m20261123_000120_tallies;
mod m20261123_000140_serving;
mod m20261130_000001_holders;
mod m20261130_000002_reached;
mod m20261130_000300_tier_schemes;
mod m20261130_000301_tier_grace;
mod m20261130_000350_compliance;
mod m20261130_000400_introductions;
mod m20261130_000401_receipts;
mod m20261130_000402_credit_exports;
mod m20261130_000500_one_rollout;
mod m20261130_000510_access;
mod m20261130_000520_shortfalls;
mod m20261130_000530_tier_pins;
mod m20261130_000600_fraud;
mod m20261130_000700_conversions;
mod m20261130_000710_categories;
mod m20261130_000720_ledger_time;
mod m20261130_000800_segments;
mod m20261130_000810_campaigns;
mod m20261130_000900_lean_touches;
mod table;

/// PostgreSQL would do so anyway; without it an interrupted migration leaves half a room behind in SQLite.
const IN_ONE_TRANSACTION: Option<bool> = Some(true);

/// Brings a database to the current schema, or back.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_members::Migration),
            Box::new(m20261121_000002_consent::Migration),
            Box::new(m20261121_000003_incentives::Migration),
            Box::new(m20261121_000004_referrals::Migration),
            Box::new(m20261121_000005_rewards::Migration),
            Box::new(m20261121_000006_tiers::Migration),
            Box::new(m20261121_000007_triple_win::Migration),
            Box::new(m20261121_000008_audit::Migration),
            Box::new(m20261122_000010_move_forms::Migration),
            Box::new(m20261122_000011_contact_time::Migration),
            Box::new(m20261122_000012_first_contact::Migration),
            Box::new(m20261122_000020_failed_jobs::Migration),
            Box::new(m20261122_000030_joining::Migration),
            Box::new(m20261122_000040_read_models::Migration),
            Box::new(m20261122_000050_staff_lists::Migration),
            Box::new(m20261122_000060_program_shape::Migration),
            Box::new(m20261122_000070_rewards::Migration),
            Box::new(m20261122_000080_reach::Migration),
            Box::new(m20261122_000090_care::Migration),
            Box::new(m20261123_000100_only_codes::Migration),
            Box::new(m20261123_000101_shown_steps::Migration),
            Box::new(m20261123_000120_tallies::Migration),
            Box::new(m20261123_000140_serving::Migration),
            Box::new(m20261130_000001_holders::Migration),
            Box::new(m20261130_000002_reached::Migration),
            Box::new(m20261130_000300_tier_schemes::Migration),
            Box::new(m20261130_000301_tier_grace::Migration),
            Box::new(m20261130_000350_compliance::Migration),
            Box::new(m20261130_000400_introductions::Migration),
            Box::new(m20261130_000401_receipts::Migration),
            Box::new(m20261130_000402_credit_exports::Migration),
            Box::new(m20261130_000500_one_rollout::Migration),
            Box::new(m20261130_000510_access::Migration),
            Box::new(m20261130_000520_shortfalls::Migration),
            Box::new(m20261130_000530_tier_pins::Migration),
            Box::new(m20261130_000600_fraud::Migration),
            Box::new(m20261130_000700_conversions::Migration),
            Box::new(m20261130_000710_categories::Migration),
            Box::new(m20261130_000720_ledger_time::Migration),
            Box::new(m20261130_000800_segments::Migration),
            Box::new(m20261130_000810_campaigns::Migration),
            Box::new(m20261130_000900_lean_touches::Migration),
        ]
    }
}
