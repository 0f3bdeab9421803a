//! Two people of a customer who would like to join, an advocate's link for colleagues, and an invitation that may go as a
//! mail of one's own.

use domain::{
    consent::{Basis, Channel},
    members::Actor,
    text::{EmailAddress, Language, PermissionSource, PersonName},
};

use super::Error;
use crate::{
    Ctx, jobs,
    members::{
        RecordPermission,
        joining::{
            Ask, Through, ask_to_join, confirm_request, new_colleague_link, set_join_by_domain, token,
        },
        record_permission, renew_invitation,
    },
};

/// Invites somebody of a customer who may be written to by mail.
pub(super) async fn invite(ctx: &Ctx, administrator: &Actor, mail: &str) -> Result<(), Error> {
    let by = administrator.inviting().ok_or("an administrator invites")?;
    let member = ctx.store.members().id_by_email(&EmailAddress::parse(mail)?).await?;
    let member = member.ok_or("an imported person is missing")?;
    renew_invitation(ctx, by, administrator.administering(), member).await?;
    let bought = RecordPermission {
        member,
        channel: Channel::Mail,
        basis: Basis::ExistingCustomer,
        source: Some(PermissionSource::parse("Kaufvertrag, Hinweis nach § 7 Abs. 3 UWG")?),
    };
    Ok(record_permission(ctx, by, bought).await?)
}

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
