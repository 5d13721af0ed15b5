//! One of each resource that goes out, for documents and for an independent validator.

use jiff::Timestamp;

use crate::outgoing::{
    ActorForm, Appointment, AppointmentResponse, CapabilityStatement, CodeableConcept, Coding, Communication,
    Extension, Identifier, Issue, Meta, OperationDefinition, OperationName, OperationOutcome, Participant,
    Reference, Resource, ResourceCapability, Searchset, Server,
};
use crate::{
    AppointmentStatus, CommunicationStatus, Interaction, IssueType, ParticipationStatus, SearchParamType,
};

/// 2026-04-10, nine o'clock UTC.
const START: Timestamp = Timestamp::constant(1_775_811_600, 0);
/// Half an hour later.
const END: Timestamp = Timestamp::constant(1_775_813_400, 0);
const UUID: &str = "0b8f4e5e-7a34-4c3c-8f0a-5d5c7e0a1b2c";

/// A resource as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it shows, as the name of a file.
    pub name: &'static str,
    /// Whether it is valid FHIR R4; one form that the contract asks for is not (B1).
    pub valid: bool,
    /// The body.
    pub json: Vec<u8>,
}

impl Example {
    fn valid(name: &'static str, resource: &impl Resource) -> Self {
        Self { name, valid: true, json: resource.to_json() }
    }
}

/// All of them.
#[must_use]
pub fn all() -> Vec<Example> {
    let contract_form =
        Example::valid("appointment-response-contract", &appointment_response(ActorForm::Contract));
    vec![
        Example::valid("appointment-requested", &requested_appointment()),
        Example::valid("appointment-returned", &returned_appointment()),
        Example::valid("appointment-response-fhir", &appointment_response(ActorForm::Fhir)),
        Example { valid: false, ..contract_form },
        Example::valid("capability-statement", &capability_statement()),
        Example::valid("communications", &communications()),
        Example::valid("operation-definition", &operation_definition()),
        Example::valid("operation-outcome", &operation_outcome()),
    ]
}

/// A patient asks for a slot (C1 to C3).
#[must_use]
pub fn requested_appointment() -> Appointment {
    let practitioner =
        Reference { display: Some("Dokter Jansen".to_owned()), ..Reference::to("PractitionerRole", "7") };
    Appointment {
        id: UUID.to_owned(),
        meta: None,
        identifier: vec![Identifier::uuid(UUID)],
        status: AppointmentStatus::Proposed,
        service_category: vec![consult()],
        start: START,
        end: END,
        slot: vec![Reference::to("Slot", "slot-17")],
        comment: Some("Sinds een week hoofdpijn".to_owned()),
        participant: vec![
            Participant::patient("456", "Jan Jansen", "999990019"),
            Participant::practitioner(practitioner, ParticipationStatus::NeedsAction),
        ],
    }
}

/// An appointment given back after a PUT (A20).
#[must_use]
pub fn returned_appointment() -> Appointment {
    Appointment {
        id: "12345".to_owned(),
        meta: Some(Meta { version_id: "2".to_owned(), last_updated: START }),
        identifier: Vec::new(),
        status: AppointmentStatus::Booked,
        slot: Vec::new(),
        comment: None,
        ..requested_appointment()
    }
}

/// A patient cancels (B1, both forms).
#[must_use]
pub fn appointment_response(form: ActorForm) -> AppointmentResponse {
    let sentence = "De patiënt heeft deze afspraak afgezegd.";
    AppointmentResponse::new(
        "12345",
        Identifier::bsn("999990019"),
        ParticipationStatus::Declined,
        sentence,
        form,
    )
}

/// A refusal (D10).
#[must_use]
pub fn operation_outcome() -> OperationOutcome {
    Issue::error(IssueType::NotFound)
        .details("https://balie.example/codes", "PATIENT_NOT_FOUND", "No account has this BSN.")
        .diagnostics("Invite the patient, then send the appointment again.")
        .at("Appointment.participant[0].actor.identifier")
        .into()
}

/// What became of a change that was mailed: tried, and to be tried again.
#[must_use]
pub fn communications() -> Searchset<Communication> {
    let concept = |text: &str| CodeableConcept { coding: Vec::new(), text: Some(text.to_owned()) };
    let mail = Communication {
        id: format!("{UUID}-mail"),
        extension: vec![Extension::next_attempt(END)],
        identifier: vec![Identifier::uuid(UUID)],
        status: CommunicationStatus::InProgress,
        status_reason: Some(concept("the mail server did not answer within 30 s")),
        category: vec![concept("modified")],
        medium: vec![concept("mail")],
        about: vec![Reference::to("Appointment", "12345")],
        sent: None,
    };
    let base = "https://balie.example/fhir/r4";
    let address = format!("{base}/Communication/{}", mail.id);
    Searchset::new(format!("{base}/Appointment/12345/$notices"), [(address, mail)])
}

/// An operation that a server names.
#[must_use]
pub fn operation_definition() -> OperationDefinition {
    let name = OperationName {
        id: "Appointment-notices".to_owned(),
        url: "https://balie.example/fhir/r4/OperationDefinition/Appointment-notices".to_owned(),
        name: "AppointmentNotices".to_owned(),
        code: "notices".to_owned(),
        resource: "Appointment".to_owned(),
    };
    OperationDefinition::giving_bundle(
        name,
        START,
        "What the patient was told of an appointment.",
        "A searchset of Communication.",
    )
}

/// A server with two resources.
#[must_use]
pub fn capability_statement() -> CapabilityStatement {
    let server = Server {
        software: "Balie".to_owned(),
        version: "0.1.0".to_owned(),
        description: "Appointments between patients and practices".to_owned(),
        url: "https://balie.example/fhir/r4".to_owned(),
        date: START,
        security: "OAuth 2.0 client credentials".to_owned(),
    };
    let appointment = ResourceCapability::new("Appointment", "New, modified and cancelled appointments.")
        .interaction(Interaction::Update)
        .update_creates();
    let patient = ResourceCapability::new("Patient", "Whether a patient has an account.")
        .interaction(Interaction::SearchType)
        .search_param("identifier", SearchParamType::Token, "By BSN, in the body of a POST.");
    CapabilityStatement::new(server, vec![appointment, patient])
}

fn consult() -> CodeableConcept {
    Coding {
        system: Some("https://xis.example/appointment-types".to_owned()),
        code: "CONSULT".to_owned(),
        display: Some("Consult".to_owned()),
    }
    .into()
}
