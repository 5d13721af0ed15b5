//! `/preferences`: how and of what a patient wants to be told. Each question has a page of its own.

mod answer;
mod choices;
mod overview;
mod question;
mod texts;
mod trial;

use axum::{
    Router,
    routing::{get, post},
};

use crate::app::App;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/preferences", get(overview::show))
        .route("/preferences/try/mail", post(trial::mail))
        .route("/preferences/{question}", get(answer::ask).post(answer::keep))
}
