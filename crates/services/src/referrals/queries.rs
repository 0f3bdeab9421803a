//! What the pages of referrals show.

use chrono::Days;
use domain::{
    consent::ConsentState,
    ids::{MemberId, ReferralId},
    members::{AccountManaging, Duties, Referrer},
    referrals::{AdvocateView, Event},
};
use store::{
    StoreError,
    referrals::{Message, Reach, StoredReferral},
};

use super::settings;
use crate::{Ctx, settings::default_owner};

/// A referral with its timeline and dialogue.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The referral.
    pub stored: StoredReferral,
    /// Its timeline, oldest first.
    pub events: Vec<Event>,
    /// Its dialogue, oldest first.
    pub messages: Vec<Message>,
    /// Names of the members that timeline and dialogue mention.
    pub names: std::collections::BTreeMap<MemberId, String>,
    /// Whether the reader is the advocate, and the contacts let them see each step of the talks.
    pub steps: bool,
}

/// For whom this member stands in today. While no default owner is set, referrals without an account manager are
/// everybody's, so that none is overlooked.
///
/// # Errors
/// When the memory fails.
pub async fn duties(ctx: &Ctx, member: MemberId) -> Result<Duties, StoreError> {
    let owner = default_owner(ctx).await?;
    Ok(Duties {
        deputy_for: ctx.store.referrals().deputy_for(member).await?,
        default_owner: owner.is_none_or(|owner| owner == member),
    })
}

/// An advocate's own referral. Once it has ended without success it no longer says what was written about the person: a
/// contact's no deletes it, and no end may look like that one.
///
/// # Errors
/// When the memory fails.
pub async fn detail_for_advocate(
    ctx: &Ctx,
    by: &Referrer,
    id: ReferralId,
) -> Result<Option<Duty>, StoreError> {
    match ctx.store.referrals().load(id).await? {
        Some(stored) if stored.facts.advocate == by.member() => {
            let mut duty = detail(ctx, stored).await?;
            if duty.stored.facts.position.advocate_view() == AdvocateView::NotThisTime {
                let ended = duty.stored.facts.stage_since;
                duty.stored.role_title.clear();
                duty.stored.reason.clear();
                duty.stored.answers.clear();
                // A refusal empties the dialogue at the end, a withdrawal once more when its days are over.
                let purged = ended + Days::new(settings(ctx).0.consent_days.get().into());
                let until = if ctx.now() < purged { ended } else { purged };
                for message in duty.messages.iter_mut().filter(|message| message.at <= until) {
                    message.body.clear();
                }
            } else if duty.stored.facts.consent == ConsentState::Given {
                duty.steps = shows_steps(ctx, id).await?;
            }
            Ok(Some(duty))
        }
        _ => Ok(None),
    }
}

/// A referral that this account manager looks after.
///
/// # Errors
/// When the memory fails.
pub async fn detail_for_staff(
    ctx: &Ctx,
    by: &AccountManaging,
    id: ReferralId,
) -> Result<Option<Duty>, StoreError> {
    match ctx.store.referrals().load(id).await? {
        Some(stored) if by.covers(stored.facts.account_manager) => detail(ctx, stored).await.map(Some),
        _ => Ok(None),
    }
}

async fn detail(ctx: &Ctx, stored: StoredReferral) -> Result<Duty, StoreError> {
    let id = stored.facts.id;
    let events = ctx.store.referrals().events(id).await?;
    let messages = ctx.store.referrals().messages(id).await?;
    let people = events
        .iter()
        .filter_map(|event| event.member)
        .chain(messages.iter().map(|message| message.author))
        .chain([stored.facts.advocate])
        .chain(stored.facts.account_manager);
    let names = ctx.store.referrals().names(people.collect()).await?;
    Ok(Duty { stored, events, messages, names, steps: false })
}

/// Whether everybody who has agreed lets the advocate see each step: the talks are those of all of them.
async fn shows_steps(ctx: &Ctx, id: ReferralId) -> Result<bool, StoreError> {
    let mut contacts = ctx.store.consent().contacts_of(id).await?;
    contacts.retain(|contact| contact.consent == ConsentState::Given);
    Ok(!contacts.is_empty() && contacts.iter().all(|contact| contact.shows_steps))
}

/// Whose referrals a holder of this power sees on boards and lists.
pub fn reach(member: MemberId, duties: &Duties) -> Reach {
    let managers = std::iter::once(member).chain(duties.deputy_for.iter().copied()).collect();
    Reach { managers, unassigned: duties.default_owner }
}
