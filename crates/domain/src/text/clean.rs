//! Cleaning before checking: one place decides what happens to spaces and invisible characters.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::TextError;

/// Characters that show nothing or turn the reading direction: they come with copied text, and they disguise names.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// One line: NFC, trimmed, inner spaces collapsed, invisible characters dropped, control characters refused.
pub(crate) fn line(input: &str, max: usize) -> Result<String, TextError> {
    let visible: String = input.trim().chars().filter(|c| !is_invisible(*c)).nfc().collect();
    if visible.chars().any(char::is_control) {
        return Err(TextError::ControlCharacter);
    }
    within(visible.split_whitespace().collect::<Vec<_>>().join(" "), max)
}

/// Several lines: as [`line`], but line breaks and tabs are kept, and breaks are written `\n`.
pub(crate) fn paragraph(input: &str, max: usize) -> Result<String, TextError> {
    let breaks = input.replace("\r\n", "\n").replace('\r', "\n");
    let visible: String = breaks.chars().filter(|c| !is_invisible(*c)).nfc().collect();
    if visible.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(TextError::ControlCharacter);
    }
    within(visible.trim().to_owned(), max)
}

fn within(text: String, max: usize) -> Result<String, TextError> {
    match text.chars().count() {
        0 => Err(TextError::Empty),
        n if n > max => Err(TextError::TooLong),
        _ => Ok(text),
    }
}

/// Writes a text in ASCII as a German speaker would on a foreign keyboard: `ä` becomes `ae`, `é` becomes `e`.
/// What has no such spelling is dropped.
pub fn ascii_fold(input: &str) -> String {
    let mut folded = String::with_capacity(input.len());
    // Composed first, so that a typed "a + two dots" is the same umlaut as "ä".
    for c in input.nfc() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'Ä' => folded.push_str("Ae"),
            'Ö' => folded.push_str("Oe"),
            'Ü' => folded.push_str("Ue"),
            'ß' => folded.push_str("ss"),
            'ẞ' => folded.push_str("SS"),
            'æ' => folded.push_str("ae"),
            'Æ' => folded.push_str("Ae"),
            'œ' => folded.push_str("oe"),
            'Œ' => folded.push_str("Oe"),
            'ø' => folded.push('o'),
            'Ø' => folded.push('O'),
            'ł' => folded.push('l'),
            'Ł' => folded.push('L'),
            'đ' => folded.push('d'),
            'Đ' => folded.push('D'),
            'ı' => folded.push('i'),
            c if c.is_ascii() => folded.push(c),
            c => folded.extend(std::iter::once(c).nfd().filter(|c| c.is_ascii() && !is_combining_mark(*c))),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tidied_and_controls_refused() {
        assert_eq!(line("  Anna \u{200B}  Berger\t", 50).as_deref(), Ok("Anna Berger"));
        assert_eq!(line("<b>Anna</b>", 50).as_deref(), Ok("<b>Anna</b>"), "brackets are legal text");
        assert_eq!(line("Anna\u{0}Berger", 50), Err(TextError::ControlCharacter));
        assert_eq!(line(" \u{FEFF} ", 50), Err(TextError::Empty));
        assert_eq!(line("abc", 2), Err(TextError::TooLong));
    }

    #[test]
    fn paragraphs_keep_their_breaks() {
        assert_eq!(paragraph("one\r\ntwo\rthree\n", 50).as_deref(), Ok("one\ntwo\nthree"));
    }

    #[test]
    fn umlauts_are_spelled_out() {
        assert_eq!(ascii_fold("Mühle Groß Łódź René a\u{308}"), "Muehle Gross Lodz Rene ae");
    }
}
