//! A form with a file.

use axum::{
    body::Bytes,
    extract::{Multipart, multipart::MultipartError},
};

use super::{FormState, Pairs};
use crate::pages::rewards::parts::field_id;

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

    /// The form of somebody who is no longer signed in: the fields that stand before the file and are text, as long as
    /// they fit in so many bytes. The file is read past, since a browser that can't send it to its end shows no answer.
    pub async fn without_file(mut multipart: Multipart, mut room: usize) -> FormState {
        let mut fields = Pairs::new();
        while let Ok(Some(mut field)) = multipart.next_field().await {
            let name = field.name().unwrap_or("file").to_owned();
            let mut fits = name != "file" && name.len() < room;
            let mut typed = Vec::new();
            while let Ok(Some(part)) = field.chunk().await {
                fits &= name.len() + typed.len() + part.len() < room;
                if fits {
                    typed.extend(part);
                }
            }
            if !fits {
                continue;
            }
            room -= name.len() + typed.len();
            fields.extend(String::from_utf8(typed).map(|typed| (name, typed)));
        }
        let mut form = FormState::of(&fields);
        let file = match form.value("reward") {
            "" => "file".to_owned(),
            reward => field_id("file", reward),
        };
        form.refuse(&file, "file_again");
        form
    }
}
