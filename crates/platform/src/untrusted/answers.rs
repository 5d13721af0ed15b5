//! What a practice's system answers.

use std::collections::HashSet;

use fhir::{
    ParseError,
    incoming::{self, Bundle, Resource},
};
use serde::Deserialize;

use super::bodies::numbers;
use crate::xis_client;

/// A page of a search: what is read of slots has an agenda, and is the same however it arrives; and of no kind of resource
/// does a bad one lose another, or say more than where it is bad, for that goes to the log.
pub fn bundle(body: &[u8]) {
    for by_role in [false, true] {
        let slots = xis_client::slots_on([body], by_role).ok();
        assert!(slots.iter().flatten().all(|slot| !slot.hours.schedule.contains('/')));
        for bytes in [1, 61] {
            assert_eq!(xis_client::slots_on(body.chunks(bytes), by_role).ok(), slots, "in pieces of {bytes}");
        }
    }
    page::<incoming::Slot<'_>>(body);
    page::<incoming::Patient>(body);
    page::<incoming::Appointment>(body);
    page::<incoming::Schedule>(body);
    page::<incoming::PractitionerRole>(body);
}

/// The types of appointment, in the form of either version (C20): each once, with a code and words to read.
pub fn value_set(body: &[u8]) {
    types(body, fhir::parse::<incoming::ValueSet>(body).map(|set| set.concepts()));
    types(body, fhir::parse::<incoming::AppointmentType>(body).map(|types| types.concepts()));
}

fn types(body: &[u8], read: Result<Vec<incoming::Concept>, ParseError>) {
    match read {
        Ok(concepts) => {
            let apart: HashSet<_> = concepts.iter().map(|one| (&one.system, &one.code)).collect();
            assert_eq!(apart.len(), concepts.len(), "a type comes twice");
            let is_said = |words: &str, code: &str| words == code || !words.trim().is_empty();
            assert!(concepts.iter().all(|one| !one.code.is_empty() && is_said(&one.display, &one.code)));
        }
        Err(error) => is_discreet(body, &error),
    }
}

fn page<'a, T: Resource + Deserialize<'a>>(body: &'a [u8]) {
    match Bundle::<T>::parse(body) {
        Ok(bundle) => {
            let places = bundle.skipped.iter().map(|skipped| skipped.index);
            assert!(places.is_sorted_by(|one, next| one < next), "an entry is skipped twice");
            bundle.skipped.iter().for_each(|skipped| is_discreet(body, &skipped.problem));
        }
        Err(error) => is_discreet(body, &error),
    }
}

/// What is wrong is said without a number that may be a BSN.
fn is_discreet(body: &[u8], error: &ParseError) {
    let said = error.to_string();
    for number in numbers(said.as_bytes()) {
        let stood = body.windows(number.len()).any(|window| window == number);
        assert!(!stood, "what is logged repeats a number of nine digits");
    }
}
