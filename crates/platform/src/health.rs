//! `/healthz` and `/readyz`: for whoever keeps the platform running.

use axum::{extract::State, http::StatusCode};

use crate::app::App;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers too.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let app = &app;
    let read: Result<_, store::Error> =
        app.store.read("ready", |mut tx| async move { app.store.probe(&mut tx).await }).await;
    match read {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
