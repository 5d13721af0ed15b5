use serde::Serialize;

use super::{Identifier, Reference};
use crate::{config::Agb, tables::Detailed};

/// A practitioner's answer to a request, as it is sent to the platform.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AppointmentResponse<A = Reference> {
    resource_type: &'static str,
    appointment: Reference,
    actor: A,
    participant_status: &'static str,
    comment: String,
}

/// The contract's form of an actor: a reference that is an object (B1).
#[derive(Serialize)]
pub(crate) struct ContractActor {
    reference: Identified,
}

#[derive(Serialize)]
struct Identified {
    identifier: Vec<Identifier>,
}

impl AppointmentResponse {
    /// The answer of the appointment's practitioner, who is known by an AGB code (B2), in FHIR's form.
    pub(crate) fn of_practitioner(told: &Detailed, status: &'static str, comment: &str) -> Self {
        Self {
            resource_type: "AppointmentResponse",
            appointment: Reference::to("Appointment", &told.appointment.id),
            actor: Reference {
                identifier: Some(Identifier::new(Agb::SYSTEM, &told.practitioner_agb)),
                ..Reference::default().with_display(&told.practitioner)
            },
            participant_status: status,
            comment: comment.to_owned(),
        }
    }

    /// The same in the contract's form.
    pub(crate) fn in_contract_form(self) -> AppointmentResponse<ContractActor> {
        let identifier = self.actor.identifier.into_iter().collect();
        AppointmentResponse {
            resource_type: self.resource_type,
            appointment: self.appointment,
            actor: ContractActor { reference: Identified { identifier } },
            participant_status: self.participant_status,
            comment: self.comment,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn b1_an_answer_has_fhirs_form_or_the_contracts() {
        let answer = AppointmentResponse {
            resource_type: "AppointmentResponse",
            appointment: Reference::to("Appointment", "1"),
            actor: Reference {
                identifier: Some(Identifier::new(Agb::SYSTEM, "01012345")),
                ..Reference::default().with_display("Dokter Jansen")
            },
            participant_status: "accepted",
            comment: "Tot dan.".to_owned(),
        };
        let identifier = json!({ "system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": "01012345" });
        let expected = |actor| {
            json!({
                "resourceType": "AppointmentResponse", "appointment": { "reference": "Appointment/1" },
                "actor": actor, "participantStatus": "accepted", "comment": "Tot dan.",
            })
        };
        let fhir = json!({ "identifier": identifier, "display": "Dokter Jansen" });
        assert_eq!(json!(answer), expected(fhir));
        let contract = json!({ "reference": { "identifier": [identifier] } });
        assert_eq!(json!(answer.in_contract_form()), expected(contract));
    }
}
