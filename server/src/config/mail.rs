//! How mails leave.

use std::sync::Arc;

use services::{
    Host,
    ports::{FolderMailer, SendMail, SmtpMailer},
};

use super::{ConfigError, Raw, storage::Storage, wrong};

/// How mails leave: by SMTP, or into a folder where there is no server yet.
#[derive(Debug)]
pub(crate) struct Mail {
    /// The way out.
    pub(crate) mailer: Arc<dyn SendMail>,
}

impl Mail {
    pub(super) fn check(raw: &Raw, host: &Host, storage: &Storage) -> Result<Self, ConfigError> {
        let quoted = host.name.replace(['"', '\\'], "");
        let sender =
            raw.sender.clone().unwrap_or_else(|| format!("\"{quoted}\" <dreiklang@localhost.localdomain>"));
        let bad_sender =
            || wrong("DREIKLANG_SENDER", &sender, "an address like Halvern <portal@halvern.example>");
        let folder = FolderMailer::new(storage.data_dir.join("mails"), &sender).map_err(|_| bad_sender())?;
        let mailer: Arc<dyn SendMail> = match raw.smtp_url.as_deref() {
            None => Arc::new(folder),
            // The address may carry a password, so it is not repeated.
            Some(url) => Arc::new(SmtpMailer::new(url, &sender).map_err(|_| {
                wrong("DREIKLANG_SMTP_URL", "…", "an address like smtps://user:password@mail.company.example")
            })?),
        };
        Ok(Self { mailer })
    }
}
