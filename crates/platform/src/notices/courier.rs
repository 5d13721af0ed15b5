use jiff::Timestamp;
use outbox::{Courier, Parcel, Verdict};
use store::DeliveryOutcome;
use uuid::Uuid;

use super::{
    TellError, calendar,
    channel::{Channel, deliver},
    facts::Facts,
    letter::Letter,
    message::Unopened,
    routes,
    telling::Telling,
    trial,
};
use crate::app::App;

/// Mails a patient what there is to tell.
#[derive(Debug, Clone)]
pub(crate) struct MailCourier {
    app: App,
}

impl MailCourier {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }
}

#[async_trait::async_trait]
impl Channel for MailCourier {
    async fn send(
        &self,
        facts: &Facts,
        telling: &Telling,
        now: Timestamp,
    ) -> Result<DeliveryOutcome, TellError> {
        let (patient, practice) = (&facts.patient, &facts.practice);
        let address = patient.mail.as_ref().filter(|_| routes::is_mailed(patient));
        let (Some(address), Some(stored)) = (address, &facts.appointment) else {
            return Ok(DeliveryOutcome::NoChannel);
        };
        let enclosure = calendar::enclosure(&self.app, stored, (patient, practice), address, now).await?;
        let head = self.app.letterhead();
        let letter = Letter::of_visit(head, telling, (patient, practice), stored.id, enclosure)?;
        self.app.mailer.send(address, letter, facts.key(), now).await?;
        Ok(DeliveryOutcome::Sent)
    }

    async fn send_unopened(&self, unopened: &Unopened, now: Timestamp) -> Result<DeliveryOutcome, TellError> {
        let Unopened { message, practice, patient, .. } = unopened;
        let Some(address) = patient.mail.as_ref().filter(|_| routes::is_mailed(patient)) else {
            return Ok(DeliveryOutcome::NoChannel);
        };
        let (head, path) = (self.app.letterhead(), unopened.path());
        let letter = Letter::of_message(head, (patient, practice), &path, message.created_at)?;
        self.app.mailer.send(address, letter, message.id.uuid(), now).await?;
        Ok(DeliveryOutcome::Sent)
    }

    async fn send_trial(&self, account: Uuid, parcel: &Parcel) -> Result<(), TellError> {
        trial::mail(&self.app, account, parcel).await
    }
}

#[async_trait::async_trait]
impl Courier for MailCourier {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        deliver(&self.app, self, parcel).await
    }
}

#[cfg(test)]
mod tests;
