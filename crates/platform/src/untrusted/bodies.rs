//! Bodies of FHIR.

use axum::{body::to_bytes, response::IntoResponse as _};
use fhir::incoming;
use futures::FutureExt as _;
use store::{Practice, Settings};

use crate::{
    auth::xis::Xis,
    fhir_api::{
        appointment_response as answers, communication as messages, outcome::Refused, patient as patients,
        reading,
    },
};

/// `PUT /Appointment/{id}`: what is taken has what an appointment needs.
pub fn appointment(body: &[u8]) {
    let found = fhir::parse::<incoming::Appointment>(body).map_err(Refused::from);
    match found.and_then(|found| reading::appointment(&found, &Settings::default())) {
        Ok(read) => {
            let content = &read.content;
            assert!(!content.categories.is_empty() && !content.participants.is_empty());
            assert!(content.participants.iter().any(|one| one.is_patient), "a patient takes part (A4)");
        }
        Err(refused) => is_told_well(body, refused),
    }
}

/// `POST /AppointmentResponse`.
pub fn appointment_response(body: &[u8]) {
    let xis = xis();
    let found = fhir::parse::<incoming::AppointmentResponse>(body).map_err(Refused::from);
    if let Err(refused) = found.and_then(|found| answers::read(&xis, &found).map(drop)) {
        is_told_well(body, refused);
    }
}

/// `POST /Communication`: what is taken keeps its limits (D16).
pub fn communication(body: &[u8]) {
    match messages::reading::communication(body, false) {
        Ok(read) => {
            assert!(!read.words.text.trim().is_empty() && read.words.text.chars().count() <= 10_000);
            assert!(read.attachments.len() <= 5);
            for file in &read.attachments {
                let is_safe = |letter: char| !letter.is_control() && !"/\\:*?\"<>|".contains(letter);
                assert!(file.name.chars().all(is_safe), "{:?} is a name for a file", file.name);
            }
        }
        Err(refused) => is_told_well(body, refused),
    }
}

/// `POST /Patient`.
pub fn patient(body: &[u8]) {
    let found = fhir::parse::<incoming::Patient>(body).map_err(Refused::from);
    if let Err(refused) = found.and_then(|found| patients::whom(&found, false).map(drop)) {
        is_told_well(body, refused);
    }
}

/// D10: the caller's fault, in an OperationOutcome, which repeats no number that may be a BSN.
pub(super) fn is_told_well(body: &[u8], refused: Refused) {
    let response = refused.into_response();
    assert!(response.status().is_client_error(), "{}", response.status());
    let told = to_bytes(response.into_body(), usize::MAX).now_or_never().and_then(Result::ok);
    let told = told.expect("what is said is at hand");
    let outcome: serde_json::Value = serde_json::from_slice(&told).expect("it is JSON");
    assert_eq!(outcome["resourceType"], "OperationOutcome");
    for number in numbers(&told) {
        let stood = body.windows(number.len()).any(|window| window == number);
        assert!(!stood, "the refusal repeats a number of nine digits");
    }
}

/// The runs of nine digits or more.
pub(super) fn numbers(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| !byte.is_ascii_digit()).filter(|run| run.len() >= 9)
}

fn xis() -> Xis {
    let practice = Practice {
        agb: "01000001".parse().expect("eight digits"),
        client: "xis".to_owned(),
        name: "Praktijk De Linde".to_owned(),
        settings: Settings::default(),
        returns_identifier: false,
    };
    Xis { client: practice.client.clone(), practice }
}
