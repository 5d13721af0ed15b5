use http::StatusCode;

use super::Problem;
use crate::agenda::Refusal;

/// Every refusal of the agenda, as the platform hears it.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        let conflict = |own_code| Self::new(StatusCode::CONFLICT, "conflict", own_code, text.clone());
        let choose = "Read the slots again and let the patient choose another time.";
        match refusal {
            Refusal::Taken => conflict("TIME_TAKEN").advice(choose).at("Appointment.slot"),
            Refusal::NotOffered => conflict("NOT_OFFERED").advice(choose).at("Appointment.slot"),
            Refusal::Past => conflict("PAST").advice(choose).at("Appointment.start"),
            Refusal::NotTheSlot => Self::unprocessable(text)
                .advice("Send start, end and serviceCategory of the slot.")
                .at("Appointment.slot"),
            Refusal::OffGrid | Refusal::EndsTooEarly | Refusal::TooLong => {
                Self::unprocessable(text).advice("Send start and end of a slot.").at("Appointment.end")
            }
            Refusal::IdentifierInUse => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "duplicate", "IDENTIFIER_IN_USE", text)
                    .advice("Give each appointment an identifier of its own.")
                    .at("Appointment.identifier")
            }
            Refusal::NotThere => not_there(),
            Refusal::Unknown => Self::unprocessable(text).advice("Read the slots again."),
            Refusal::NotOpen(_) => conflict("NOT_OPEN").advice("Read the appointment again."),
            Refusal::Database(error) => Self::from(error),
            Refusal::Patient(error) => {
                tracing::error!(%error, "a patient cannot be read");
                Self::failed()
            }
        }
    }
}

/// The practice has no such appointment, or it is not this patient's: the two look the same.
pub(super) fn not_there() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-found", "NO_SUCH_APPOINTMENT", "There is no such appointment.")
        .advice("Check the id and the practice in X-Organization-Identifier.")
}
