//! `/messages/{id}/attachments/{number}`: a file, to be kept and never to be shown as a page of ours.

use std::fmt::Write as _;

use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use store::{Actor, Attachment, MessageId, Tx};

use crate::{
    app::App,
    audit::Audit,
    portal::{Problem, reader::Reader},
};

/// Whatever is in the file, it may do nothing here.
const POLICY: &str = "sandbox; default-src 'none'";

/// Another patient's file, and one that is not there, look the same.
pub(in crate::portal) async fn get(
    State(app): State<App>,
    reader: Reader,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let number: u32 = number.parse().map_err(|_| Problem::NoSuchPage)?;
    let (app, reader) = (&app, &reader);
    let found = app
        .store
        .tx("download an attachment", |mut tx| async move { load(app, &mut tx, reader, (id, number)).await });
    let Attachment { name, media_type, content } = found.await?.ok_or(Problem::NoSuchPage)?;
    let headers = [
        (header::CONTENT_TYPE, text(&media_type)),
        (header::CONTENT_DISPOSITION, text(&disposition(&name))),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    Ok((headers, content).into_response())
}

async fn load(
    app: &App,
    tx: &mut Tx,
    reader: &Reader,
    (id, number): (MessageId, u32),
) -> Result<Option<Attachment>, store::Error> {
    let (store, account) = (&app.store, reader.id());
    let Some(message) = store.message_of_patient(tx, account, id).await? else { return Ok(None) };
    let Some(attachment) = store.attachment_of_patient(tx, account, id, number).await? else {
        return Ok(None);
    };
    Audit::of(&Actor::Patient(account), "attachment")
        .subject(account)
        .practice(&message.practice)
        .object(&format!("{id}/{number}"))
        .write(app, tx, "downloaded")
        .await?;
    Ok(Some(attachment))
}

/// What is kept was checked when it came in: what cannot stand in a header is no name or type of ours.
fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// The name twice: in ASCII for who knows no better, and as it is (RFC 6266, RFC 5987).
fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            exact.push(byte.into());
        } else {
            // Writing to a text does not fail.
            let _ = write!(exact, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

fn is_plain(letter: char) -> bool {
    (letter.is_ascii_graphic() || letter == ' ') && !matches!(letter, '"' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_twice_and_ends_no_header() {
        assert_eq!(
            disposition("Uitslag één.pdf"),
            "attachment; filename=\"Uitslag __n.pdf\"; filename*=UTF-8''Uitslag%20%C3%A9%C3%A9n.pdf"
        );
        let odd = disposition("a\"b\\c\r\nX: y;é'.pdf");
        assert!(!odd.contains(['\r', '\n', '\\', 'é']) && odd.matches('"').count() == 2, "{odd}");
        assert!(odd.ends_with("a%22b%5Cc%0D%0AX%3A%20y%3B%C3%A9%27.pdf"), "{odd}");
    }
}
