//! The ways to the outside: time, randomness, mail. Each is a small trait, so that tests hold the clock.

mod clock;
mod identity;
mod mailer;
mod random;

pub use clock::{Clock, SystemClock};
pub use identity::{Begun, Identity, IdentityError, IdentityProvider, KeptSignIn, OpenId, OpenIdSettings};
pub use mailer::{Envelope, FolderMailer, MailError, SendMail, SmtpMailer};
pub use random::{OsRandom, Random};
