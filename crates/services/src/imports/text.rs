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

/// The records of a text, one after the other, each with the number of its first line as an editor counts.
///
/// A quote that somebody forgot to close makes a reader take the lines after it for one long field. Such a record is given
/// back as [`Row::Open`], and reading goes on in the line after its first: one line is lost, not all behind it.
pub struct Rows<'t> {
    body: &'t str,
    delimiter: u8,
    headings: csv::StringRecord,
    reader: csv::Reader<&'t [u8]>,
    /// Where in the body the reader began, and how many lines of the text stand before that.
    start: usize,
    before: u64,
}

/// What stands in the text next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A record, which begins in this line.
    Read(u64),
    /// A quote of the record that begins in this line has no end, or swallows other records.
    Open(u64),
    /// What begins in this line is no text.
    Unreadable(u64),
}

impl<'t> Rows<'t> {
    /// Reads the headings.
    pub fn of(text: &'t str) -> Self {
        let hint = separator_hint(text);
        let (delimiter, body) = hint.unwrap_or_else(|| (delimiter(text), text));
        let mut rows = Self {
            body,
            delimiter,
            headings: csv::StringRecord::new(),
            reader: reader(body, delimiter),
            start: 0,
            before: hint.map_or(0, |_| 1),
        };
        let mut headings = csv::StringRecord::new();
        // Headings that can't be read name no column, which is said of the whole file.
        if let Some(Row::Read(_)) = rows.next(&mut headings) {
            rows.headings = headings;
        }
        rows
    }

    /// The first record.
    pub const fn headings(&self) -> &csv::StringRecord {
        &self.headings
    }

    /// Reads on; `None` at the end.
    pub fn next(&mut self, record: &mut csv::StringRecord) -> Option<Row> {
        let (from, begun) = (place(self.reader.position()), self.reader.position().line());
        let read = self.reader.read_record(record);
        let to = place(self.reader.position());
        let raw = self.body.get(self.start + from..self.start + to).unwrap_or_default();
        // The reader notes where it began to look, which may be before the rest of the last line's end and before empty
        // lines.
        let empty = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let skipped = raw.bytes().take(empty).filter(|byte| *byte == b'\n').count();
        let line = self.before + begun + skipped as u64;
        match read {
            Ok(false) => None,
            Ok(true) if self.is_open(&raw[empty..], record) => {
                self.go_on_at(self.start + from + empty, line);
                Some(Row::Open(line))
            }
            Ok(true) => Some(Row::Read(line)),
            Err(_) => {
                self.go_on_at(self.start + from + empty, line);
                Some(Row::Unreadable(line))
            }
        }
    }

    /// Whether a quote swallows what it should not: it ends with the file only, or holds line breaks and as many delimiters as
    /// stand between the fields of a whole record.
    fn is_open(&self, raw: &str, record: &csv::StringRecord) -> bool {
        if !raw.trim_end_matches(['\r', '\n']).contains('\n') && !ends_quoted(raw, self.delimiter) {
            return false;
        }
        let between = self.headings.len().saturating_sub(1);
        let delimiter = char::from(self.delimiter);
        let swallows = |field: &str| field.contains('\n') && field.matches(delimiter).count() >= between;
        (between > 1 && record.iter().any(swallows)) || ends_quoted(raw, self.delimiter)
    }

    /// Goes on behind the line that begins here and has this number.
    fn go_on_at(&mut self, begin: usize, line: u64) {
        let rest = &self.body[begin..];
        self.start = begin + rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.before = line;
        self.reader = reader(&self.body[self.start..], self.delimiter);
    }
}

fn reader(body: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        // Excel leaves empty fields out at the end of a line.
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes())
}

fn place(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Whether a record ends inside quotes. A quote opens a field only where the field begins, and a doubled one is a character.
fn ends_quoted(raw: &str, delimiter: u8) -> bool {
    let (mut quoted, mut begins) = (false, true);
    let mut bytes = raw.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (quoted, byte) {
            (true, b'"') if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (true, b'"') => quoted = false,
            (true, _) => {}
            (false, b'"') if begins => quoted = true,
            (false, byte) => begins = byte == delimiter || byte == b'\n',
        }
    }
    quoted
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

    fn rows(text: &str) -> Vec<(Row, Vec<String>)> {
        let mut rows = Rows::of(text);
        let mut record = csv::StringRecord::new();
        let mut all = Vec::new();
        while let Some(row) = rows.next(&mut record) {
            let fields = if matches!(row, Row::Read(_)) { &record } else { &csv::StringRecord::new() };
            all.push((row, fields.iter().map(str::to_owned).collect()));
        }
        all
    }

    fn numbers(text: &str) -> Vec<Row> {
        rows(text).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn quotes_and_line_breaks_belong_to_their_field() {
        let rows = rows("Firma;Land\n\"Groß \"\"Eins\"\"\nWerk 2\";DE\nZwei;AT\n");
        assert_eq!(rows[0].1[0], "Groß \"Eins\"\nWerk 2");
        assert_eq!(rows[1].0, Row::Read(4), "lines are counted as an editor does");
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let text = "sep=;\r\nA;B\r\n1;\"x\r\ny\"\r\n\r\n2;z\r\n";
        assert_eq!(numbers(text), [Row::Read(3), Row::Read(6)]);
        assert_eq!(numbers("\n\nA;B\n\n1;2"), [Row::Read(5)]);
    }

    #[test]
    fn headings_with_a_quote_that_is_not_closed_are_none() {
        assert!(Rows::of("Firma;\"Land\nEins;DE\n").headings().is_empty());
        assert_eq!(Rows::of("Firma;\"Land\nund Ort\"\nEins;DE\n").headings().len(), 2);
    }

    #[test]
    fn a_quote_that_is_not_closed_costs_its_own_line_alone() {
        use Row::{Open, Read};
        let lost = "Firma;Notiz;Land\nEins;\"Zoll 24;DE\nZwei;;AT\nDrei;;CH\n";
        assert_eq!(numbers(lost), [Open(2), Read(3), Read(4)], "it would have ended with the file");
        let closed = "Firma;Notiz;Land\nEins;\"Zoll 24;DE\nZwei;;AT\nDrei;\"Zoll 12;CH\nVier;;DE\n";
        assert_eq!(
            numbers(closed),
            [Open(2), Read(3), Open(4), Read(5)],
            "another quote would have ended it"
        );
        let next = "Firma;Notiz;Land\r\nEins;\"Zoll 24;DE\r\nZwei;\"Zoll 12;AT\r\nDrei;;CH";
        assert_eq!(numbers(next), [Open(2), Open(3), Read(4)]);
        assert_eq!(numbers("Firma;Notiz;Land\nEins;;\"DE"), [Open(2)], "in the last field of the last line");
        let two = "Firma;Land\n\"Eins;DE\nZwei;AT\n";
        assert_eq!(numbers(two), [Open(2), Read(3)]);
        let sound = "Firma;Notiz;Land\nEins;\"erst; dann\nspäter\";DE\nZwei;24\" Rad;AT\n";
        assert_eq!(numbers(sound), [Read(2), Read(4)], "a note over two lines, and a quote within a word");
    }
}
