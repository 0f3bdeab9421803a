//! A referral programme.

use sea_orm::entity::prelude::*;

/// A row of `programs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) status: String,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    pub(crate) headline_de: String,
    pub(crate) headline_en: String,
    pub(crate) pitch_de: String,
    pub(crate) pitch_en: String,
    /// What the new customer's company gets.
    pub(crate) benefit_de: String,
    pub(crate) benefit_en: String,
    pub(crate) benefit_kind: String,
    pub(crate) benefit_amount: Option<i64>,
    pub(crate) benefit_currency: Option<String>,
    pub(crate) destination_url: Option<String>,
    /// Whether the first or the last touch counts.
    pub(crate) attribution: String,
    pub(crate) window_days: i32,
    /// What staff may call won, in words.
    pub(crate) won_means: String,
    /// JSON: names of stages, stages left out, stages between.
    pub(crate) pipeline: String,
    /// JSON: what the form of a referral asks besides.
    pub(crate) questions: String,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
