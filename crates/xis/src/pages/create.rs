use askama::Template;
use axum::{
    Form,
    extract::Query,
    response::{IntoResponse as _, Redirect, Response},
};
use db::{Error, Tx};
use http::StatusCode;
use serde::Deserialize;

use super::{
    Frame, PageProblem, Section, Visitor,
    appointment::Done,
    finding::{Found, find},
    place::{PlaceChoice, PlaceForm},
    problem::drawn_as,
    typed,
};
use crate::{
    agenda::{Planned, Refusal, create},
    tables::{AppointmentType, schedules, types},
};

#[derive(Template)]
#[template(path = "create.html")]
struct Page {
    frame: Frame,
    found: Found,
    types: Vec<AppointmentType>,
    place: PlaceChoice,
    sent: Sent,
    refused: Option<String>,
}

/// The form as it is sent, or as the address begins it: every field may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    find: String,
    patient: String,
    kind: String,
    schedule: String,
    date: String,
    time: String,
    other_time: String,
    message: String,
    #[serde(rename = "do")]
    act: Act,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Act {
    /// Look for patients or at another day.
    #[default]
    Show,
    Save,
}

/// Why nothing was planned.
enum Stopped {
    NoPatient,
    NoType,
    NoTime,
    Refused(Refusal),
}

impl<E: Into<Refusal>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// `GET /{agb}/appointments/new`: perhaps with `schedule`, `date` and `time` of a free place.
pub(super) async fn show(visitor: Visitor, Query(sent): Query<Sent>) -> Result<Response, PageProblem> {
    // A citizen number must not end up in an address: people are looked for by the form alone.
    let sent = Sent { find: String::new(), ..sent };
    draw(&visitor, StatusCode::OK, &sent, None).await
}

/// `POST /{agb}/appointments/new`
pub(super) async fn save(visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, PageProblem> {
    if sent.act == Act::Show {
        return draw(&visitor, StatusCode::OK, &sent, None).await;
    }
    let id = visitor.service.new_id();
    let words = visitor.words();
    let (status, refused) = match plan(&visitor, &id, &sent).await {
        Ok(()) => return Ok(Redirect::to(&Done::Planned.address(&visitor, &id)).into_response()),
        Err(Stopped::NoPatient) => (StatusCode::UNPROCESSABLE_ENTITY, words.choose_patient.to_owned()),
        Err(Stopped::NoType) => (StatusCode::UNPROCESSABLE_ENTITY, words.choose_type.to_owned()),
        Err(Stopped::NoTime) => (StatusCode::UNPROCESSABLE_ENTITY, words.choose_time.to_owned()),
        Err(Stopped::Refused(refusal @ (Refusal::Database(_) | Refusal::Patient(_)))) => {
            return Err(visitor.failed(&refusal));
        }
        Err(Stopped::Refused(refusal)) => (StatusCode::CONFLICT, words.refusal(&refusal)),
    };
    draw(&visitor, status, &sent, Some(&refused)).await
}

async fn plan(visitor: &Visitor, id: &str, sent: &Sent) -> Result<(), Stopped> {
    let act = &visitor.act();
    visitor
        .service
        .db
        .tx("plan an appointment", |mut tx| async move {
            let types = types::all(&mut tx, visitor.practice.id()).await?;
            if sent.patient.is_empty() {
                return Err(Stopped::NoPatient);
            }
            let kind = types.iter().find(|kind| kind.code == sent.kind).ok_or(Stopped::NoType)?;
            let place = sent.place().place(visitor, kind.minutes.into()).ok_or(Stopped::NoTime)?;
            let planned = Planned {
                id: id.to_owned(),
                patient: sent.patient.clone(),
                schedule: place.schedule,
                category: kind.code.clone(),
                starts_at: place.starts_at,
                ends_at: place.ends_at,
                message: typed(&sent.message),
            };
            Ok(create(&mut tx, visitor.desk(act), &planned).await?)
        })
        .await
}

async fn draw(
    visitor: &Visitor,
    status: StatusCode,
    sent: &Sent,
    refused: Option<&str>,
) -> Result<Response, PageProblem> {
    let page = visitor
        .service
        .db
        .tx("what to plan", |mut tx| async move { page(&mut tx, visitor, sent, refused).await })
        .await
        .map_err(|error: Error| visitor.failed(&error))?;
    drawn_as(status, visitor.language, &page)
}

async fn page(tx: &mut Tx, visitor: &Visitor, sent: &Sent, refused: Option<&str>) -> Result<Page, Error> {
    let practice = visitor.practice.id();
    let types = types::all(tx, practice).await?;
    let mut sent = sent.clone();
    if !types.iter().any(|kind| kind.code == sent.kind) {
        sent.kind = types.first().map(|kind| kind.code.clone()).unwrap_or_default();
    }
    if sent.schedule.is_empty() {
        let first = schedules::all(tx, practice).await?.into_iter().next();
        sent.schedule = first.map(|schedule| schedule.id).unwrap_or_default();
    }
    if sent.date.is_empty() {
        sent.date = visitor.today().to_string();
    }
    let minutes = types.iter().find(|kind| kind.code == sent.kind).map_or(0, |kind| kind.minutes);
    Ok(Page {
        frame: visitor.frame(tx, Section::NewAppointment, visitor.words().new_appointment).await?,
        found: find(tx, visitor, &sent.find, &sent.patient).await?,
        place: sent.place().choice(tx, visitor, &visitor.act(), minutes, None).await?,
        types,
        sent,
        refused: refused.map(str::to_owned),
    })
}

impl Sent {
    fn place(&self) -> PlaceForm {
        PlaceForm {
            schedule: self.schedule.clone(),
            date: self.date.clone(),
            time: self.time.clone(),
            other_time: self.other_time.clone(),
        }
    }

    fn is_kind(&self, kind: &AppointmentType) -> bool {
        kind.code == self.kind
    }
}
