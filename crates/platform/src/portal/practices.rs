//! `/practices`: the practices of a patient; one can be added that knows the patient (C16), and one taken off the list.

mod add;
mod list;
mod remove;

use axum::routing::{get, post};
use store::{Actor, Practice, Settings};

use super::{reader::Reader, shell::Face};
use crate::{app::App, audit::Audit, routes::Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .route("/practices", get(list::show))
        .route("/practices/add", get(add::search))
        .route("/practices/{agb}/add", post(add::add))
        .route("/practices/{agb}/remove", get(remove::ask).post(remove::remove))
}

/// A practice in a list.
struct Listed {
    face: Face,
    /// Whether it is the patient's already.
    is_own: bool,
}

impl Listed {
    fn of(practice: &Practice, own: &[Practice]) -> Self {
        Self { face: Face::of(practice), is_own: own.iter().any(|one| one.agb == practice.agb) }
    }
}

/// Whether there is a system to ask if it knows a patient.
fn can_be_asked(settings: &Settings) -> bool {
    settings.xis_base_url.is_some()
}

/// Leaves the line that it was shown of which practices somebody is a patient.
async fn note_view(app: &App, reader: &Reader) -> Result<(), store::Error> {
    let viewer = &Actor::Patient(reader.id());
    let line = Audit::of(viewer, "membership list").subject(reader.id());
    line.shown(app, &reader.patient.session).await
}
