use serde::Serialize;

use super::{Concept, Identifier, Reference};
use crate::{
    config::Agb,
    practice::Practice,
    tables::schedules::{Practitioner, Specialty},
};

/// A PractitionerRole, with the contract's `name` and `speciality` beside FHIR's own elements (C11).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PractitionerRole<'a> {
    resource_type: &'static str,
    id: &'a str,
    active: bool,
    name: &'a str,
    practitioner: Reference,
    organization: Reference,
    speciality: Concept,
    specialty: [Concept; 1],
}

/// Somebody in a role at the practice.
pub(crate) fn practitioner_role<'a>(
    practice: &Practice,
    practitioner: &'a Practitioner,
) -> PractitionerRole<'a> {
    let Specialty { code, display } = &practitioner.specialty;
    let specialty = Concept::new(Specialty::SYSTEM, code, display);
    let identified = |agb: &str, display: &str| Reference {
        identifier: Some(Identifier::new(Agb::SYSTEM, agb)),
        ..Reference::default().with_display(display)
    };
    PractitionerRole {
        resource_type: "PractitionerRole",
        id: &practitioner.role,
        active: true,
        name: &practitioner.name,
        practitioner: identified(&practitioner.agb, &practitioner.name),
        organization: identified(practice.id(), &practice.settings.name),
        speciality: specialty.clone(),
        specialty: [specialty],
    }
}
