//! Ids that cannot be confused: a newtype over a UUID for each kind of row.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The UUID inside.
            pub const fn into_inner(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(input: &str) -> Result<Self, Self::Err> {
                input.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who may sign in.
    MemberId,
    /// A customer's company.
    AccountId,
    /// A referral programme.
    ProgramId,
    /// A referral.
    ReferralId,
    /// A referred person.
    ContactId,
    /// An incentive of the catalogue.
    IncentiveId,
    /// A reward that was earned.
    RewardId,
    /// A click or a typed code.
    TouchId,
    /// An account of the reward ledger.
    LedgerAccountId,
    /// A transfer in the reward ledger.
    LedgerTransferId,
    /// A rule of the compliance matrix.
    ComplianceRuleId,
    /// An organisation that receives donations.
    OrganisationId,
    /// What was taken back of a reward after its delivery.
    ShortfallId,
    /// A delivery of a reward or of a contact's benefit.
    DeliveryId,
    /// A record of consent.
    ConsentId,
    /// A triple-win entry.
    WinEntryId,
    /// A case that holds a reward (suspected misuse, compliance matrix).
    CaseId,
    /// A link or speakable code of an advocate.
    LinkId,
    /// A programme's own stage between two steps of the pipeline.
    SubStageId,
    /// A feature that is granted early.
    FeatureId,
    /// A key of a machine that asks the API.
    ApiKeyId,
    /// A campaign.
    CampaignId,
    /// A segment of customers.
    SegmentId,
    /// A question that a programme's form asks besides.
    QuestionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id = MemberId::from(Uuid::from_u128(42));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(Uuid::from(id), id.into_inner());
    }
}
