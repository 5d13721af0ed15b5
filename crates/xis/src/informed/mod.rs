//! Whether the patient was told, as the platform says: an addition to the contract that not every platform offers.
//!
//! Asked when a page shows an appointment and kept nowhere: it is the platform's to know. A page never waits for it
//! longer than a second.

mod ask;
mod notice;
mod offers;
mod outcome;

pub(crate) use ask::informed;
pub(crate) use notice::Medium;
use notice::Notice;
pub(crate) use offers::Offers;
pub(crate) use outcome::{Outcome, outcome, reminded};

/// What the platform says of telling a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Informed {
    /// It does not offer to say.
    NotOffered,
    /// It did not say, or not in time.
    Unknown,
    /// The newest first.
    Known(Vec<Notice>),
}
