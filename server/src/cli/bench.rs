//! A house to measure with, on the command line.

use std::time::Instant;

use clap::Args;
use services::bench::Size;

use super::{Outcome, open};
use crate::config::Config;

/// How large it shall be.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Advocates, each at a customer of their own.
    #[arg(long, default_value_t = 100_000)]
    advocates: u32,
    /// Referrals, with their contacts, consents, rewards and ledger.
    #[arg(long, default_value_t = 1_000_000)]
    referrals: u32,
    /// Entries of this year in the statement of one of the advocates.
    #[arg(long, default_value_t = 10_000)]
    entries: u32,
}

/// # Errors
/// When the database is not empty, or refuses.
pub(crate) async fn run(arguments: &Arguments, config: &Config) -> Outcome {
    let started = Instant::now();
    let ctx = open(config).await?;
    ctx.store.migrate().await?;
    let Arguments { advocates, referrals, entries } = *arguments;
    let size = Size { advocates, referrals, entries };
    services::bench::seed(&ctx, size).await.map_err(|error| error.to_string())?;
    let report = services::rewards::check_ledger(&ctx).await?;
    #[expect(clippy::print_stdout, reason = "the answer of a command line")]
    {
        println!(
            "{advocates} advocates, {referrals} referrals, {} transfers in {:.0} s",
            report.transfers,
            started.elapsed().as_secs_f64()
        );
    }
    Ok(ctx.store.close().await?)
}
