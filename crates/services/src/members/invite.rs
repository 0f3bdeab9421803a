//! Inviting people: a member and a code, which goes out in a letter or in a mail that a member of staff writes themselves,
//! and never by one that we send.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    consent::Channel,
    ids::{AccountId, MemberId},
    members::{AccountManaging, Actor, Administering, Duties, Inviting, Role, RoleSet},
    text::{EmailAddress, Language, PersonName},
};
use serde_json::json;
use store::{Tx, members::NewMember, people::NewInvitation};
use uuid::Uuid;

use super::{PeopleError, letter_code, permit};
use crate::Ctx;

/// How long the code of a letter works.
const VALID_FOR: TimeDelta = TimeDelta::days(30);
/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Their company; none for the host's own staff.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: PersonName,
    /// The address they will sign in with.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Language,
    /// What they shall be.
    pub roles: RoleSet,
}

/// An invitation to hand over.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The code, in groups: `7KQ2-M4XZ-01AB`.
    pub code: String,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
    /// Whether it may go as a letter.
    pub by_letter: bool,
    /// Whether it may go as a mail that a member of staff writes themselves.
    pub by_mail: bool,
}

/// Who hands an invitation over. Whoever invites, anybody's; an account manager those of people of their own accounts whom
/// somebody else has invited.
#[derive(Clone, Debug)]
pub enum Sender {
    /// Marketing, or an administrator with the power that staff's letters need.
    Inviting(Inviting, Option<Administering>),
    /// The account manager.
    Managing(AccountManaging),
}

impl Sender {
    /// What this actor hands over invitations as; `None` for somebody who does not.
    pub fn of(actor: &Actor, duties: Duties) -> Option<Self> {
        match actor.inviting() {
            Some(inviting) => Some(Self::Inviting(inviting, actor.administering())),
            None => actor.account_managing(duties).map(Self::Managing),
        }
    }
}

/// Customers' people recommend, the host's people work here; nobody is both, so that nobody approves their own reward.
pub(super) fn check_roles(account: Option<AccountId>, roles: RoleSet) -> Result<(), PeopleError> {
    match (account, roles.is_empty()) {
        (_, true) => Err(PeopleError::NoRole),
        (Some(_), _) if roles.is_staff() => Err(PeopleError::StaffHasNoAccount),
        (None, _) if !roles.iter().all(Role::is_staff) => Err(PeopleError::AdvocateNeedsAccount),
        _ => Ok(()),
    }
}

/// Invites somebody: the member and a code for the letter, at once.
///
/// # Errors
/// [`PeopleError::NotAllowed`] when somebody without `administering` invites anybody but an advocate.
pub async fn invite(
    ctx: &Ctx,
    inviting: Inviting,
    administering: Option<Administering>,
    invite: Invite,
) -> Result<MemberId, PeopleError> {
    check_roles(invite.account, invite.roles)?;
    if administering.is_none() && invite.roles != RoleSet::EMPTY.with(Role::Advocate) {
        return Err(PeopleError::NotAllowed);
    }
    let (id, now) = (ctx.new_id::<MemberId>(), ctx.now());
    let codes: Vec<_> = invite.roles.iter().map(Role::as_str).collect();
    let tx = ctx.store.begin().await?;
    if let Some(account) = invite.account
        && tx.accounts().details(account).await?.is_none()
    {
        return Err(PeopleError::AdvocateNeedsAccount);
    }
    tx.members()
        .insert(&NewMember {
            id,
            account: invite.account,
            name: invite.name,
            email: invite.email,
            language: invite.language,
            roles: invite.roles,
            created_at: now,
        })
        .await?;
    add_invitation(ctx, &tx, inviting, id).await?;
    let details = json!({ "roles": codes });
    tx.audit(ctx.audit_entry(Some(inviting.member()), "members.invite", "member", id, details)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes a new code; the one before stops working.
///
/// # Errors
/// [`PeopleError::JoinedAlready`] for people who have come in: their letter would be a second key to their account.
pub async fn renew_invitation(
    ctx: &Ctx,
    inviting: Inviting,
    administering: Option<Administering>,
    member: MemberId,
) -> Result<(), PeopleError> {
    let tx = ctx.store.begin().await?;
    let person = tx.members().details(member).await?.filter(|person| person.active);
    let person = person.ok_or(PeopleError::NotFound)?;
    if administering.is_none() && person.roles.is_staff() {
        return Err(PeopleError::NotAllowed);
    }
    if person.joined_at.is_some() {
        return Err(PeopleError::JoinedAlready);
    }
    add_invitation(ctx, &tx, inviting, member).await?;
    let entry =
        ctx.audit_entry(Some(inviting.member()), "members.renew_invitation", "member", member, json!({}));
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}

/// The invitation to hand over; `None` when it was used, has lapsed, or is not this sender's to see.
///
/// # Errors
/// [`PeopleError::Objected`] for somebody whom neither a letter nor a mail may reach.
pub async fn invitation(
    ctx: &Ctx,
    sender: &Sender,
    member: MemberId,
) -> Result<Option<Invitation>, PeopleError> {
    let members = ctx.store.members();
    let Some(person) = members.details(member).await? else { return Ok(None) };
    let theirs = match sender {
        Sender::Inviting(_, administering) => administering.is_some() || !person.roles.is_staff(),
        Sender::Managing(power) => {
            let standing = ctx.store.referrals().standing(member).await?;
            standing.is_some_and(|standing| power.covers(standing.account_manager))
        }
    };
    if !theirs || !person.active || person.joined_at.is_some() {
        return Ok(None);
    }
    // An invitation is advertising, also on paper; the host's own staff are no market.
    let (by_letter, by_mail) = match person.account {
        None => (true, true),
        Some(_) => (
            permit(ctx, member, Channel::Post).await?.is_some(),
            permit(ctx, member, Channel::Mail).await?.is_some(),
        ),
    };
    if !by_letter && !by_mail {
        return Err(PeopleError::Objected);
    }
    let open = members.invitation_of(member, ctx.now()).await?;
    Ok(open.map(|open| Invitation {
        code: letter_code::grouped(&code(ctx, open.id)),
        expires_at: open.expires_at,
        by_letter,
        by_mail,
    }))
}

async fn add_invitation(ctx: &Ctx, tx: &Tx, inviting: Inviting, member: MemberId) -> Result<(), PeopleError> {
    let (id, now) = (ctx.new_id::<Uuid>(), ctx.now());
    tx.members()
        .insert_invitation(NewInvitation {
            id,
            member,
            code_hash: hash(ctx, &code(ctx, id)),
            by: inviting,
            created_at: now,
            expires_at: now + VALID_FOR,
        })
        .await?;
    Ok(())
}

fn code(ctx: &Ctx, invitation: Uuid) -> String {
    letter_code::derive(ctx, "invitation-code", invitation)
}

pub(super) fn hash(ctx: &Ctx, code: &str) -> String {
    ctx.secret.hash("invitation", code)
}
