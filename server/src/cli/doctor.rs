//! Whether the installation is well: what an operator looks at first when something feels wrong.

use std::path::Path;

use services::rewards::check_ledger;

use super::{Outcome, open};
use crate::config::Config;

/// How many dead jobs are named.
const NAMED: u64 = 10;

/// Checks and reports; ends with an error if something needs a person.
///
/// # Errors
/// When a check fails, or the database does not answer.
#[expect(clippy::print_stdout, reason = "the report is what this command is for")]
pub(crate) async fn run(config: &Config) -> Outcome {
    let ctx = open(config).await?;
    let mut troubles = 0;
    let mut say = |well: bool, what: String| {
        if !well {
            troubles += 1;
        }
        println!("{} {what}", if well { "ok     " } else { "TROUBLE" });
    };

    let folder = &config.storage.data_dir;
    match write_and_remove(folder) {
        Ok(()) => say(true, format!("the data folder {} can be written", folder.display())),
        Err(error) => say(false, format!("the data folder {} can't be written: {error}", folder.display())),
    }
    let pending = ctx.store.pending_migrations().await?;
    let schema = if pending == 0 {
        "the database's schema is up to date".to_owned()
    } else {
        format!("{pending} schema steps are pending: run `dreiklang migrate`")
    };
    say(pending == 0, schema);
    if pending == 0 {
        let dead = ctx.store.dead_jobs(NAMED).await?;
        if dead.is_empty() {
            say(true, "no job was given up".to_owned());
        }
        for job in dead {
            let text = format!("job {} ({}) was given up: {}", job.id, job.kind, job.last_error);
            say(false, text);
        }
        let report = check_ledger(&ctx).await?;
        if report.is_sound() {
            let (accounts, transfers) = (report.accounts, report.transfers);
            say(true, format!("the ledger agrees: {accounts} accounts, {transfers} transfers"));
        }
        for difference in report.differences {
            let (stored, counted) = (difference.stored, difference.counted);
            say(false, format!("ledger, {}: {stored} is stored, {counted} was counted", difference.what));
        }
    }
    ctx.store.close().await?;
    match troubles {
        0 => Ok(()),
        1 => Err("1 thing needs a person".into()),
        many => Err(format!("{many} things need a person").into()),
    }
}

fn write_and_remove(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(".doctor");
    std::fs::write(&probe, b"written by `dreiklang doctor`\n")?;
    std::fs::remove_file(probe)
}
