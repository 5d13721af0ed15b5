use askama::Template;
use axum::{
    Form,
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use db::{Error, Tx};
use http::StatusCode;
use serde::Deserialize;

use super::{
    Frame, PageProblem, Section, Visitor,
    appointment::{Done, show_refusal},
    place::{PlaceChoice, PlaceForm},
    problem::drawn_as,
    reading, typed,
    view::{AppointmentView, view},
};
use crate::{
    agenda::{Refusal, move_to},
    locales::{Words, clock},
    tables::{Detailed, State, appointments},
};

#[derive(Template)]
#[template(path = "move.html")]
struct Page {
    frame: Frame,
    shown: AppointmentView,
    is_requested: bool,
    place: PlaceChoice,
    message: String,
    refused: Option<String>,
}

/// The form as it is sent: to look at another day, or to move.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sent {
    schedule: String,
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    other_time: String,
    #[serde(default)]
    message: String,
    #[serde(rename = "do")]
    act: Act,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Act {
    Show,
    Save,
}

/// What stands in the form, and what is wrong with it.
#[derive(Clone, Default)]
struct Filled {
    place: Option<PlaceForm>,
    message: String,
    refused: Option<String>,
}

/// `GET /{agb}/appointments/{id}/move`: where to, beginning at where it is.
pub(super) async fn show(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageProblem> {
    draw(&visitor, &id, StatusCode::OK, &Filled::default()).await
}

/// `POST /{agb}/appointments/{id}/move`
pub(super) async fn save(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageProblem> {
    let place =
        PlaceForm { schedule: sent.schedule, date: sent.date, time: sent.time, other_time: sent.other_time };
    let filled = Filled { place: Some(place), message: sent.message, refused: None };
    if sent.act == Act::Show {
        return draw(&visitor, &id, StatusCode::OK, &filled).await;
    }
    match try_move(&visitor, &id, &filled).await {
        Ok(()) => Ok(Redirect::to(&Done::Moved.address(&visitor, &id)).into_response()),
        Err(Stopped::NoTime(words)) => {
            let filled = Filled { refused: Some(words.choose_time.to_owned()), ..filled };
            draw(&visitor, &id, StatusCode::UNPROCESSABLE_ENTITY, &filled).await
        }
        Err(Stopped::Refused(refusal @ (Refusal::NotOpen(_) | Refusal::NotThere))) => {
            show_refusal(&visitor, &id, &refusal, &filled.message).await
        }
        Err(Stopped::Refused(refusal @ (Refusal::Database(_) | Refusal::Patient(_)))) => {
            Err(visitor.failed(&refusal))
        }
        Err(Stopped::Refused(refusal)) => {
            let filled = Filled { refused: Some(visitor.words().refusal(&refusal)), ..filled };
            draw(&visitor, &id, StatusCode::CONFLICT, &filled).await
        }
    }
}

/// Why it was not moved.
enum Stopped {
    NoTime(&'static Words),
    Refused(Refusal),
}

impl<E: Into<Refusal>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn try_move(visitor: &Visitor, id: &str, filled: &Filled) -> Result<(), Stopped> {
    let act = &visitor.act();
    visitor
        .service
        .db
        .tx("move an appointment", |mut tx| async move {
            let found = appointments::find(&mut tx, visitor.practice.id(), id).await?;
            let found = found.ok_or(Refusal::NotThere)?;
            let place = filled.place.as_ref().and_then(|place| place.place(visitor, minutes(&found)));
            let place = place.ok_or(Stopped::NoTime(visitor.words()))?;
            Ok(move_to(&mut tx, visitor.desk(act), id, &place, typed(&filled.message)).await?)
        })
        .await
}

async fn draw(
    visitor: &Visitor,
    id: &str,
    status: StatusCode,
    filled: &Filled,
) -> Result<Response, PageProblem> {
    let page = visitor
        .service
        .db
        .tx("where to move", |mut tx| async move { page(&mut tx, visitor, id, filled.clone()).await })
        .await
        .map_err(|error: Error| visitor.failed(&error))?;
    drawn_as(status, visitor.language, &page.ok_or_else(|| visitor.not_found())?)
}

async fn page(tx: &mut Tx, visitor: &Visitor, id: &str, filled: Filled) -> Result<Option<Page>, Error> {
    let words = visitor.words();
    let Some(found) = appointments::find(tx, visitor.practice.id(), id).await? else { return Ok(None) };
    if !found.appointment.state.holds_time() {
        return Ok(None);
    }
    reading::note(tx, visitor, &format!("Appointment/{id}"), [found.patient.id.as_str()].into()).await?;
    let shown = view(&found, &visitor.practice, words);
    let length = u32::try_from(minutes(&found)).unwrap_or_default();
    let form = filled.place.unwrap_or_else(|| present(visitor, &found));
    let title = format!("{}: {}", words.move_it, shown.patient);
    Ok(Some(Page {
        frame: visitor.frame(tx, Section::Appointment, title).await?,
        shown,
        is_requested: found.appointment.state == State::Requested,
        place: form.choice(tx, visitor, &visitor.act(), length, Some(id)).await?,
        message: filled.message,
        refused: filled.refused,
    }))
}

/// Where it is now.
fn present(visitor: &Visitor, found: &Detailed) -> PlaceForm {
    let local = visitor.practice.local(found.appointment.starts_at);
    PlaceForm {
        schedule: found.appointment.schedule.clone(),
        date: local.date().to_string(),
        time: clock(local.time()),
        other_time: String::new(),
    }
}

fn minutes(found: &Detailed) -> i64 {
    found.appointment.ends_at.duration_since(found.appointment.starts_at).as_mins()
}
