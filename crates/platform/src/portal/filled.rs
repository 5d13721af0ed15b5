use axum::{
    Form,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use super::Problem;
use crate::app::App;

/// A form as it was filled in; one that cannot be read is a page that says so.
pub(super) struct Filled<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<App> for Filled<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let form = Form::from_request(request, app).await;
        // The rejection is not logged: it may quote what was typed.
        form.map(|Form(form)| Self(form)).map_err(|refused| {
            if refused.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::TooLarge
            } else {
                Problem::UnreadableForm
            }
        })
    }
}
