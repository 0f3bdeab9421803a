//! Customers, and what billing tells, from a file, on the command line.

use std::path::PathBuf;

use clap::Subcommand;
use domain::text::{Country, Language};
use services::{
    imports::{Importing, errors_csv, import_customers, text},
    rewards::{ConversionOutcome, refused_conversions, take_conversions_of_host},
};
use words::Words;

use super::{Outcome, open};
use crate::config::Config;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Customers and their people. Safe to run again: what is there already is not added twice.
    Customers {
        /// The CSV file: UTF-8 or Windows-1252, with semicolons, commas or tabs.
        file: PathBuf,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
        /// Which column a heading of the file means, as HEADING=COLUMN; may be given several times.
        #[arg(long = "map", value_name = "HEADING=COLUMN")]
        mapping: Vec<String>,
        /// The country of lines without one, as two letters.
        #[arg(long)]
        country: Option<String>,
        /// Where lines that were not taken are written, with line and reason. Default: FILE.errors.csv
        #[arg(long)]
        errors: Option<PathBuf>,
        /// The language of the reasons: de or en.
        #[arg(long, default_value = "de")]
        language: String,
    },
    /// What billing tells of deals after they were won. Safe to run again: each event is taken once.
    Conversions {
        /// The CSV file: UTF-8 or Windows-1252, with semicolons, commas or tabs.
        file: PathBuf,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
        /// Where lines that were not taken are written, with line and reason. Default: FILE.errors.csv
        #[arg(long)]
        errors: Option<PathBuf>,
        /// The language of the reasons: de or en.
        #[arg(long, default_value = "de")]
        language: String,
    },
}

/// Where the lines go that were not taken.
fn errors_file(file: PathBuf, named: Option<PathBuf>) -> PathBuf {
    named.unwrap_or_else(|| {
        let mut name = file.into_os_string();
        name.push(".errors.csv");
        name.into()
    })
}

async fn conversions(
    file: PathBuf,
    dry_run: bool,
    errors: Option<PathBuf>,
    language: &str,
    config: &Config,
) -> Outcome {
    let language = Language::parse(language).ok_or("--language is neither de nor en")?;
    let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let words = Words::new(language);
    let ctx = open(config).await?;
    ctx.store.migrate().await?;
    let found = take_conversions_of_host(&ctx, &text::decode(&bytes), dry_run).await?;
    if found.no_columns {
        return Err(words.error("conversion_columns").into());
    }
    #[expect(clippy::print_stdout, reason = "the answer of a command line")]
    {
        println!(
            "new {}, recorded already {}, refused {}{}{}",
            found.taken(),
            found.count(|outcome| *outcome == ConversionOutcome::Unchanged),
            found.refused(),
            if found.cut { " (only the first 5000 lines; the rest comes with another file)" } else { "" },
            if dry_run { " (dry run: nothing was written)" } else { "" },
        );
    }
    if found.refused() > 0 {
        let errors = errors_file(file, errors);
        std::fs::write(&errors, refused_conversions(&found, words))?;
        #[expect(clippy::print_stdout, reason = "the answer of a command line")]
        {
            println!("refused lines: {}", errors.display());
        }
    }
    Ok(ctx.store.close().await?)
}

/// # Errors
/// A sentence that says what to change.
pub(crate) async fn run(command: Command, config: &Config) -> Outcome {
    let (file, dry_run, mapping, country, errors, language) = match command {
        Command::Customers { file, dry_run, mapping, country, errors, language } => {
            (file, dry_run, mapping, country, errors, language)
        }
        Command::Conversions { file, dry_run, errors, language } => {
            return conversions(file, dry_run, errors, &language, config).await;
        }
    };
    let country = country
        .map(|code| Country::parse(&code).map_err(|_| "--country is not a code of two letters"))
        .transpose()?;
    let language = Language::parse(&language).ok_or("--language is neither de nor en")?;
    let mapping = mapping
        .iter()
        .map(|pair| {
            let (heading, column) = pair.rsplit_once('=').ok_or("--map is not HEADING=COLUMN")?;
            Ok((heading.to_owned(), column.to_owned()))
        })
        .collect::<Result<Vec<_>, &str>>()?;
    let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let words = Words::new(language);
    let ctx = open(config).await?;
    ctx.store.migrate().await?;
    let importing = Importing { mapping, country, dry_run, by: None };
    let report = match import_customers(&ctx, &text::decode(&bytes), &importing).await {
        Ok(report) => report,
        Err(services::imports::ImportError::Layout(error)) => {
            return Err(words.error(&error.to_string()).into());
        }
        Err(services::imports::ImportError::Store(error)) => return Err(error.into()),
    };
    #[expect(clippy::print_stdout, reason = "the answer of a command line")]
    {
        println!(
            "lines {}, new customers {}, changed customers {}, new people {}, changed people {}, unchanged {}, \
             refused {}, longest transaction {} µs{}",
            report.lines,
            report.new_accounts,
            report.changed_accounts,
            report.new_people,
            report.changed_people,
            report.unchanged,
            report.refused_count,
            report.longest_us,
            if dry_run { " (dry run: nothing was written)" } else { "" },
        );
    }
    if report.refused_count > 0 {
        let errors = errors_file(file, errors);
        std::fs::write(&errors, errors_csv(&report, words))?;
        #[expect(clippy::print_stdout, reason = "the answer of a command line")]
        {
            println!("refused lines: {}", errors.display());
        }
    }
    Ok(ctx.store.close().await?)
}
