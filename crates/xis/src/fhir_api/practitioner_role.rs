use axum::response::{IntoResponse as _, Response};

use super::{Caller, Problem, Resource};
use crate::{
    fhir::{Bundle, Link, practitioner_role},
    tables::schedules,
};

/// `GET /PractitionerRole`: who works at the practice.
pub(super) async fn search(caller: Caller) -> Result<Response, Problem> {
    let practice = caller.practice.id();
    let found = caller
        .service
        .db
        .read("practitioners", |mut tx| async move { schedules::all(&mut tx, practice).await })
        .await?;
    let mut roles: Vec<_> = found.iter().map(|schedule| &schedule.practitioner).collect();
    roles.dedup_by(|one, other| one.role == other.role);
    let entries = roles.into_iter().map(|found| {
        let url = caller.service.fhir_url(&format!("PractitionerRole/{}", found.role));
        (url, practitioner_role(&caller.practice, found))
    });
    let link = vec![Link { relation: "self", url: caller.service.fhir_url("PractitionerRole") }];
    Ok(Resource(Bundle::of(entries, link)).into_response())
}
