use serde::de::DeserializeOwned;

use super::instant;

/// What arrived is not what it should be. Says where and what, and never the value itself: it may be a citizen
/// number.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The path of what is wrong, for example `Appointment.participant[0].status`.
    pub(crate) expression: String,
    pub(crate) reason: String,
}

/// The body, read as this kind of resource.
///
/// # Errors
/// Where it is no JSON, misses something that we need or has it in another form.
pub(crate) fn read<T: DeserializeOwned>(kind: &str, body: &[u8]) -> Result<T, Unreadable> {
    let mut json = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { kind.to_owned() } else { format!("{kind}.{path}") };
        let inner = error.into_inner();
        let words = inner.to_string();
        let missing = words.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
        match missing {
            _ if !inner.is_data() => {
                Unreadable { expression: kind.to_owned(), reason: "the body is not JSON".to_owned() }
            }
            Some((name, _)) => Unreadable {
                expression: format!("{place}.{name}"),
                reason: "this element is missing".to_owned(),
            },
            None if words.starts_with(instant::FORM) => {
                Unreadable { expression: place, reason: instant::FORM.to_owned() }
            }
            None => {
                let reason = "this element has another form than the contract gives it".to_owned();
                Unreadable { expression: place, reason }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::Booking;

    #[test]
    fn d10_what_is_wrong_is_named_by_its_path_and_never_repeated() {
        let good = r#"{"resourceType":"Appointment","status":"proposed","start":"2026-05-12T09:00:00Z",
            "end":"2026-05-12T09:10:00Z","serviceCategory":[{"coding":[]}],"participant":[{"actor":{}}]}"#;
        assert!(read::<Booking>("Appointment", good.as_bytes()).is_ok());
        for (from, to, expression) in [
            (r#""status":"proposed","#, "", "Appointment.status"),
            ("2026-05-12T09:00:00Z", "2026-05-12T09:00:00", "Appointment.start"),
            (r#"{"actor":{}}"#, r#"{"actor":"999990019"}"#, "Appointment.participant[0].actor"),
            (
                r#"{"actor":{}}"#,
                r#"{"actor":{"identifier":{"value":999990019}}}"#,
                "Appointment.participant[0].actor.identifier.value",
            ),
            ("}]}", "}]", "Appointment"),
        ] {
            let refused =
                read::<Booking>("Appointment", good.replacen(from, to, 1).as_bytes()).err().unwrap();
            assert_eq!(refused.expression, expression);
            assert!(!refused.reason.contains("999990019"), "{refused:?}");
        }
    }
}
