//! The names that both sides must spell alike.

/// The naming system of the BSN, the Dutch citizen service number.
pub const BSN: &str = "http://fhir.nl/fhir/NamingSystem/bsn";
/// The naming system of our own account ids (D5).
pub const ACCOUNT: &str = "http://spreekuur.nl/fhir/NamingSystem/patientIdpId";
/// The extension of a Patient that names our own account id (D5).
pub const ACCOUNT_EXTENSION: &str = "http://spreekuur.nl/fhir/NamingSystem/spreekuurIdpId";
/// What the extensions of an invitation to a chat begin with (D5).
pub const CHAT: &str = "http://getstream.io/";
/// The naming system of the AGB code by which a practice is known.
pub const AGB_Z: &str = "http://fhir.nl/fhir/NamingSystem/agb-z";
/// The naming system of the UZI number by which a practitioner may be known.
pub const UZI: &str = "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers";
/// The system of an identifier that is itself a URI, such as `urn:uuid:…`.
pub const URI: &str = "urn:ietf:rfc:3986";
/// The extension of a Slot that names whose time it is.
pub const SLOT_ACTOR: &str = "urn:extension:actor";
/// The extension of an Appointment that says whether and until when a patient may change it online (B10).
pub const ONLINE_EDITABLE: &str =
    "http://nictiz.nl/fhir/StructureDefinition/eAfspraak-Appointment-OnlineEditable";
/// The extension of a Communication that says when it is tried (again).
pub const NEXT_ATTEMPT: &str = "urn:balie:extension:next-attempt";
/// The media type of every body that goes out.
pub const FHIR_JSON: &str = "application/fhir+json";
/// The other media type that is accepted (D9).
pub const JSON: &str = "application/json";
/// The FHIR version spoken here.
pub const FHIR_VERSION: &str = "4.0.1";
