//! `POST /push/subscriptions/renew`: a browser has changed a subscription by itself.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use store::{Actor, Renewed, Tx};

use super::{given::Given, subscribe::ACTION};
use crate::{app::App, audit::Audit, portal::Problem};

/// The subscription that was, and the one that takes its place.
#[derive(Deserialize)]
pub(super) struct Renewal {
    old: Given,
    new: Given,
}

/// Nobody is logged in when this happens: the old secret, which only the device and we know, is the permission.
pub(super) async fn renew(
    State(app): State<App>,
    headers: HeaderMap,
    renewal: Result<Json<Renewal>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let Some(pusher) = &app.pusher else { return Ok(StatusCode::NOT_FOUND) };
    let Ok(Json(Renewal { old, new })) = renewal else { return Ok(StatusCode::BAD_REQUEST) };
    let Ok(device) = &new.device(pusher, &headers) else { return Ok(StatusCode::UNPROCESSABLE_ENTITY) };
    let (app, store, old) = (&app, &app.store, &old);
    let renewed = store
        .tx("renew a device", |mut tx| async move {
            let renewed = store.renew_subscription(&mut tx, &old.endpoint, &old.keys.auth, device).await?;
            if let Some(renewed) = renewed {
                note(app, &mut tx, renewed).await?;
            }
            Ok::<_, store::Error>(renewed.is_some())
        })
        .await?;
    // What is not known and what has another secret look the same.
    Ok(if renewed { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND })
}

async fn note(app: &App, tx: &mut Tx, renewed: Renewed) -> Result<(), store::Error> {
    let Renewed { account, id, replaced } = renewed;
    if let Some((account, id)) = replaced {
        let audit = Audit::of(&Actor::Unknown, ACTION).subject(account).object(&id);
        audit.write(app, tx, "replaced by a renewed one").await?;
    }
    let audit = Audit::of(&Actor::Unknown, ACTION).subject(account).object(&id);
    audit.write(app, tx, "renewed by its browser").await
}
