//! Documents that prove something: which files they may be. What a file is, its first bytes say; its name and what the
//! browser calls it are somebody's words.

codes! {
    /// What kind of file it is.
    pub enum DocumentKind {
        /// A PDF.
        Pdf => "pdf",
        /// A PNG image.
        Png => "png",
        /// A JPEG image.
        Jpeg => "jpeg",
    }
}

impl DocumentKind {
    /// What the first bytes say; `None` for every other kind of file.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| bytes.starts_with(kind.signature()))
    }

    const fn signature(self) -> &'static [u8] {
        match self {
            Self::Pdf => b"%PDF-",
            Self::Png => b"\x89PNG\r\n\x1a\n",
            Self::Jpeg => b"\xFF\xD8\xFF",
        }
    }

    /// The type that a browser is told.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// Largest document in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;

/// Why a file is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentError {
    /// No file was chosen, or an empty one.
    Missing,
    /// It is none of the kinds that are accepted.
    Kind,
    /// It is larger than [`LARGEST`].
    TooLarge,
}

error_codes!(DocumentError {
    Self::Missing => "document_missing",
    Self::Kind => "document_kind",
    Self::TooLarge => "document_too_large",
});

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What kind it is.
    pub kind: DocumentKind,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Checks a file that was handed in.
    ///
    /// # Errors
    /// When there is none, or it is of another kind or too large.
    pub fn new(bytes: &[u8]) -> Result<Self, DocumentError> {
        match DocumentKind::of(bytes) {
            _ if bytes.is_empty() => Err(DocumentError::Missing),
            _ if bytes.len() > LARGEST => Err(DocumentError::TooLarge),
            None => Err(DocumentError::Kind),
            Some(kind) => Ok(Self { kind, bytes: bytes.to_vec() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let kind = |bytes: &[u8]| Document::new(bytes).map(|document| document.kind);
        assert_eq!(kind(b"%PDF-1.7 ..."), Ok(DocumentKind::Pdf));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n..."), Ok(DocumentKind::Png));
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0..."), Ok(DocumentKind::Jpeg));
        assert_eq!(kind(b""), Err(DocumentError::Missing));
        assert_eq!(kind(b"<html><script>alert(1)</script>"), Err(DocumentError::Kind));
        assert_eq!(kind(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Err(DocumentError::Kind));
        let mut large = b"%PDF-".to_vec();
        large.resize(LARGEST + 1, b' ');
        assert_eq!(kind(&large), Err(DocumentError::TooLarge));
    }
}
