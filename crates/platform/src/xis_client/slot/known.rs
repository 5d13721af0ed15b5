use std::{collections::HashMap, sync::Arc};

use agenda::{Coding, Hours};
use fhir::incoming::{Code, Slot};

/// The hours that the slots of one answer are of, by the id of their schedule: each is kept once, however many slots say
/// them over and over.
#[derive(Default)]
pub(super) struct Known(HashMap<String, Vec<Arc<Hours>>>);

/// An agenda has hours of a handful of kinds; more different ones than this are kept as often as they come.
const DIFFERENT: usize = 16;

impl Known {
    /// The hours of a slot, whose schedule is this one.
    pub(super) fn hours(&mut self, slot: &Slot<'_>, schedule: &str) -> Arc<Hours> {
        let known =
            self.0.get(schedule).and_then(|hours| hours.iter().find(|hours| are_those_of(hours, slot)));
        if let Some(known) = known {
            return Arc::clone(known);
        }
        let hours = Arc::new(read(slot, schedule));
        let kept = self.0.entry(schedule.to_owned()).or_default();
        if kept.len() < DIFFERENT {
            kept.push(Arc::clone(&hours));
        }
        hours
    }
}

fn read(slot: &Slot<'_>, schedule: &str) -> Hours {
    let actor = slot.actor();
    let text = |text: Option<&str>| text.map(str::to_owned);
    Hours {
        schedule: schedule.to_owned(),
        categories: slot.codings().filter_map(coding).collect(),
        actor: text(actor.and_then(|actor| actor.reference.as_deref())),
        actor_display: text(actor.and_then(|actor| actor.display.as_deref())),
    }
}

fn are_those_of(hours: &Hours, slot: &Slot<'_>) -> bool {
    let actor = slot.actor();
    let said = || slot.codings().filter(|code| code.code.is_some());
    hours.actor.as_deref() == actor.and_then(|actor| actor.reference.as_deref())
        && hours.actor_display.as_deref() == actor.and_then(|actor| actor.display.as_deref())
        && hours.categories.len() == said().count()
        && hours.categories.iter().zip(said()).all(is_said)
}

fn is_said((known, code): (&Coding, &Code<'_>)) -> bool {
    let is_same = known.system == code.system.as_deref().unwrap_or_default();
    is_same
        && code.code.as_deref() == Some(&*known.code)
        && code.display.as_deref() == known.display.as_deref()
}

/// A coding as the rules know it. One without a code says nothing.
fn coding(code: &Code<'_>) -> Option<Coding> {
    Some(Coding {
        system: code.system.as_deref().unwrap_or_default().to_owned(),
        code: code.code.as_deref()?.to_owned(),
        display: code.display.as_deref().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn hours(known: &mut Known, codings: &Value, actor: &Value) -> Arc<Hours> {
        let slot = json!({
            "id": "1", "start": "2026-04-10T09:00:00Z", "end": "2026-04-10T09:10:00Z",
            "serviceCategory": [{ "coding": codings }],
            "extension": [{ "url": "urn:extension:actor", "valueReference": actor }]
        })
        .to_string();
        known.hours(&serde_json::from_str(&slot).unwrap(), "3")
    }

    #[test]
    fn what_is_said_again_is_the_same_and_what_differs_in_anything_is_not() {
        let mut known = Known::default();
        let actor = json!({ "reference": "PractitionerRole/7", "display": "Dokter" });
        let consult = json!([{ "system": "s", "code": "C", "display": "Consult" }, { "display": "no code" }]);
        let first = hours(&mut known, &consult, &actor);
        assert!(Arc::ptr_eq(&first, &hours(&mut known, &consult, &actor)));
        let others = [
            json!([{ "system": "t", "code": "C", "display": "Consult" }]),
            json!([{ "system": "s", "code": "D", "display": "Consult" }]),
            json!([{ "system": "s", "code": "C", "display": "Other" }]),
            json!([{ "system": "s", "code": "C" }]),
            json!([{ "code": "C", "display": "Consult" }]),
            json!([{ "system": "s", "code": "C", "display": "Consult" }, { "code": "C" }]),
            json!([]),
        ];
        let of_others = [
            json!({ "reference": "PractitionerRole/8", "display": "Dokter" }),
            json!({ "reference": "PractitionerRole/7", "display": "Zuster" }),
            json!({ "reference": "PractitionerRole/7" }),
            json!({ "display": "Dokter" }),
        ];
        let kinds = others.iter().map(|codings| (codings, &actor));
        for (codings, actor) in kinds.chain(of_others.iter().map(|actor| (&consult, actor))) {
            let read = hours(&mut known, codings, actor);
            assert_ne!(read, first, "{codings} {actor}");
            assert_eq!(read, hours(&mut Known::default(), codings, actor), "{codings} {actor}");
        }
    }

    #[test]
    fn more_than_are_kept_are_read_all_the_same() {
        let mut known = Known::default();
        for number in 0..2 * DIFFERENT {
            let read = hours(&mut known, &json!([{ "code": number.to_string() }]), &json!({}));
            assert_eq!(read.categories[0].code, number.to_string());
        }
    }
}
