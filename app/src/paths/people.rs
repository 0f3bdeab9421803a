//! People as staff see them, and their invitations.

use domain::ids::MemberId;

use super::{Path, built, with_id};

/// Members and invitations.
pub const PEOPLE: Path = Path::fixed("/manage/people");
/// The form of an invitation.
pub const INVITE: Path = Path::fixed("/manage/people/invite");
/// Route: one member.
pub const PERSON: &str = "/manage/people/{id}";

/// One member.
pub fn person(id: MemberId) -> Path {
    with_id(PERSON, id)
}

/// What is done to a member, each a route and a path of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonAct {
    /// Name, address, language, deputy.
    Change,
    /// What they may do.
    Roles,
    /// End their access.
    Deactivate,
    /// Give it back.
    Reactivate,
    /// A new invitation, with its letter.
    Letter,
    /// The ground on which they may be written to.
    Permission,
    /// Their employer's release of rewards.
    Release,
    /// The end of one.
    ReleaseEnd,
    /// The tier that they are kept at by hand.
    Pin,
    /// The end of that.
    PinEnd,
}

impl PersonAct {
    const fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Roles => "roles",
            Self::Deactivate => "deactivate",
            Self::Reactivate => "reactivate",
            Self::Letter => "letter",
            Self::Permission => "permission",
            Self::Release => "release",
            Self::ReleaseEnd => "release-end",
            Self::Pin => "pin",
            Self::PinEnd => "pin-end",
        }
    }

    /// Its route.
    pub fn route(self) -> String {
        format!("{PERSON}/{}", self.word())
    }

    /// Its path for this member.
    pub fn of(self, id: MemberId) -> Path {
        built(format!("/manage/people/{id}/{}", self.word()))
    }
}
