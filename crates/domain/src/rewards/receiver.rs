//! Who receives a reward: by default the advocate's company.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, MemberId, OrganisationId},
    incentives::{GoesTo, IncentiveKind},
};

/// The employer's recorded release for a person, with its yearly cap checked elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerRelease {
    /// The company that released.
    pub account: AccountId,
    /// The person who may receive.
    pub member: MemberId,
}

/// Who receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// A customer's company.
    Account(AccountId),
    /// A person, with the employer's release.
    Person(MemberId),
    /// An organisation, in the name of a company.
    Organisation {
        /// Which organisation.
        organisation: OrganisationId,
        /// In whose name.
        in_name_of: AccountId,
    },
}

/// Why nobody can receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiverError {
    /// A donation needs an organisation.
    OrganisationMissing,
    /// "No reward" has no receiver.
    NothingToReceive,
}

error_codes!(ReceiverError {
    Self::OrganisationMissing => "organisation_missing",
    Self::NothingToReceive => "nothing_to_receive",
});

/// Decides who receives a reward of a kind. A release counts only from the advocate's own company and for them.
pub fn receiver(
    kind: IncentiveKind,
    advocate: MemberId,
    account: AccountId,
    release: Option<EmployerRelease>,
    organisation: Option<OrganisationId>,
) -> Result<Receiver, ReceiverError> {
    match kind.goes_to() {
        GoesTo::Nobody => Err(ReceiverError::NothingToReceive),
        GoesTo::Organisation => organisation
            .map(|organisation| Receiver::Organisation { organisation, in_name_of: account })
            .ok_or(ReceiverError::OrganisationMissing),
        GoesTo::Company => {
            let released = release == Some(EmployerRelease { account, member: advocate });
            Ok(if released { Receiver::Person(advocate) } else { Receiver::Account(account) })
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_company_receives_unless_it_released_the_person() {
        let (member, account) = (Uuid::from_u128(1).into(), AccountId::from(Uuid::from_u128(2)));
        let who = |release| receiver(IncentiveKind::Credit, member, account, release, None);
        assert_eq!(who(None), Ok(Receiver::Account(account)));
        assert_eq!(who(Some(EmployerRelease { account, member })), Ok(Receiver::Person(member)));
        let other = Uuid::from_u128(9).into();
        assert_eq!(who(Some(EmployerRelease { account: other, member })), Ok(Receiver::Account(account)));
    }

    #[test]
    fn a_donation_goes_to_an_organisation() {
        let (member, account) = (Uuid::from_u128(1).into(), AccountId::from(Uuid::from_u128(2)));
        let who = |organisation| receiver(IncentiveKind::Donation, member, account, None, organisation);
        assert_eq!(who(None), Err(ReceiverError::OrganisationMissing));
        let organisation = Uuid::from_u128(5).into();
        assert_eq!(who(Some(organisation)), Ok(Receiver::Organisation { organisation, in_name_of: account }));
    }
}
