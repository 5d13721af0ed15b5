use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Concept, Reference, written};
use crate::tables::{AppointmentType, slots::Offer};

/// A Slot with the practitioner whose time it is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Slot<'a> {
    resource_type: &'static str,
    id: &'a str,
    extension: [ActorExtension; 1],
    service_category: [Concept; 1],
    /// Version 1 of the contract has none (D13).
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule: Option<Reference>,
    status: &'static str,
    start: String,
    end: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ActorExtension {
    url: &'static str,
    value_reference: Reference,
}

/// The offered time, free or busy, in the practice's time, with or without the agenda that it is in.
pub(crate) fn slot<'a>(offer: &'a Offer, zone: &TimeZone, with_schedule: bool) -> Slot<'a> {
    let stored = &offer.slot;
    let actor = Reference::to("PractitionerRole", &offer.role).with_display(&offer.practitioner);
    Slot {
        resource_type: "Slot",
        id: &stored.id,
        extension: [ActorExtension { url: "urn:extension:actor", value_reference: actor }],
        service_category: [Concept::new(AppointmentType::SYSTEM, &stored.category, &offer.category_display)],
        schedule: with_schedule.then(|| Reference::to("Schedule", &stored.schedule)),
        status: if offer.is_taken { "busy" } else { "free" },
        start: written(stored.starts_at, zone),
        end: written(stored.ends_at, zone),
    }
}
