//! What an advocate shares: link, code, QR code, a prepared mail.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{members::Referrer, touches::Channel};
use leptos::prelude::*;
use services::{
    Catalogue, catalogue,
    consent::{Advertised, advertised_by},
    referrals::Programme,
    touches::{ShareKit, own_channel_results, share_kit},
};
use words::{Formats, Words, keys};

use super::channels;
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, consent::benefits},
    paths,
    shell::{Head, page},
    ui::{self, icon, qr::Qr},
    visitor::{SignedIn, Visitor},
};

/// Everything the stage shows.
#[derive(Clone, Debug)]
pub struct ShareStage {
    /// The advocate's link and code.
    pub kit: ShareKit,
    /// What the advocate gets, as those they share with are told.
    pub advertised: Advertised,
}

/// Loads the stage for an advocate's programme.
///
/// # Errors
/// When the memory fails.
async fn load_share_stage(
    visitor: &Visitor,
    by: &Referrer,
    programme: &Programme,
) -> Result<Option<ShareStage>, PageError> {
    let ctx = &visitor.app.ctx;
    let id = programme.program.id;
    let Some(advertised) = advertised_by(ctx, by.member(), programme).await? else { return Ok(None) };
    Ok(Some(ShareStage { kit: share_kit(ctx, by, id).await?, advertised }))
}

/// The dark stage: link, copy button, code to be said aloud, prepared mail, QR code.
pub fn share_stage(stage: &ShareStage, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let (host, assets) = (visitor.app.ctx.host.name.as_str(), &visitor.app.assets);
    let kit = &stage.kit;
    let shown = kit.link_url.split_once("://").map_or(kit.link_url.as_str(), |(_, rest)| rest).to_owned();
    // A hyphen that breaks the line would be read as the end of the code.
    let spoken = kit.speakable.as_str().replace('-', "\u{2011}");
    // A picture of its own, which a browser keeps: making one takes longer than the rest of the page.
    let version = visitor.app.ctx.secret.hash("qr", &kit.link_url).chars().take(12).collect::<String>();
    let drawing = paths::SHARE_QR_SVG.with_query([("v", version.as_str())]).to_string();
    let picture = paths::SHARE_QR_PNG.with_query([("v", version.as_str())]).to_string();
    let qr = view! {
        <div class="qr">
            <img src=drawing.clone() alt=words.say(keys::SHARE_QR) width="148" height="148"/>
            <span>
                <a href=drawing download="qr.svg">{words.say(keys::SHARE_QR_SVG)}</a>
                " · "
                <a href=picture download="qr.png">{words.say(keys::SHARE_QR_PNG)}</a>
            </span>
        </div>
    };
    view! {
        <section class="stage" aria-labelledby="share">
            <div class="body">
                <div class="share">
                    <div class="stack-tight">
                        <h2 id="share">{words.say(keys::SHARE_TITLE)}</h2>
                        <p class="muted">{words.say(keys::SHARE_LEDE)}</p>
                        <div class="link">
                            <output>{shown}</output>
                            {ui::copy_button(kit.link_url.clone(), words)}
                        </div>
                        <p class="small">
                            {words.say(keys::SHARE_SPOKEN)}" "<strong class="mono">{spoken}</strong>
                        </p>
                        <div class="cluster">
                            <a class="button" data-kind="plain" href=mail_address(stage, host, words, formats)>
                                {icon(assets, "mail")}{words.say(keys::SHARE_MAIL)}
                            </a>
                        </div>
                        <p class="small muted">{words.with(keys::SHARE_CLICKS, [("n", kit.clicks_total.into())])}</p>
                    </div>
                    {qr}
                </div>
            </div>
        </section>
    }
    .into_markup()
}

/// Where a link for one channel leads, and what somebody posts there themselves. What they get stands in the text.
fn ready_links(stage: &ShareStage, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let host = visitor.app.ctx.host.name.as_str();
    let told = benefits::in_share_text(&stage.advertised, host, words, formats);
    let links = [Channel::LinkedIn, Channel::WhatsApp, Channel::X, Channel::Event]
        .into_iter()
        .map(|channel| {
            let name = words.code("way", channel.as_str());
            let link = format!("{}?ch={channel}", stage.kit.link_url);
            let text =
                words.with(keys::SHARE_POST_TEXT, [("host", host.into()), ("link", link.as_str().into())]);
            let post = ui::post_draft(channel, &format!("{text}\n\n{told}")).map(|address| {
                let label = words.with(keys::SHARE_POST, [("channel", name.as_ref().into())]);
                view! {
                    <a class="button" data-kind="plain" href=address rel="noreferrer">
                        {icon(&visitor.app.assets, "send")}{label}
                    </a>
                }
            });
            let help = (channel == Channel::Event).then(|| {
                view! { <p class="small muted">{words.say(keys::SHARE_EVENT_HELP)}</p> }
            });
            view! {
                <li class="stack-tight">
                    <h3>{name}</h3>
                    {help}
                    <code class="hand-on">{link.clone()}</code>
                    <div class="cluster">{ui::copy_button(link, words)}{post}</div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="ready">
            <header><h2 id="ready">{words.say(keys::SHARE_READY)}</h2></header>
            <div class="body">
                <p class="small muted">{words.say(keys::SHARE_READY_HELP)}</p>
                <ul class="ready-links">{links}</ul>
            </div>
        </section>
    }
    .into_markup()
}

fn qr_address(kit: &ShareKit) -> String {
    format!("{}?ch=qr", kit.link_url)
}

/// A mail in the advocate's own program, with nobody's address in it. What the advocate gets stands in the text, and
/// is not a line that could be switched off.
fn mail_address(stage: &ShareStage, host: &str, words: Words, formats: Formats) -> String {
    let subject = words.with(keys::SHARE_MAIL_SUBJECT, [("host", host.into())]);
    let body = [
        words.with(keys::SHARE_MAIL_TEXT, [("host", host.into())]),
        format!("{}?ch=mail", stage.kit.link_url),
        benefits::in_share_text(&stage.advertised, host, words, formats),
    ]
    .join("\r\n\r\n");
    ui::mail_draft(&subject, &body)
}

/// The advocate's power, and the catalogue with their programme; without the first there is nothing to share.
async fn sharing(
    visitor: &Visitor,
    person: &services::members::Person,
) -> Result<(Referrer, Arc<Catalogue>), PageError> {
    let by = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    Ok((by, catalogue(&visitor.app.ctx, Some(person.catalogue)).await?))
}

/// `GET /share`
///
/// # Errors
/// When the memory fails.
pub async fn show(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let (by, catalogue) = sharing(&visitor, &person).await?;
    let programme = catalogue.programme.as_ref().ok_or(PageError::NotFound)?;
    let stage = load_share_stage(&visitor, &by, programme).await?.ok_or(PageError::NotFound)?;
    let words = visitor.words;
    let (host, formats) = (visitor.app.ctx.host.name.as_str(), visitor.formats());
    let text = benefits::in_share_text(&stage.advertised, host, words, formats);
    let results = own_channel_results(&visitor.app.ctx, &by).await?;
    let view = view! {
        <header class="page-head"><h1>{words.say(keys::SHARE_PAGE)}</h1></header>
        <div class="stack">
            {share_stage(&stage, &visitor)}
            {ready_links(&stage, &visitor)}
            {channels::results_panel(&visitor, &results, keys::CHANNELS_OWN)}
            <section class="panel" aria-labelledby="told">
                <header><h2 id="told">{words.say(keys::SHARE_TOLD)}</h2></header>
                <div class="body">
                    <p>{text}</p>
                    <p class="small muted">{words.say(keys::SHARE_TOLD_WHY)}</p>
                    <p>
                        <a href=paths::landing(stage.kit.code.as_str(), None).to_string()>
                            {words.say(keys::SHARE_PREVIEW)}
                        </a>
                    </p>
                </div>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::SHARE_PAGE)), view))
}

async fn qr_of(visitor: &Visitor, person: &services::members::Person) -> Result<Qr, PageError> {
    let (by, catalogue) = sharing(visitor, person).await?;
    let programme = catalogue.programme.as_ref().ok_or(PageError::NotFound)?;
    let kit = share_kit(&visitor.app.ctx, &by, programme.program.id).await?;
    Qr::new(&qr_address(&kit)).ok_or(PageError::NotFound)
}

/// `GET /share/qr.svg`
///
/// # Errors
/// When the memory fails.
pub async fn qr_svg(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let qr = qr_of(&visitor, &person).await?;
    Ok(download("image/svg+xml", "attachment; filename=\"qr.svg\"", qr.svg().into_bytes()))
}

/// `GET /share/qr.png`
///
/// # Errors
/// When the memory fails.
pub async fn qr_png(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let png = qr_of(&visitor, &person).await?.png().ok_or(PageError::NotFound)?;
    Ok(download("image/png", "attachment; filename=\"qr.png\"", png))
}

fn download(kind: &'static str, disposition: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition)),
        // Pages ask for it under an address that changes with the link.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000")),
    ];
    (headers, bytes).into_response()
}
