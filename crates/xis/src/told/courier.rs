use std::sync::Arc;

use async_trait::async_trait;
use db::Unsealable;
use outbox::{Courier, Parcel, Verdict};

use super::{Payload, answered::verdict, compose::compose};
use crate::{faults, platform::NoAnswer, service::Service, tables::appointments};

/// Delivers the messages to each practice's platform.
pub(crate) struct Telling(Arc<Service>);

/// Why the platform could not be asked this time.
#[derive(Debug, thiserror::Error)]
enum NotNow {
    #[error(transparent)]
    Database(#[from] db::Error),
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    #[error(transparent)]
    Platform(#[from] NoAnswer),
}

#[async_trait]
impl Courier for Telling {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        match self.tell(parcel).await {
            Ok(verdict) => verdict,
            Err(reason) => Verdict::Retry { reason: reason.to_string(), after: None },
        }
    }
}

impl Telling {
    pub(crate) fn new(service: Arc<Service>) -> Self {
        Self(service)
    }

    async fn tell(&self, parcel: &Parcel) -> Result<Verdict, NotNow> {
        let give_up = |reason: &str| Ok(Verdict::GiveUp { reason: reason.to_owned() });
        let Ok(payload) = serde_json::from_str::<Payload>(&parcel.payload) else {
            return give_up("the message cannot be read");
        };
        let practice = parcel.tenant.parse().ok().and_then(|agb| self.0.practices.find(&agb));
        let Some(practice) = practice else { return give_up("this practice is not served here any more") };
        let (agb, id) = (practice.id(), &payload.appointment);
        let found = self
            .0
            .db
            .read("what to tell", |mut tx| async move { appointments::find(&mut tx, agb, id).await })
            .await?;
        let Some(found) = found else { return give_up("the appointment is gone") };
        if found.appointment.told >= payload.version {
            faults::tell_what_was(&self.0, &practice, &found, payload.version).await;
            return Ok(Verdict::Done);
        }
        let bsn = found.patient.bsn(&self.0.vault)?;
        let Some((call, version)) = compose(payload.news, payload.version, &practice, &found, &bsn) else {
            return Ok(Verdict::Done);
        };
        let answer = faults::send(&self.0, &practice, call, &parcel.id).await?;
        let verdict = verdict(&answer, self.0.world.now());
        if verdict == Verdict::Done {
            self.0
                .db
                .tx("told", |mut tx| async move { appointments::set_told(&mut tx, id, version).await })
                .await?;
            faults::tell_what_was(&self.0, &practice, &found, payload.version).await;
        }
        Ok(verdict)
    }
}
