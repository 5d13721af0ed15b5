//! The rules of the agenda: one act, one file. Each act runs inside the caller's transaction, takes the steps it
//! needs, leaves its audit row and, where the platform must hear of it, its message.

mod answer;
mod cancel;
mod create;
mod day;
mod free_times;
mod moving;
mod refusal;
mod request;
mod steps;

use db::{Error, Tx};

pub(crate) use answer::{Answer, answer};
pub(crate) use cancel::{cancel, cancel_by_patient};
pub(crate) use create::{Planned, create};
pub(crate) use day::{Cell, Column, Line, lines};
pub(crate) use free_times::free_times;
pub(crate) use moving::{Place, move_to};
pub(crate) use refusal::Refusal;
pub(crate) use request::{Requested, Wish, request};
pub(crate) use steps::Steps;

use crate::{
    audit::{self, Act, Subject},
    practice::Practice,
    service::Service,
    tables::{Appointment, Detailed, appointments},
};

/// The signal that something in some agenda changed.
pub(crate) const NEWS: &str = "agenda";

/// Where and as whom somebody acts.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) service: &'a Service,
    pub(crate) practice: &'a Practice,
    pub(crate) act: &'a Act,
}

impl Desk<'_> {
    /// The practice's appointment, for one who will change it.
    async fn take_up(self, tx: &mut Tx, id: &str) -> Result<Detailed, Refusal> {
        let found =
            appointments::find_to_change(tx, self.practice.id(), id).await?.ok_or(Refusal::NotThere)?;
        self.service.faults.remember(&found);
        Ok(found)
    }

    /// Stores the change as a new version.
    async fn save(self, tx: &mut Tx, changed: &mut Appointment, action: &str) -> Result<(), Error> {
        changed.version += 1;
        // A clock that was set back must not make a version older than the one before it: receivers would ignore it (A16).
        changed.changed_at = self.act.at.max(changed.changed_at);
        appointments::update(tx, changed).await?;
        self.record(tx, changed, action).await
    }

    /// Leaves the audit row and wakes the open pages.
    async fn record(self, tx: &mut Tx, appointment: &Appointment, action: &str) -> Result<(), Error> {
        let subject = Subject(appointment.patient.clone());
        let object = format!("Appointment/{}", appointment.id);
        let outcome = appointment.state.name();
        audit::record(tx, &self.service.vault, self.act, Some(&subject), (action, &object, outcome)).await?;
        tx.signal(NEWS).await;
        Ok(())
    }
}
