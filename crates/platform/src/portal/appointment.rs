//! `/appointments/{id}`: one appointment in full. Right after booking it is the confirmation.

use agenda::{Failure, Kind};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use store::{Actor, AppointmentId, Practice, Stored};

use super::{
    Problem,
    answer::page,
    book, calendar,
    card::{Card, Group, Standing, Tied, has_taken_place},
    reader::Reader,
    seen,
    shell::{Face, Here, Shell},
    spoken, times_said, unheard,
};
use crate::{app::App, audit::Audit};

#[derive(Template)]
#[template(path = "portal/appointment.html")]
struct AppointmentPage {
    shell: Shell,
    title: String,
    card: Card,
    /// Whether the patient asked for it, and it stands.
    is_just_confirmed: bool,
    /// Whether it took the place of another one, and stands.
    is_just_moved: bool,
    times_said: String,
    /// What is said while the practice's system is in trouble.
    unheard: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    // What is no id, nobody's or another patient's looks the same.
    let id: AppointmentId = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let (stored, practice) = load(&app, &reader, id).await?.ok_or(Problem::NoSuchPage)?;
    let (language, now) = (reader.language(), app.world.now());
    let card = Card::of(&stored, Some(&practice), language, now).ok_or(Problem::NoSuchPage)?;
    note_view(&app, &reader, &stored).await?;
    let others = tied(&app, &reader, &stored).await?;
    let card = card.tied(&stored, &practice, Tied::among(&stored, &others), language, now);
    if card.standing == Standing::Failed(Failure::SlotGone) {
        return Ok(Redirect::to(&book::address::slot_gone(&stored)).into_response());
    }
    let shell = reader.shell(Here::Appointments).at(&practice);
    let title = shell.say(title(&stored, &card));
    let is_just_moved = card.group == Group::Upcoming && has_taken_place(&stored);
    let times_said = times_said(&shell, Some(&practice.settings.zone()));
    let kind = stored.news.as_ref().map(|news| news.kind);
    let is_just_confirmed = card.group == Group::Upcoming && kind == Some(Kind::Confirmed);
    let unheard = unheard::note(&app, &practice, [&stored], reader.language());
    let view = AppointmentPage { shell, title, card, is_just_confirmed, is_just_moved, times_said, unheard };
    let answer = page(StatusCode::OK, &view);
    seen::note(&app, &reader, [&stored]).await;
    Ok(answer)
}

/// Leaves the line that this appointment was shown.
pub(super) async fn note_view(app: &App, reader: &Reader, stored: &Stored) -> Result<(), store::Error> {
    let viewer = &Actor::Patient(reader.id());
    let line = Audit::of(viewer, "appointment view").subject(reader.id());
    line.practice(&stored.practice).object(&stored.id).shown(app, &reader.patient.session).await
}

pub(super) async fn load(
    app: &App,
    reader: &Reader,
    id: AppointmentId,
) -> Result<Option<(Stored, Practice)>, store::Error> {
    let (store, account) = (&app.store, reader.id());
    let found: Result<Option<(Stored, Practice)>, store::Error> = store
        .read("an appointment", |mut tx| async move {
            let Some(stored) = store.appointment_of_patient(&mut tx, account, id).await? else {
                return Ok(None);
            };
            let practice = store.practice(&mut tx, &stored.practice).await?;
            Ok(practice.map(|practice| (stored, practice)))
        })
        .await;
    if let Ok(Some((_, practice))) = &found {
        spoken::about(Face::of(practice));
    }
    found
}

/// The appointments that one is tied to by being moved.
async fn tied(app: &App, reader: &Reader, stored: &Stored) -> Result<Vec<Stored>, store::Error> {
    let (store, account) = (&app.store, reader.id());
    store
        .read("what an appointment is tied to", |mut tx| async move {
            let mut tied = store.replacements_of(&mut tx, account, stored.id).await?;
            if let Some(old) = stored.replaces() {
                tied.extend(store.appointment_of_patient(&mut tx, account, old).await?);
            }
            Ok(tied)
        })
        .await
}

fn title(stored: &Stored, card: &Card) -> &'static str {
    match (card.standing, stored.news.as_ref().map(|news| news.kind)) {
        (Standing::Checking, _) => "appointment-checking",
        (Standing::CheckingFailed, _) => "appointment-checking-failed",
        (Standing::Pending, _) => "appointment-pending",
        (Standing::Cancelling, _) if stored.ties.gives_way_to.is_some() => "reschedule-leaving-title",
        (Standing::Cancelling, _) => "cancel-sent",
        (Standing::Booked, Some(Kind::Rescheduled)) if has_taken_place(stored) => "reschedule-moved-title",
        (Standing::Booked, Some(Kind::Rescheduled)) => "appointment-confirmed",
        (Standing::Booked, None) if stored.is_held() => "appointment-confirmed",
        (Standing::Booked, Some(Kind::Confirmed)) => "appointment-confirmed",
        (Standing::Booked, Some(Kind::Modified)) => "appointment-modified",
        (Standing::Booked, Some(Kind::PlannedAgain)) => "appointment-planned-again",
        (Standing::Booked, _) => "appointment-booked",
        (Standing::Cancelled, _) if card.is_moved => "reschedule-moved-title",
        (Standing::Cancelled, _) => "appointment-cancelled",
        (Standing::Declined, _) => "appointment-declined",
        (Standing::Failed(Failure::Refused), _) => "appointment-refused",
        (Standing::Failed(_), _) => "appointment-failed",
    }
}

impl AppointmentPage {
    /// The file for the patient's own calendar, of a visit that is to come.
    fn calendar(&self) -> Option<String> {
        (self.card.group == Group::Upcoming).then(|| calendar::address(self.card.id))
    }

    /// While we are checking, the page asks again by itself; every few seconds is often enough.
    fn asks_again(&self) -> bool {
        self.card.standing == Standing::Checking
    }
}
