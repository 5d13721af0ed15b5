use http::Method;

use super::News;
use crate::{
    Bsn,
    fhir::{AppointmentResponse, appointment, to_json},
    platform::Call,
    practice::Practice,
    tables::{Detailed, State},
};

/// What an answer says when the practitioner left it at that: the platform wants a sentence (C14).
const APPROVED: &str = "Uw afspraak is goedgekeurd.";
const DECLINED: &str = "De praktijk kan deze afspraak niet maken.";

/// The call that tells this news and the version that the platform knows after it; none when the news is not true
/// any more: then a later message tells what is.
pub(crate) fn compose(
    news: News,
    version: u32,
    practice: &Practice,
    told: &Detailed,
    bsn: &Bsn,
) -> Option<(Call, u32)> {
    let id = &told.appointment.id;
    match (news, told.appointment.state) {
        (News::Changed, _) => {
            let body = to_json(&appointment(told, &practice.zone, Some(bsn)));
            let call = Call { method: Method::PUT, path: format!("Appointment/{id}"), body };
            Some((call, told.appointment.version))
        }
        (News::Accepted, State::Booked) => Some((answer(practice, told, "accepted", APPROVED), version)),
        (News::Declined, State::Declined) => Some((answer(practice, told, "declined", DECLINED), version)),
        (News::Accepted | News::Declined, _) => None,
    }
}

fn answer(practice: &Practice, told: &Detailed, status: &'static str, otherwise: &str) -> Call {
    let comment = told.appointment.message.as_deref().unwrap_or(otherwise);
    let response = AppointmentResponse::of_practitioner(told, status, comment);
    let body = if practice.settings.platform.fhir_responses {
        to_json(&response)
    } else {
        to_json(&response.in_contract_form())
    };
    Call { method: Method::POST, path: "AppointmentResponse".to_owned(), body }
}
