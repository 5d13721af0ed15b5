use serde::Serialize;

use crate::tables::AppointmentType;

/// Appointment types as version 1 of the contract wants them: a resource of its own, one code in each `actor` (C20).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AppointmentTypes<'a> {
    resource_type: &'static str,
    compose: Compose<'a>,
}

#[derive(Serialize)]
struct Compose<'a> {
    include: Vec<Include<'a>>,
}

#[derive(Serialize)]
struct Include<'a> {
    actor: Actor<'a>,
}

#[derive(Serialize)]
struct Actor<'a> {
    system: &'static str,
    concept: Concept<'a>,
}

#[derive(Serialize)]
struct Concept<'a> {
    code: &'a str,
    display: &'a str,
}

/// These types, in the form of version 1.
pub(crate) fn appointment_types<'a>(
    types: impl IntoIterator<Item = &'a AppointmentType>,
) -> AppointmentTypes<'a> {
    let include = types.into_iter().map(|kind| Include {
        actor: Actor {
            system: AppointmentType::SYSTEM,
            concept: Concept { code: &kind.code, display: &kind.display },
        },
    });
    AppointmentTypes { resource_type: "AppointmentType", compose: Compose { include: include.collect() } }
}
