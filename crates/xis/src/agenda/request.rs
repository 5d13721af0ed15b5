use db::Tx;
use jiff::Timestamp;

use super::{Desk, Refusal, Steps};
use crate::{
    faults::{Fault, Interaction},
    tables::{
        Appointment, Detailed, Identifier, Origin, Patient, State, appointments, occupancy,
        slots::{self, Slot},
    },
};

/// What a patient wants.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// The id that it gets here.
    pub(crate) id: String,
    /// The slot, where the wish names it.
    pub(crate) slot: Option<String>,
    /// The practitioner's role, where the wish names it.
    pub(crate) role: Option<String>,
    pub(crate) category: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) reason: Option<String>,
    pub(crate) identifier: Option<Identifier>,
}

/// What became of it.
#[derive(Debug)]
pub(crate) enum Requested {
    /// It stands in the agenda now.
    New(Detailed),
    /// It stood there already: this wish was heard before.
    Known(Detailed),
}

/// Books an offered time for a patient: at once, or until a practitioner approves.
///
/// A repeated identifier never books twice. The platform asked for it, so it is not told of it.
///
/// # Errors
/// When the time is not offered, taken or past, or the identifier is another patient's.
pub(crate) async fn request(
    tx: &mut Tx,
    desk: Desk<'_>,
    patient: &Patient,
    wish: &Wish,
) -> Result<Requested, Refusal> {
    if let Some(known) = known(tx, desk, patient, wish).await? {
        return Ok(Requested::Known(known));
    }
    let slot = offered(tx, desk, wish).await?;
    let steps = Steps::between(slot.starts_at, slot.ends_at)?;
    let new = written_down(desk, patient, wish, slot);
    if !appointments::insert(tx, &new).await? {
        // The same wish came twice at once and the other was faster.
        let known = known(tx, desk, patient, wish).await?.ok_or(Refusal::IdentifierInUse)?;
        return Ok(Requested::Known(known));
    }
    let may_overlap = || desk.service.faults.strikes(Fault::DoubleBooking, Interaction::CreateAppointment);
    if !occupancy::take(tx, &new.schedule, steps, &new.id).await? && !may_overlap() {
        return Err(Refusal::Taken);
    }
    desk.record(tx, &new, "request").await?;
    let new = appointments::find(tx, desk.practice.id(), &new.id).await?;
    new.map(Requested::New).ok_or(Refusal::Unknown)
}

async fn known(
    tx: &mut Tx,
    desk: Desk<'_>,
    patient: &Patient,
    wish: &Wish,
) -> Result<Option<Detailed>, Refusal> {
    let Some(identifier) = &wish.identifier else { return Ok(None) };
    let found =
        appointments::by_identifier(tx, desk.practice.id(), Some(&identifier.system), &identifier.value);
    match found.await?.into_iter().next() {
        Some(known) if known.appointment.patient != patient.id => Err(Refusal::IdentifierInUse),
        known => Ok(known),
    }
}

/// The offered time that the wish means.
async fn offered(tx: &mut Tx, desk: Desk<'_>, wish: &Wish) -> Result<Slot, Refusal> {
    let (practice, times) = (desk.practice.id(), (wish.starts_at, wish.ends_at));
    let slot = match (&wish.slot, &wish.role) {
        (Some(id), _) => slots::find(tx, practice, id).await?,
        (None, Some(role)) => slots::at(tx, practice, role, &wish.category, times).await?,
        (None, None) => None,
    };
    let slot = slot.ok_or(Refusal::NotOffered)?;
    if (slot.starts_at, slot.ends_at) != times || slot.category != wish.category {
        return Err(Refusal::NotTheSlot);
    }
    if slot.starts_at <= desk.act.at { Err(Refusal::Past) } else { Ok(slot) }
}

fn written_down(desk: Desk<'_>, patient: &Patient, wish: &Wish, slot: Slot) -> Appointment {
    let state = if desk.practice.settings.approval { State::Requested } else { State::Booked };
    Appointment {
        id: wish.id.clone(),
        practice: desk.practice.id().to_owned(),
        schedule: slot.schedule,
        patient: patient.id.clone(),
        category: slot.category,
        state,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
        reason: wish.reason.clone(),
        message: None,
        ended_because: None,
        identifier: wish.identifier.clone(),
        made_by: Origin::Patient,
        version: 1,
        told: 1,
        created_at: desk.act.at,
        changed_at: desk.act.at,
    }
}
