//! Texts that somebody sends with their own programs: a mail with nobody's address in it, a post of their own.

use domain::touches::Channel;
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

/// Where a channel takes a text that somebody posts themselves, at an address they open themselves; `None` where there is
/// no such address.
pub fn post_draft(channel: Channel, text: &str) -> Option<String> {
    let address = match channel {
        Channel::LinkedIn => "https://www.linkedin.com/feed/?shareActive=true&text=",
        Channel::WhatsApp => "https://wa.me/?text=",
        Channel::X => "https://x.com/intent/post?text=",
        _ => return None,
    };
    Some(format!("{address}{}", utf8_percent_encode(text, RESERVED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_their_link() {
        assert_eq!(
            mail_draft("Grüße & mehr?", "a b\nÄ\r\n-._~"),
            "mailto:?subject=Gr%C3%BC%C3%9Fe%20%26%20mehr%3F&body=a%20b%0D%0A%C3%84%0D%0A-._~"
        );
    }

    #[test]
    fn a_post_carries_its_whole_text() {
        let post = post_draft(Channel::WhatsApp, "Offen & ehrlich:\nhttps://a.example/r/x?ch=whatsapp");
        let text = "Offen%20%26%20ehrlich%3A%0Ahttps%3A%2F%2Fa.example%2Fr%2Fx%3Fch%3Dwhatsapp";
        assert_eq!(post, Some(format!("https://wa.me/?text={text}")));
        assert_eq!(post_draft(Channel::Event, "x"), None);
    }
}
