use std::{collections::HashSet, sync::Arc};

use agenda::Coding;
use fhir::incoming::{Code, Slot};

/// What the slots of one answer say over and over, each kept once.
#[derive(Default)]
pub(super) struct Words {
    words: HashSet<Arc<str>>,
    codings: Vec<Arc<[Coding]>>,
}

/// Practices have a handful of types; more different ones than this are kept as often as they come.
const DIFFERENT: usize = 16;

impl Words {
    pub(super) fn word(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.words.get(word) {
            return Arc::clone(known);
        }
        let new: Arc<str> = word.into();
        self.words.insert(Arc::clone(&new));
        new
    }

    /// The codings of all categories of a slot. One without a code says nothing.
    pub(super) fn codings(&mut self, slot: &Slot<'_>) -> Arc<[Coding]> {
        let said = || slot.codings().filter(|code| code.code.is_some());
        let are_said =
            |known: &&Arc<[Coding]>| known.len() == said().count() && known.iter().zip(said()).all(is_said);
        if let Some(known) = self.codings.iter().find(are_said) {
            return Arc::clone(known);
        }
        let new: Arc<[Coding]> = said().filter_map(coding).collect();
        if self.codings.len() < DIFFERENT {
            self.codings.push(Arc::clone(&new));
        }
        new
    }
}

fn is_said((known, code): (&Coding, &Code<'_>)) -> bool {
    let is_same = known.system == code.system.as_deref().unwrap_or_default();
    is_same
        && code.code.as_deref() == Some(&*known.code)
        && code.display.as_deref() == known.display.as_deref()
}

/// A coding as the rules know it.
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

    fn codings(words: &mut Words, codings: &Value) -> Arc<[Coding]> {
        let slot = json!({
            "id": "1", "start": "2026-04-10T09:00:00Z", "end": "2026-04-10T09:10:00Z",
            "serviceCategory": [{ "coding": codings }]
        })
        .to_string();
        words.codings(&serde_json::from_str(&slot).unwrap())
    }

    #[test]
    fn what_is_said_again_is_the_same_and_what_differs_in_anything_is_not() {
        let mut words = Words::default();
        assert!(Arc::ptr_eq(&words.word("Schedule/1"), &words.word("Schedule/1")));
        assert_eq!(&*words.word("Schedule/2"), "Schedule/2");
        let consult = json!([{ "system": "s", "code": "C", "display": "Consult" }, { "display": "no code" }]);
        let first = codings(&mut words, &consult);
        assert!(Arc::ptr_eq(&first, &codings(&mut words, &consult)));
        for other in [
            json!([{ "system": "t", "code": "C", "display": "Consult" }]),
            json!([{ "system": "s", "code": "D", "display": "Consult" }]),
            json!([{ "system": "s", "code": "C", "display": "Other" }]),
            json!([{ "system": "s", "code": "C" }]),
            json!([{ "code": "C", "display": "Consult" }]),
            json!([{ "system": "s", "code": "C", "display": "Consult" }, { "code": "C" }]),
            json!([]),
        ] {
            let read = codings(&mut words, &other);
            assert_ne!(read, first, "{other}");
            assert_eq!(read, codings(&mut Words::default(), &other), "{other}");
        }
    }

    #[test]
    fn more_than_are_kept_are_read_all_the_same() {
        let mut words = Words::default();
        for number in 0..2 * DIFFERENT {
            let read = codings(&mut words, &json!([{ "code": number.to_string() }]));
            assert_eq!(read[0].code, number.to_string());
        }
    }
}
