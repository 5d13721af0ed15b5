//! What a bad practice system tells its platform: too early, twice, or what is not true any more.

use db::{Tx, Unsealable};
use world::Response;

use super::{Fault, Interaction, answers};
use crate::{
    agenda::{self, Answer, Desk, Refusal},
    audit::Actor,
    platform::{self, Call, NoAnswer},
    practice::Practice,
    service::Service,
    tables::{Appointment, Detailed, State},
    told::{self, News},
};

/// Sends what the platform is told, in the way that the plan wants.
///
/// # Errors
/// When there is no answer.
pub(crate) async fn send(
    service: &Service,
    practice: &Practice,
    mut call: Call,
    request_id: &str,
) -> Result<Response, NoAnswer> {
    let at = Interaction::TellUpdate;
    if service.faults.strikes(Fault::NaiveTimes, at) {
        let naive = answers::without_zones(&call.body.into());
        call.body = String::from_utf8_lossy(&naive).into_owned();
    }
    if !service.faults.strikes(Fault::Twice, at) {
        return platform::send(service, practice, &call, request_id).await;
    }
    let once = || platform::send(service, practice, &call, request_id);
    let (answer, _) = tokio::join!(once(), once());
    answer
}

/// Tells of a booking that is not answered yet, where the plan wants that.
pub(crate) async fn tell_early(service: &Service, practice: &Practice, new: &Detailed) {
    let at = Interaction::CreateAppointment;
    if service.faults.strikes(Fault::EarlyUpdate, at) {
        tell(service, practice, new, News::Changed).await;
    }
    if service.faults.strikes(Fault::EarlyResponse, at) {
        match approved(service, practice, new).await {
            Ok(approved) => tell(service, practice, &approved, News::Accepted).await,
            Err(error) => tracing::error!(%error, "a booking could not be approved early"),
        }
    }
}

async fn approved(service: &Service, practice: &Practice, new: &Detailed) -> Result<Detailed, Refusal> {
    if new.appointment.state == State::Requested {
        let (act, id) = (&service.act(practice, Actor::Desk), &new.appointment.id);
        let desk = Desk { service, practice, act };
        let approve =
            |mut tx: Tx| async move { agenda::answer(&mut tx, desk, id, Answer::Approve, None).await };
        service.db.tx("approve early", approve).await?;
    }
    let mut approved = new.clone();
    approved.appointment.state = State::Booked;
    Ok(approved)
}

/// Leaves what tells the platform later that a cancelled appointment is as it was, where the plan wants that.
///
/// # Errors
/// When the database fails.
pub(crate) async fn owe_what_was(
    tx: &mut Tx,
    desk: Desk<'_>,
    cancelled: &Appointment,
) -> Result<(), db::Error> {
    let faults = &desk.service.faults;
    if faults.strikes(Fault::StaleUpdate, Interaction::CancelAppointment) {
        told::enqueue(tx, desk.act, cancelled, News::Changed).await?;
        if let Some(mut memory) = faults.memory() {
            memory.owe(&cancelled.id);
        }
    }
    Ok(())
}

/// Tells the platform what was before this change, which it has just heard as this version, where the plan wants
/// that.
pub(crate) async fn tell_what_was(service: &Service, practice: &Practice, now: &Detailed, told: u32) {
    let (faults, at) = (&service.faults, Interaction::TellUpdate);
    let remembered = faults.memory().and_then(|mut memory| memory.settle(&now.appointment.id));
    let Some((before, is_owed)) = remembered else { return };
    let skipped = now.appointment.version > told;
    if is_owed || faults.strikes(Fault::StaleUpdate, at) || (skipped && faults.strikes(Fault::OutOfOrder, at))
    {
        tell(service, practice, &before, News::Changed).await;
    }
}

/// Tells this news by itself; what comes of it is only logged.
async fn tell(service: &Service, practice: &Practice, what: &Detailed, news: News) {
    let version = what.appointment.version;
    let composed =
        what.patient.bsn(&service.vault).map(|bsn| told::compose(news, version, practice, what, &bsn));
    let call = match composed {
        Ok(Some((call, _))) => call,
        Ok(None) => return,
        Err(Unsealable) => return tracing::error!("the patient of what is told early cannot be read"),
    };
    match platform::send(service, practice, &call, &service.new_id()).await {
        Ok(answer) => {
            tracing::info!(status = %answer.status(), "the platform answers what it was told on purpose");
        }
        Err(error) => tracing::warn!(%error, "the platform does not answer what it was told on purpose"),
    }
}
