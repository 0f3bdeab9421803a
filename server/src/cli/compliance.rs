//! The compliance matrix.

use chrono::NaiveDate;
use clap::Subcommand;
use domain::text::{Country, EmailAddress, PersonName};
use services::compliance::{NewSignOff, ensure_defaults, sign_off};

use super::{Outcome, open};
use crate::config::Config;

/// What can be done with it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Record that counsel has signed off the rules of a market, as they stand. Until then nobody there can choose a
    /// thank-you.
    SignOff {
        /// The market, as DE.
        #[arg(long)]
        market: String,
        /// Who signed.
        #[arg(long)]
        counsel: String,
        /// The day it was signed, as 2026-11-30.
        #[arg(long)]
        on: NaiveDate,
        /// Where the signed document is.
        #[arg(long)]
        document: String,
        /// The address of the member of marketing who records it.
        #[arg(long)]
        by: String,
    },
}

/// # Errors
/// A sentence that says what to change.
pub(crate) async fn run(command: Command, config: &Config) -> Outcome {
    let Command::SignOff { market, counsel, on, document, by } = command;
    let market = Country::parse(&market).map_err(|_| "--market is not a country's two letters")?;
    let counsel = PersonName::parse(&counsel).map_err(|_| "--counsel is not a name")?;
    let by = EmailAddress::parse(&by).map_err(|_| "--by is not an e-mail address")?;
    let ctx = open(config).await?;
    ctx.store.migrate().await?;
    ensure_defaults(&ctx).await?;
    let members = ctx.store.members();
    let by = members.id_by_email(&by).await?.ok_or("--by is nobody's address")?;
    let person = members.person(by).await?;
    let power =
        person.and_then(|person| person.actor.program_managing()).ok_or("--by is nobody of marketing")?;
    let law = ctx.store.compliance().law().await?;
    let set_number = law.markets.get(&market).ok_or("there are no rules for this market")?.set_number;
    let new = NewSignOff { market, set_number, counsel, signed_on: on, document };
    sign_off(&ctx, power, new).await.map_err(|error| match error.to_string().as_str() {
        "sign_off_future" => "--on lies in the future".to_owned(),
        "empty" => "--document is empty".to_owned(),
        other => other.to_owned(),
    })?;
    Ok(ctx.store.close().await?)
}
