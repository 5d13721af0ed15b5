//! What becomes of a searchset.

use serde_json::{Value as Json, json};

use super::Value;

/// Repeats the entries until there are so many.
pub(super) fn repeat(bundle: &mut Json, value: Option<Value>) {
    let (Some(Value::Count(count)), Some(entries)) = (value, bundle["entry"].as_array_mut()) else { return };
    let found = entries.clone();
    entries.extend(found.iter().cycle().take(count.saturating_sub(found.len())).cloned());
}

/// Makes this the next page.
pub(super) fn link_next(bundle: &mut Json, address: &str) {
    if !bundle["link"].is_array() {
        bundle["link"] = json!([]);
    }
    let Some(links) = bundle["link"].as_array_mut() else { return };
    links.retain(|link| link["relation"] != "next");
    links.push(json!({ "relation": "next", "url": address }));
}

/// Makes one more page the next, without end.
pub(super) fn link_on(bundle: &mut Json, address: &str) {
    let (base, page) = address.split_once("&_page=").unwrap_or((address, "1"));
    let page = page.parse::<u64>().unwrap_or(1).saturating_add(1);
    link_next(bundle, &format!("{base}&_page={page}"));
}

/// Takes `resource` away from around what was found.
pub(super) fn unwrap_entries(bundle: &mut Json) {
    for entry in bundle["entry"].as_array_mut().into_iter().flatten() {
        if entry["resource"].is_object() {
            *entry = entry["resource"].take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_on_and_on() {
        let mut bundle = json!({ "link": [{ "relation": "self", "url": "x" }] });
        link_on(&mut bundle, "http://xis/Slot?status=free");
        assert_eq!(bundle["link"][1]["url"], "http://xis/Slot?status=free&_page=2");
        link_on(&mut bundle, "http://xis/Slot?status=free&_page=2");
        assert_eq!(bundle["link"].as_array().map(Vec::len), Some(2));
        assert_eq!(bundle["link"][1]["url"], "http://xis/Slot?status=free&_page=3");
    }

    #[test]
    fn entries_are_repeated_and_unwrapped() {
        let mut bundle = json!({ "entry": [{ "resource": { "id": "1" } }, { "resource": { "id": "2" } }] });
        repeat(&mut bundle, Some(Value::Count(5)));
        unwrap_entries(&mut bundle);
        let ids: Vec<_> =
            bundle["entry"].as_array().into_iter().flatten().map(|entry| &entry["id"]).collect();
        assert_eq!(ids, ["1", "2", "1", "2", "1"]);
    }
}
