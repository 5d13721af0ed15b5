use utoipa::ToSchema;

use super::{
    datatypes::{BsnIdentifier, FhirId},
    told::{BundleType, Link, SearchsetType},
};

/// A patient who is invited by mail.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = super::examples::patient)]
pub(crate) struct Patient {
    #[schema(inline)]
    resource_type: PatientType,
    /// One patient.
    #[schema(min_items = 1, max_items = 1)]
    identifier: Vec<PatientIdentifier>,
    /// The first mail address is the one that counts.
    #[schema(min_items = 1)]
    telecom: Vec<MailAddress>,
}

#[derive(ToSchema)]
pub(crate) enum PatientType {
    Patient,
}

/// By BSN, or by the id that a patient of another practice has here (D5).
#[derive(ToSchema)]
#[serde(untagged)]
pub(crate) enum PatientIdentifier {
    Bsn(BsnIdentifier),
    Account(AccountIdentifier),
}

/// A patient of another practice, by the id that we gave (D5).
#[derive(ToSchema)]
pub(crate) struct AccountIdentifier {
    #[schema(inline)]
    system: AccountSystem,
    #[schema(format = "uuid")]
    value: String,
}

#[derive(ToSchema)]
pub(crate) enum AccountSystem {
    #[schema(rename = "http://spreekuur.nl/fhir/NamingSystem/patientIdpId")]
    Account,
}

/// Where mail reaches the patient.
#[derive(ToSchema)]
pub(crate) struct MailAddress {
    #[schema(inline)]
    system: MailSystem,
    #[schema(format = "email", max_length = 254, example = "jan@patient.example")]
    value: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum MailSystem {
    Email,
}

/// The patient of a message, known within it by `id`.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct ContainedPatient {
    #[schema(inline)]
    resource_type: PatientType,
    id: FhirId,
    #[schema(min_items = 1, max_items = 1)]
    identifier: Vec<BsnIdentifier>,
    /// Where to invite a patient without an account (D16).
    telecom: Option<Vec<MailAddress>>,
}

/// Whom you look for, as a form.
#[derive(ToSchema)]
pub(crate) struct PatientSearch {
    /// `http://fhir.nl/fhir/NamingSystem/bsn|BSN`, or our own id after
    /// `http://spreekuur.nl/fhir/NamingSystem/patientIdpId|` (D5).
    #[schema(
        format = "patient-identifier",
        pattern = r"^http://(fhir|spreekuur)\.nl/fhir/NamingSystem/(bsn|patientIdpId)\|[0-9a-f-]{9,36}$",
        example = "http://fhir.nl/fhir/NamingSystem/bsn|999990019"
    )]
    identifier: String,
}

/// The one patient who was found.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct FoundPatients {
    #[schema(inline)]
    resource_type: BundleType,
    #[schema(inline)]
    r#type: SearchsetType,
    total: u32,
    link: Vec<Link>,
    entry: Vec<FoundEntry>,
}

/// The patient who was found.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct FoundEntry {
    full_url: String,
    resource: FoundPatient,
}

/// A patient of your practice who has an account here: what you searched by, and our opaque id (D8).
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct FoundPatient {
    #[schema(inline)]
    resource_type: PatientType,
    /// Ours.
    id: FhirId,
    #[schema(value_type = Vec<Object>)]
    extension: Vec<()>,
    #[schema(value_type = Vec<Object>, min_items = 1)]
    identifier: Vec<()>,
}
