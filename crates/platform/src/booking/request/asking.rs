use std::time::Duration;

use agenda::{Agb, Answer};
use jiff::{SignedDuration, Timestamp};
use store::Stored;

use super::Request;
use crate::{
    app::App,
    booking::answer,
    xis_client::{Booking, Deadline, OnBehalfOf, Posted, Seen, Trouble, XisClient},
};

/// How long to wait for the patient's id: most of the time is for the booking.
const PATIENT_WAIT: Duration = Duration::from_secs(3);
/// How long an answer of `GET /Patient` is trusted (C16).
const PATIENT_CHECKED: SignedDuration = SignedDuration::from_hours(24);

impl Request {
    /// Asks the practice and stores what it answers.
    pub(super) async fn ask(&self, app: &App, stored: &Stored) {
        // One for all: the job that looks what became of it must not meet it under way.
        let deadline = Deadline::of_act(app.world.now());
        let (answer, seen) = match self.xis_patient(app, deadline).await {
            Ok(Some(xis_patient)) => self.post(app, stored, &xis_patient, deadline).await,
            Ok(None) => {
                tracing::warn!(practice = %self.practice.agb, "a booking was not sent: the practice does not know the patient");
                (Answer::Refused, None)
            }
            Err(trouble) => {
                tracing::warn!(practice = %self.practice.agb, id = %stored.id, %trouble, "a booking was not sent");
                (Answer::NotBooked, None)
            }
        };
        if let Err(error) = answer::answered(app, stored, answer, seen.as_deref()).await {
            // The reconcile job finds out what this answer was.
            tracing::error!(%error, id = %stored.id, "the answer to a booking could not be stored");
        }
    }

    /// Sends it, once, and reads what the answer means (C3, C13).
    async fn post(
        &self,
        app: &App,
        stored: &Stored,
        xis_patient: &str,
        deadline: Deadline,
    ) -> (Answer, Option<Box<Seen>>) {
        let approval = self.practice.settings.approval;
        let booking = Booking {
            id: stored.id,
            appointment: &stored.appointment,
            slot: &self.slot,
            account: &self.account,
            xis_patient: Some(xis_patient),
            approval,
        };
        let posted = match self.client(app) {
            Ok(client) => client.until(deadline).book(&booking).await,
            Err(trouble) => Err(trouble),
        };
        match posted {
            Ok(Posted::Booked(seen)) => {
                (answer::confirmation(&seen, approval).answer(seen.content.clone()), Some(seen))
            }
            Ok(Posted::SlotGone) => (Answer::SlotGone, None),
            Ok(Posted::Refused { about_patient }) => {
                if about_patient {
                    self.save_xis_patient(app, None).await;
                }
                (Answer::Refused, None)
            }
            Err(trouble) => {
                tracing::warn!(practice = %self.practice.agb, id = %stored.id, %trouble, "a booking was not answered");
                (if trouble.may_have_happened() { Answer::Unknown } else { Answer::NotBooked }, None)
            }
        }
    }

    fn client<'a>(&'a self, app: &'a App) -> Result<XisClient<'a>, Trouble> {
        XisClient::new(app, &self.practice, OnBehalfOf::Patient(self.account.id, &self.tokens))
    }

    /// C15, C16: the patient's id at the XIS, asked again after a day.
    async fn xis_patient(&self, app: &App, deadline: Deadline) -> Result<Option<String>, Trouble> {
        let now = app.world.now();
        let known = known_patient(app, self.account.id, &self.practice.agb, now).await;
        if known.is_some() {
            return Ok(known);
        }
        let client = self.client(app)?.until(deadline.within(now, PATIENT_WAIT));
        let found = client.find_patient(&self.account.bsn).await?;
        self.save_xis_patient(app, found.as_deref()).await;
        Ok(found)
    }

    async fn save_xis_patient(&self, app: &App, id: Option<&str>) {
        let (account, agb, now) = (self.account.id, &self.practice.agb, app.world.now());
        let saved: Result<(), store::Error> = app
            .store
            .tx("save a patient's id", |mut tx| async move {
                app.store.save_xis_patient(&mut tx, account, agb, id, now).await
            })
            .await;
        if let Err(error) = saved {
            tracing::warn!(%error, "a patient's id at a practice was not kept; it is asked again next time");
        }
    }
}

async fn known_patient(app: &App, account: store::AccountId, agb: &Agb, now: Timestamp) -> Option<String> {
    let membership: Result<_, store::Error> = app
        .store
        .read("membership", |mut tx| async move { app.store.membership(&mut tx, account, agb).await })
        .await;
    let membership = membership.ok().flatten()?;
    let fresh = membership.checked_at.is_some_and(|checked| now.duration_since(checked) < PATIENT_CHECKED);
    membership.xis_patient.filter(|_| fresh)
}
