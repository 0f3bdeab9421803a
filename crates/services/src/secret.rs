//! The installation's secret key and what is derived from it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{AeadInPlace, ChaCha20Poly1305, KeyInit, aead::generic_array::GenericArray};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// 32 random bytes, made on the first start and kept. Everything else is derived by purpose, so that a hash made for
/// one thing says nothing about another.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Bytes of a ChaCha20-Poly1305 nonce.
const NONCE: usize = 12;
/// Bytes of its tag.
const TAG: usize = 16;

impl SecretKey {
    /// The key made of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a key from base64 (with or without padding). `None` when it is not 32 bytes.
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text.trim().trim_end_matches('=').replace('+', "-").replace('/', "_"))
            .ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The key as text, to keep it.
    pub fn to_base64(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    fn derive(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        // A MAC over a variable-length purpose and data needs a separator that no purpose contains.
        let mut mac = match <Hmac<Sha256> as Mac>::new_from_slice(&self.0) {
            Ok(mac) => mac,
            Err(_) => unreachable!("HMAC takes keys of any length"),
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        mac.finalize().into_bytes().into()
    }

    /// A keyed hash: equal data can be found again, nothing can be read back or guessed without the key.
    pub fn hash(&self, purpose: &str, data: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derive(purpose, data.as_bytes()))
    }

    /// An unguessable token that can be made again from the same data, so that it need not be stored.
    pub fn token(&self, purpose: &str, data: &str) -> String {
        URL_SAFE_NO_PAD.encode(&self.derive(purpose, data.as_bytes())[..20])
    }

    /// Six digits that can be made again from the same data.
    pub fn six_digits(&self, purpose: &str, data: &str) -> String {
        let bytes = self.derive(purpose, data.as_bytes());
        let number = u64::from_be_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        format!("{:06}", number % 1_000_000)
    }

    /// Seals a text so that only this installation can read it. `nonce_seed` must be random and new.
    pub fn seal(&self, purpose: &str, text: &str, nonce_seed: [u8; NONCE]) -> String {
        let cipher = ChaCha20Poly1305::new(&GenericArray::from(self.derive("seal", purpose.as_bytes())));
        let mut sealed = text.as_bytes().to_vec();
        let tag = match cipher.encrypt_in_place_detached(&nonce_seed.into(), purpose.as_bytes(), &mut sealed)
        {
            Ok(tag) => tag,
            Err(_) => unreachable!("texts are far below the cipher's limit of 256 GiB"),
        };
        let mut all = nonce_seed.to_vec();
        all.extend_from_slice(&sealed);
        all.extend_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(all)
    }

    /// Opens what [`SecretKey::seal`] made. `None` when it was changed or made with another key.
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let all = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, rest) = all.split_at_checked(NONCE)?;
        let (text, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
        let cipher = ChaCha20Poly1305::new(&GenericArray::from(self.derive("seal", purpose.as_bytes())));
        let mut text = text.to_vec();
        cipher
            .decrypt_in_place_detached(
                GenericArray::from_slice(nonce),
                purpose.as_bytes(),
                &mut text,
                GenericArray::from_slice(tag),
            )
            .ok()?;
        String::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_do_not_mix() {
        let key = SecretKey::new([7; 32]);
        assert_eq!(key.hash("mail", "a"), key.hash("mail", "a"));
        assert_ne!(key.hash("mail", "a"), key.hash("link", "a"));
        assert_eq!(key.six_digits("code", "a").len(), 6);
    }

    #[test]
    fn sealed_text_opens_for_its_purpose_only_and_only_unchanged() {
        let key = SecretKey::new([7; 32]);
        let sealed = key.seal("form", "Grüße", [1; 12]);
        assert_eq!(key.open("form", &sealed).as_deref(), Some("Grüße"));
        assert_eq!(key.open("other", &sealed), None);
        assert_eq!(SecretKey::new([8; 32]).open("form", &sealed), None);
        let mut bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        bytes[14] ^= 1;
        assert_eq!(key.open("form", &URL_SAFE_NO_PAD.encode(bytes)), None);
        assert_eq!(key.open("form", ""), None);
    }

    #[test]
    fn a_key_survives_its_text() {
        let key = SecretKey::new([9; 32]);
        assert_eq!(SecretKey::from_base64(&key.to_base64()).unwrap().0, key.0);
        assert!(SecretKey::from_base64("short").is_none());
    }
}
