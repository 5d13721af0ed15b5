//! Booking against a practice's system that answers as it is told: what is sent, what is stored, what the patient
//! reads. One test per decision.

mod c01_to_c03_asked;
mod c04_to_c11_slots;
mod c12_types;
mod c13_answered;
mod c15_and_c16_patient;
mod c17_answers;
mod c17_breaker;
mod c17_deadline;
mod c18_gone;
mod c18_unknown;
mod c19_shared;
mod c20_version_1;
mod d1_and_d4_tokens;
mod once;

use agenda::State;
use store::Stored;
use testkit::{JAN, Kit, Reply};

use crate::steps;

/// Practice 1.
const ONE: &str = "01000001";
/// Practice 2, which approves requests.
const TWO: &str = "01000002";

/// Books as Jan with an answer, and gives what is stored of it and the page that says what became of it.
async fn booked(kit: &Kit, xis: &testkit::ScriptedXis, agb: &str, reply: Reply) -> (Stored, String) {
    xis.answers(reply);
    let browser = kit.browser(JAN).await;
    let address = steps::book(&browser, agb).await;
    let latest = kit.appointments(JAN).await.into_iter().max_by_key(|stored| stored.created_at).unwrap();
    kit.clock.turn(std::time::Duration::from_millis(1));
    (latest, browser.read(&address).await)
}

/// The word for how it stands.
fn word(stored: &Stored) -> &'static str {
    match stored.appointment.state {
        State::Requested { .. } => "requested",
        State::Unknown { .. } => "unknown",
        State::Pending => "pending",
        State::Booked => "booked",
        State::Failed { .. } => "failed",
        State::Cancelled { .. } | State::Declined { .. } | State::Tombstone => "over",
    }
}
