use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use db::Tx;
use http::{HeaderValue, header};
use jiff::Timestamp;

use super::{Caller, Problem, Query, Resource, refused::not_there};
use crate::{
    audit::{self, Act, Subject},
    faults::{Fault, Interaction},
    fhir::{Bundle, Link, appointment},
    tables::{Detailed, appointments},
};

/// What an appointment is looked up by.
enum By {
    Id(String),
    Identifier(Option<String>, String),
    /// By nothing at all.
    Ignored,
}

/// `GET /Appointment/{id}`.
pub(super) async fn read(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = look_up(&caller, &By::Id(id)).await?;
    let found = found.first().ok_or_else(not_there)?;
    Ok(one(&caller, found))
}

/// `GET /Appointment` with `_id`, `id` (C4) or `identifier`. A patient's token finds that patient's only.
pub(super) async fn search(caller: Caller, query: Query) -> Result<Response, Problem> {
    let id = query.one("_id")?.or(query.one("id")?);
    let is_ignored = caller.service.faults.strikes(Fault::IgnoresParameters, Interaction::SearchAppointments);
    let by = match (id, query.token("identifier")?) {
        _ if is_ignored => By::Ignored,
        (Some(id), _) => By::Id(id.rsplit('/').next().unwrap_or(id).to_owned()),
        (None, Some(token)) => By::Identifier(token.system, token.code),
        (None, None) => {
            return Err(Problem::invalid("Say which appointment is meant.")
                .advice("Search by _id, id or identifier.")
                .at("http._id"));
        }
    };
    let found = look_up(&caller, &by).await?;
    let entries = found.iter().map(|found| {
        let url = caller.service.fhir_url(&format!("Appointment/{}", found.appointment.id));
        (url, appointment(found, &caller.practice.zone, None))
    });
    let url = caller.service.fhir_url(&format!("Appointment?{}", query.text()));
    Ok(Resource(Bundle::of(entries, vec![Link { relation: "self", url }])).into_response())
}

/// One appointment as the answer, with its version as `ETag`.
pub(super) fn one(caller: &Caller, found: &Detailed) -> Response {
    let mut response = Resource(appointment(found, &caller.practice.zone, None)).into_response();
    let version = format!(r#"W/"{}""#, found.appointment.version);
    if let Ok(version) = HeaderValue::try_from(version) {
        response.headers_mut().insert(header::ETAG, version);
    }
    response
}

async fn look_up(caller: &Caller, by: &By) -> Result<Vec<Detailed>, Problem> {
    let act = &caller.act();
    let found = caller
        .service
        .db
        .tx("look up an appointment", |mut tx| async move { visible(&mut tx, caller, act, by).await });
    Ok(found.await?)
}

async fn visible(tx: &mut Tx, caller: &Caller, act: &Act, by: &By) -> Result<Vec<Detailed>, db::Error> {
    let practice = caller.practice.id();
    let mut found = match by {
        By::Id(id) => appointments::find(tx, practice, id).await?.into_iter().collect(),
        By::Identifier(system, value) => {
            appointments::by_identifier(tx, practice, system.as_deref(), value).await?
        }
        By::Ignored => appointments::made_by_patients_since(tx, practice, Timestamp::UNIX_EPOCH).await?,
    };
    let own = caller.patient(tx).await?;
    found.retain(|found: &Detailed| caller.may_see(own.as_ref(), &found.patient.id));
    for found in &found {
        let object = format!("Appointment/{}", found.appointment.id);
        let subject = Subject(found.patient.id.clone());
        let act = Act { id: caller.service.new_id(), ..act.clone() };
        audit::record(tx, &caller.service.vault, &act, Some(&subject), ("read", &object, "found")).await?;
    }
    Ok(found)
}
