//! What stands in place of a text that nobody has written yet.

use domain::{consent::LegalKind, text::Language};

/// The default, which says of itself what it is.
pub(super) fn markdown(kind: LegalKind, language: Language, host: &str) -> String {
    let text = match (kind, language) {
        (LegalKind::Imprint, Language::German) => include_str!("defaults/imprint.de.md"),
        (LegalKind::Imprint, Language::English) => include_str!("defaults/imprint.en.md"),
        (LegalKind::Privacy, Language::German) => include_str!("defaults/privacy.de.md"),
        (LegalKind::Privacy, Language::English) => include_str!("defaults/privacy.en.md"),
        (LegalKind::Terms, Language::German) => include_str!("defaults/terms.de.md"),
        (LegalKind::Terms, Language::English) => include_str!("defaults/terms.en.md"),
    };
    // The name goes into Markdown, where some of its characters would mean something.
    let mut name = String::with_capacity(host.len());
    for c in host.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-') {
            name.push('\\');
        }
        name.push(c);
    }
    text.replace("{host}", &name)
}
