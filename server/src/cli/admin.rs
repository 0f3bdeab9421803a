//! The people who run the portal.

use clap::Subcommand;
use domain::text::{EmailAddress, Language, PersonName};
use services::members::create_admin;

use super::{Outcome, open};
use crate::config::Config;

/// What can be done for them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add a member with every staff role, who can then invite others.
    Create {
        /// The address they sign in with.
        #[arg(long)]
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
        /// The language they read: de or en.
        #[arg(long, default_value = "de")]
        language: String,
    },
}

/// # Errors
/// A sentence that says what to change.
pub(crate) async fn run(command: Command, config: &Config) -> Outcome {
    let Command::Create { email, name, language } = command;
    let email = EmailAddress::parse(&email).map_err(|_| "--email is not an e-mail address")?;
    let name = PersonName::parse(&name).map_err(|_| "--name is not a name")?;
    let language = Language::parse(&language).ok_or("--language is neither de nor en")?;
    let ctx = open(config).await?;
    ctx.store.migrate().await?;
    create_admin(&ctx, name, email, language).await?;
    Ok(ctx.store.close().await?)
}
