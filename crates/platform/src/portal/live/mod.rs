//! `GET /live`: an open page hears that something of its patient changed, as server-sent events.
//!
//! `changed` comes at once and after each change: how many appointments have news and how many messages are new, in
//! numbers and in words, and a `mark`, which differs when what the page shows is out of date. `ended` says that the
//! session is over, `enough` that another page of this patient took the place. After an hour the stream ends and the
//! browser asks for another.

mod listening;
mod streams;

use std::convert::Infallible;

use axum::{
    extract::State,
    http::{HeaderName, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{KeepAlive, Sse},
    },
};
use axum_extra::extract::CookieJar;
use futures::stream;

use self::listening::Listening;
pub(crate) use self::streams::Streams;
use super::Problem;
use crate::{
    app::App,
    auth::{cookie, session::Patient},
};

/// When somebody may ask again for whom there was no place.
const AGAIN_SECONDS: &str = "60";

/// Listens as long as the session lives, without keeping it alive.
pub(super) async fn listen(State(app): State<App>, jar: CookieJar) -> Result<Response, Problem> {
    let Some(cookie) = cookie::Name::Session.read(&app.config, &jar) else { return Ok(nobody()) };
    let Some(patient) = Patient::behind(&app, &cookie).await? else { return Ok(nobody()) };
    let Some(place) = app.streams.place(patient.account.id) else { return Ok(no_place()) };
    let listening = Listening::new(app, cookie, &patient, place);
    let events = stream::unfold(Some(listening), |listening| async {
        let (event, listening) = listening?.next().await?;
        Some((Ok::<_, Infallible>(event), listening))
    });
    let headers = [
        // A proxy that gathers before it passes on would keep the news to itself.
        (HeaderName::from_static("x-accel-buffering"), "no"),
        // It is one patient's. Without this a stream would say that it may be kept.
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Sse::new(events).keep_alive(KeepAlive::default())).into_response())
}

/// No page and no way to the login: it is a script that asks.
fn nobody() -> Response {
    StatusCode::UNAUTHORIZED.into_response()
}

fn no_place() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, AGAIN_SECONDS)]).into_response()
}
