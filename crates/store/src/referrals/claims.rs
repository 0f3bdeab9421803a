//! Claims: one referral per company, by any of its domains, open or won.

use chrono::{DateTime, Utc};
use domain::{
    accounts::{Claim, WorkDomain},
    ids::{MemberId, ReferralId},
    referrals::Stage,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::Referrals;
use crate::{
    Result,
    entity::{company_claims, referrals},
    micros,
};

impl<C: ConnectionTrait> Referrals<'_, C> {
    /// The claims on a company with these domains, the oldest first; each lasts until its referral ends.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claims(&self, domains: &[WorkDomain]) -> Result<Vec<Claim>> {
        if domains.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(Uuid, Uuid, String)> = company_claims::Entity::find()
            .select_only()
            .columns([company_claims::Column::ReferralId, company_claims::Column::AdvocateId])
            .column(referrals::Column::Stage)
            .join(
                JoinType::InnerJoin,
                company_claims::Entity::belongs_to(referrals::Entity)
                    .from(company_claims::Column::ReferralId)
                    .to(referrals::Column::Id)
                    .into(),
            )
            .filter(company_claims::Column::Domain.is_in(domains.iter().map(WorkDomain::as_str)))
            .order_by_asc(company_claims::Column::CreatedAt)
            .order_by_asc(company_claims::Column::Domain)
            .into_tuple()
            .all(self.0)
            .await?;
        let claim = |(referral, advocate, stage): (Uuid, Uuid, String)| Claim {
            referral: referral.into(),
            advocate: advocate.into(),
            won: stage == Stage::Won.as_str(),
        };
        Ok(rows.into_iter().map(claim).collect())
    }
}

impl Referrals<'_, DatabaseTransaction> {
    /// Claims a company by all its domains for a referral. Of two at the same moment, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn claim(
        &self,
        domains: &[WorkDomain],
        (referral, advocate): (ReferralId, MemberId),
        now: DateTime<Utc>,
    ) -> Result<bool> {
        if domains.is_empty() {
            return Ok(true);
        }
        // Always in the same order: two that claim the same company must not wait for each other.
        let mut domains = domains.to_vec();
        domains.sort_unstable();
        domains.dedup();
        let rows = domains.iter().map(|domain| company_claims::ActiveModel {
            domain: Set(domain.as_str().to_owned()),
            referral_id: Set(referral.into_inner()),
            advocate_id: Set(advocate.into_inner()),
            created_at: Set(micros(now)),
        });
        company_claims::Entity::insert_many(rows)
            .on_conflict(OnConflict::column(company_claims::Column::Domain).do_nothing().to_owned())
            .exec_without_returning(self.0)
            .await?;
        Ok(self.claims(&domains).await?.iter().all(|held| held.referral == referral))
    }

    /// Gives a company free again when its referral has ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn release_claims(&self, referral: ReferralId) -> Result<()> {
        company_claims::Entity::delete_many()
            .filter(company_claims::Column::ReferralId.eq(referral.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
