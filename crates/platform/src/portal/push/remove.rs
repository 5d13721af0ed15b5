//! A device shows no notifications any more.

use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::StatusCode,
    response::Redirect,
};
use serde::Deserialize;
use store::{AccountId, Actor, Tx};
use uuid::Uuid;

use super::{LIST, subscribe::ACTION};
use crate::{
    app::App,
    audit::Audit,
    auth::session::Patient,
    portal::{Problem, reader::Reader},
};

/// The device that a script runs on.
#[derive(Deserialize)]
pub(super) struct Here {
    endpoint: String,
}

/// `POST /push/subscriptions/{id}/remove`: any device, from the list.
pub(super) async fn by_id(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Redirect, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let (app, store, account) = (&app, &app.store, reader.id());
    let removed = store
        .tx("remove a device", |mut tx| async move {
            let removed = store.remove_subscription(&mut tx, account, id).await?;
            if removed {
                note(app, &mut tx, account, id).await?;
            }
            Ok::<_, store::Error>(removed)
        })
        .await?;
    if removed { Ok(Redirect::to(LIST)) } else { Err(Problem::NoSuchPage) }
}

/// `DELETE /push/subscriptions`: this device, by what its browser knows.
pub(super) async fn by_endpoint(
    State(app): State<App>,
    patient: Option<Patient>,
    here: Result<Json<Here>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let Some(Patient { account, .. }) = patient else { return Ok(StatusCode::UNAUTHORIZED) };
    let Ok(Json(Here { endpoint })) = here else { return Ok(StatusCode::BAD_REQUEST) };
    let (app, store, account, endpoint) = (&app, &app.store, account.id, &endpoint);
    let removed = store
        .tx("remove this device", |mut tx| async move {
            let removed = store.remove_subscription_at(&mut tx, account, endpoint).await?;
            if let Some(id) = removed {
                note(app, &mut tx, account, id).await?;
            }
            Ok::<_, store::Error>(removed.is_some())
        })
        .await?;
    Ok(if removed { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND })
}

async fn note(app: &App, tx: &mut Tx, account: AccountId, id: Uuid) -> Result<(), store::Error> {
    let actor = Actor::Patient(account);
    Audit::of(&actor, ACTION).subject(account).object(&id).write(app, tx, "removed").await
}
