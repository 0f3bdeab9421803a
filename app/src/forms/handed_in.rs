//! A form with a file.

use axum::{
    body::Bytes,
    extract::{Multipart, multipart::MultipartError},
};

use super::Pairs;

/// What was handed in.
#[derive(Debug, Default)]
pub struct HandedIn {
    /// What the file is called, without control characters.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
    /// The fields beside it.
    pub fields: Pairs,
}

impl HandedIn {
    /// Reads a body into this, which keeps what came before an error: the fields stand before the file.
    ///
    /// # Errors
    /// When the body is too large, or not what a form with a file sends.
    pub async fn read(&mut self, mut multipart: Multipart) -> Result<(), MultipartError> {
        while let Some(field) = multipart.next_field().await? {
            let Some(name) = field.name().map(str::to_owned) else { continue };
            if name == "file" {
                let name = field.file_name().unwrap_or_default();
                self.name = name.chars().filter(|c| !c.is_control()).take(120).collect();
                self.bytes = field.bytes().await?;
            } else {
                self.fields.push((name, field.text().await?));
            }
        }
        Ok(())
    }
}
