//! The command line.

mod admin;
mod backup;
mod bench;
mod compliance;
mod doctor;
mod import;
mod serve;

use clap::{Parser, Subcommand};
use services::{
    Ctx, RememberedCatalogue, Store,
    ports::{OsRandom, SystemClock},
};
use std::{path::PathBuf, sync::Arc};

use crate::config::{Config, not_torn_apart, secret_key};

/// A customer-facing advocacy portal and community hub.
#[derive(Debug, Parser)]
#[command(name = "dreiklang", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal and do its jobs. On SQLite it brings the schema up to date first.
    Serve,
    /// Bring the database's schema up to date.
    Migrate,
    /// Fill an empty database with an invented company that can be looked at from every side. Nothing is ever sent.
    SeedDemo,
    /// Fill an empty database with a demonstration of any size, to measure with. Nothing is ever sent.
    SeedBench(bench::Arguments),
    /// Copy database and key into a new folder, while the portal runs or not.
    Backup {
        /// The folder in which the backup's own folder is made.
        into: PathBuf,
    },
    /// Check data folder, schema, jobs and the reward ledger.
    Doctor,
    /// Look after the people who run the portal.
    Admin {
        #[command(subcommand)]
        command: admin::Command,
    },
    /// Look after the compliance matrix.
    Compliance {
        #[command(subcommand)]
        command: compliance::Command,
    },
    /// Read customers from a file.
    Import {
        #[command(subcommand)]
        command: import::Command,
    },
}

/// Anything that ends the program, as a sentence for whoever started it.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Reads the arguments and does what they say.
///
/// # Errors
/// A sentence that says what to change.
pub async fn run() -> Outcome {
    let arguments = Arguments::parse();
    let config = Config::load()?;
    open_log(&config);
    match arguments.command {
        Command::Serve => serve::serve(config).await,
        Command::Migrate => {
            let ctx = open(&config).await?;
            ctx.store.migrate().await?;
            Ok(ctx.store.close().await?)
        }
        Command::SeedDemo => {
            let ctx = open(&config).await?;
            ctx.store.migrate().await?;
            services::demo::seed(&ctx).await.map_err(|error| error.to_string())?;
            Ok(ctx.store.close().await?)
        }
        Command::SeedBench(arguments) => bench::run(&arguments, &config).await,
        Command::Backup { into } => backup::run(&into, &config).await,
        Command::Doctor => doctor::run(&config).await,
        Command::Admin { command } => admin::run(command, &config).await,
        Command::Compliance { command } => compliance::run(command, &config).await,
        Command::Import { command } => import::run(command, &config).await,
    }
}

/// Opens the installation that the configuration names.
///
/// # Errors
/// When folder, key or database can't be opened.
pub(crate) async fn open(config: &Config) -> Result<Ctx, Box<dyn std::error::Error>> {
    not_torn_apart(&config.storage)?;
    std::fs::create_dir_all(&config.storage.data_dir)?;
    let random = Arc::new(OsRandom);
    // The key comes after the file: a first start that is cut short in between can be repeated.
    let store = Store::open(&config.storage.database).await?;
    let secret = secret_key(&config.storage, &*random)?;
    Ok(Ctx {
        store,
        clock: Arc::new(SystemClock),
        random,
        secret,
        mailer: config.mail.mailer.clone(),
        identity: config.oidc.providers().into(),
        host: Arc::new(config.host.clone()),
        catalogue: RememberedCatalogue::default(),
        demo: false,
    })
}

fn open_log(config: &Config) {
    use tracing_subscriber::{EnvFilter, fmt, prelude::*};
    let filter = EnvFilter::new(&config.log);
    let registry = tracing_subscriber::registry().with(filter);
    if config.log_json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).init();
    } else {
        registry.with(fmt::layer().with_writer(std::io::stderr)).init();
    }
}
