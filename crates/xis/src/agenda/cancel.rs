use db::Tx;

use super::{Desk, Refusal};
use crate::{
    faults::{self, Fault, Interaction},
    tables::{Appointment, Detailed, State, appointments, occupancy},
    told::{self, News},
};

/// Cancels an appointment for the practice, frees its time and tells the platform.
///
/// # Errors
/// When it does not take place (a request is declined, not cancelled) or has begun.
pub(crate) async fn cancel(
    tx: &mut Tx,
    desk: Desk<'_>,
    id: &str,
    reason: Option<String>,
) -> Result<(), Refusal> {
    let mut cancelled = desk.take_up(tx, id).await?.appointment;
    if cancelled.state != State::Booked {
        return Err(Refusal::NotOpen(cancelled.state));
    }
    // What was said about an appointment that takes place does not hold for one that does not.
    cancelled.message = reason;
    end(tx, desk, &mut cancelled, "cancel").await?;
    told::enqueue(tx, desk.act, &cancelled, News::Changed).await?;
    Ok(())
}

/// Cancels an appointment or a request for its patient. The platform asked for it, so it is not told of it.
///
/// Cancelling again changes nothing.
///
/// # Errors
/// When it has begun.
pub(crate) async fn cancel_by_patient(
    tx: &mut Tx,
    desk: Desk<'_>,
    id: &str,
    reason: Option<String>,
) -> Result<Detailed, Refusal> {
    let mut cancelled = desk.take_up(tx, id).await?.appointment;
    if cancelled.state.holds_time() {
        // Its next version, which the platform knows: it is the one who says so.
        cancelled.told = cancelled.version + 1;
        cancelled.ended_because = reason;
        end(tx, desk, &mut cancelled, "cancel by patient").await?;
        faults::owe_what_was(tx, desk, &cancelled).await?;
    }
    appointments::find(tx, desk.practice.id(), id).await?.ok_or(Refusal::NotThere)
}

async fn end(tx: &mut Tx, desk: Desk<'_>, cancelled: &mut Appointment, action: &str) -> Result<(), Refusal> {
    if cancelled.starts_at <= desk.act.at {
        return Err(Refusal::Past);
    }
    cancelled.state = State::Cancelled;
    if !desk.service.faults.strikes(Fault::KeepsTime, Interaction::CancelAppointment) {
        occupancy::free(tx, &cancelled.id).await?;
    }
    Ok(desk.save(tx, cancelled, action).await?)
}
