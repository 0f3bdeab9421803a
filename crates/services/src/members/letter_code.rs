//! Codes that stand in a letter or under a QR code and are typed by hand.

use uuid::Uuid;

use crate::Ctx;

/// Letters and digits that nobody mistakes for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 60 bits: with the throttle of `join`, guessing is hopeless.
const CODE_LENGTH: usize = 12;

/// Derived from id and key, so that a letter can be printed again and no code is stored.
pub(super) fn derive(ctx: &Ctx, purpose: &str, id: Uuid) -> String {
    let hash = ctx.secret.hash(purpose, &id.to_string());
    // Five of the six bits of each base64 character.
    let six = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'-' => 62,
        _ => 63,
    };
    hash.bytes().take(CODE_LENGTH).map(|c| char::from(ALPHABET[usize::from(six(c) & 31)])).collect()
}

/// In groups: `7KQ2-M4XZ-01AB`.
pub(super) fn grouped(code: &str) -> String {
    let groups: Vec<_> = code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect();
    groups.join("-")
}

/// The code as it was typed, without ornaments and with look-alikes put right.
pub(super) fn normalised(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => 'V',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_codes_are_forgiven_their_look_alikes() {
        assert_eq!(normalised(" 7kq2-m4xz oiab "), "7KQ2M4XZ01AB");
        assert_eq!(grouped("7KQ2M4XZ01AB"), "7KQ2-M4XZ-01AB");
    }
}
