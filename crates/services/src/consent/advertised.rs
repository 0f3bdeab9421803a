//! What a contact is told about everybody's benefit, before they enter anything.

use domain::{
    ids::{IncentiveId, MemberId, OrganisationId, ProgramId},
    incentives::Incentive,
    referrals::Terms,
};
use store::{StoreError, consent::Advocate, incentives::Program, referrals::StoredReferral};

use crate::{Ctx, campaigns::for_advocate, catalogue, referrals::Programme, rewards::RewardSettings};

/// Who recommends and what for: everything a landing page shows.
#[derive(Clone, Debug)]
pub struct Advertised {
    /// The advocate's name, where they let contacts read it.
    pub name: Option<String>,
    /// Their company, likewise.
    pub company: Option<String>,
    /// The programme.
    pub program: Program,
    /// What is promised today, or was promised at submission.
    pub terms: Terms,
    /// What the advocate has chosen.
    pub chosen: Option<IncentiveId>,
    /// Where a donation goes.
    pub organisation: Option<(OrganisationId, String)>,
    /// The advocate behind it.
    pub(crate) advocate: Advocate,
}

impl Advertised {
    /// The chosen offer.
    pub fn offer(&self) -> Option<&Incentive> {
        self.terms.offer(self.chosen?)
    }

    fn of(advocate: Advocate, program: Program, terms: Terms, chosen: Option<IncentiveId>) -> Self {
        let organisation = chosen
            .and_then(|id| terms.offer(id))
            .filter(|offer| offer.kind.needs_organisation())
            .and(advocate.organisation.clone());
        Self {
            name: advocate.share_name.then(|| advocate.name.clone()),
            company: advocate.share_name.then(|| advocate.account_name.clone()),
            program,
            terms,
            chosen,
            organisation,
            advocate,
        }
    }
}

/// What somebody is told who opens this advocate's link today.
///
/// # Errors
/// When the memory fails.
pub async fn advertised(
    ctx: &Ctx,
    advocate: MemberId,
    program: ProgramId,
) -> Result<Option<Advertised>, StoreError> {
    let catalogue = catalogue(ctx, None).await?;
    if let Some(current) = catalogue.programme.as_ref().filter(|current| current.program.id == program) {
        return advertised_by(ctx, advocate, current).await;
    }
    let Some(program) = ctx.store.incentives().program(program).await? else { return Ok(None) };
    let offers = ctx.store.incentives().offers(program.id).await?;
    let rewards = RewardSettings::terms(&ctx.store).await?;
    let law = ctx.store.compliance().law().await?;
    let campaigns = ctx.store.campaigns().open(program.id).await?;
    let organisations = Vec::new();
    let programme = Programme { program, offers, organisations, rewards, law, campaigns, boosts: Vec::new() };
    advertised_by(ctx, advocate, &programme).await
}

/// The same for a programme at hand.
///
/// # Errors
/// When the memory fails.
pub async fn advertised_by(
    ctx: &Ctx,
    advocate: MemberId,
    programme: &Programme,
) -> Result<Option<Advertised>, StoreError> {
    let theirs = for_advocate(ctx, programme, advocate).await?;
    let advocate = ctx.store.consent().advocate(advocate).await?;
    Ok(advocate.and_then(|advocate| advertised_of(advocate, &theirs)))
}

/// The same for an advocate and [their programme](for_advocate) at hand; `None` for one who has left.
pub fn advertised_of(advocate: Advocate, programme: &Programme) -> Option<Advertised> {
    if !advocate.active {
        return None;
    }
    let mut terms = programme.terms(&advocate.standing, None);
    // A default that may not be chosen any more, or a donation to nobody, is no choice.
    let chosen = advocate.incentive.filter(|id| {
        terms
            .offer(*id)
            .is_some_and(|offer| !offer.kind.needs_organisation() || advocate.organisation.is_some())
    });
    terms.disclosure.chosen = chosen.and_then(|id| terms.offer(id)).map(|offer| offer.kind);
    Some(Advertised::of(advocate, programme.program.clone(), terms, chosen))
}

/// What the contact of a referral is told: the terms of its submission, with the choice of today.
///
/// # Errors
/// When the memory fails.
pub async fn advertised_in(ctx: &Ctx, stored: &StoredReferral) -> Result<Option<Advertised>, StoreError> {
    let Some(advocate) = ctx.store.consent().advocate(stored.facts.advocate).await? else { return Ok(None) };
    let Some(program) = ctx.store.incentives().program(stored.facts.program).await? else { return Ok(None) };
    let mut terms = stored.facts.terms.clone();
    terms.disclosure.chosen = stored.facts.incentive.and_then(|id| terms.offer(id)).map(|offer| offer.kind);
    let mut shown = Advertised::of(advocate, program, terms, stored.facts.incentive);
    // Where this referral's donation goes may differ from the advocate's default.
    if let Some(organisation) = stored.organisation {
        let known = ctx.store.incentives().organisations().await?;
        shown.organisation =
            known.into_iter().find(|one| one.id == organisation).map(|one| (one.id, one.name));
    }
    Ok(Some(shown))
}
