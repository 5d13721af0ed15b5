use serde::{Deserialize, Serialize};

use crate::tables;

/// A code of some system.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Coding {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) system: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) display: Option<String>,
}

/// A CodeableConcept.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Concept {
    #[serde(default)]
    pub(crate) coding: Vec<Coding>,
}

/// A number that some system gave.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Identifier {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) system: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
}

/// A reference to a resource, by address, by identifier or both.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Reference {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) identifier: Option<Identifier>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) display: Option<String>,
}

impl Concept {
    pub(crate) fn new(system: &str, code: &str, display: &str) -> Self {
        let coding = Coding {
            system: Some(system.to_owned()),
            code: Some(code.to_owned()),
            display: Some(display.to_owned()),
        };
        Self { coding: vec![coding] }
    }
}

impl Identifier {
    pub(crate) fn new(system: &str, value: &str) -> Self {
        Self { system: Some(system.to_owned()), value: Some(value.to_owned()) }
    }

    /// Its value, when it has this system.
    pub(crate) fn value_of(&self, system: &str) -> Option<&str> {
        (self.system.as_deref() == Some(system)).then_some(self.value.as_deref()).flatten()
    }
}

impl From<&tables::Identifier> for Identifier {
    fn from(stored: &tables::Identifier) -> Self {
        let system = (!stored.system.is_empty()).then(|| stored.system.clone());
        Self { system, value: Some(stored.value.clone()) }
    }
}

impl Reference {
    /// To a resource of this server.
    pub(crate) fn to(kind: &str, id: &str) -> Self {
        Self { reference: Some(format!("{kind}/{id}")), ..Self::default() }
    }

    pub(crate) fn with_display(self, display: &str) -> Self {
        Self { display: Some(display.to_owned()), ..self }
    }

    /// The id, when it refers to a resource of this kind: relative or absolute, a version stripped (B7).
    pub(crate) fn id_of(&self, kind: &str) -> Option<&str> {
        let text = self.reference.as_deref()?;
        let text = text.split_once("/_history").map_or(text, |(before, _)| before);
        let (before, id) = text.rsplit_once('/')?;
        let is_kind = before == kind || before.strip_suffix(kind).is_some_and(|base| base.ends_with('/'));
        (is_kind && !id.is_empty()).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b7_a_reference_is_relative_or_absolute_and_its_history_is_stripped() {
        for text in ["Appointment/1", "https://x.example/fhir/r4/Appointment/1", "Appointment/1/_history/3"] {
            let reference = Reference { reference: Some(text.to_owned()), ..Reference::default() };
            assert_eq!(reference.id_of("Appointment"), Some("1"), "{text}");
        }
        for text in ["Patient/1", "1", "Appointment/", "MyAppointment/1", ""] {
            let reference = Reference { reference: Some(text.to_owned()), ..Reference::default() };
            assert_eq!(reference.id_of("Appointment"), None, "{text}");
        }
    }
}
