//! The portal on a home screen: how it looks there, the worker behind its pages, and what that shows without a
//! connection. All of it is the same for everybody.

mod manifest;
mod offline;
mod worker;

use axum::routing::get;

use crate::routes::Routes;

pub(super) fn router() -> Routes {
    Routes::new()
        .route("/manifest.webmanifest", get(manifest::show))
        .route("/sw.js", get(worker::script))
        .route("/offline/{language}", get(offline::show))
}
