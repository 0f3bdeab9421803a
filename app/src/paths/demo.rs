//! What only a demonstration answers.

use super::Path;

/// Signs in as one of the demonstration's people.
pub const DEMO_SIGN_IN: Path = Path::fixed("/demo/sign-in");
/// What the demonstration would have sent.
pub const DEV_MAIL: Path = Path::fixed("/dev/mail");
