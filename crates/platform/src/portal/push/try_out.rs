//! `POST /push/subscriptions/{id}/try`: does a notification arrive?

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use store::Actor;
use uuid::Uuid;

use super::LIST;
use crate::{
    app::App,
    audit::Audit,
    notices::push::{Trial, try_out as send},
    portal::{Problem, reader::Reader},
};

/// Sends one, and goes back to the list, which says what became of it.
pub(super) async fn try_out(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Redirect, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let account = &reader.patient.account;
    let trial = send(&app, account, id, app.world.now()).await?;
    let outcome = match trial {
        Trial::Sent => "sent",
        Trial::NoDevice => "gone",
        // The list says so by itself.
        Trial::Silent => "silent",
        Trial::TooSoon => "too-soon",
        Trial::NotNow => "not-now",
    };
    let app = &app;
    app.store
        .tx("note a trial", |mut tx| async move {
            let actor = Actor::Patient(account.id);
            let audit = Audit::of(&actor, "push trial").subject(account.id).object(&id);
            audit.write(app, &mut tx, outcome).await
        })
        .await?;
    Ok(Redirect::to(&format!("{LIST}?tried={outcome}")))
}
