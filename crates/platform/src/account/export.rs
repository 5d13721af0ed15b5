//! Everything that is kept of a patient, as one file for the patient: `my-data.json` in words that can be read, and the
//! files that practices sent, in a zip.
//!
//! It is written while it is sent: no more than one file of a practice is in memory at once, however many there are.

mod beside;
mod facts;
mod said;
mod zip;

use std::collections::VecDeque;

use bytes::Bytes;
use futures::{Stream, TryStreamExt, stream};
use store::{Account, Actor, MessageId};

use self::zip::{TooLarge, Zip};
use crate::{app::App, audit::Audit};

/// What it is called in the audit trail.
const ACTION: &str = "my data download";

/// A file of a practice, by its message and number, with its name in the zip.
pub(super) struct Enclosed {
    message: MessageId,
    number: u32,
    path: String,
}

/// Why a download broke off.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// Leaves a line of it, and gives the zip, piece by piece.
///
/// # Errors
/// When the database fails. Once it has begun, a failure breaks it off.
pub(crate) async fn download(
    app: &App,
    account: &Account,
) -> Result<impl Stream<Item = Result<Bytes, Broken>> + use<>, store::Error> {
    let (facts, files) = facts::gather(app, account).await?;
    let actor = &Actor::Patient(account.id);
    app.store
        .tx("download my data", |mut tx| async move {
            Audit::of(actor, ACTION)
                .subject(account.id)
                .object(&account.id)
                .write(app, &mut tx, "downloaded")
                .await
        })
        .await?;
    let mut zip = Zip::default();
    let first = zip.add("my-data.json", facts.as_bytes()).map_err(Broken::from);
    let rest = stream::try_unfold(Some(Writing { app: app.clone(), account: account.id, zip, files }), next);
    let pieces = futures::StreamExt::chain(stream::iter([first]), rest);
    Ok(TryStreamExt::inspect_err(pieces, |error| tracing::error!(%error, "a download of my data broke off")))
}

/// What is still to be written.
struct Writing {
    app: App,
    account: store::AccountId,
    zip: Zip,
    files: VecDeque<Enclosed>,
}

/// The next file, and the directory after the last.
async fn next(writing: Option<Writing>) -> Result<Option<(Bytes, Option<Writing>)>, Broken> {
    let Some(mut writing) = writing else { return Ok(None) };
    let Some(file) = writing.files.pop_front() else { return Ok(Some((writing.zip.end()?, None))) };
    let (app, account) = (&writing.app, writing.account);
    let content: Result<_, store::Error> = app
        .store
        .read("a file of my data", |mut tx| async move {
            app.store.attachment_of_patient(&mut tx, account, file.message, file.number).await
        })
        .await;
    // One that went meanwhile is not missed.
    let piece = content?.map(|content| writing.zip.add(&file.path, &content.content)).transpose()?;
    Ok(Some((piece.unwrap_or_default(), Some(writing))))
}
