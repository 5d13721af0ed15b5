use std::{
    collections::HashSet,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::body::Bytes;
use serde_json::Value;

use super::{Call, bundle::TYPES, connection::Request};

/// It checks no token: every one is the same.
const TOKEN: &str = r#"{"access_token":"stand-in","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer","expires_in":86400}"#;
const PATIENT: &str = r#"{"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":{"resourceType":"Patient","id":"456"}}]}"#;

/// What there is to answer with.
#[derive(Default)]
pub(super) struct Desk(Mutex<Held>);

#[derive(Default)]
struct Held {
    slots: Bytes,
    /// The slots that were booked.
    taken: HashSet<String>,
    calls: Vec<Call>,
}

type Answer = (&'static str, String, Bytes);

impl Desk {
    pub(super) fn answer(&self, request: &Request) -> anyhow::Result<Answer> {
        let path = request.target.split('?').next().unwrap_or_default();
        Ok(match (request.method.as_str(), path) {
            ("GET", "/healthz") => ok(Bytes::new()),
            ("POST", "/token") => ok(Bytes::from_static(TOKEN.as_bytes())),
            ("GET", "/fhir/r4/ValueSet/BookableAppointmentTypes") => ok(Bytes::from_static(TYPES.as_bytes())),
            ("GET", "/fhir/r4/Slot") => ok(self.held().slots.clone()),
            ("GET", "/fhir/r4/Patient") => ok(Bytes::from_static(PATIENT.as_bytes())),
            ("POST", "/fhir/r4/Appointment") => self.book(&request.body)?,
            ("PUT", "/slots") => {
                let mut held = self.held();
                held.slots = Bytes::from(request.body.clone());
                held.taken.clear();
                ok(Bytes::new())
            }
            ("GET", "/calls") => ok(serde_json::to_vec(&mem::take(&mut self.held().calls))?.into()),
            _ => ("404 Not Found", String::new(), Bytes::new()),
        })
    }

    pub(super) fn note(&self, call: Call) {
        self.held().calls.push(call);
    }

    /// Whoever comes first has the slot.
    fn book(&self, body: &[u8]) -> anyhow::Result<Answer> {
        let booking: Value = serde_json::from_slice(body)?;
        let slot = booking["slot"][0]["reference"].as_str().unwrap_or_default().to_owned();
        let id = slot.replace('/', "-");
        let is_first = self.held().taken.insert(slot);
        Ok(if is_first {
            ("201 Created", format!("location: Appointment/{id}\r\n"), Bytes::new())
        } else {
            ("409 Conflict", String::new(), Bytes::new())
        })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ok(body: Bytes) -> Answer {
    ("200 OK", String::new(), body)
}
