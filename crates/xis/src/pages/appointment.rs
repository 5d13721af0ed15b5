mod told;

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse as _, Redirect, Response},
};
use db::Tx;
use http::StatusCode;
use serde::Deserialize;

use super::{
    Frame, PageProblem, Section, Visitor,
    problem::drawn_as,
    reading,
    view::{AppointmentView, view},
};
use crate::{
    agenda::Refusal,
    locales::Words,
    tables::{Detailed, State, appointments},
    told::standing,
};
use told::Told;

#[derive(Template)]
#[template(path = "appointment.html")]
struct Page {
    frame: Frame,
    shown: AppointmentView,
    is_requested: bool,
    is_booked: bool,
    told: Told,
    /// What was done just now.
    done: Option<&'static str>,
    /// Why something was not done, with what was typed.
    refused: Option<String>,
    typed: String,
}

/// What was done, as the address of the page says it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Done {
    Approved,
    Declined,
    Cancelled,
    Moved,
    Planned,
    Tell,
}

#[derive(Deserialize)]
pub(super) struct Shown {
    done: Option<Done>,
}

/// `GET /{agb}/appointments/{id}`: one appointment, and what can be done with it.
pub(super) async fn show(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    Query(shown): Query<Shown>,
) -> Result<Response, PageProblem> {
    let done = shown.done.map(|done| done.words(visitor.words()));
    draw(&visitor, &id, StatusCode::OK, done, None).await
}

/// After an act: the page with what was done, or again with why not and what was typed.
pub(super) async fn answer(
    visitor: &Visitor,
    id: &str,
    outcome: Result<(), Refusal>,
    done: Done,
    typed: &str,
) -> Result<Response, PageProblem> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&done.address(visitor, id)).into_response()),
        Err(refusal) => show_refusal(visitor, id, &refusal, typed).await,
    }
}

/// The page again, after an act that was refused, with what was typed.
pub(super) async fn show_refusal(
    visitor: &Visitor,
    id: &str,
    refusal: &Refusal,
    typed: &str,
) -> Result<Response, PageProblem> {
    match refusal {
        Refusal::NotThere => return Err(visitor.not_found()),
        Refusal::Database(_) | Refusal::Patient(_) => return Err(visitor.failed(refusal)),
        _ => {}
    }
    let refused = Some((visitor.words().refusal(refusal), typed.to_owned()));
    draw(visitor, id, StatusCode::CONFLICT, None, refused).await
}

async fn draw(
    visitor: &Visitor,
    id: &str,
    status: StatusCode,
    done: Option<&'static str>,
    refused: Option<(String, String)>,
) -> Result<Response, PageProblem> {
    let read = visitor
        .service
        .db
        .tx("look at an appointment", |mut tx| async move {
            let Some(found) = appointments::find(&mut tx, visitor.practice.id(), id).await? else {
                return Ok(None);
            };
            let patient = found.patient.id.as_str();
            reading::note(&mut tx, visitor, &format!("Appointment/{id}"), [patient].into()).await?;
            let (frame, standing) =
                (frame(&mut tx, visitor, &found).await?, standing(&mut tx, &found.appointment).await?);
            Ok(Some((found, frame, standing)))
        })
        .await
        .map_err(|error: db::Error| visitor.failed(&error))?;
    let (found, frame, standing) = read.ok_or_else(|| visitor.not_found())?;
    let told = Told::of(visitor, &found, standing).await;
    drawn_as(status, visitor.language, &page(visitor, &found, frame, told, done, refused))
}

async fn frame(tx: &mut Tx, visitor: &Visitor, found: &Detailed) -> Result<Frame, db::Error> {
    let shown = view(found, &visitor.practice, visitor.words());
    let title = format!("{}, {}", shown.patient, shown.short_date);
    // A form that was refused has an address of its own, which cannot be opened.
    Ok(Frame { here: shown.href, ..visitor.frame(tx, Section::Appointment, title).await? })
}

fn page(
    visitor: &Visitor,
    found: &Detailed,
    frame: Frame,
    told: Told,
    done: Option<&'static str>,
    refused: Option<(String, String)>,
) -> Page {
    let (refused, typed) = refused.map_or((None, String::new()), |(refused, typed)| (Some(refused), typed));
    Page {
        frame,
        shown: view(found, &visitor.practice, visitor.words()),
        is_requested: found.appointment.state == State::Requested,
        is_booked: found.appointment.state == State::Booked,
        told,
        done,
        refused,
        typed,
    }
}

impl Done {
    fn words(self, words: &Words) -> &'static str {
        match self {
            Self::Approved => words.done_approved,
            Self::Declined => words.done_declined,
            Self::Cancelled => words.done_cancelled,
            Self::Moved => words.done_moved,
            Self::Planned => words.done_planned,
            Self::Tell => words.done_tell,
        }
    }

    /// The page of this appointment, saying this.
    pub(super) fn address(self, visitor: &Visitor, id: &str) -> String {
        let done = match self {
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
            Self::Planned => "planned",
            Self::Tell => "tell",
        };
        format!("/{}/appointments/{id}?done={done}", visitor.practice.id())
    }
}
