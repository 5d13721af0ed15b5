use utoipa::ToSchema;

/// The id of a resource in the system that holds it.
#[derive(ToSchema)]
#[schema(pattern = "^[A-Za-z0-9.-]{1,64}$", example = "abc-123")]
pub(crate) struct FhirId(String);

/// A moment, with seconds and with Z or an offset (D11).
#[derive(ToSchema)]
#[schema(
    format = "date-time",
    pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$",
    example = "2026-05-12T09:10:00+02:00"
)]
pub(crate) struct Instant(String);

/// A citizen service number: nine digits that pass the 11-proof (A3).
#[derive(ToSchema)]
#[schema(format = "bsn", pattern = "^[0-9]{9}$", example = "999990019")]
pub(crate) struct Bsn(String);

/// A number or name under which somebody or something is known.
#[derive(ToSchema)]
#[serde(untagged)]
pub(crate) enum Identifier {
    /// A patient, by BSN.
    Bsn(BsnIdentifier),
    /// Anything else, such as a practitioner's UZI number, or the UUID that we gave an appointment.
    Other(OtherIdentifier),
}

/// A patient, by BSN.
#[derive(ToSchema)]
pub(crate) struct BsnIdentifier {
    #[schema(inline)]
    system: BsnSystem,
    value: Bsn,
}

/// Whose numbers these are.
#[derive(ToSchema)]
pub(crate) enum BsnSystem {
    #[schema(rename = "http://fhir.nl/fhir/NamingSystem/bsn")]
    Bsn,
}

/// A number of some other system.
#[derive(ToSchema)]
pub(crate) struct OtherIdentifier {
    /// Whose numbers these are.
    #[schema(pattern = "^urn:[a-z]{2,8}:[a-z0-9:.-]{1,40}$", example = "urn:ietf:rfc:3986")]
    system: String,
    #[schema(min_length = 1, example = "urn:uuid:0b8f4e5e-7a34-4c3c-8f0a-5d5c7e0a1b2c")]
    value: String,
}

/// A code of some system.
#[derive(ToSchema)]
pub(crate) struct Coding {
    #[schema(example = "urn:xis:types")]
    system: Option<String>,
    #[schema(min_length = 1, example = "consult")]
    code: String,
    /// The words that people read.
    #[schema(example = "Consult")]
    display: Option<String>,
}

/// An idea, in codes and perhaps in words.
#[derive(ToSchema)]
pub(crate) struct CodeableConcept {
    #[schema(min_items = 1)]
    coding: Vec<Coding>,
    text: Option<String>,
}

/// Whom or what something refers to. Never followed; what is shown of it is the display (A18).
#[derive(ToSchema)]
pub(crate) struct Reference {
    #[schema(example = "Patient/456")]
    reference: Option<String>,
    #[schema(example = "Jan Jansen")]
    display: Option<String>,
    identifier: Option<Identifier>,
}
