use jiff::Timestamp;
use lettre::Address;
use outbox::{Courier, Parcel, Verdict};
use store::{Account, AccountId, AppointmentId, Notice, NoticeOutcome, Practice, Stored};

use super::{
    letter::Letter,
    tell::Payload,
    telling::{Telling, Untold},
};
use crate::app::App;

mod error;

use error::TellError;

/// Mails a patient what there is to tell of one appointment.
#[derive(Debug, Clone)]
pub(crate) struct MailCourier {
    app: App,
}

/// What is true at the moment of sending.
struct Facts {
    untold: Vec<Notice>,
    /// The appointment as this patient may know it.
    appointment: Option<Stored>,
    practice: Practice,
    patient: Account,
}

impl MailCourier {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    /// Tells whatever is untold: what another message already told is not told again.
    async fn tell(&self, parcel: &Parcel) -> Result<(), TellError> {
        let payload: Payload = serde_json::from_str(&parcel.payload).map_err(|_| TellError::Payload)?;
        let now = self.app.world.now();
        let Some(facts) = self.read(payload).await? else { return Ok(()) };
        let outcome = match facts.telling(parcel, now) {
            None => NoticeOutcome::Superseded,
            Some(telling) => match &facts.patient.mail {
                None => NoticeOutcome::NoChannel,
                Some(address) => {
                    let address = address.parse().map_err(|_| TellError::Address)?;
                    self.send(&facts, &telling, address, now).await?;
                    NoticeOutcome::Told
                }
            },
        };
        self.end(&facts.untold, outcome).await
    }

    async fn read(&self, payload: Payload) -> Result<Option<Facts>, TellError> {
        let store = &self.app.store;
        let (account, id) = (AccountId::new(payload.account), AppointmentId::new(payload.appointment));
        store
            .read("read what a patient is to be told", |mut tx| async move {
                let untold = store.untold(&mut tx, account, id).await?;
                let Some(first) = untold.first() else { return Ok(None) };
                let practice = store.practice(&mut tx, &first.practice).await?;
                let patient = store.account(&mut tx, account).await?;
                let appointment = store.appointment_of_patient(&mut tx, account, id).await?;
                let known = practice.zip(patient);
                Ok(known.map(|(practice, patient)| Facts { untold, appointment, practice, patient }))
            })
            .await
    }

    async fn send(
        &self,
        facts: &Facts,
        telling: &Telling,
        address: Address,
        now: Timestamp,
    ) -> Result<(), TellError> {
        let Some(newest) = facts.untold.last() else { return Ok(()) };
        let (config, mailer) = (&self.app.config, &self.app.mailer);
        let link = config.address(&format!("/appointments/{}", newest.appointment));
        let letter = Letter::compose(telling, &facts.patient, &facts.practice, mailer.name(), link)?;
        let host = config.public_url.host_str().unwrap_or("localhost");
        // The newest one's id: when another change joins before a repeat, the mail says more and is another mail.
        Ok(mailer.send(address, letter, &newest.id.to_string(), host, now).await?)
    }

    /// The newest notice is what was told; those before it were told by it, or had nothing left to tell.
    async fn end(&self, untold: &[Notice], outcome: NoticeOutcome) -> Result<(), TellError> {
        let (store, now) = (&self.app.store, self.app.world.now());
        let Some((newest, older)) = untold.split_last() else { return Ok(()) };
        store
            .tx("end notices", |mut tx| async move {
                for notice in older {
                    store.end_notice(&mut tx, notice.id, NoticeOutcome::Superseded, now).await?;
                }
                store.end_notice(&mut tx, newest.id, outcome, now).await?;
                Ok(())
            })
            .await
    }
}

impl Facts {
    fn telling(&self, parcel: &Parcel, now: Timestamp) -> Option<Telling> {
        // An earlier attempt, of this message or of one that was given up, may have got through unnoticed.
        let has_earlier = self.untold.first().is_some_and(|first| first.created_at < parcel.created_at);
        let untold = Untold { notices: &self.untold, perhaps_told: has_earlier || parcel.attempt > 1 };
        Telling::of(untold, self.appointment.as_ref()?, now)
    }
}

#[async_trait::async_trait]
impl Courier for MailCourier {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        match self.tell(parcel).await {
            Ok(()) => Verdict::Done,
            Err(error) if error.is_final() => Verdict::GiveUp { reason: error.to_string() },
            Err(error) => Verdict::Retry { reason: error.to_string(), after: None },
        }
    }
}

#[cfg(test)]
mod tests;
