//! A feature that is granted early: from its listing on, each delivery of the thank-you grants it.

use domain::{
    access::ApiScope,
    incentives::IncentiveKind,
    members::{Administering, ProgramManaging},
    text::{Bilingual, CompanyName},
};

use super::Error;
use crate::{
    Ctx,
    access::{Feature, create_key, save_feature},
    referrals::programme,
};

/// Marketing lists the feature that early access grants, and the licence server gets a key.
pub(super) async fn list(ctx: &Ctx, power: &ProgramManaging, by: Administering) -> Result<(), Error> {
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let early = programme.offers.iter().find(|offer| offer.incentive.kind == IncentiveKind::EarlyAccess);
    let feature = Feature {
        id: ctx.new_id(),
        incentive: early.map(|offer| offer.incentive.id),
        name: Bilingual::new("Wartungsvorschau", "Maintenance forecast"),
        terms: Bilingual::new(
            "Zum Ausprobieren, ohne zugesagte Verfügbarkeit. Rückmeldungen sind willkommen.",
            "To try out, without promised availability. Feedback is welcome.",
        ),
        starts_on: ctx.now().with_timezone(&ctx.host.zone).date_naive(),
        seats: 500,
        taken: 0,
        version: 0,
    };
    save_feature(ctx, power, &feature, true).await?;
    create_key(ctx, by, CompanyName::parse("Lizenzserver")?, vec![ApiScope::GrantsRead]).await?;
    Ok(())
}
