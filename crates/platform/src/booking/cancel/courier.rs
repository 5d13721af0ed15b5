use agenda::Appointment;
use async_trait::async_trait;
use outbox::{Courier, Parcel, Verdict};

use super::{job, sending::Case};
use crate::{app::App, xis_client::OnBehalfOf};

/// Sends again what was not answered, without its patient: the patient's number says who cancels (B2, B8).
pub(crate) struct Canceller {
    app: App,
}

impl Canceller {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    async fn load(&self, parcel: &Parcel) -> Result<Option<Case>, store::Error> {
        let Some((account, id)) = job::read(&parcel.payload) else { return Ok(None) };
        let store = &self.app.store;
        store
            .read("a cancellation to send", |mut tx| async move {
                let stored = store.appointment_of_patient(&mut tx, account, id).await?;
                let Some(stored) = stored.filter(|stored| stored.appointment.is_cancelling()) else {
                    return Ok(None);
                };
                let account = store.account(&mut tx, account).await?;
                let practice = store.practice(&mut tx, &stored.practice).await?;
                Ok(account.zip(practice).map(|(account, practice)| Case { stored, account, practice }))
            })
            .await
    }

    async fn send(&self, case: Case) -> Verdict {
        if has_begun(&case.stored.appointment, &self.app) {
            let reason = format!(
                "the visit of appointment {} began before its practice answered that the patient cancels it",
                case.stored.id
            );
            return Verdict::GiveUp { reason };
        }
        match case.send(&self.app, OnBehalfOf::Platform).await {
            Ok(()) => Verdict::Done,
            Err(error) => Verdict::Retry { reason: error.to_string(), after: None },
        }
    }
}

#[async_trait]
impl Courier for Canceller {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        match self.load(parcel).await {
            Ok(Some(case)) => self.send(case).await,
            // Answered meanwhile, or over in another way.
            Ok(None) => Verdict::Done,
            Err(error) => Verdict::Retry { reason: error.to_string(), after: None },
        }
    }
}

fn has_begun(appointment: &Appointment, app: &App) -> bool {
    appointment.content.start <= app.world.now()
}
