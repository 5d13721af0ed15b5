//! What is sent: appointments by number, each in two versions.

use std::{io::Write as _, sync::Arc};

use super::Kind;
use crate::{
    house::{self, PATIENTS},
    load::Requests,
    people::Person,
};

/// Appointments from one number on.
pub(in crate::rows) struct Puts {
    token: String,
    bsns: Vec<String>,
    first: u64,
}

impl Puts {
    pub(in crate::rows) fn new(token: &str, people: &[Person], first: u64) -> Arc<Self> {
        let bsns = people.iter().map(|person| person.bsn.clone()).collect();
        Arc::new(Self { token: token.to_owned(), bsns, first })
    }

    /// Requests of this kind about `known` appointments, which were changed so many times, one after the other in turn.
    pub(in crate::rows) fn of(self: &Arc<Self>, kind: Kind, known: u64, changes: u64) -> Arc<Requests> {
        let puts = Arc::clone(self);
        match kind {
            Kind::New => Arc::new(move |number, request| puts.write(number, 0, request)),
            Kind::Modified => Arc::new(move |number, request| {
                let changed = changes + number;
                puts.write(changed % known, 1 + changed / known, request)
            }),
            Kind::Unchanged => Arc::new(move |number, request| {
                let place = number % known;
                puts.write(place, changes / known + u64::from(place < changes % known), request)
            }),
        }
    }

    /// The request about the appointment at this place, in one of two versions.
    pub(in crate::rows) fn write(&self, place: u64, version: u64, request: &mut Vec<u8>) -> bool {
        let number = self.first + place;
        let patient = usize::try_from(number).unwrap_or_default() % PATIENTS;
        let practice = house::practice(usize::try_from(number).unwrap_or_default());
        let body = body(number, &self.bsns[patient], version % 2 == 1);
        let token = &self.token;
        write!(
            request,
            "PUT /fhir/r4/Appointment/bench-{number:09} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\
             content-type: application/fhir+json\r\n\
             x-organization-identifier: http://fhir.nl/fhir/NamingSystem/agb-z|{practice}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .is_ok()
    }
}

/// Five minutes on the day's grid, years ahead; the other version is on the same day eight hours later.
fn body(number: u64, bsn: &str, is_later: bool) -> String {
    let (minute, hour) = (number % 12 * 5, 7 + number / 12 % 8 + if is_later { 8 } else { 0 });
    let (day, month) = (1 + number / 96 % 28, 1 + number / 2688 % 12);
    let start = format!("2031-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z");
    let end = format!("2031-{month:02}-{day:02}T{hour:02}:{:02}:00Z", minute + 4);
    format!(
        r#"{{"resourceType":"Appointment","id":"bench-{number:09}","status":"booked","start":"{start}","end":"{end}","comment":"Neemt u uw medicijnen mee?","serviceCategory":[{{"coding":[{{"system":"urn:example:types","code":"consult","display":"Consult"}}]}}],"participant":[{{"actor":{{"reference":"Patient/{number}","display":"Jan Jansen","identifier":{{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"{bsn}"}}}},"status":"accepted"}},{{"actor":{{"reference":"PractitionerRole/7","display":"dokter Jansen"}},"status":"accepted"}}]}}"#
    )
}
