use axum::response::{IntoResponse as _, Response};

use super::{Caller, Problem, Query, Resource, query::Token};
use crate::{
    fhir::{appointment_types, bookable_types, written},
    tables::{AppointmentType, types},
};

/// `GET /ValueSet/BookableAppointmentTypes`: what may be booked, or with `service-category` only what may be
/// booked through that channel. A channel that nobody knows has nothing to book.
pub(super) async fn show(caller: Caller, query: Query) -> Result<Response, Problem> {
    let practice = caller.practice.id();
    let all = caller
        .service
        .db
        .read("appointment types", |mut tx| async move { types::all(&mut tx, practice).await })
        .await?;
    if caller.practice.speaks_version_1() {
        // It has no filter to leave out what the desk alone plans (C20).
        let bookable = all.iter().filter(|kind| kind.channel.is_some());
        return Ok(Resource(appointment_types(bookable)).into_response());
    }
    let channel = query.token("service-category")?;
    let found = all.iter().filter(|kind| channel.as_ref().is_none_or(|channel| is_in(kind, channel)));
    let now = written(caller.service.world.now(), &caller.practice.zone);
    Ok(Resource(bookable_types(found, now)).into_response())
}

fn is_in(kind: &AppointmentType, channel: &Token) -> bool {
    let is_its_system = channel.system.as_deref().is_none_or(|system| system == AppointmentType::CHANNELS);
    is_its_system && kind.channel.as_deref() == Some(channel.code.as_str())
}
