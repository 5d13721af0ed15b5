use agenda::{Bsn, XisId};
use fhir::{
    ParticipationStatus,
    outgoing::{ActorForm, AppointmentResponse, Identifier, Resource as _},
};

use super::{Trouble, XisClient, call, call::Call};

/// What the XIS answered to a cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declined {
    /// It is cancelled (B9).
    Cancelled,
    /// It is not, and will not be (B8).
    Refused,
}

impl XisClient<'_> {
    /// Cancels an appointment for its patient (B1, B2), with a sentence for the practice (C14). A trouble leaves open
    /// whether it is cancelled (B8).
    pub(crate) async fn decline(
        &self,
        id: &XisId,
        patient: &Bsn,
        comment: &str,
    ) -> Result<Declined, Trouble> {
        let form = if self.practice.settings.fhir_actor { ActorForm::Fhir } else { ActorForm::Contract };
        let response = AppointmentResponse::new(
            id.as_str(),
            Identifier::bsn(patient.expose()),
            ParticipationStatus::Declined,
            comment,
            form,
        );
        let call = Call::post(self.address(&["AppointmentResponse"], &[]), response.to_json());
        let answer = self.send(&call).await?;
        if answer.status().is_success() {
            return Ok(Declined::Cancelled);
        }
        match call::refused(&answer) {
            refusal if refusal.is_refusal() => {
                tracing::warn!(practice = %self.agb(), reason = %refusal, "a cancellation was refused");
                Ok(Declined::Refused)
            }
            trouble => Err(trouble),
        }
    }
}
