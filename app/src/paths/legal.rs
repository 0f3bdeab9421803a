//! Legal texts and the agreement to them.

use domain::consent::LegalKind;

use super::{Path, built};

/// Where the terms are agreed to.
pub const TERMS: Path = Path::fixed("/welcome/terms");
/// Route: a legal text.
pub const LEGAL: &str = "/legal/{kind}";

/// A legal text.
pub fn legal(kind: LegalKind) -> Path {
    built(format!("/legal/{kind}"))
}

/// Where legal texts are edited.
pub const LEGAL_TEXTS: Path = Path::fixed("/manage/legal");
/// Route: the editor of one legal text.
pub const LEGAL_TEXT: &str = "/manage/legal/{kind}";

/// The editor of one legal text.
pub fn legal_text(kind: LegalKind) -> Path {
    built(format!("/manage/legal/{kind}"))
}
