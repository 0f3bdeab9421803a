//! A copy of everything an installation needs to come back: the database, and the key its secrets are sealed with.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::Path,
    process::{Command, Stdio},
};

use percent_encoding::percent_decode_str;
use services::{Ctx, DatabaseAddress};
use url::Url;

use super::{Outcome, open};
use crate::config::{Config, write_private};

/// Writes a backup into a new folder below `into`, named after the moment, and prints its name. The server may run.
///
/// The folder gets its name only once everything in it is on the disk, so that whatever carries backups away never
/// takes half of one.
///
/// # Errors
/// A sentence that says what to change; then no backup was made.
#[expect(clippy::print_stdout, reason = "the folder's name is what this command is for")]
pub(crate) async fn run(into: &Path, config: &Config) -> Outcome {
    let ctx = open(config).await?;
    if ctx.store.pending_migrations().await? > 0 {
        return Err("there is nothing to back up: run `dreiklang migrate` first".into());
    }
    let name = format!("dreiklang-{}", ctx.now().format("%Y%m%dT%H%M%S%3fZ"));
    let (done, partial) = (into.join(&name), into.join(format!(".{name}.partial")));
    fs::create_dir_all(into)?;
    // Whoever can read a backup can read everything in it.
    fs::DirBuilder::new().mode(0o700).create(&partial)?;
    let written = write(&ctx, config, &partial).await;
    ctx.store.close().await?;
    if let Err(error) = written {
        fs::remove_dir_all(&partial)?;
        return Err(error);
    }
    fs::rename(&partial, &done)?;
    fs::File::open(into)?.sync_all()?;
    println!("{}", done.display());
    Ok(())
}

async fn write(ctx: &Ctx, config: &Config, folder: &Path) -> Outcome {
    let file = match &config.storage.database {
        DatabaseAddress::Sqlite(_) => {
            let file = folder.join("dreiklang.db");
            ctx.store.copy_to(&file).await?;
            file
        }
        DatabaseAddress::Postgres { url, .. } => {
            let file = folder.join("dreiklang.dump");
            dump(url, &file)?;
            file
        }
    };
    fs::File::open(file)?.sync_all()?;
    // A key that the operator keeps elsewhere stays there.
    if config.storage.secret.is_none() {
        write_private(&folder.join("secret.key"), &ctx.secret.to_base64())?;
    }
    Ok(fs::File::open(folder)?.sync_all()?)
}

/// PostgreSQL knows best how to copy itself: `pg_dump` sees one moment, while others go on writing.
fn dump(address: &str, file: &Path) -> Outcome {
    let mut url = Url::parse(address)?;
    let password = percent_decode_str(url.password().unwrap_or_default()).decode_utf8()?.into_owned();
    url.set_password(None).map_err(|()| "DATABASE_URL names no server")?;
    let mut command = Command::new("pg_dump");
    // Not among the arguments: every user of a machine can read those.
    if !password.is_empty() {
        command.env("PGPASSWORD", password);
    }
    let output = command
        .args(["--format=custom", "--no-owner", "--no-privileges", "--file"])
        .arg(file)
        .arg(format!("--dbname={url}"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            format!("pg_dump, which comes with PostgreSQL's client programs, can't be run: {error}")
        })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("pg_dump failed: {}", String::from_utf8_lossy(&output.stderr).trim()).into())
}
