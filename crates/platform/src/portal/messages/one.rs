//! `/messages/{id}`: one message in full, with what came along.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use store::{Actor, AttachmentLabel, Message, MessageId, Practice, Tx};

use super::file::File;
use crate::{
    app::App,
    audit::Audit,
    portal::{
        Problem,
        answer::page,
        reader::Reader,
        shell::{Here, Shell},
    },
    when,
};

#[derive(Template)]
#[template(path = "portal/message.html")]
struct MessagePage {
    shell: Shell,
    topic: String,
    from: String,
    at: String,
    text: String,
    files: Vec<File>,
}

/// What the page shows.
struct Known {
    message: Message,
    labels: Vec<AttachmentLabel>,
    practice: Practice,
}

/// Opens a message, which is unseen no more. What is no id, nobody's or another patient's looks the same.
pub(in crate::portal) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let (app, reader) = (&app, &reader);
    let opened = app.store.tx("open a message", |mut tx| async move { open(app, &mut tx, reader, id).await });
    let Known { message, labels, practice } = opened.await?.ok_or(Problem::NoSuchPage)?;
    let mut shell = reader.shell(Here::Message).at(&practice);
    if message.unseen && reader.looks {
        shell.unread = shell.unread.saturating_sub(1);
    }
    let language = reader.language();
    let view = MessagePage {
        shell,
        topic: message.words.topic,
        from: practice.name.clone(),
        at: when::date_and_time(language, message.created_at, &practice.settings.zone()),
        text: message.words.text,
        files: labels.into_iter().map(|label| File::of(id, label, language)).collect(),
    };
    Ok(page(StatusCode::OK, &view))
}

async fn open(app: &App, tx: &mut Tx, reader: &Reader, id: MessageId) -> Result<Option<Known>, store::Error> {
    let (store, account) = (&app.store, reader.id());
    let Some(message) = store.message_of_patient(tx, account, id).await? else { return Ok(None) };
    let labels = store.attachment_labels(tx, account, id).await?;
    let practice = store.practice(tx, &message.practice).await?;
    if message.unseen && reader.looks {
        store.mark_message_seen(tx, account, id, app.world.now()).await?;
    }
    // What a browser fetches ahead nobody read.
    let outcome = if reader.looks { "read" } else { "fetched" };
    Audit::of(&Actor::Patient(account), "message view")
        .subject(account)
        .practice(&message.practice)
        .object(&id)
        .write(app, tx, outcome)
        .await?;
    Ok(practice.map(|practice| Known { message, labels, practice }))
}
