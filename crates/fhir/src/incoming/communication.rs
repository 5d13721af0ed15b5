use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

use crate::discreet::discreet;
use crate::incoming::{CodeableConcept, Patient, Reference, Resource};
use crate::parse::{parse, resource_type};
use crate::{ParseError, lenient};

/// A message from a practice to a patient. Debug output hides whom it is for and what it says.
#[derive(Clone, Default, Deserialize)]
pub struct Communication {
    /// How far it is; the contract knows `completed` alone.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// What kind of message it is.
    #[serde(default, deserialize_with = "lenient::list")]
    pub category: Vec<CodeableConcept>,
    /// What it is about, in words.
    #[serde(default, deserialize_with = "lenient::object")]
    pub topic: Option<CodeableConcept>,
    /// What it says, and what comes with it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub payload: Vec<Payload>,
    /// Whom it is for; see [`patient`](Self::patient).
    #[serde(default, deserialize_with = "lenient::list")]
    pub recipient: Vec<Reference>,
    /// Whatever came along, each read only when it is referred to.
    #[serde(default, deserialize_with = "contained")]
    contained: Vec<Box<RawValue>>,
}

discreet!(Communication {});

impl Resource for Communication {
    const TYPE: &'static str = "Communication";
}

/// One piece of a message: a text, or a file. Debug output hides it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    /// The text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub content_string: Option<String>,
    /// The file.
    #[serde(default, deserialize_with = "lenient::object")]
    pub content_attachment: Option<Attachment>,
}

discreet!(Payload {});

/// A file that comes with a message. Debug output hides its name and content.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// The content in base64, as it was written.
    #[serde(default, deserialize_with = "lenient::text")]
    pub data: Option<String>,
    /// What it says it is.
    #[serde(default, deserialize_with = "lenient::text")]
    pub content_type: Option<String>,
    /// Its file name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub title: Option<String>,
}

discreet!(Attachment {});

impl Communication {
    /// The contained Patient that this recipient refers to (`#id`), with its place: `Communication.contained[0]`.
    ///
    /// # Errors
    /// When a contained Patient cannot be read.
    pub fn patient(&self, recipient: &Reference) -> Result<Option<(String, Patient)>, ParseError> {
        let Some(id) = recipient.reference.as_deref().and_then(|text| text.trim().strip_prefix('#')) else {
            return Ok(None);
        };
        for (index, raw) in self.contained.iter().enumerate() {
            let (place, json) = (format!("{}.contained[{index}]", Self::TYPE), raw.get().as_bytes());
            let name = resource_type(json).map_err(|error| ParseError::from_json(&place, None, &error))?;
            if name.as_deref() != Some(Patient::TYPE) {
                continue;
            }
            let patient: Patient = parse(json).map_err(|error| error.within(Patient::TYPE, &place))?;
            // FHIR's contained ids have no `#`; some systems write one all the same.
            if patient.id.as_deref().is_some_and(|own| own.trim().trim_start_matches('#') == id) {
                return Ok(Some((place, patient)));
            }
        }
        Ok(None)
    }
}

/// Any number of resources, whatever they are: an array, one bare resource, or null for none.
fn contained<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Box<RawValue>>, D::Error> {
    let Some(all) = Option::<Box<RawValue>>::deserialize(deserializer)? else { return Ok(Vec::new()) };
    if !all.get().starts_with('[') {
        return Ok(vec![all]);
    }
    let resources: Result<Vec<Option<_>>, _> = serde_json::from_str(all.get());
    resources.map(|all| all.into_iter().flatten().collect()).map_err(|_| D::Error::custom("an array"))
}
