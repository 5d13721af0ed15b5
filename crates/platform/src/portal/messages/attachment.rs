//! `/messages/{id}/attachments/{number}`: a file to be kept, or with `?view` to be looked at, and never a page of ours.

mod disposition;

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use store::{Actor, Attachment, MessageId, Tx};

use self::disposition::disposition;
use crate::{
    app::App,
    audit::Audit,
    messages::files::FileType,
    portal::{Problem, reader::Reader},
};

/// Whatever is in the file, it may do nothing here.
const POLICY: &str = "default-src 'none'; sandbox";

/// Nor may a PDF. Not every browser's viewer works in a sandbox; this much lets the viewer embed the file, and runs
/// nothing in our name.
const PDF_POLICY: &str =
    "default-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Debug, Deserialize)]
pub(in crate::portal) struct Asked {
    /// Whether the file is to be looked at.
    view: Option<String>,
}

/// What is given out.
struct Given {
    attachment: Attachment,
    /// What the browser is to show it as; none for a file to be kept.
    shown: Option<FileType>,
}

/// Another patient's file, and one that is not there, look the same. What no browser shows safely is a file to be kept,
/// whatever was asked.
pub(in crate::portal) async fn get(
    State(app): State<App>,
    reader: Reader,
    Path((id, number)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let number: u32 = number.parse().map_err(|_| Problem::NoSuchPage)?;
    let (app, reader, views) = (&app, &reader, asked.view.is_some());
    let given = app.store.tx("give out an attachment", |mut tx| async move {
        give(app, &mut tx, reader, (id, number), views).await
    });
    let given: Option<Given> = given.await?;
    Ok(given.ok_or(Problem::NoSuchPage)?.into_response())
}

async fn give(
    app: &App,
    tx: &mut Tx,
    reader: &Reader,
    (id, number): (MessageId, u32),
    views: bool,
) -> Result<Option<Given>, store::Error> {
    let (store, account) = (&app.store, reader.id());
    let Some(message) = store.message_of_patient(tx, account, id).await? else { return Ok(None) };
    let Some(attachment) = store.attachment_of_patient(tx, account, id, number).await? else {
        return Ok(None);
    };
    let shown = FileType::to_show(&attachment.content).filter(|_| views);
    let outcome = match shown {
        None => "downloaded",
        Some(_) if reader.looks => "viewed",
        // What a browser fetches ahead nobody looked at.
        Some(_) => "fetched",
    };
    Audit::of(&Actor::Patient(account), "attachment")
        .subject(account)
        .practice(&message.practice)
        .object(&format!("{id}/{number}"))
        .write(app, tx, outcome)
        .await?;
    Ok(Some(Given { attachment, shown }))
}

impl IntoResponse for Given {
    fn into_response(self) -> Response {
        let Attachment { name, media_type, content } = self.attachment;
        let (manner, media_type, policy, kept) = match self.shown {
            None => ("attachment", &*media_type, POLICY, "no-store"),
            Some(FileType::Pdf) => ("inline", FileType::Pdf.media_type(), PDF_POLICY, "private, no-store"),
            Some(picture) => ("inline", picture.media_type(), POLICY, "private, no-store"),
        };
        let headers = [
            (header::CONTENT_TYPE, text(media_type)),
            (header::CONTENT_DISPOSITION, text(&disposition(manner, &name))),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        ];
        (headers, content).into_response()
    }
}

/// What is kept was checked when it came in: what cannot stand in a header is no name or type of ours.
fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("attachment"))
}
