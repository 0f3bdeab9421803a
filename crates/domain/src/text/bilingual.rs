//! Texts that staff write in both languages.

use serde::{Deserialize, Serialize};

use super::Language;

/// One text in both languages of the product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// The German text.
    pub de: String,
    /// The English text.
    pub en: String,
}

impl Bilingual {
    /// A text in both languages.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// The text in this language.
    pub fn to(&self, language: Language) -> &str {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }

    /// The text in this language, to be changed.
    pub fn to_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::German => &mut self.de,
            Language::English => &mut self.en,
        }
    }
}
