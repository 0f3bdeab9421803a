//! Languages, countries and currencies by their standard codes.

use super::TextError;

codes! {
    /// A language of the product.
    pub enum Language {
        /// German.
        German => "de",
        /// English.
        English => "en",
    }
}

/// Defines a newtype over a fixed number of upper-case ASCII letters.
macro_rules! letter_code {
    ($(#[$meta:meta])* $name:ident, $len:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Reads a code in either case.
            pub fn parse(input: &str) -> Result<Self, TextError> {
                let letters: [u8; $len] = input.trim().as_bytes().try_into().map_err(|_| TextError::Malformed)?;
                if letters.iter().all(u8::is_ascii_alphabetic) {
                    Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
                } else {
                    Err(TextError::Malformed)
                }
            }

            /// The code in upper case.
            pub fn as_str(&self) -> &str {
                // Only ASCII letters get in, so the fallback is never taken.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = TextError;
            fn from_str(input: &str) -> Result<Self, Self::Err> {
                Self::parse(input)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&code).map_err(serde::de::Error::custom)
            }
        }
    };
}

letter_code! {
    /// A country by its ISO 3166 alpha-2 code.
    Country, 2
}
letter_code! {
    /// A currency by its ISO 4217 code.
    Currency, 3
}

impl Country {
    /// Germany.
    pub const DE: Self = Self(*b"DE");
    /// Austria.
    pub const AT: Self = Self(*b"AT");
    /// Switzerland.
    pub const CH: Self = Self(*b"CH");
}

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The Swiss franc.
    pub const CHF: Self = Self(*b"CHF");

    /// How many decimal digits its minor unit has (ISO 4217).
    pub const fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_upper_case() {
        assert_eq!(Country::parse(" de "), Ok(Country::DE));
        assert_eq!(Currency::parse("eur"), Ok(Currency::EUR));
        for bad in ["", "D", "DEU", "Ä", "1A"] {
            assert_eq!(Country::parse(bad), Err(TextError::Malformed), "{bad}");
        }
    }

    #[test]
    fn minor_units_follow_iso_4217() {
        let digits = |code| Currency::parse(code).unwrap().minor_digits();
        assert_eq!((digits("EUR"), digits("JPY"), digits("KWD")), (2, 0, 3));
    }

    #[test]
    fn languages_have_codes() {
        assert_eq!("de".parse(), Ok(Language::German));
        assert_eq!(Language::parse("fr"), None);
    }
}
