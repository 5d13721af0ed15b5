//! `/appointments/{id}/reschedule`: choosing another time for an appointment, with the pages of booking.
//!
//! The type is the appointment's own, and so is the agenda unless the patient wants another. What was chosen, and what
//! the patient wrote, is kept apart from what the same patient may be booking meanwhile.

mod check;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use super::{
    address, choose_agenda, choose_time,
    moving::{Movable, movable},
};
use crate::{
    app::App,
    portal::{
        Problem, answer, appointment,
        card::{Card, Standing},
        reader::Reader,
        shell::{Here, Shell},
        times_said,
    },
    routes::Routes,
};

/// The pages of moving an appointment, in the order in which they come.
pub(super) fn router() -> Routes {
    Routes::new()
        .route("/appointments/{id}/reschedule", get(begin))
        .route("/appointments/{id}/reschedule/agenda", get(choose_agenda::show))
        .route("/appointments/{id}/reschedule/time", get(choose_time::show).post(choose_time::choose))
        .route("/appointments/{id}/reschedule/check", get(check::show).post(check::send))
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Whether the practice offers no times for this type any more.
    closed: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/book/not_movable.html")]
struct NotMovablePage {
    shell: Shell,
    card: Card,
    times_said: String,
}

/// Where moving an appointment begins: at the times of its agenda, or at what there is to read instead.
async fn begin(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (old, practice) = match movable(&app, &reader, &id).await? {
        Movable::By(new) => return Ok(Redirect::to(&format!("/appointments/{new}")).into_response()),
        Movable::Yes(old, _) if asked.closed.is_none() => {
            let times = match &old.slot {
                Some(slot) => address::moving_times(old.id, &slot.schedule),
                None => address::moving_agendas(old.id),
            };
            return Ok(Redirect::to(&times).into_response());
        }
        Movable::Yes(old, practice) | Movable::No(old, practice) => (old, practice),
    };
    let card = Card::of(&old, Some(&practice), reader.language(), app.world.now());
    let Some(card) = card.filter(|card| matches!(card.standing, Standing::Booked | Standing::Pending)) else {
        return Ok(Redirect::to(&format!("/appointments/{id}")).into_response());
    };
    appointment::note_view(&app, &reader, &old).await?;
    let shell = reader.shell(Here::Appointments).at(&practice);
    let times_said = times_said(&shell, Some(&practice.settings.zone()));
    Ok(answer::page(StatusCode::OK, &NotMovablePage { shell, card, times_said }))
}
