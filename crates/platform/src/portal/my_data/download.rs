use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    account::export,
    app::App,
    portal::{Problem, reader::Reader},
};

/// By a button, so that no browser fetches it in case somebody will.
pub(super) async fn send(State(app): State<App>, reader: Reader) -> Result<Response, Problem> {
    let pieces = export::download(&app, &reader.patient.account).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
