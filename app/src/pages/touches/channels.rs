//! What each channel has brought: for an advocate on the page of their link, for staff on a page of its own.

use leptos::prelude::*;
use services::touches::{ChannelResult, channel_results};
use words::{Key, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/channels`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who do not see programmes as staff do.
pub async fn show(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let results = channel_results(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let table = results_panel(&visitor, &results, keys::CHANNELS_TITLE);
    let empty = table.is_none().then(|| {
        view! { <section class="panel"><div class="body"><p>{words.say(keys::CHANNELS_EMPTY)}</p></div></section> }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{words.say(keys::CHANNELS_TITLE)}</h1>
            <p class="lede">{words.say(keys::CHANNELS_LEDE)}</p>
        </header>
        <div class="stack narrow">{table}{empty}</div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CHANNELS_TITLE)).in_nav(Nav::Incentives).compact(), view))
}

/// A line for each channel that has brought anything; nothing where there is none.
pub(super) fn results_panel(visitor: &Visitor, results: &[ChannelResult], title: Key) -> Option<Markup> {
    if results.is_empty() {
        return None;
    }
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = results
        .iter()
        .map(|result| {
            view! {
                <tr>
                    <th scope="row">{words.code("way", result.channel.as_str())}</th>
                    <td class="n">{formats.number(result.clicks)}</td>
                    <td class="n">{formats.number(result.referrals)}</td>
                    <td class="n">{formats.number(result.won)}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::CHANNELS_CHANNEL.into(),
        Column::number(keys::CHANNELS_CLICKS),
        Column::number(keys::CHANNELS_REFERRALS),
        Column::number(keys::CHANNELS_CUSTOMERS),
    ];
    Some(
        view! {
            <section class="panel" aria-labelledby="channels">
                <header><h2 id="channels">{words.say(title)}</h2></header>
                <div class="body"><p class="small muted">{words.say(keys::CHANNELS_HELP)}</p></div>
                {ui::scrolling_table(title, columns, rows, words)}
            </section>
        }
        .into_markup(),
    )
}
