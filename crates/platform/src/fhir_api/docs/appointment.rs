use utoipa::ToSchema;

use super::datatypes::{CodeableConcept, FhirId, Identifier, Instant, Reference};

/// An appointment as your system has it now.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = super::examples::appointment)]
pub(crate) struct Appointment {
    #[schema(inline)]
    resource_type: AppointmentType,
    /// The same as in the address (A5).
    id: FhirId,
    /// Among them the UUID that we gave a patient's own booking: send it back (A11).
    identifier: Option<Vec<Identifier>>,
    status: SentStatus,
    start: Instant,
    /// After `start` (A14).
    end: Instant,
    #[schema(min_items = 1)]
    service_category: Vec<CodeableConcept>,
    /// Shown to the patient as the practice's message (A17).
    comment: Option<String>,
    /// Exactly one patient, with a BSN (A4), and whoever else takes part.
    #[schema(min_items = 1)]
    participant: Vec<Participant>,
    meta: Option<Meta>,
}

#[derive(ToSchema)]
pub(crate) enum AppointmentType {
    Appointment,
}

/// Others are 422, but by setting (A13).
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum SentStatus {
    Booked,
    Cancelled,
}

/// Somebody who takes part.
#[derive(ToSchema)]
pub(crate) struct Participant {
    actor: Reference,
    status: ParticipationStatus,
}

/// What they said to it.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum ParticipationStatus {
    Accepted,
    Declined,
    Tentative,
    NeedsAction,
}

/// When the appointment last changed in your system (A16).
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct Meta {
    last_updated: Option<Instant>,
}

/// The appointment as we hold it, without what the patient wrote and without a BSN (A20).
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct HeldAppointment {
    #[schema(inline)]
    resource_type: AppointmentType,
    id: FhirId,
    meta: HeldMeta,
    identifier: Vec<Identifier>,
    status: HeldStatus,
    start: Instant,
    end: Instant,
    service_category: Vec<CodeableConcept>,
    comment: Option<String>,
    participant: Vec<Participant>,
}

/// Which version it is; the `ETag` is `W/"…"` around `versionId`.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct HeldMeta {
    version_id: String,
    last_updated: Instant,
}

/// How the appointment stands here.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum HeldStatus {
    Proposed,
    Booked,
    Cancelled,
}
