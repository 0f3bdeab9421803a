//! The way out for mails.

use std::{fmt::Debug, path::PathBuf};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};

/// A mail as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Unique, and the same each time this mail is tried.
    pub message_id: String,
    /// The recipient's address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Where its reader ends such mails by one request, if they may.
    pub stop: Option<String>,
}

/// Why a mail did not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The server is away or busy: worth trying again.
    #[error("mail_server_away")]
    Away,
    /// The server, or the address itself, refuses for good.
    #[error("mail_refused")]
    Refused,
}

/// Sends mails.
#[async_trait]
pub trait SendMail: Debug + Send + Sync {
    /// Hands one mail over.
    ///
    /// # Errors
    /// [`MailError`] says whether trying again makes sense.
    async fn send(&self, mail: &Envelope) -> Result<(), MailError>;
}

fn message(sender: &Mailbox, mail: &Envelope) -> Result<Message, MailError> {
    let to = mail.to.parse().map_err(|_| MailError::Refused)?;
    let raw = |name: &'static str, value: String| {
        lettre::message::header::HeaderValue::new(
            lettre::message::header::HeaderName::new_from_ascii_str(name),
            value,
        )
    };
    let mut builder = Message::builder()
        .from(sender.clone())
        .to(Mailbox::new(None, to))
        .subject(&mail.subject)
        .message_id(Some(mail.message_id.clone()))
        // RFC 3834: out-of-office robots need not answer.
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()));
    if let Some(stop) = &mail.stop {
        // RFC 8058: the mail program's own button.
        builder = builder
            .raw_header(raw("List-Unsubscribe", format!("<{stop}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    builder
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(|_| MailError::Refused)
}

/// Sends by SMTP.
#[derive(Clone)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
}

impl Debug for SmtpMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpMailer").field("sender", &self.sender).finish_non_exhaustive()
    }
}

impl SmtpMailer {
    /// A mailer for this address: `smtp://user:password@host:port`, `smtps://…`, or `smtp://…?tls=required`.
    ///
    /// # Errors
    /// A sentence, without the password, when the address or the sender can't be read.
    pub fn new(url: &str, sender: &str) -> Result<Self, String> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("the SMTP address can't be read: {error}"))?
            .build();
        let sender = sender.parse().map_err(|error| format!("the sender can't be read: {error}"))?;
        Ok(Self { transport, sender })
    }
}

#[async_trait]
impl SendMail for SmtpMailer {
    async fn send(&self, mail: &Envelope) -> Result<(), MailError> {
        let message = message(&self.sender, mail)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Refused),
            Err(_) => Err(MailError::Away),
        }
    }
}

/// Writes mails into a folder, one file each: for an installation that has no mail server yet.
#[derive(Clone, Debug)]
pub struct FolderMailer {
    folder: PathBuf,
    sender: Mailbox,
}

impl FolderMailer {
    /// Writes into this folder, which is made when the first mail comes.
    ///
    /// # Errors
    /// A sentence when the sender can't be read.
    pub fn new(folder: PathBuf, sender: &str) -> Result<Self, String> {
        let sender = sender.parse().map_err(|error| format!("the sender can't be read: {error}"))?;
        Ok(Self { folder, sender })
    }
}

#[async_trait]
impl SendMail for FolderMailer {
    async fn send(&self, mail: &Envelope) -> Result<(), MailError> {
        let bytes = message(&self.sender, mail)?.formatted();
        tokio::fs::create_dir_all(&self.folder).await.map_err(|_| MailError::Away)?;
        let name: String = mail
            .message_id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '@' | '.'))
            .collect();
        tokio::fs::write(self.folder.join(format!("{name}.eml")), bytes).await.map_err(|_| MailError::Away)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(stop: Option<&str>) -> String {
        let mail = Envelope {
            message_id: "<1@portal.halvern.example>".into(),
            to: "anna@muehlenau.example".into(),
            subject: "Angenommen: Ravensteiner Hydraulik GmbH".into(),
            text: "Guten Tag".into(),
            html: "<p>Guten Tag</p>".into(),
            stop: stop.map(str::to_owned),
        };
        let sender = "Halvern <portal@halvern.example>".parse().unwrap();
        String::from_utf8(message(&sender, &mail).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_that_can_be_stopped_says_so_to_mail_programs() {
        let with = written(Some("https://empfehlen.halvern.example/mail/1/stop/abc"));
        assert!(
            with.contains("List-Unsubscribe: <https://empfehlen.halvern.example/mail/1/stop/abc>\r\n"),
            "{with}"
        );
        assert!(with.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{with}");
        assert!(with.contains("Auto-Submitted: auto-generated\r\n"), "{with}");
        assert!(!written(None).contains("List-Unsubscribe"));
    }
}
