//! What becomes of the content of an answer.

use bytes::Bytes;
use http::{HeaderValue, header, response::Parts};
use serde_json::Value as Json;

use super::{Fault, Value, searchsets};

/// What a spoiler may want to know.
pub(super) struct Case<'a> {
    /// The value of the fault.
    pub(super) value: Option<Value>,
    /// The address that was called.
    pub(super) address: &'a str,
}

type Spoil = fn(&mut Parts, &Bytes, &Case<'_>) -> Bytes;

/// The faults of content, from what the JSON says to what is left of its bytes.
pub(super) const SPOILERS: &[(Fault, Spoil)] = &[
    (Fault::OtherId, other_id),
    (Fault::HugeBundle, |_, bytes, case| changed(bytes, |json| searchsets::repeat(json, case.value))),
    (Fault::PagingLoop, |_, bytes, case| changed(bytes, |json| searchsets::link_next(json, case.address))),
    (Fault::EndlessPages, |_, bytes, case| changed(bytes, |json| searchsets::link_on(json, case.address))),
    (Fault::ForeignNext, |_, bytes, _| {
        changed(bytes, |json| searchsets::link_next(json, "https://elsewhere.invalid/fhir/r4/Slot?page=2"))
    }),
    (Fault::BareEntries, |_, bytes, _| changed(bytes, searchsets::unwrap_entries)),
    (Fault::NaiveTimes, |_, bytes, _| without_zones(bytes)),
    (Fault::DeepJson, deep),
    (Fault::HtmlPage, html_page),
    (Fault::WrongType, |parts, bytes, _| {
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        bytes.clone()
    }),
    (Fault::Truncated, |_, bytes, _| bytes.slice(..bytes.len() / 2)),
    (Fault::EmptyBody, |_, _, _| Bytes::new()),
];

/// The JSON after a change.
pub(super) fn changed(bytes: &Bytes, change: impl FnOnce(&mut Json)) -> Bytes {
    let Ok(mut json) = serde_json::from_slice(bytes) else { return bytes.clone() };
    change(&mut json);
    Bytes::from(json.to_string())
}

/// Every slot free, whatever it is.
pub(super) fn all_free(bytes: &Bytes) -> Bytes {
    changed(bytes, |json| {
        for entry in json["entry"].as_array_mut().into_iter().flatten() {
            entry["resource"]["status"] = "free".into();
        }
    })
}

/// The same with times as a clock on the wall says them.
pub(super) fn without_zones(bytes: &Bytes) -> Bytes {
    changed(bytes, strip_zones)
}

fn strip_zones(json: &mut Json) {
    match json {
        Json::Array(all) => all.iter_mut().for_each(strip_zones),
        Json::Object(fields) => {
            for (name, value) in fields {
                match value {
                    // `2026-05-12T09:00:00+02:00`: what stands behind the seconds goes.
                    Json::String(time) if name == "start" || name == "end" => time.truncate(19),
                    other => strip_zones(other),
                }
            }
        }
        _ => {}
    }
}

fn other_id(parts: &mut Parts, bytes: &Bytes, _: &Case<'_>) -> Bytes {
    let other = |id: &str| format!("{id}-x");
    let location = parts.headers.get(header::LOCATION).and_then(|location| location.to_str().ok()).map(other);
    if let Some(Ok(location)) = location.map(HeaderValue::try_from) {
        parts.headers.insert(header::LOCATION, location);
    }
    changed(bytes, |json| {
        if let Some(id) = json["id"].as_str().map(other) {
            json["id"] = id.into();
        }
    })
}

/// Written as text: no writer of JSON goes so deep.
fn deep(_: &mut Parts, bytes: &Bytes, case: &Case<'_>) -> Bytes {
    let Some(Value::Count(depth)) = case.value else { return bytes.clone() };
    let text = String::from_utf8_lossy(bytes);
    let Some(open) = text.trim_end().strip_suffix('}') else { return bytes.clone() };
    Bytes::from(format!(r#"{open},"deep":{}{}}}"#, "[".repeat(depth), "]".repeat(depth)))
}

fn html_page(parts: &mut Parts, _: &Bytes, _: &Case<'_>) -> Bytes {
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Bytes::from_static(b"<!doctype html><title>Maintenance</title><p>We are back at eight.</p>\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_zone_goes() {
        let bytes = Bytes::from(
            json!({ "entry": [{ "resource": { "start": "2026-05-12T09:00:00+02:00", "id": "7" } }] })
                .to_string(),
        );
        let naive: Json = serde_json::from_slice(&without_zones(&bytes)).unwrap();
        assert_eq!(
            naive,
            json!({ "entry": [{ "resource": { "start": "2026-05-12T09:00:00", "id": "7" } }] })
        );
    }

    #[test]
    fn deep_json_is_json() {
        let (mut parts, ()) = http::Response::new(()).into_parts();
        let case = Case { value: Some(Value::Count(3)), address: "" };
        assert_eq!(deep(&mut parts, &Bytes::from_static(b"{\"a\":1}"), &case), r#"{"a":1,"deep":[[[]]]}"#);
    }
}
