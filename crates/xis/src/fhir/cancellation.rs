use serde::Deserialize;

use super::{Identifier, Reference};

/// An AppointmentResponse as a patient's platform posts it; `resourceType` may be missing (B3).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cancellation {
    pub(crate) resource_type: Option<String>,
    pub(crate) appointment: Reference,
    pub(crate) actor: Actor,
    pub(crate) participant_status: String,
    pub(crate) comment: Option<String>,
}

/// Who answers: in FHIR's form, or in the contract's with an object as `reference` (B1).
#[derive(Deserialize)]
pub(crate) struct Actor {
    reference: Option<ActorReference>,
    identifier: Option<Identifier>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ActorReference {
    Address(String),
    Identified { identifier: Vec<Identifier> },
}

impl Actor {
    /// The values that identify the actor in this system.
    pub(crate) fn values_of<'a>(&'a self, system: &'a str) -> impl Iterator<Item = &'a str> {
        let listed = match &self.reference {
            Some(ActorReference::Identified { identifier }) => identifier.as_slice(),
            _ => &[],
        };
        listed.iter().chain(&self.identifier).filter_map(|identifier| identifier.value_of(system))
    }

    /// The id, when the actor is given by the address of a resource of this kind.
    pub(crate) fn id_of(&self, kind: &str) -> Option<String> {
        let Some(ActorReference::Address(address)) = &self.reference else { return None };
        let reference = Reference { reference: Some(address.clone()), ..Reference::default() };
        reference.id_of(kind).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b1_both_forms_of_the_actor_are_read() {
        let identifier = r#"{"system":"urn:x","value":"7"}"#;
        for actor in [
            format!(r#"{{"reference":{{"identifier":[{identifier}]}}}}"#),
            format!(r#"{{"identifier":{identifier}}}"#),
            format!(r#"{{"reference":"Patient/1","identifier":{identifier}}}"#),
        ] {
            let actor: Actor = serde_json::from_str(&actor).unwrap_or_else(|_| panic!("{actor}"));
            assert_eq!(actor.values_of("urn:x").collect::<Vec<_>>(), ["7"]);
            assert_eq!(actor.values_of("urn:y").count(), 0);
        }
    }
}
