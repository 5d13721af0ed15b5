//! `/preferences`: how and of what a patient wants to be told. Each question has a page of its own.

mod answer;
mod choices;
mod overview;
mod question;
mod texts;
mod trial;

use axum::routing::{get, post};

use crate::routes::Routes;

pub(super) fn router() -> Routes {
    Routes::new()
        .route("/preferences", get(overview::show))
        .route("/preferences/try/mail", post(trial::mail))
        .route("/preferences/{question}", get(answer::ask).post(answer::keep))
}
