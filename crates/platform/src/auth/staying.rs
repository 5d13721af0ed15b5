//! `/session`: how long the session lasts, for the notice that it ends soon; and staying logged in.

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    auth::{login::local_path, session::Patient},
    portal,
};

/// How long the session lasts. A script that asks keeps it no longer alive (see `balie-unasked`); whoever sends a
/// POST does. No page and no way to the login: it is a script that asks.
pub(crate) async fn lasts(State(app): State<App>, patient: Option<Patient>) -> Response {
    match patient {
        Some(patient) => Json(patient.lasts(app.world.now())).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ended {
    /// The page that was open: a path here.
    to: Option<String>,
}

/// The page that takes the place of a patient's, so that nobody else reads it there.
pub(crate) async fn ended(patient: Option<Patient>, Query(ended): Query<Ended>) -> Response {
    let to = local_path(ended.to.as_deref());
    match patient {
        // Another page kept the session alive meanwhile.
        Some(_) => Redirect::to(&to).into_response(),
        None => portal::session_ended(&to),
    }
}
