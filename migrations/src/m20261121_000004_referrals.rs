//! From a click to the referred person's consent.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount_null, bool, count, create_all, drop_all, id, int, table, text, text_key, text_null,
    time, time_null, uuid, uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

/// In the order in which foreign keys allow them to be made.
fn tables() -> Vec<NewTable> {
    vec![
        referral_codes(),
        click_salts(),
        touches(),
        referrals(),
        referral_events(),
        company_claims(),
        assists(),
        contacts(),
        consents(),
        referral_messages(),
    ]
}

fn referral_codes() -> NewTable {
    table("referral_codes")
        .col(text_key("code"))
        .refers_to(uuid("member_id"), "members")
        .refers_to(uuid("program_id"), "programs")
        .col(text("kind"))
        .col(bool("current"))
        .col(count("clicks"))
        .col(time("created_at"))
        .index(["member_id", "program_id"])
}

fn click_salts() -> NewTable {
    table("click_salts").col(text_key("day")).col(text("salt")).col(time("created_at"))
}

fn touches() -> NewTable {
    table("touches")
        .col(id())
        .col(text("code"))
        .refers_to(uuid("member_id"), "members")
        .refers_to(uuid("program_id"), "programs")
        .col(text("channel"))
        .col(text_null("visitor_hash"))
        .col(text_null("mark"))
        .col(time("at"))
        .index(["member_id", "at"])
        .index(["program_id", "at"])
}

fn referrals() -> NewTable {
    table("referrals")
        .col(id())
        .refers_to(uuid("program_id"), "programs")
        .refers_to(uuid("advocate_id"), "members")
        .refers_to(uuid("advocate_account_id"), "accounts")
        .refers_to(uuid_null("account_manager_id"), "members")
        .refers_to(uuid_null("touch_id"), "touches")
        .refers_to(uuid_null("incentive_id"), "incentives")
        .refers_to(uuid_null("organisation_id"), "organisations")
        .col(text("company_name"))
        .col(text("company_key"))
        .col(text_null("domain"))
        .col(text_null("country"))
        .col(text("role_title"))
        .col(text("reason"))
        .col(text("path"))
        .col(text("channel"))
        .col(text("stage"))
        .col(text("reached"))
        .col(time("stage_since_at"))
        .col(text("consent"))
        .col(time("consent_since_at"))
        .col(text("incentive_from"))
        .col(text("terms"))
        .col(text_null("share_token_hash"))
        .col(time("submitted_at"))
        .col(time_null("thanks_done_at"))
        .col(time_null("contact_done_at"))
        .col(time_null("due_at"))
        .col(time_null("expires_at"))
        .col(amount_null("deal_amount"))
        .col(text_null("deal_currency"))
        .col(text("submission_key"))
        .col(version())
        .unique(["share_token_hash"])
        .unique(["submission_key"])
        .index(["advocate_id", "submitted_at"])
        .index(["account_manager_id", "stage"])
        .index(["stage", "stage_since_at"])
        .index(["company_key"])
        .index(["due_at"])
        .index(["expires_at"])
}

fn referral_events() -> NewTable {
    table("referral_events")
        .col(id())
        .refers_to(uuid("referral_id"), "referrals")
        .col(int("seq"))
        .col(time("at"))
        .col(text("made_by"))
        .refers_to(uuid_null("member_id"), "members")
        .col(text("kind"))
        .col(text("body"))
        .unique(["referral_id", "seq"])
}

fn company_claims() -> NewTable {
    table("company_claims")
        .col(text_key("domain"))
        .refers_to(uuid("referral_id"), "referrals")
        .refers_to(uuid("advocate_id"), "members")
        .col(time("created_at"))
        .col(time("until_at"))
}

fn assists() -> NewTable {
    table("assists")
        .refers_to(uuid("referral_id"), "referrals")
        .refers_to(uuid("member_id"), "members")
        .col(time("at"))
        .key(["referral_id", "member_id"])
}

fn contacts() -> NewTable {
    table("contacts")
        .col(id())
        .refers_to(uuid("referral_id"), "referrals")
        .col(text("name"))
        .col(text("email"))
        .col(text("email_hash"))
        .col(text_null("role_title"))
        .col(text_null("phone"))
        .col(text("recipient_kind"))
        .col(text("preferred_channel"))
        .col(text("language"))
        .col(text("consent"))
        .col(text_null("confirm_token_hash"))
        .col(text_null("page_token_hash"))
        .col(time("created_at"))
        .col(time_null("confirmed_at"))
        .col(time_null("expires_at"))
        .col(version())
        .unique(["confirm_token_hash"])
        .unique(["page_token_hash"])
        .unique(["referral_id", "email_hash"])
        .index(["email_hash"])
}

fn consents() -> NewTable {
    table("consents")
        .col(id())
        .refers_to(uuid("contact_id"), "contacts")
        .refers_to(uuid("referral_id"), "referrals")
        .col(text("state"))
        .col(int("wording_version"))
        .col(text("wording"))
        .col(text("disclosure"))
        .col(text("channel"))
        .col(time("at"))
}

fn referral_messages() -> NewTable {
    table("referral_messages")
        .col(id())
        .refers_to(uuid("referral_id"), "referrals")
        .refers_to(uuid("author_id"), "members")
        .col(text("kind"))
        .col(text("body"))
        .col(time("at"))
}
