//! What practices send, for there to be something to open: a message and an invitation.

use std::{io::Write as _, sync::Arc, time::Duration};

use serde_json::json;

use crate::{
    house::{House, Running, practice},
    load::Load,
};

const BSN: &str = "http://fhir.nl/fhir/NamingSystem/bsn";
const LASTING: Duration = Duration::from_secs(10);
/// A PDF with nothing in it.
const ATTACHED: &str = "JVBERi0xLjcKJSVFT0YK";

/// The practice writes to the first patient of the house.
///
/// # Errors
/// When it is not taken.
pub(super) async fn message(house: &House, running: &Running) -> anyhow::Result<()> {
    let bsn = json!({ "system": BSN, "value": house.people[0].bsn });
    let body = json!({
        "resourceType": "Communication",
        "status": "completed",
        "category": [{ "coding": [{ "system": "nl.spreekuur.communication-category", "code": "melding" }] }],
        "topic": { "text": "Uw uitslag" },
        "contained": [{ "resourceType": "Patient", "id": "p1", "identifier": [bsn] }],
        "recipient": [{ "reference": "#p1" }],
        "payload": [
            { "contentString": "Uw uitslag is goed." },
            { "contentAttachment": { "data": ATTACHED, "contentType": "application/pdf", "title": "uitslag.pdf" } }
        ]
    });
    post(running, "Communication", practice(0), body.to_string()).await
}

/// Another practice invites that patient, by a mail with a link.
///
/// # Errors
/// When it is not taken.
pub(super) async fn invite(house: &House, running: &Running) -> anyhow::Result<()> {
    let patient = &house.people[0];
    let body = json!({
        "resourceType": "Patient",
        "identifier": [{ "system": BSN, "value": patient.bsn }],
        "telecom": [{ "system": "email", "value": patient.mail }]
    });
    post(running, "Patient", practice(1), body.to_string()).await
}

async fn post(running: &Running, kind: &'static str, practice: String, body: String) -> anyhow::Result<()> {
    let token = running.token.clone();
    let once = move |number: u64, request: &mut Vec<u8>| {
        number == 0
            && write!(
                request,
                "POST /fhir/r4/{kind} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\
                 content-type: application/fhir+json\r\n\
                 x-organization-identifier: http://fhir.nl/fhir/NamingSystem/agb-z|{practice}\r\n\
                 content-length: {}\r\n\r\n{body}",
                body.len()
            )
            .is_ok()
    };
    let load = Load { address: running.server.address, clients: 1, lasting: LASTING, expects: 201 };
    load.run(Arc::new(once)).await.map(drop)
}
