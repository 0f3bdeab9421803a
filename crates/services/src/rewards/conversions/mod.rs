//! What billing tells of deals after they were won: refunds, reductions, customers who leave, do not pay or can't, and those
//! who buy more. It comes as a file, is looked at first, and each event is taken once.
//!
//! | part | what it decides |
//! |---|---|
//! | [`line`] | what one line of the file says |
//! | [`judge`] | what becomes of a line, as deals and rewards stand |
//! | [`take`] | the file as a whole: looking at it, and taking it |

mod judge;
mod line;
mod take;

use domain::{members::Actor, rewards::DealReference, text::Language};
pub use judge::Outcome as ConversionOutcome;
use store::StoreError;
pub use store::rewards::StoredConversion;
pub use take::{
    ConversionLine, Conversions, look_at_conversions, take_conversions, take_conversions_of_host,
};
use words::Words;

use super::desk::ActError;
use crate::{
    Ctx, csv_cell, csv_file,
    imports::{Refused, Report, errors_csv},
};

/// What billing has told last; `None` for somebody who may not decide about rewards.
///
/// # Errors
/// When the memory fails.
pub async fn latest_conversions(
    ctx: &Ctx,
    actor: &Actor,
) -> Result<Option<Vec<StoredConversion>>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    ctx.store.rewards().latest_conversions().await.map(Some)
}

/// A file to fill in: a line for each deal that was won, with its reference. Lines that stay as they are say nothing.
///
/// # Errors
/// When the role is missing, or the memory fails.
pub async fn conversions_template(ctx: &Ctx, actor: &Actor) -> Result<Vec<u8>, ActError> {
    actor.approving().ok_or(ActError::NotAllowed)?;
    let deals = ctx.store.rewards().won_deals().await?;
    let rows = deals.into_iter().map(|deal| {
        [
            String::new(),
            DealReference::of(deal.referral).to_string(),
            String::new(),
            String::new(),
            String::new(),
            deal.deal.map_or_else(|| ctx.host.currency.as_str().to_owned(), |deal| deal.unit().to_string()),
            csv_cell(&deal.company),
        ]
    });
    let heading = line::HEADINGS.map(str::to_owned);
    // A machine reads it: the same whichever language somebody has chosen.
    Ok(csv_file(Language::German, std::iter::once(heading).chain(rows).collect()))
}

/// The lines that are not taken, each with its number and the reason, as a file.
pub fn refused_conversions(found: &Conversions, words: Words) -> String {
    let refused = found.lines.iter().filter_map(|line| match &line.outcome {
        ConversionOutcome::Refused(code) => {
            Some(Refused { line: line.number, code: code.clone(), fields: line.fields.clone() })
        }
        _ => None,
    });
    errors_csv(
        &Report { refused: refused.collect(), headings: found.headings.clone(), ..Report::default() },
        words,
    )
}
