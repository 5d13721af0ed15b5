use utoipa::ToSchema;

use super::datatypes::Identifier;

/// The practice's answer to what a patient asked for.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = super::examples::appointment_response)]
pub(crate) struct AppointmentResponse {
    /// May be left out (B3).
    #[schema(inline)]
    resource_type: Option<AppointmentResponseType>,
    #[schema(inline)]
    appointment: AppointmentReference,
    actor: Actor,
    #[schema(inline)]
    participant_status: Decision,
    /// Shown to the patient as the practice's message (B6).
    comment: Option<String>,
}

#[derive(ToSchema)]
pub(crate) enum AppointmentResponseType {
    AppointmentResponse,
}

/// Which appointment, by its id in your system.
#[derive(ToSchema)]
pub(crate) struct AppointmentReference {
    /// Relative, or absolute at your system's base address (B7).
    #[schema(pattern = "^Appointment/[A-Za-z0-9.-]{1,64}$", example = "Appointment/abc-123")]
    reference: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Decision {
    Accepted,
    Declined,
}

/// Who answers, in one of two forms (B1).
#[derive(ToSchema)]
#[serde(untagged)]
pub(crate) enum Actor {
    /// The contract's: the identifiers stand under `reference`.
    Contract(ContractActor),
    /// FHIR's: `reference` is a text.
    Fhir(FhirActor),
}

/// The contract's form.
#[derive(ToSchema)]
pub(crate) struct ContractActor {
    #[schema(inline)]
    reference: Identifiers,
}

/// A practitioner's, or the patient's own BSN (B2).
#[derive(ToSchema)]
pub(crate) struct Identifiers {
    #[schema(min_items = 1, max_items = 1)]
    identifier: Vec<Identifier>,
}

/// FHIR's form.
#[derive(ToSchema)]
pub(crate) struct FhirActor {
    #[schema(example = "PractitionerRole/7")]
    reference: String,
    identifier: Option<Identifier>,
}
