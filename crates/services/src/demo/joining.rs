//! Two people of a customer who would like to join, and an advocate's link for colleagues.

use domain::{
    members::Actor,
    text::{EmailAddress, Language, PersonName},
};

use super::Error;
use crate::{
    Ctx, jobs,
    members::joining::{
        Ask, Through, ask_to_join, confirm_request, new_colleague_link, set_join_by_domain, token,
    },
};

pub(super) async fn tell(ctx: &Ctx, administrator: &Actor, advocate: Option<&Actor>) -> Result<(), Error> {
    let power = administrator.administering().ok_or("an administrator administers")?;
    set_join_by_domain(ctx, power, true).await?;
    let Some(referrer) = advocate.and_then(Actor::referrer) else { return Ok(()) };
    new_colleague_link(ctx, &referrer).await?;
    let account = ctx.store.accounts().details(referrer.account()).await?;
    let Some(domain) = account.and_then(|account| account.domains.first().cloned()) else { return Ok(()) };
    for (name, local) in [("Bettina Ahrens", "bettina.ahrens"), ("Cem Doğan", "cem.dogan")] {
        let email = EmailAddress::parse(&format!("{local}@{}", domain.as_str()))?;
        ask_to_join(
            ctx,
            &Ask {
                through: Through::Domain,
                name: PersonName::parse(name)?,
                email: email.clone(),
                language: Language::German,
                source: "192.0.2.1".to_owned(),
            },
        )
        .await?;
        jobs::run_due(ctx).await?;
        // The invented person presses the button behind their mail.
        if let Some(request) = ctx.store.joining().request_by_email(&email).await? {
            confirm_request(ctx, &token(ctx, request)).await?;
        }
    }
    Ok(())
}
