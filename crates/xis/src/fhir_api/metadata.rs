use std::sync::Arc;

use axum::extract::State;
use serde_json::Value;

use super::Resource;
use crate::{fhir::capability_statement, service::Service};

/// `GET /metadata`, open to all: it tells of the server, not of anybody.
pub(super) async fn show(State(service): State<Arc<Service>>) -> Resource<Value> {
    let base = service.fhir_url("");
    Resource(capability_statement(base.trim_end_matches('/')))
}
