//! The audit log holds codes alone: what staff and advocates wrote stood in its lines of referrals, the ground of a first
//! contact in those of its rules, and each neutral answer with its second. No line is chained to the next yet, so they can
//! be put right. What a contact wrote about themselves behind an advocate's own link stands with the contact alone.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A line of a referral as it is written today. Lines that are so already stay: in them the event is a code, no object.
const EVENTS_SQLITE: &str = "UPDATE audit_entries SET details = json_object( \
     'event', json_extract(details, '$.event.type'), 'by', json_extract(details, '$.by'), \
     'from', json_extract(details, '$.event.from'), \
     'to', COALESCE(json_extract(details, '$.event.to'), json_extract(details, '$.event.stage')), \
     'reason', COALESCE(json_extract(details, '$.event.closing.lost[0]'), \
     json_extract(details, '$.event.closing.disqualified[0]'))) \
     WHERE action = 'referrals.event' AND json_type(details, '$.event') = 'object'";
const EVENTS_POSTGRES: &str = "UPDATE audit_entries SET details = json_build_object( \
     'event', details::jsonb #>> '{event,type}', 'by', details::jsonb ->> 'by', \
     'from', details::jsonb #>> '{event,from}', \
     'to', COALESCE(details::jsonb #>> '{event,to}', details::jsonb #>> '{event,stage}'), \
     'reason', COALESCE(details::jsonb #>> '{event,closing,lost,0}', \
     details::jsonb #>> '{event,closing,disqualified,0}'))::text \
     WHERE action = 'referrals.event' AND jsonb_typeof(details::jsonb -> 'event') = 'object'";

const GROUNDS_SQLITE: &str = "UPDATE audit_entries SET details = json_remove(details, '$.ground') \
     WHERE action = 'consent.allow_first_contact'";
const GROUNDS_POSTGRES: &str = "UPDATE audit_entries SET details = (details::jsonb - 'ground')::text \
     WHERE action = 'consent.allow_first_contact'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (events, grounds) = match manager.get_database_backend() {
            DbBackend::Postgres => (EVENTS_POSTGRES, GROUNDS_POSTGRES),
            _ => (EVENTS_SQLITE, GROUNDS_SQLITE),
        };
        let db = manager.get_connection();
        for sql in [
            events,
            grounds,
            "DELETE FROM audit_entries WHERE action = 'consent.neutral_answer'",
            "UPDATE referrals SET role_title = '' WHERE path = 'own_share'",
        ] {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    }

    /// Nothing of the schema has changed, and words that are gone do not come back.
    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
