use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Response,
};
use db::Tx;
use http::StatusCode;
use serde::Deserialize;

use super::{
    Frame, PageProblem, Section, Visitor,
    problem::drawn_as,
    view::{AppointmentView, moment, view},
};
use crate::{
    agenda::Refusal,
    audit::{self, Subject},
    locales::{Words, fill},
    tables::{Detailed, State, appointments},
    told::{Standing, standing},
};

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

/// Whether the platform knows, in words.
struct Told {
    class: &'static str,
    text: String,
    /// The platform's own words.
    said: Option<String>,
    /// The message that can be sent again.
    message: Option<String>,
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
    let (act, refused) = (&visitor.act(), &refused);
    let page = visitor
        .service
        .db
        .tx("look at an appointment", |mut tx| async move {
            let Some(found) = appointments::find(&mut tx, visitor.practice.id(), id).await? else {
                return Ok(None);
            };
            let subject = Subject(found.patient.id.clone());
            let object = format!("Appointment/{id}");
            let what = ("read", object.as_str(), "shown");
            audit::record(&mut tx, &visitor.service.vault, act, Some(&subject), what).await?;
            page(&mut tx, visitor, &found, done, refused.clone()).await.map(Some)
        })
        .await
        .map_err(|error: db::Error| visitor.failed(&error))?;
    drawn_as(status, visitor.language, &page.ok_or_else(|| visitor.not_found())?)
}

async fn page(
    tx: &mut Tx,
    visitor: &Visitor,
    found: &Detailed,
    done: Option<&'static str>,
    refused: Option<(String, String)>,
) -> Result<Page, db::Error> {
    let shown = view(found, &visitor.practice, visitor.words());
    let title = format!("{}, {}", shown.patient, shown.short_date);
    let (refused, typed) = refused.map_or((None, String::new()), |(refused, typed)| (Some(refused), typed));
    // A form that was refused has an address of its own, which cannot be opened.
    let frame = Frame { here: shown.href.clone(), ..visitor.frame(tx, Section::Appointment, title).await? };
    Ok(Page {
        frame,
        shown,
        is_requested: found.appointment.state == State::Requested,
        is_booked: found.appointment.state == State::Booked,
        told: told(visitor, found, standing(tx, &found.appointment).await?),
        done,
        refused,
        typed,
    })
}

fn told(visitor: &Visitor, found: &Detailed, standing: Standing) -> Told {
    let (words, practice) = (visitor.words(), &visitor.practice);
    let plain = |class, text: String| Told { class, text, said: None, message: None };
    match standing {
        Standing::NothingToTell => plain("soft", words.nothing_to_tell.to_owned()),
        Standing::Told { at } => plain("told", fill(words.told_at, &[&moment(practice, at, words)])),
        Standing::OnItsWay => plain("soft", words.on_its_way.to_owned()),
        Standing::Later { message, problem, next_at } => Told {
            class: "waiting",
            text: fill(words.later, &[&moment(practice, next_at, words)]),
            said: Some(problem),
            message: Some(message),
        },
        Standing::Refused { message, trouble } => {
            let why = words.trouble(&trouble, found.patient.phone.as_deref());
            Told {
                class: "refused",
                text: format!("{}: {why}", words.not_told),
                said: Some(fill(words.platform_said, &[&trouble.words])),
                message: Some(message),
            }
        }
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
