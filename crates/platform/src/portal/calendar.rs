//! `/appointments/{id}/calendar.ics`: an appointment as a file for the patient's own calendar.

use agenda::State as Standing;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use store::{Actor, AppointmentId};

use super::{Problem, reader::Reader};
use crate::{app::App, audit::Audit, notices::CalendarFile};

/// The address of the file of an appointment.
pub(super) fn address(id: AppointmentId) -> String {
    format!("/appointments/{id}/calendar.ics")
}

/// An appointment that stands; any other has no file, and so has another patient's.
pub(super) async fn download(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: AppointmentId = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let (app, reader) = (&app, &reader);
    let file = app
        .store
        .tx("an appointment for a calendar", |mut tx| async move { fetch(app, &mut tx, reader, id).await })
        .await?
        .ok_or(Problem::NoSuchPage)?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.file_name)),
    ];
    Ok((headers, file.text).into_response())
}

async fn fetch(
    app: &App,
    tx: &mut store::Tx,
    reader: &Reader,
    id: AppointmentId,
) -> Result<Option<CalendarFile>, store::Error> {
    let account = &reader.patient.account;
    let stored = app.store.appointment_of_patient(tx, account.id, id).await?;
    let Some(stored) = stored.filter(|stored| stored.appointment.state == Standing::Booked) else {
        return Ok(None);
    };
    let Some(practice) = app.store.practice(tx, &stored.practice).await? else { return Ok(None) };
    let last = app.store.calendar_edition(tx, account.id, stored.event()).await?;
    let actor = Actor::Patient(account.id);
    let audit = Audit::of(&actor, "appointment calendar").subject(account.id).practice(&practice.agb);
    audit.object(&id).write(app, tx, "fetched").await?;
    Ok(Some(CalendarFile::of(app, &stored, (account, &practice), last, app.world.now())))
}
