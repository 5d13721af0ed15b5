use axum::response::{IntoResponse as _, Response};

use super::{Caller, Problem, Query, Resource, slot::category};
use crate::{
    fhir::{Bundle, Link, schedule},
    tables::{schedules, types},
};

/// `GET /Schedule`: the practice's agendas, with `service-category` only those that it may be booked in.
pub(super) async fn search(caller: Caller, query: Query) -> Result<Response, Problem> {
    let wanted = category(&query)?;
    let practice = caller.practice.id();
    let (found, types) = caller
        .service
        .db
        .read("agendas", |mut tx| async move {
            Ok::<_, db::Error>((
                schedules::all(&mut tx, practice).await?,
                types::all(&mut tx, practice).await?,
            ))
        })
        .await?;
    let is_wanted = wanted.is_none_or(|wanted| types.iter().any(|kind| Some(&kind.code) == wanted.as_ref()));
    let found = found.iter().filter(|_| is_wanted).map(|found| schedule(found, &types)).collect();
    let url = caller.service.fhir_url(&format!("Schedule?{}", query.text()));
    Ok(Resource(Bundle::whole(found, vec![Link { relation: "self", url }])).into_response())
}
