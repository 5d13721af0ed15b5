//! What is true at the moment of sending, and what becomes of it.

use agenda::Kind;
use jiff::Timestamp;
use outbox::Parcel;
use store::{Account, AccountId, AppointmentId, DeliveryOutcome, Notice, Practice, Route, Stored};
use uuid::Uuid;

use super::{
    TellError,
    channel::Channel,
    telling::{Telling, Untold},
};
use crate::app::App;

/// What a patient has not been told of one appointment along one route, and what is true of it.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) route: Route,
    /// Oldest first, at least one.
    pub(super) untold: Vec<Notice>,
    /// The appointment as this patient may know it.
    pub(super) appointment: Option<Stored>,
    /// The visit whose place it was to take.
    replaced: Option<Stored>,
    pub(super) practice: Practice,
    pub(super) patient: Account,
}

impl Facts {
    /// Tells whatever is untold: what another message already told is not told again.
    pub(super) async fn tell(
        app: &App,
        channel: &dyn Channel,
        (account, appointment, route): (Uuid, Uuid, Route),
        parcel: &Parcel,
    ) -> Result<(), TellError> {
        let now = app.world.now();
        let (account, appointment) = (AccountId::new(account), AppointmentId::new(appointment));
        let Some(facts) = Self::read(app, account, appointment, route).await? else { return Ok(()) };
        let perhaps_told = facts.perhaps_told(app, parcel).await?;
        let outcome = match facts.telling(perhaps_told, now) {
            None => DeliveryOutcome::Superseded,
            Some(telling) => channel.send(&facts, &telling, now).await?,
        };
        facts.end(app, outcome).await
    }

    async fn read(
        app: &App,
        account: AccountId,
        id: AppointmentId,
        route: Route,
    ) -> Result<Option<Self>, TellError> {
        let store = &app.store;
        store
            .read("read what a patient is to be told", |mut tx| async move {
                let untold = store.untold(&mut tx, account, id, route).await?;
                let Some(first) = untold.first() else { return Ok(None) };
                let practice = store.practice(&mut tx, &first.practice).await?;
                let patient = store.account(&mut tx, account).await?;
                let appointment = store.appointment_of_patient(&mut tx, account, id).await?;
                let replaced = match appointment.as_ref().and_then(Stored::replaces) {
                    Some(old) => store.appointment_of_patient(&mut tx, account, old).await?,
                    None => None,
                };
                let known = practice.zip(patient);
                Ok(known.map(|(practice, patient)| Self {
                    route,
                    untold,
                    appointment,
                    replaced,
                    practice,
                    patient,
                }))
            })
            .await
    }

    /// Whether an earlier attempt, of this message or of one that was given up, may have got through unnoticed.
    ///
    /// Where several notices are told as one, as it was when that was first tried: a repeat says the same.
    async fn perhaps_told(&self, app: &App, parcel: &Parcel) -> Result<bool, TellError> {
        let has_earlier = self.untold.first().is_some_and(|first| first.created_at < parcel.created_at);
        let perhaps_told = has_earlier || parcel.attempt > 1;
        let [_, .., newest] = self.untold.as_slice() else { return Ok(perhaps_told) };
        let store = &app.store;
        let claimed: Result<_, store::Error> = store
            .tx("claim how a notice is worded", |mut tx| async move {
                store.claim_doubt(&mut tx, self.patient.id, newest.id, self.route, perhaps_told).await
            })
            .await;
        Ok(claimed?)
    }

    fn telling(&self, perhaps_told: bool, now: Timestamp) -> Option<Telling> {
        let untold = Untold { notices: &self.untold, perhaps_told };
        let wants_reminders = self.patient.preferences.remind_minutes.is_some();
        // Who stopped reminders a moment ago gets none that was on its way.
        Telling::of(untold, self.appointment.as_ref()?, self.replaced.as_ref(), now)
            .filter(|telling| telling.kind != Kind::Reminder || wants_reminders)
    }

    /// The newest notice is what was told; those before it were told by it, or had nothing left to tell.
    async fn end(&self, app: &App, outcome: DeliveryOutcome) -> Result<(), TellError> {
        let (store, patient, now) = (&app.store, self.patient.id, app.world.now());
        let Some((newest, older)) = self.untold.split_last() else { return Ok(()) };
        store
            .tx("end deliveries", |mut tx| async move {
                for notice in older {
                    let superseded = DeliveryOutcome::Superseded;
                    store.end_delivery(&mut tx, patient, notice.id, self.route, superseded, now).await?;
                }
                store.end_delivery(&mut tx, patient, newest.id, self.route, outcome, now).await?;
                Ok(())
            })
            .await
    }

    /// The key by which a receiver can tell a repeat: the newest notice's id. When another change joins before a
    /// repeat, it says more and is another mail.
    pub(super) fn key(&self) -> Uuid {
        self.untold.last().map(|newest| newest.id).unwrap_or_default()
    }

    /// Where the patient reads on.
    pub(super) fn link(&self, app: &App) -> String {
        let appointment = self.untold.last().map(|newest| newest.appointment.to_string());
        app.config.address(&format!("/appointments/{}", appointment.unwrap_or_default()))
    }
}
