//! A code that survives a telephone call: `MUEHLE-47`.

use super::{TextError, ascii_fold};

const LETTERS: std::ops::RangeInclusive<usize> = 3..=20;
const DIGITS: std::ops::RangeInclusive<usize> = 1..=4;

/// A word and a number, joined by a hyphen, in upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakableCode(String);

text_type!(SpeakableCode);

impl SpeakableCode {
    /// Reads a code as heard or typed: `mühle 47`, `Muehle47` and `MUEHLE-47` are the same.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let folded = ascii_fold(input);
        let bare: String = folded.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '.')).collect();
        if bare.is_empty() {
            return Err(TextError::Empty);
        }
        let split = bare.find(|c: char| c.is_ascii_digit()).ok_or(TextError::Malformed)?;
        let (word, number) = bare.split_at(split);
        let legal =
            word.bytes().all(|b| b.is_ascii_alphabetic()) && number.bytes().all(|b| b.is_ascii_digit());
        if legal && LETTERS.contains(&word.len()) && DIGITS.contains(&number.len()) {
            Ok(Self(format!("{}-{number}", word.to_ascii_uppercase())))
        } else {
            Err(TextError::Malformed)
        }
    }

    /// A code from the first usable word of a name and a number below 10 000.
    pub fn from_word(name: &str, number: u16) -> Option<Self> {
        let folded = ascii_fold(name);
        let mut words = folded.split(|c: char| !c.is_ascii_alphabetic());
        let word = words.find(|word| word.len() >= *LETTERS.start())?;
        let word = &word[..word.len().min(*LETTERS.end())];
        Self::parse(&format!("{word}-{number}")).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spoken_forms_agree() {
        for heard in ["MUEHLE-47", "mühle 47", "Muehle47", " Mühle_ 47", "M\u{fc}hle.47", "Mu\u{308}hle 47"]
        {
            assert_eq!(SpeakableCode::parse(heard).unwrap().as_str(), "MUEHLE-47", "{heard}");
        }
        for bad in ["47", "MUEHLE", "AB-1", "MUEHLE-12345", "MUEHLE-4A", "MU/EHLE-47"] {
            assert_eq!(SpeakableCode::parse(bad), Err(TextError::Malformed), "{bad}");
        }
    }

    #[test]
    fn names_give_a_word() {
        assert_eq!(
            SpeakableCode::from_word("Dr. Mühlenau Maschinenbau", 47).unwrap().as_str(),
            "MUEHLENAU-47"
        );
        assert_eq!(SpeakableCode::from_word("李明", 47), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_settles(input in any::<String>()) {
            if let Ok(code) = SpeakableCode::parse(&input) {
                prop_assert_eq!(SpeakableCode::parse(code.as_str()).unwrap(), code);
            }
        }
    }
}
