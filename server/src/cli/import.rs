//! Customers from a file, on the command line.

use std::path::PathBuf;

use clap::Subcommand;
use domain::text::{Country, Language};
use services::imports::{Importing, errors_csv, import_customers, text};
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
}

/// # Errors
/// A sentence that says what to change.
pub(crate) async fn run(command: Command, config: &Config) -> Outcome {
    let Command::Customers { file, dry_run, mapping, country, errors, language } = command;
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
        let errors = errors.unwrap_or_else(|| {
            let mut name = file.into_os_string();
            name.push(".errors.csv");
            name.into()
        });
        std::fs::write(&errors, errors_csv(&report, words))?;
        #[expect(clippy::print_stdout, reason = "the answer of a command line")]
        {
            println!("refused lines: {}", errors.display());
        }
    }
    Ok(ctx.store.close().await?)
}
