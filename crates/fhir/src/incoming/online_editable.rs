use serde_json::Value;

use crate::incoming::Appointment;
use crate::{Instant, naming};

/// Whether and until when a patient may change an appointment online, by the extension of Nictiz's eAfspraak (B10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnlineEditable {
    /// Whether it is possible at all.
    pub indicator: Option<bool>,
    /// Until when.
    pub until: Option<Instant>,
}

impl Appointment {
    /// What it says about changing it online; nothing where it says nothing that can be read whole.
    ///
    /// The guide calls its first part `Indicator`, systems also send `indication` or the bare value.
    #[must_use]
    pub fn online_editable(&self) -> Option<OnlineEditable> {
        let extension = self.extension.iter().find(|one| one["url"] == naming::ONLINE_EDITABLE)?;
        let part = |names: &[&str]| {
            let mut parts = extension["extension"].as_array().into_iter().flatten();
            parts.find(|part| {
                let url = part["url"].as_str().unwrap_or_default();
                names.iter().any(|name| url.eq_ignore_ascii_case(name))
            })
        };
        let indicator = part(&["Indicator", "Indication"])
            .unwrap_or(extension)
            .get("valueBoolean")
            .and_then(Value::as_bool);
        let until = match part(&["OnlineEditableUntil"]) {
            Some(until) => Some(Instant::read(until["valueDateTime"].as_str()?)?),
            None => None,
        };
        (indicator.is_some() || until.is_some()).then_some(OnlineEditable { indicator, until })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(extension: &Value) -> Option<OnlineEditable> {
        let appointment =
            json!({ "resourceType": "Appointment", "extension": [{ "url": "urn:other" }, extension] });
        crate::parse::<Appointment>(appointment.to_string().as_bytes()).unwrap().online_editable()
    }

    fn editable(parts: &Value) -> Value {
        json!({ "url": naming::ONLINE_EDITABLE, "extension": parts })
    }

    #[test]
    fn b10_both_parts_are_read_however_they_are_spelt() {
        let until = json!({ "url": "OnlineEditableUntil", "valueDateTime": "2026-05-11T17:00:00+02:00" });
        let moment = Instant::read("2026-05-11T15:00:00Z");
        for name in ["Indicator", "indicator", "indication"] {
            let found = read(&editable(&json!([{ "url": name, "valueBoolean": true }, until]))).unwrap();
            assert_eq!((found.indicator, found.until), (Some(true), moment), "{name}");
        }
        let found = read(&editable(&json!([until]))).unwrap();
        assert_eq!((found.indicator, found.until), (None, moment));
        let bare = read(&json!({ "url": naming::ONLINE_EDITABLE, "valueBoolean": false })).unwrap();
        assert_eq!((bare.indicator, bare.until), (Some(false), None));
    }

    #[test]
    fn b10_what_cannot_be_read_whole_says_nothing() {
        let someday = json!({ "url": "OnlineEditableUntil", "valueDateTime": "someday" });
        let yes = json!({ "url": "Indicator", "valueBoolean": true });
        assert_eq!(read(&editable(&json!([yes, someday]))), None);
        assert_eq!(read(&editable(&json!([]))), None);
        assert_eq!(read(&json!("nonsense")), None);
    }
}
