use db::Tx;
use jiff::Timestamp;

use super::{Desk, Refusal, Steps};
use crate::{
    tables::{Appointment, Origin, State, appointments, occupancy, patients, schedules, types},
    told::{self, News},
};

/// An appointment as a practitioner plans it, at an offered time or any other.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// The id that it gets.
    pub(crate) id: String,
    pub(crate) patient: String,
    pub(crate) schedule: String,
    pub(crate) category: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    /// What the practice says to the patient.
    pub(crate) message: Option<String>,
}

/// Puts an appointment in the agenda and tells the platform.
///
/// # Errors
/// When the time is taken or past, or the practice does not know what it is made of.
pub(crate) async fn create(tx: &mut Tx, desk: Desk<'_>, planned: &Planned) -> Result<(), Refusal> {
    let practice = desk.practice.id();
    let steps = Steps::between(planned.starts_at, planned.ends_at)?;
    if planned.starts_at <= desk.act.at {
        return Err(Refusal::Past);
    }
    let is_known = patients::find(tx, practice, &planned.patient).await?.is_some()
        && schedules::find(tx, practice, &planned.schedule).await?.is_some()
        && types::all(tx, practice).await?.iter().any(|known| known.code == planned.category);
    if !is_known {
        return Err(Refusal::Unknown);
    }
    let new = Appointment {
        id: planned.id.clone(),
        practice: practice.to_owned(),
        schedule: planned.schedule.clone(),
        patient: planned.patient.clone(),
        category: planned.category.clone(),
        state: State::Booked,
        starts_at: planned.starts_at,
        ends_at: planned.ends_at,
        reason: None,
        message: planned.message.clone(),
        ended_because: None,
        identifier: None,
        made_by: Origin::Practice,
        version: 1,
        told: 0,
        created_at: desk.act.at,
        changed_at: desk.act.at,
    };
    appointments::insert(tx, &new).await?;
    if !occupancy::take(tx, &new.schedule, steps, &new.id).await? {
        return Err(Refusal::Taken);
    }
    desk.record(tx, &new, "create").await?;
    told::enqueue(tx, desk.act, &new, News::Changed).await?;
    Ok(())
}
