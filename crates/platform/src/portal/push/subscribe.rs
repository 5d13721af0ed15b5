//! `POST /push/subscriptions`: this device shows notifications from now on.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::json;
use store::{AccountId, Actor, Device, Subscribed, Tx};

use super::given::{Given, NotKept};
use crate::{app::App, audit::Audit, auth::session::Patient, portal::Problem};

/// What the lines of the audit trail about devices are called.
pub(super) const ACTION: &str = "push subscription";

/// What a browser must be told to subscribe; there is none where notifications are off.
pub(super) async fn key(State(app): State<App>) -> Response {
    match &app.pusher {
        Some(pusher) => Json(json!({ "key": pusher.public_key() })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Keeps the device for the patient who is logged in. A device that was another patient's is so no more: it is a
/// phone that two people use, and only one of them reads it now.
pub(super) async fn add(
    State(app): State<App>,
    patient: Option<Patient>,
    headers: HeaderMap,
    given: Result<Json<Given>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let Some(pusher) = &app.pusher else { return Ok(StatusCode::NOT_FOUND) };
    // A script cannot log in: no way to the login page here.
    let Some(Patient { account, .. }) = patient else { return Ok(StatusCode::UNAUTHORIZED) };
    let Ok(Json(given)) = given else { return Ok(StatusCode::BAD_REQUEST) };
    match given.device(pusher, &headers) {
        Ok(device) => keep(&app, account.id, &device).await,
        Err(reason) => refuse(&app, account.id, reason).await,
    }
}

async fn keep(app: &App, account: AccountId, device: &Device) -> Result<StatusCode, Problem> {
    let (store, new_id, now) = (&app.store, app.new_id(), app.world.now());
    let subscribed: Subscribed = store
        .tx("subscribe a device", |mut tx| async move {
            let subscribed = store.save_subscription(&mut tx, account, new_id, device, now).await?;
            note(app, &mut tx, account, new_id, &subscribed).await?;
            Ok::<_, store::Error>(subscribed)
        })
        .await?;
    Ok(if subscribed.id == new_id { StatusCode::CREATED } else { StatusCode::OK })
}

async fn note(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    new_id: uuid::Uuid,
    subscribed: &Subscribed,
) -> Result<(), store::Error> {
    let actor = Actor::Patient(account);
    if let Some(left) = subscribed.left {
        Audit::of(&actor, ACTION).subject(left).write(app, tx, "left for another account").await?;
    }
    for id in &subscribed.made_room {
        Audit::of(&actor, ACTION).subject(account).object(id).write(app, tx, "made room").await?;
    }
    let outcome = if subscribed.id == new_id { "added" } else { "added again" };
    Audit::of(&actor, ACTION).subject(account).object(&subscribed.id).write(app, tx, outcome).await
}

async fn refuse(app: &App, account: AccountId, reason: NotKept) -> Result<StatusCode, Problem> {
    let outcome = &reason.to_string();
    app.store
        .tx("refuse a device", |mut tx| async move {
            let actor = Actor::Patient(account);
            Audit::of(&actor, ACTION).subject(account).write(app, &mut tx, outcome).await
        })
        .await?;
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}
