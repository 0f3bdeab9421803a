//! Industries by their section of NACE Rev. 2 (Regulation (EC) 1893/2006, Annex I).

codes! {
    /// A section of NACE Rev. 2.
    pub enum Section {
        /// Agriculture, forestry and fishing.
        A => "A",
        /// Mining and quarrying.
        B => "B",
        /// Manufacturing.
        C => "C",
        /// Electricity, gas, steam.
        D => "D",
        /// Water, sewerage, waste.
        E => "E",
        /// Construction.
        F => "F",
        /// Trade and repair of vehicles.
        G => "G",
        /// Transport and storage.
        H => "H",
        /// Accommodation and food.
        I => "I",
        /// Information and communication.
        J => "J",
        /// Finance and insurance.
        K => "K",
        /// Real estate.
        L => "L",
        /// Professional, scientific and technical services.
        M => "M",
        /// Administrative and support services.
        N => "N",
        /// Public administration and defence.
        O => "O",
        /// Education.
        P => "P",
        /// Health and social work.
        Q => "Q",
        /// Arts, entertainment and recreation.
        R => "R",
        /// Other services.
        S => "S",
        /// Households as employers.
        T => "T",
        /// Extraterritorial organisations.
        U => "U",
    }
}

impl Section {
    /// The section of a division, which is the first two digits of every NACE number; `None` for one that is not used.
    pub const fn of_division(division: u8) -> Option<Self> {
        Some(match division {
            1..=3 => Self::A,
            5..=9 => Self::B,
            10..=33 => Self::C,
            35 => Self::D,
            36..=39 => Self::E,
            41..=43 => Self::F,
            45..=47 => Self::G,
            49..=53 => Self::H,
            55 | 56 => Self::I,
            58..=63 => Self::J,
            64..=66 => Self::K,
            68 => Self::L,
            69..=75 => Self::M,
            77..=82 => Self::N,
            84 => Self::O,
            85 => Self::P,
            86..=88 => Self::Q,
            90..=93 => Self::R,
            94..=96 => Self::S,
            97 | 98 => Self::T,
            99 => Self::U,
            _ => return None,
        })
    }

    /// The section that a company's industry begins with, as it was typed: `C 28`, `28.99 Maschinenbau`, `62`, `K`. A letter
    /// that begins a word (`E-Commerce`) is none, and neither is a number that goes on (`24/7`).
    pub fn of_industry(industry: &str) -> Option<Self> {
        let text = industry.trim();
        let letter = text.chars().next().filter(char::is_ascii_uppercase);
        let rest =
            letter.map_or(text, |letter| text.get(letter.len_utf8()..).unwrap_or_default()).trim_start();
        let named = letter.and_then(|letter| Self::parse(letter.encode_utf8(&mut [0; 4])));
        let (digits, behind) = rest.split_at_checked(2).unwrap_or((rest, ""));
        let division = digits.parse::<u8>().ok().filter(|_| digits.len() == 2 && is_number_end(behind));
        match (letter, division) {
            (None, Some(division)) => Self::of_division(division),
            // `K 28` contradicts itself: nothing is known by it.
            (Some(_), Some(division)) => named.filter(|named| Self::of_division(division) == Some(*named)),
            (Some(_), None) => named.filter(|_| rest.is_empty() || rest.starts_with([':', '–'])),
            (None, None) => None,
        }
    }
}

/// Whether a division may end before this: a NACE number goes on with a full stop, everything else is another text.
fn is_number_end(behind: &str) -> bool {
    behind.chars().next().is_none_or(|next| next.is_whitespace() || matches!(next, '.' | ':' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_number_or_letter_names_the_section() {
        for (typed, section) in [
            ("C 28 Maschinenbau", Section::C),
            ("C28", Section::C),
            ("28.99", Section::C),
            ("62 Software", Section::J),
            ("K", Section::K),
            ("Q: Kliniken", Section::Q),
            ("69.10", Section::M),
            (" 01 ", Section::A),
        ] {
            assert_eq!(Section::of_industry(typed), Some(section), "{typed}");
        }
    }

    #[test]
    fn other_texts_name_none() {
        for typed in
            ["", "Maschinenbau", "E-Commerce", "24/7 Service", "3D-Druck", "K 28", "2024", "IT", "44", "X"]
        {
            assert_eq!(Section::of_industry(typed), None, "{typed}");
        }
    }
}
