use std::time::Duration;

use http::StatusCode;

use super::{Informed, notice::newest_first};
use crate::{
    fhir::{self, Offered},
    platform::{self, Call, NoAnswer},
    practice::Practice,
    service::Service,
};

/// Longest that a page waits for the platform.
const PATIENCE: Duration = Duration::from_secs(1);
/// The operation, below an appointment.
const NOTICES: &str = "notices";

/// Why the platform's word is not known.
#[derive(Debug, thiserror::Error)]
enum Unheard {
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    #[error("the platform answered {0}")]
    Status(StatusCode),
    #[error("the platform's answer cannot be read at {0}")]
    Unreadable(String),
    #[error("the platform did not answer within {} s", PATIENCE.as_secs())]
    Slow,
}

/// What the platform says of telling the patient of this appointment. Takes a second at most.
pub(crate) async fn informed(service: &Service, practice: &Practice, id: &str) -> Informed {
    let platform = &practice.settings.platform;
    if service.offers.is_silent(platform, service.world.now()) {
        return Informed::Unknown;
    }
    let heard = tokio::select! {
        biased;
        heard = ask(service, practice, id) => heard,
        () = service.world.clock.sleep(PATIENCE) => Err(Unheard::Slow),
    };
    heard.unwrap_or_else(|unheard| {
        tracing::info!(%unheard, "whether a patient was told is not known now");
        // A refusal is about this practice or this appointment: others may still be answered.
        if matches!(unheard, Unheard::Slow | Unheard::NoAnswer(_)) {
            service.offers.note_silence(platform, service.world.now());
        }
        Informed::Unknown
    })
}

async fn ask(service: &Service, practice: &Practice, id: &str) -> Result<Informed, Unheard> {
    if !is_offered(service, practice).await? {
        return Ok(Informed::NotOffered);
    }
    let call = Call::get(format!("Appointment/{id}/${NOTICES}"));
    let answer = platform::send(service, practice, &call, &service.new_id()).await?;
    match answer.status() {
        StatusCode::OK => fhir::notices(answer.body())
            .map(|found| Informed::Known(newest_first(&found)))
            .map_err(|error| Unheard::Unreadable(error.expression)),
        // It knows no such appointment, so it told nobody.
        StatusCode::NOT_FOUND => Ok(Informed::Known(Vec::new())),
        status => Err(Unheard::Status(status)),
    }
}

async fn is_offered(service: &Service, practice: &Practice) -> Result<bool, Unheard> {
    let (platform, now) = (&practice.settings.platform, service.world.now());
    if let Some(known) = service.offers.known(platform, now) {
        return Ok(known);
    }
    let answer = platform::send_without_token(service, practice, &Call::get("metadata")).await?;
    let offers = match answer.status() {
        StatusCode::OK => fhir::read::<Offered>("CapabilityStatement", answer.body())
            .is_ok_and(|offered| offered.has_operation("Appointment", NOTICES)),
        status if status.is_server_error() => return Err(Unheard::Status(status)),
        // A platform that does not say what it offers, offers nothing.
        _ => false,
    };
    service.offers.note(platform, offers, now);
    Ok(offers)
}
