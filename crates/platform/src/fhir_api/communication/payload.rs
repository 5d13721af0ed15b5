//! What a Communication says and what comes with it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use fhir::incoming::{self, Payload};
use store::Attachment;

use super::reading::text;
use crate::{
    fhir_api::{outcome::Refused, unfit::Unfit},
    messages::files::{FileType, safe_name},
};

/// The most characters that a message may have.
const TEXT: usize = 10_000;
/// The most files that may come with it.
const FILES: usize = 5;

/// Exactly one text, and the files.
///
/// # Errors
/// What is wrong and where.
pub(super) fn read(payload: &[Payload]) -> Result<(String, Vec<Attachment>), Refused> {
    let (mut said, mut files) = (None, Vec::new());
    for (index, piece) in payload.iter().enumerate() {
        let at = format!("Communication.payload[{index}]");
        match (&piece.content_string, &piece.content_attachment) {
            (Some(_), None) if said.is_some() => return Err(Unfit::TwoTexts(at).into()),
            (Some(words), None) => said = Some(text(Some(words), &format!("{at}.contentString"), TEXT)?),
            (None, Some(file)) => files.push((format!("{at}.contentAttachment"), file)),
            (Some(_), Some(_)) | (None, None) => return Err(Unfit::Payload(at).into()),
        }
    }
    let said = said.ok_or(Unfit::NoText)?;
    if files.len() > FILES {
        return Err(Unfit::TooManyFiles.into());
    }
    let files: Result<_, Refused> = files.iter().map(|(at, file)| attachment(at, file)).collect();
    Ok((said, files?))
}

/// A file that is what it says, under a name that is safe to give to a file.
fn attachment(at: &str, found: &incoming::Attachment) -> Result<Attachment, Refused> {
    let required = |field: &Option<String>, name: &str| {
        let present = field.clone().filter(|text| !text.trim().is_empty());
        present.ok_or_else(|| Refused::Required(format!("{at}.{name}")))
    };
    let title = required(&found.title, "title")?;
    let said = required(&found.content_type, "contentType")?;
    let file_type = FileType::of(&said).ok_or_else(|| Unfit::FileType(format!("{at}.contentType")))?;
    let data = found.data.as_deref().ok_or_else(|| Refused::Required(format!("{at}.data")))?;
    let content = decoded(data).ok_or_else(|| Unfit::Base64(format!("{at}.data")))?;
    file_type.check(&content).map_err(|why| Unfit::File { at: format!("{at}.data"), why })?;
    Ok(Attachment {
        name: safe_name(&title, file_type),
        media_type: file_type.media_type().to_owned(),
        content,
    })
}

/// FHIR allows white space between the letters. What comes out is smaller than what went in, which has its bound.
fn decoded(data: &str) -> Option<Vec<u8>> {
    if data.contains(|letter: char| letter.is_ascii_whitespace()) {
        let letters: String = data.split_ascii_whitespace().collect();
        STANDARD.decode(letters).ok()
    } else {
        STANDARD.decode(data).ok()
    }
}
