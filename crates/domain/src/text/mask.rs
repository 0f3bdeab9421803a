//! What is left of a name, an address or a number for those who may know that there is one, and no more.

/// The first letter of each word: `J… L…`.
pub fn mask_name(name: &str) -> String {
    let words: Vec<String> =
        name.split_whitespace().filter_map(|word| word.chars().next()).map(|c| format!("{c}…")).collect();
    words.join(" ")
}

/// The first letter of the person and the end of the domain: `j…@….example`.
pub fn mask_email(email: &str) -> String {
    let Some((person, domain)) = email.rsplit_once('@') else { return "…".to_owned() };
    let first: String = person.chars().take(1).collect();
    let end = domain.rsplit_once('.').map_or("", |(_, end)| end);
    format!("{first}…@….{end}")
}

/// The last two digits: `… 67`.
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    // Of a very short number two digits would be most of it.
    let shown = if digits.len() < 6 { &[][..] } else { &digits[digits.len() - 2..] };
    format!("… {}", shown.iter().collect::<String>()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_almost_nothing() {
        assert_eq!(mask_name("Änne  von Lund"), "Ä… v… L…");
        assert_eq!(mask_name(""), "");
        assert_eq!(mask_email("jens@ravensteiner.example"), "j…@….example");
        assert_eq!(mask_email("nonsense"), "…");
        assert_eq!(mask_phone("+49 171 123 45 67"), "… 67");
        assert_eq!(mask_phone("110"), "…");
    }
}
