use axum::response::{IntoResponse as _, Response};

use super::{Caller, Problem, Query, Resource, query::invalid};
use crate::{
    audit::{self, Subject},
    fhir::{Bundle, Link, patient},
};

/// `GET /Patient`: the patient of the token, when the practice knows it; else nobody.
///
/// A citizen number in the URL is refused (D8): URLs end up in logs.
pub(super) async fn search(caller: Caller, query: Query) -> Result<Response, Problem> {
    if query.has("identifier") {
        return Err(invalid(
            "identifier",
            "A citizen number must not be in a URL: the token says who it is.",
        ));
    }
    let act = &caller.act();
    let found = caller
        .service
        .db
        .tx("look up a patient", |mut tx| {
            let caller = &caller;
            async move {
                let found = caller.patient(&mut tx).await?;
                if let Some(found) = &found {
                    let (subject, object) = (Subject(found.id.clone()), format!("Patient/{}", found.id));
                    let what = ("read", object.as_str(), "found");
                    audit::record(&mut tx, &caller.service.vault, act, Some(&subject), what).await?;
                }
                Ok::<_, db::Error>(found)
            }
        })
        .await?;
    let link = vec![Link { relation: "self", url: caller.service.fhir_url("Patient") }];
    let entries = found
        .iter()
        .zip(&caller.bsn)
        .map(|(found, bsn)| (caller.service.fhir_url(&format!("Patient/{}", found.id)), patient(found, bsn)));
    Ok(Resource(Bundle::of(entries, link)).into_response())
}
