//! What the stand-in offers: free times of one type, as a practice's system writes them.

use std::fmt::Write as _;

use crate::clock;

/// From tomorrow on, as many as a search for appointments looks ahead.
const DAYS: usize = 28;

/// The answer of `GET /ValueSet/BookableAppointmentTypes`.
pub(super) const TYPES: &str = r#"{"resourceType":"ValueSet","status":"active","compose":{"include":[{"system":"urn:example:types","concept":[{"code":"consult","display":"Consult"}]}]}}"#;

/// A bundle of so many slots of ten minutes, in so many agendas, on 28 days. Each practitioner's name holds this number,
/// so that a page shows which bundle it was made of.
pub(crate) fn slots(count: usize, agendas: usize, number: u64) -> String {
    let days: Vec<String> = (1..).take(DAYS).map(clock::date).collect();
    let mut text = String::from(r#"{"resourceType":"Bundle","type":"searchset","total":"#);
    let _ = write!(text, r#"{count},"link":[],"entry":["#);
    for place in 0..count {
        let (agenda, day, time) = (place % agendas, place / agendas % DAYS, place / agendas / DAYS);
        if place > 0 {
            text.push(',');
        }
        write_slot(&mut text, (agenda + 1, number), &days[day], 7 * 60 + time * 10);
    }
    text + "]}"
}

/// The only type, as pages name it in their addresses.
pub(crate) fn type_in_address() -> &'static str {
    "urn%3Aexample%3Atypes%7Cconsult"
}

/// Whose agenda this is.
pub(crate) fn practitioner(agenda: usize, number: u64) -> String {
    format!("dokter {agenda} van lijst {number}")
}

fn write_slot(text: &mut String, (agenda, number): (usize, u64), day: &str, minute: usize) {
    let id = format!("{agenda}-{}-{minute:04}", day.replace('-', ""));
    let (start, end) = (time(day, minute), time(day, minute + 10));
    let name = practitioner(agenda, number);
    let _ = write!(
        text,
        r#"{{"fullUrl":"https://xis.example/fhir/r4/Slot/{id}","resource":{{"resourceType":"Slot","id":"{id}","meta":{{"versionId":"1","lastUpdated":"2026-01-05T08:00:00.000Z","profile":["http://hl7.org/fhir/StructureDefinition/Slot"]}},"extension":[{{"url":"urn:extension:actor","valueReference":{{"reference":"PractitionerRole/{agenda}","display":"{name}"}}}}],"serviceCategory":[{{"coding":[{{"system":"urn:example:types","code":"consult","display":"Consult"}}]}}],"schedule":{{"reference":"Schedule/{agenda}"}},"status":"free","start":"{start}","end":"{end}"}},"search":{{"mode":"match"}}}}"#
    );
}

fn time(day: &str, minute: usize) -> String {
    format!("{day}T{:02}:{:02}:00Z", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::slots;

    #[test]
    fn every_slot_is_another_and_all_have_the_size_of_real_ones() {
        let text = slots(5_000, 10, 1);
        assert!((2_300_000..4_500_000).contains(&text.len()), "{}", text.len());
        let bundle: serde_json::Value = serde_json::from_str(&text).unwrap();
        let ids = bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"]["id"].to_string());
        assert_eq!(ids.collect::<BTreeSet<_>>().len(), 5_000);
    }
}
