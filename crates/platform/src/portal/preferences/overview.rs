//! `/preferences`: every answer so far, and whether what we send arrives.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use outbox::Entry;
use serde::Deserialize;
use store::{Account, Actor};

use super::{
    question::Question,
    trial::{self, Tried},
};
use crate::{
    app::App,
    audit::Audit,
    portal::{
        Problem, answer,
        push::Devices,
        reader::Reader,
        shell::{Here, Shell},
    },
};

/// What has just been done.
#[derive(Debug, Deserialize)]
pub(super) struct Done {
    kept: Option<String>,
    /// A trial mail was asked for too soon after another.
    soon: Option<String>,
    /// What became of a trial on a device.
    tried: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/preferences/overview.html")]
struct OverviewPage {
    shell: Shell,
    answers: Vec<Answered>,
    /// Where mail goes, as far as it is known.
    address: Option<String>,
    /// Whether news comes along no way at all.
    is_silent: bool,
    by_mail: bool,
    tried: Option<Tried>,
    devices: Option<Devices>,
    has_kept: bool,
    is_too_soon: bool,
}

struct Answered {
    question: Question,
    said: String,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let (patient, now) = (&reader.patient.account, app.world.now());
    let (store, account) = (&app.store, patient.id);
    let last: Result<Option<Entry>, store::Error> =
        store.read("the last trial", |mut tx| async move { trial::last(&mut tx, account, now).await }).await;
    let devices = Devices::read(&app, &reader, done.tried.as_deref()).await?;
    let actor = &Actor::Patient(account);
    let line = Audit::of(actor, "preferences view").subject(account);
    line.shown(&app, &reader.patient.session).await?;
    let shell = reader.shell(Here::Preferences);
    let view = OverviewPage {
        answers: answers(patient, now),
        address: patient.mail.clone(),
        is_silent: !is_told(patient, devices.as_ref()),
        by_mail: patient.preferences.by_mail,
        tried: patient.mail.as_deref().zip(last?).map(|(address, entry)| Tried::of(address, &entry, &shell)),
        devices,
        has_kept: done.kept.is_some(),
        is_too_soon: done.soon.is_some(),
        shell,
    };
    Ok(answer::page(StatusCode::OK, &view))
}

/// Whether news reaches the patient along any way (D12).
fn is_told(patient: &Account, devices: Option<&Devices>) -> bool {
    let has_device = devices.is_some_and(|devices| !devices.all.is_empty());
    let preferences = patient.preferences;
    (preferences.by_mail && patient.mail.is_some()) || (preferences.by_push && has_device)
}

fn answers(patient: &Account, now: Timestamp) -> Vec<Answered> {
    let answered = |question: Question| Answered { question, said: question.answered(patient, now) };
    Question::ALL.map(answered).into()
}
