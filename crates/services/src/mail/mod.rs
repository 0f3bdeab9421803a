//! How our mails look: a greeting, short paragraphs, at most one button, a name. The same words as plain text.

mod post;
mod stop;

use std::fmt::Write as _;

use domain::text::Language;
pub(crate) use post::{Stranger, post, post_to_stranger};
pub use stop::{Stopped, stop, stoppable};
pub(crate) use stop::{can_be_stopped, stop_path};

/// A mail before it has an address.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The subject line.
    pub subject: String,
    /// `Guten Tag Anna Berger,`
    pub greeting: String,
    /// What there is to say.
    pub paragraphs: Vec<String>,
    /// The one thing to do: its label and full address.
    pub button: Option<(String, String)>,
    /// What else there is to know, smaller.
    pub closing: String,
    /// Who signs.
    pub signature: String,
}

impl Letter {
    /// The plain part; `stop` is how to do without such mails.
    fn text(&self, stop: Option<&(String, String)>) -> String {
        let mut text = format!("{}\n", self.greeting);
        for paragraph in &self.paragraphs {
            let _ = write!(text, "\n{paragraph}\n");
        }
        if let Some((label, address)) = &self.button {
            let _ = write!(text, "\n{label}:\n{address}\n");
        }
        let _ = write!(text, "\n{}\n\n{}\n", self.closing, self.signature);
        if let Some((label, address)) = stop {
            let _ = write!(text, "\n{label}: {address}\n");
        }
        text
    }

    /// The HTML part; `stop` as in the plain one. Mail programs know neither our style sheet nor our classes, so the few styles stand in it.
    fn html(&self, language: Language, stop: Option<&(String, String)>) -> String {
        let paragraphs: String = self
            .paragraphs
            .iter()
            .map(|paragraph| format!(r#"<p style="margin:0 0 16px">{}</p>"#, escape(paragraph)))
            .collect();
        let button = self.button.as_ref().map_or_else(String::new, |(label, address)| {
            format!(
                r#"<p style="margin:24px 0"><a href="{}" style="display:inline-block;padding:12px 22px;border-radius:7px;background:#1b1a2b;color:#ffffff;font-weight:600;text-decoration:none">{}</a></p>"#,
                escape(address),
                escape(label)
            )
        });
        let stop = stop.map_or_else(String::new, |(label, address)| {
            format!(
                r#"<p style="margin:24px 0 0;color:#65636f;font-size:13px"><a href="{}" style="color:#65636f">{}</a></p>"#,
                escape(address),
                escape(label)
            )
        });
        format!(
            r#"<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{}</title></head><body style="margin:0;background:#f6f6f8;color:#1d1c26;font:16px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #e2e1e8;border-radius:12px"><tr><td style="padding:32px"><p style="margin:0 0 16px">{}</p>{paragraphs}{button}<p style="margin:16px 0 0;color:#65636f;font-size:14px">{}</p><p style="margin:24px 0 0">{}</p>{stop}</td></tr></table></td></tr></table></body></html>"#,
            language.as_str(),
            escape(&self.subject),
            escape(&self.greeting),
            escape(&self.closing),
            escape(&self.signature),
        )
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_name_stays_text() {
        let letter = Letter {
            subject: "S".into(),
            greeting: "Guten Tag <b>Anna</b>,".into(),
            paragraphs: vec!["Eins & zwei".into()],
            button: Some(("Öffnen".into(), "https://dreiklang.example/a?b=\"c\"".into())),
            closing: "Ende".into(),
            signature: "Halvern".into(),
        };
        let html = letter.html(Language::German, None);
        assert!(html.contains("&lt;b&gt;Anna&lt;/b&gt;") && !html.contains("<b>"));
        assert!(html.contains("b=&quot;c&quot;"));
        assert!(letter.text(None).contains("Öffnen:\nhttps://dreiklang.example/a"));
    }
}
