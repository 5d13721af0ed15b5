use db::{Error, Tx};
use jiff::Timestamp;
use outbox::Entry;

use super::{Payload, Trouble};
use crate::tables::{Appointment, appointments::lane};

/// Whether the platform knows what a practitioner did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Only the patient did anything, through the platform.
    NothingToTell,
    /// It knows.
    Told { at: Timestamp },
    /// It will hear in a moment.
    OnItsWay,
    /// It could not be reached; it will be tried again.
    Later { message: String, problem: String, next_at: Timestamp },
    /// It refuses, and nobody will try again by himself.
    Refused { message: String, trouble: Trouble },
}

/// How things stand with the news of this appointment.
///
/// # Errors
/// When the database fails.
pub(crate) async fn standing(tx: &mut Tx, appointment: &Appointment) -> Result<Standing, Error> {
    let entries = outbox::of_lane(tx, &lane(&appointment.id)).await?;
    Ok(of_entries(&entries, appointment.told))
}

fn of_entries(entries: &[Entry], told: u32) -> Standing {
    let Some(last) = entries.last() else { return Standing::NothingToTell };
    let is_news = |entry: &&Entry| version(entry).is_none_or(|version| version > told);
    let of = |standing| entries.iter().filter(is_news).rfind(|entry| entry.standing == standing);
    if let Some(entry) = of(outbox::Standing::Waiting) {
        return match &entry.problem {
            Some(problem) if entry.attempts > 0 => {
                Standing::Later { message: entry.id.clone(), problem: problem.clone(), next_at: entry.due_at }
            }
            _ => Standing::OnItsWay,
        };
    }
    match of(outbox::Standing::Dead) {
        Some(entry) => {
            let problem = entry.problem.clone().unwrap_or_default();
            let Ok(trouble) = problem.parse();
            Standing::Refused { message: entry.id.clone(), trouble }
        }
        None => Standing::Told { at: last.ended_at.unwrap_or(last.created_at) },
    }
}

fn version(entry: &Entry) -> Option<u32> {
    serde_json::from_str::<Payload>(&entry.payload).ok().map(|payload| payload.version)
}
