//! Looking texts up.

use std::{borrow::Cow, sync::LazyLock};

use domain::text::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

use crate::keys;

/// The name of a message; see [`crate::keys`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub(crate) u16);

/// What can be filled into a message: a text, or a number that also chooses the plural.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text, inserted as it is.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

/// Where German is read. The words are the same; months, money and the letter ß are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Region {
    /// As in Germany, and everywhere that nothing else is known of.
    #[default]
    Germany,
    /// January is `Jänner`, and the sign stands before the amount.
    Austria,
    /// `ss` for `ß`, and `CHF 1’000.50`.
    Switzerland,
}

impl Region {
    /// By the second part of a language tag (`de-AT`).
    pub fn of(country: &str) -> Self {
        match country.to_ascii_uppercase().as_str() {
            "AT" => Self::Austria,
            "CH" | "LI" => Self::Switzerland,
            _ => Self::Germany,
        }
    }
}

/// The texts of one language. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
    region: Region,
}

type Bundle = FluentBundle<FluentResource>;

static DE: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("de"), keys::DE_SOURCE));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), keys::EN_SOURCE));

fn bundle(language: unic_langid::LanguageIdentifier, source: &str) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks would stand in mails, URLs and attributes; both languages run the same way.
    bundle.set_use_isolating(false);
    // The build script has parsed the very same text, so what a parse error would leave out is empty.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

impl Words {
    /// The texts in this language.
    pub fn new(language: Language) -> Self {
        Self { language, region: Region::default() }
    }

    /// The same texts as this region writes them; English is the same everywhere.
    #[must_use]
    pub fn in_region(self, region: Region) -> Self {
        match self.language {
            Language::German => Self { region, ..self },
            Language::English => self,
        }
    }

    /// Where they are read.
    pub fn region(self) -> Region {
        self.region
    }

    fn spelt<'t>(self, text: Cow<'t, str>) -> Cow<'t, str> {
        if self.region == Region::Switzerland && text.contains('ß') {
            return Cow::Owned(text.replace('ß', "ss"));
        }
        text
    }

    /// Which language these texts are in.
    pub fn language(self) -> Language {
        self.language
    }

    /// A text without variables.
    pub fn say(self, key: Key) -> Cow<'static, str> {
        let table = match self.language {
            Language::German => &keys::DE,
            Language::English => &keys::EN,
        };
        match table.get(usize::from(key.0)).copied().flatten() {
            Some(text) => self.spelt(Cow::Borrowed(text)),
            None => Cow::Owned(self.with(key, [])),
        }
    }

    /// A text with its variables filled in.
    pub fn with<const N: usize>(self, key: Key, values: [(&str, Value); N]) -> String {
        let bundle = match self.language {
            Language::German => &*DE,
            Language::English => &*EN,
        };
        let id = keys::IDS.get(usize::from(key.0)).copied().unwrap_or_default();
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut args = FluentArgs::with_capacity(N);
        for (name, value) in values {
            match value {
                Value::Text(text) => args.set(name, FluentValue::from(text)),
                Value::Number(number) => args.set(name, FluentValue::from(number)),
            }
        }
        self.spelt(bundle.format_pattern(pattern, Some(&args), &mut Vec::new())).into_owned()
    }
}

impl Words {
    /// The text for a stored code, by its message `<prefix>-<code>`; the code itself where there is none.
    pub fn code(self, prefix: &str, code: &str) -> Cow<'static, str> {
        match find(prefix, code) {
            Some(key) => self.say(key),
            None => Cow::Owned(code.to_owned()),
        }
    }

    /// The text for a stored code with its variables filled in; the code itself where there is none.
    pub fn with_code<const N: usize>(self, prefix: &str, code: &str, values: [(&str, Value); N]) -> String {
        find(prefix, code).map_or_else(|| code.to_owned(), |key| self.with(key, values))
    }

    /// The sentence for an error's code (`error-<code>`), or a general one for a code without a sentence.
    pub fn error(self, code: &str) -> String {
        find("error", code).map_or_else(|| self.say(keys::ERROR_UNKNOWN), |key| self.say(key)).into_owned()
    }
}

/// Whether there is a text for this code.
pub fn knows(prefix: &str, code: &str) -> bool {
    find(prefix, code).is_some()
}

/// The build script writes the ids in order.
fn find(prefix: &str, code: &str) -> Option<Key> {
    let id = format!("{prefix}-{}", code.replace('_', "-"));
    let place = keys::IDS.binary_search(&id.as_str()).ok()?;
    Some(Key(u16::try_from(place).ok()?))
}
