//! What an advocate gets unless they choose otherwise, on their own profile.

use domain::{incentives::Eligibility, members::Referrer};
use leptos::prelude::*;
use services::referrals::{programme, standing};
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::PageError,
    paths,
    ui::{self, Choice, Field},
    visitor::Visitor,
};

/// The panel with its form; `None` before there is a programme.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn panel(
    visitor: &Visitor,
    referrer: &Referrer,
    kept: Option<FormState>,
) -> Result<Option<Markup>, PageError> {
    let ctx = &visitor.app.ctx;
    let Some(programme) = programme(ctx).await? else { return Ok(None) };
    let Some(standing) = standing(ctx, referrer.member()).await? else { return Ok(None) };
    let own = ctx.store.incentives().own_thanks(referrer.member()).await?;
    let form = kept.unwrap_or_else(|| {
        FormState::filled([
            ("incentive", own.incentive.map(|id| id.to_string()).unwrap_or_default()),
            ("organisation", own.organisation.map(|id| id.to_string()).unwrap_or_default()),
        ])
    });
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let language = words.language();
    let field = |name, label, help| Field {
        name,
        label: words.say(label).into_owned(),
        help: Some(words.say(help).into_owned()),
        blank: true,
        ..Field::default()
    };
    let incentive = field("incentive", keys::OWN_THANKS_DEFAULT, keys::OWN_THANKS_DEFAULT_HELP);
    let organisation =
        field("organisation", keys::OWN_THANKS_ORGANISATION, keys::OWN_THANKS_ORGANISATION_HELP);
    let each_time =
        Choice { value: String::new(), label: words.say(keys::OWN_THANKS_EACH_TIME).into_owned() };
    // What is blocked stays in sight with its reason, as on the form of a referral.
    let offers = programme.choices(&standing.receiver).into_iter().map(|(offer, may)| {
        let name = offer.name.to(language);
        let label = match may {
            Eligibility::Allowed => name.to_owned(),
            Eligibility::Blocked(reasons) => {
                let why: Vec<_> = reasons.iter().map(|reason| words.code("block", reason.as_str())).collect();
                format!("{name} ({})", why.join(" "))
            }
        };
        Choice { value: offer.incentive.id.to_string(), label }
    });
    let nowhere = Choice { value: String::new(), label: words.say(keys::OWN_THANKS_NOWHERE).into_owned() };
    let organisations = programme
        .organisations
        .iter()
        .map(|one| Choice { value: one.id.to_string(), label: one.name.clone() });
    let view = view! {
        <section class="panel" aria-labelledby="own-thanks">
            <header><h2 id="own-thanks">{words.say(keys::OWN_THANKS_TITLE)}</h2></header>
            <form class="form body" method="post" action=paths::OWN_THANKS.to_string()>
                {ui::error_summary(&form, words)}
                <div class="fields">
                    {ui::select_field(&incentive, std::iter::once(each_time).chain(offers).collect(), &form, words, assets)}
                    {ui::select_field(
                        &organisation,
                        std::iter::once(nowhere).chain(organisations).collect(),
                        &form,
                        words,
                        assets,
                    )}
                </div>
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::OWN_THANKS_SAVE)}</button>
                </div>
            </form>
        </section>
    };
    Ok(Some(view.into_markup()))
}
