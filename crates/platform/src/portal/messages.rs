//! `/messages`: what practices wrote to the patient, newest first.

pub(super) mod attachment;
mod file;
pub(super) mod one;

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use store::{Actor, Language, Message, MessageId, Practice};

use super::{
    Problem,
    answer::page,
    reader::Reader,
    shell::{Here, Shell},
};
use crate::{app::App, audit::Audit, when};

/// Messages on one page.
const ON_A_PAGE: u32 = 20;
/// More pages than anybody has; what is beyond looks empty.
const LAST_PAGE: u32 = 100_000;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// From 1.
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "portal/messages.html")]
struct MessagesPage {
    shell: Shell,
    rows: Vec<Row>,
    newer: Option<u32>,
    older: Option<u32>,
}

/// A message in the list.
struct Row {
    id: MessageId,
    topic: String,
    from: String,
    date: String,
    fresh: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let number = asked.page.unwrap_or(1).clamp(1, LAST_PAGE);
    let mut known = load(&app, &reader, number).await?;
    let has_more = known.len() > ON_A_PAGE as usize;
    known.truncate(ON_A_PAGE as usize);
    let language = reader.language();
    let rows = known.into_iter().map(|(message, practice)| Row::of(message, &practice, language)).collect();
    let (newer, older) = ((number > 1).then(|| number - 1), has_more.then_some(number + 1));
    Ok(page(StatusCode::OK, &MessagesPage { shell: reader.shell(Here::Messages), rows, newer, older }))
}

/// One more than fits, to know whether there are more.
async fn load(app: &App, reader: &Reader, number: u32) -> Result<Vec<(Message, Practice)>, store::Error> {
    let (store, account) = (&app.store, reader.id());
    store
        .tx("a patient's messages", |mut tx| async move {
            let skipped = (number - 1) * ON_A_PAGE;
            let mut known = Vec::new();
            for message in store.messages_of(&mut tx, account, skipped, ON_A_PAGE + 1).await? {
                if let Some(practice) = store.practice(&mut tx, &message.practice).await? {
                    known.push((message, practice));
                }
            }
            Audit::of(&Actor::Patient(account), "message list")
                .subject(account)
                .write(app, &mut tx, "read")
                .await?;
            Ok(known)
        })
        .await
}

impl Row {
    fn of(message: Message, practice: &Practice, language: Language) -> Self {
        Self {
            id: message.id,
            date: when::date_in_full(language, message.created_at, &practice.settings.zone()),
            from: practice.name.clone(),
            topic: message.words.topic,
            fresh: message.unseen,
        }
    }
}
