use serde::Serialize;

use crate::tables::AppointmentType;

/// A ValueSet of appointment types.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ValueSet<'a> {
    resource_type: &'static str,
    id: &'static str,
    url: &'static str,
    name: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    compose: Option<Compose<'a>>,
    /// R4 has no empty list, so an empty set is written as an expansion of nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    expansion: Option<Expansion>,
}

#[derive(Serialize)]
struct Compose<'a> {
    include: [Include<'a>; 1],
}

#[derive(Serialize)]
struct Include<'a> {
    system: &'static str,
    concept: Vec<Concept<'a>>,
}

#[derive(Serialize)]
struct Concept<'a> {
    code: &'a str,
    display: &'a str,
}

#[derive(Serialize)]
struct Expansion {
    timestamp: String,
    total: u32,
}

/// The set of these types, found at this moment.
pub(crate) fn bookable_types<'a>(
    types: impl IntoIterator<Item = &'a AppointmentType>,
    found_at: String,
) -> ValueSet<'a> {
    let concept: Vec<_> =
        types.into_iter().map(|kind| Concept { code: &kind.code, display: &kind.display }).collect();
    let is_empty = concept.is_empty();
    let include = Include { system: AppointmentType::SYSTEM, concept };
    ValueSet {
        resource_type: "ValueSet",
        id: "BookableAppointmentTypes",
        url: "urn:balie:xis:bookable-appointment-types",
        name: "BookableAppointmentTypes",
        status: "active",
        compose: (!is_empty).then_some(Compose { include: [include] }),
        expansion: is_empty.then_some(Expansion { timestamp: found_at, total: 0 }),
    }
}
