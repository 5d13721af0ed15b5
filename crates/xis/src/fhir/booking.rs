use serde::Deserialize;

use super::{Concept, Identifier, Reference, instant::Instant};

/// An Appointment as a patient's platform posts it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Booking {
    pub(crate) resource_type: String,
    pub(crate) status: String,
    pub(crate) start: Instant,
    pub(crate) end: Instant,
    pub(crate) comment: Option<String>,
    pub(crate) service_category: Vec<Concept>,
    pub(crate) participant: Vec<Participant>,
    /// Beyond the contract (C1): the slot that was chosen.
    #[serde(default)]
    pub(crate) slot: Vec<Reference>,
    /// Beyond the contract (C1): the platform's own number of it.
    #[serde(default)]
    pub(crate) identifier: Vec<Identifier>,
}

/// Who takes part.
#[derive(Deserialize)]
pub(crate) struct Participant {
    #[serde(default)]
    pub(crate) actor: Reference,
}

impl Booking {
    /// Everyone who takes part, with the path of each.
    pub(crate) fn actors(&self) -> impl Iterator<Item = (String, &Reference)> {
        let path = |at| format!("Appointment.participant[{at}].actor");
        self.participant.iter().enumerate().map(move |(at, participant)| (path(at), &participant.actor))
    }

    /// The id of the first actor of this kind.
    pub(crate) fn actor_id(&self, kind: &str) -> Option<&str> {
        self.participant.iter().find_map(|participant| participant.actor.id_of(kind))
    }

    /// The code that it has in this system.
    pub(crate) fn category(&self, system: &str) -> Option<&str> {
        self.service_category
            .iter()
            .flat_map(|concept| &concept.coding)
            .find(|coding| coding.system.as_deref() == Some(system))
            .and_then(|coding| coding.code.as_deref())
    }
}
