//! `/push`: which of a patient's devices show notifications.
//!
//! A browser's script brings its `PushSubscription`, and its service worker brings a new one when the browser changes
//! it. The list of devices, with its buttons, is a part of the preferences ([`Devices`]).

mod agent;
mod devices;
mod given;
mod remove;
mod renew;
mod subscribe;
mod try_out;

use axum::{
    extract::DefaultBodyLimit,
    routing::{get, post},
};

pub(super) use devices::Devices;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) use given::Given;

use crate::routes::Routes;

/// What a script sends is small.
const BODY_BYTES: usize = 16 * 1024;

/// Where the list of devices stands.
const LIST: &str = "/preferences";

pub(super) fn router() -> Routes {
    Routes::new()
        .route("/push/key", get(subscribe::key))
        .route("/push/subscriptions", post(subscribe::add).delete(remove::by_endpoint))
        .route("/push/subscriptions/renew", post(renew::renew))
        .route("/push/subscriptions/{id}/remove", post(remove::by_id))
        .route("/push/subscriptions/{id}/try", post(try_out::try_out))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}
