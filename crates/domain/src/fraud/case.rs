//! A case: one person, everything that was found about them, and what somebody decides about it.

use crate::{
    ids::{AccountId, CaseId, MemberId},
    members::Approving,
    rewards::ApprovalContext,
};

codes! {
    /// How far a case has come.
    pub enum CaseState {
        /// It holds rewards until somebody decides.
        Open => "open",
        /// It was misuse: everything that the referrals have earned is taken back.
        Confirmed => "confirmed",
        /// It was none: everything is as it was.
        FalseAlarm => "false_alarm",
    }
}

codes! {
    /// What somebody decides about a case.
    pub enum CaseVerdict {
        /// It was misuse.
        Confirmed => "confirmed",
        /// It was none.
        FalseAlarm => "false_alarm",
    }
}

impl CaseVerdict {
    /// The state that it leads to.
    pub const fn state(self) -> CaseState {
        match self {
            Self::Confirmed => CaseState::Confirmed,
            Self::FalseAlarm => CaseState::FalseAlarm,
        }
    }
}

/// A case, as far as the rule knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FraudCase {
    /// Which case.
    pub id: CaseId,
    /// Whom it is about.
    pub advocate: MemberId,
    /// Their company.
    pub account: AccountId,
    /// How far it has come.
    pub state: CaseState,
}

/// Why a case is not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseError {
    /// Nobody decides about themselves or their own company.
    OwnCase,
    /// It is decided already.
    Decided,
}

error_codes!(CaseError {
    Self::OwnCase => "own_case",
    Self::Decided => "case_decided",
});

impl FraudCase {
    /// Whether it is about whoever looks, or about their company: then it is none of their business.
    pub fn is_about(&self, member: MemberId, account: Option<AccountId>) -> bool {
        let context = ApprovalContext {
            advocate: self.advocate,
            advocate_account: self.account,
            approver_account: account,
        };
        context.is_own(member)
    }

    /// Decides it, once. `account` is the company of whoever decides, if they belong to a customer.
    pub fn decide(
        self,
        by: &Approving,
        account: Option<AccountId>,
        verdict: CaseVerdict,
    ) -> Result<Self, CaseError> {
        if self.is_about(by.member(), account) {
            return Err(CaseError::OwnCase);
        }
        match self.state {
            CaseState::Open => Ok(Self { state: verdict.state(), ..self }),
            CaseState::Confirmed | CaseState::FalseAlarm => Err(CaseError::Decided),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::members::{Actor, Role, RoleSet};

    fn case() -> FraudCase {
        FraudCase {
            id: Uuid::from_u128(50).into(),
            advocate: Uuid::from_u128(1).into(),
            account: Uuid::from_u128(2).into(),
            state: CaseState::Open,
        }
    }

    fn marketing(n: u128) -> Approving {
        let roles = RoleSet::EMPTY.with(Role::Marketing);
        Actor { member: Uuid::from_u128(n).into(), account: None, roles }.approving().unwrap()
    }

    #[test]
    fn a_case_is_decided_once() {
        let decided = case().decide(&marketing(7), None, CaseVerdict::FalseAlarm).unwrap();
        assert_eq!(decided.state, CaseState::FalseAlarm);
        assert_eq!(decided.decide(&marketing(7), None, CaseVerdict::Confirmed), Err(CaseError::Decided));
    }

    #[test]
    fn nobody_decides_about_themselves_or_their_company() {
        let confirm = |by, account| case().decide(&marketing(by), account, CaseVerdict::Confirmed);
        assert_eq!(confirm(1, None), Err(CaseError::OwnCase));
        assert_eq!(confirm(7, Some(Uuid::from_u128(2).into())), Err(CaseError::OwnCase));
        assert!(confirm(7, Some(Uuid::from_u128(3).into())).is_ok());
    }
}
