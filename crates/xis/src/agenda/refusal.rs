use crate::tables::{State, patients::PatientError};

/// Why an act was not done. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("this time is taken")]
    Taken,
    #[error("this time is not offered, or not any more")]
    NotOffered,
    #[error("the slot has another time or category than the appointment")]
    NotTheSlot,
    #[error("this time has passed")]
    Past,
    #[error("an appointment starts and ends on a multiple of five minutes")]
    OffGrid,
    #[error("an appointment ends after it starts")]
    EndsTooEarly,
    #[error("an appointment lasts eight hours at most")]
    TooLong,
    #[error("the practice has no such appointment")]
    NotThere,
    #[error("the practice has no such agenda, patient or appointment type")]
    Unknown,
    #[error("the appointment is {}, so this cannot be done any more", .0.name())]
    NotOpen(State),
    #[error("this identifier belongs to another appointment")]
    IdentifierInUse,
    #[error(transparent)]
    Database(#[from] db::Error),
    #[error(transparent)]
    Patient(#[from] PatientError),
}
