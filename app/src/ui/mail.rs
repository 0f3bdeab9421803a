//! A mail that somebody writes in their own program, with nobody's address in it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 6068: everything but the unreserved characters is written as its bytes.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The link that opens a draft with this subject and text.
pub fn mail_draft(subject: &str, body: &str) -> String {
    // RFC 6068, 5: lines end with both characters, however a text came by its own.
    let body = body.replace("\r\n", "\n").replace('\n', "\r\n");
    let (subject, body) = (utf8_percent_encode(subject, RESERVED), utf8_percent_encode(&body, RESERVED));
    format!("mailto:?subject={subject}&body={body}")
}

#[cfg(test)]
mod tests {
    use super::mail_draft;

    #[test]
    fn texts_survive_their_link() {
        assert_eq!(
            mail_draft("Grüße & mehr?", "a b\nÄ\r\n-._~"),
            "mailto:?subject=Gr%C3%BC%C3%9Fe%20%26%20mehr%3F&body=a%20b%0D%0A%C3%84%0D%0A-._~"
        );
    }
}
