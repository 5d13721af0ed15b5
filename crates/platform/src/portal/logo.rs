//! `/practices/{agb}/logo`: the picture beside a practice's name. It is for everybody.

use agenda::Agb;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use store::Logo;

use super::Problem;
use crate::app::App;

/// The file; it was looked through when it was given, and nothing runs in it.
pub(super) async fn of_practice(
    State(app): State<App>,
    Path(agb): Path<String>,
) -> Result<Response, Problem> {
    let (store, agb): (_, &Agb) = (&app.store, &agb.parse().map_err(|_| Problem::NoSuchPage)?);
    let logo: Result<Option<Logo>, store::Error> =
        store.read("a practice's logo", |mut tx| async move { store.logo(&mut tx, agb).await }).await;
    let Logo { media_type, content } = logo?.ok_or(Problem::NoSuchPage)?;
    let headers =
        [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=300".to_owned())];
    Ok((headers, content).into_response())
}
