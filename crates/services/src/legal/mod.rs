//! Imprint, privacy notice and terms: versions for ever, written by the administrator, agreed to by participants.

mod agree;
mod defaults;
mod publish;

use domain::{consent::LegalKind, text::Language};
use store::{StoreError, legal::FIRST_VERSION};

use crate::Ctx;

pub use agree::{AgreeError, agree};
pub use publish::{Publish, PublishError, publish};

/// A text as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its number.
    pub version: i32,
    /// The words, as plain Markdown.
    pub markdown: String,
    /// Since when it holds; `None` for the product's own default, which nobody has reviewed yet.
    pub since: Option<chrono::DateTime<chrono::Utc>>,
}

/// The text that holds now. Until somebody has written one, that is a neutral default which says that it must be
/// reviewed by the company's counsel.
///
/// # Errors
/// When the memory fails.
pub async fn current(ctx: &Ctx, kind: LegalKind, language: Language) -> Result<Shown, StoreError> {
    let written = ctx.store.legal().newest(kind, language).await?;
    Ok(match written {
        Some(text) => Shown { version: text.version, markdown: text.body, since: Some(text.created_at) },
        None => Shown {
            version: FIRST_VERSION,
            markdown: defaults::markdown(kind, language, &ctx.host.name),
            since: None,
        },
    })
}

/// Markdown as safe HTML: no scripts, no styles, no images, no forms, links without referrer.
pub fn to_html(markdown: &str) -> String {
    let mut options = pulldown_cmark::Options::empty();
    options.insert(pulldown_cmark::Options::ENABLE_TABLES);
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(markdown, options));
    ammonia::Builder::default().rm_tags(["img", "h1", "map", "area"]).clean(&html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_rendered_and_disarmed() {
        let html = to_html("## Wer\n\n**Wir**, [hier](https://a.example) <script>alert(1)</script>");
        assert!(html.contains("<h2>Wer</h2>") && html.contains("<strong>Wir</strong>"), "{html}");
        assert!(!html.contains("script") && !html.contains("alert"), "{html}");
        let html = to_html("[x](javascript:alert(1)) <b onclick=\"x()\">y</b> <p style=\"color:red\">z</p>");
        assert!(
            !html.contains("javascript") && !html.contains("onclick") && !html.contains("style"),
            "{html}"
        );
    }
}
