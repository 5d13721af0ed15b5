use serde::Serialize;

use super::{Concept, Reference};
use crate::tables::{self, AppointmentType};

/// A Schedule: an agenda, what it is for and whose it is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schedule<'a> {
    resource_type: &'static str,
    id: &'a str,
    active: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_category: Vec<Concept>,
    actor: [Reference; 1],
}

/// The agenda; each may be booked for every type of the practice.
pub(crate) fn schedule<'a>(stored: &'a tables::Schedule, types: &[AppointmentType]) -> Schedule<'a> {
    let practitioner = &stored.practitioner;
    Schedule {
        resource_type: "Schedule",
        id: &stored.id,
        active: true,
        service_category: types
            .iter()
            .map(|kind| Concept::new(AppointmentType::SYSTEM, &kind.code, &kind.display))
            .collect(),
        actor: [Reference::to("PractitionerRole", &practitioner.role).with_display(&practitioner.name)],
    }
}
