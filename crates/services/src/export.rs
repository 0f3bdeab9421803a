//! Tables for spreadsheets.

use domain::text::Language;

/// A cell with text that somebody typed: a spreadsheet must not take it for a formula.
pub(crate) fn csv_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Rows as a CSV file with a byte order mark, so that Excel reads the umlauts: semicolons in German, as Excel expects
/// there, commas in English.
pub(crate) fn csv_file<const N: usize>(language: Language, rows: Vec<[String; N]>) -> Vec<u8> {
    let delimiter = match language {
        Language::German => b';',
        Language::English => b',',
    };
    let start = b"\xef\xbb\xbf".to_vec();
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(start);
    for row in rows {
        // Into memory: there is nothing that could fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_a_formula() {
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell("Müller & Söhne"), "Müller & Söhne");
        let file = csv_file(Language::German, vec![["a;b".to_owned(), "ü".to_owned()]]);
        assert_eq!(String::from_utf8(file).unwrap(), "\u{feff}\"a;b\";ü\n");
    }
}
