//! Bytes to text, and what stands between two fields.

use std::borrow::Cow;

/// The file as text. With a byte order mark it is what the mark says; without, it is UTF-8 where that fits, and
/// otherwise Windows-1252, which is what Excel writes on a German Windows.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// What may stand between two fields, the likeliest first.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// What stands between the fields: whatever occurs most often in the first line, outside quotes.
pub fn delimiter(text: &str) -> u8 {
    let mut counts = [0_u32; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some(found) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[found] += 1;
                }
            }
            _ => {}
        }
    }
    let mut best = 0;
    for (at, count) in counts.iter().enumerate() {
        if *count > counts[best] {
            best = at;
        }
    }
    DELIMITERS[best]
}

/// Excel's own hint in a first line: `sep=;`.
pub fn separator_hint(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let hint = first.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=")?;
    match hint.as_bytes() {
        [delimiter] => Some((*delimiter, rest)),
        _ => None,
    }
}

/// A reader of the text's lines.
pub fn reader(text: &str) -> csv::Reader<&[u8]> {
    let (delimiter, body) = separator_hint(text).unwrap_or_else(|| (delimiter(text), text));
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        // Excel leaves empty fields out at the end of a line.
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes())
}

/// The number of a record's first line, as an editor counts. The reader notes where it began to look, which may be
/// before the rest of the last line's end and before empty lines.
pub fn line_number(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 0 };
    let (hint, body) = separator_hint(text).map_or((0, text), |(_, body)| (1, body));
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = body.as_bytes().get(from..).unwrap_or_default();
    let ends = skipped.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    position.line() + hint + ends.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_survive_every_encoding() {
        assert_eq!(decode("Mühle".as_bytes()), "Mühle");
        assert_eq!(decode(b"\xEF\xBB\xBFM\xC3\xBChle"), "Mühle");
        assert_eq!(decode(b"M\xFChle \x80"), "Mühle €", "Windows-1252");
        assert_eq!(decode(b"\xFF\xFEM\0\xFC\0"), "Mü", "UTF-16, as Excel's Unicode text");
    }

    #[test]
    fn the_delimiter_is_found_outside_quotes() {
        assert_eq!(delimiter("Firma;Land;Mail\na,b,c,d,e"), b';');
        assert_eq!(delimiter("\"Company, Inc; x;y;z\",country,mail"), b',');
        assert_eq!(delimiter("company\tcountry"), b'\t');
        assert_eq!(delimiter("company"), b';');
        assert_eq!(separator_hint("sep=,\nA,B"), Some((b',', "A,B")));
    }

    #[test]
    fn quotes_and_line_breaks_belong_to_their_field() {
        let mut reader = reader("Firma;Land\n\"Groß \"\"Eins\"\"\nWerk 2\";DE\nZwei;AT\n");
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(&records[0][0], "Groß \"Eins\"\nWerk 2");
        assert_eq!(records[1].position().unwrap().line(), 4, "lines are counted as an editor does");
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let text = "sep=;\r\nA;B\r\n1;\"x\r\ny\"\r\n\r\n2;z\r\n";
        let numbers: Vec<_> =
            reader(text).records().map(|record| line_number(text, record.unwrap().position())).collect();
        assert_eq!(numbers, [3, 6]);
    }
}
