//! A patient moves a visit to another time, at a practice's system that answers as it is told.

mod b08_old_not_cancelled;
mod b10_whether;
mod c13_not_booked;
mod meanwhile;
mod once;
mod told;

use std::time::Duration;

use agenda::{Party, State};
use serde_json::{Value, json};
use store::Stored;
use testkit::{Answer, Browser, JAN, Kit, Reply, ScriptedXis, appointment};

use crate::{portal::page::text, steps};

/// Practice 1.
const ONE: &str = "01000001";

/// A visit of Jan on 12 May, 09:10, which the practice's system knows as `old`. The same afternoon at 14:30 is free.
struct Visit<'kit> {
    kit: &'kit Kit,
    xis: ScriptedXis,
    browser: Browser,
    /// The page of the old visit.
    address: String,
}

impl<'kit> Visit<'kit> {
    async fn booked(kit: &'kit Kit) -> Self {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Booked("old"));
        let browser = kit.browser(JAN).await;
        let address = steps::book(&browser, ONE).await;
        kit.drain().await;
        browser.read(&address).await;
        let visit = Self { kit, xis, browser, address };
        visit.old_is_shown_as("booked");
        visit
    }

    fn old_is_shown_as(&self, status: &str) {
        self.xis.shows(vec![told("old", status)]);
    }

    /// A step of moving it.
    fn step(&self, step: &str) -> String {
        format!("{}/reschedule{step}", self.address)
    }

    /// Chooses this slot, in the agenda of the old visit, and returns the form's key.
    async fn chooses(&self, browser: &Browser, slot: &str) -> String {
        let chosen = browser.post(&self.step("/time?agenda=7"), &[("slot", slot)]).await;
        assert_eq!(chosen.header("location"), self.step("/check"), "{}", chosen.text);
        steps::form(&browser.read(&self.step("/check")).await)
    }

    async fn sends(&self, browser: &Browser, form: &str) -> Answer {
        let fields = [("form", form), ("reason", "Pijn in mijn knie")];
        browser.post(&self.step("/check"), &fields).await
    }

    /// Moves it to 14:30, with this answer of the practice's system, and gives where that leads.
    async fn moves(&self, reply: Reply) -> String {
        self.xis.answers(reply);
        let form = self.chooses(&self.browser, "s2").await;
        let sent = self.sends(&self.browser, &form).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        sent.header("location").to_owned()
    }

    /// Moves it to 14:30, and reads what became of it.
    async fn moves_and_reads(&self, reply: Reply) -> String {
        let new = self.moves(reply).await;
        self.reads(&new).await
    }

    async fn reads(&self, address: &str) -> String {
        // The clock may have been turned past the end of the session.
        text(&self.kit.browser(JAN).await.read(address).await)
    }

    /// How the old one and those that were to take its place stand.
    async fn stand(&self) -> (&'static str, Vec<&'static str>) {
        let mut all = self.kit.appointments(JAN).await;
        all.sort_by_key(|stored| stored.created_at);
        let (old, new): (Vec<Stored>, Vec<Stored>) =
            all.into_iter().partition(|stored| self.address.ends_with(&stored.id.to_string()));
        (word(&old[0]), new.iter().map(word).collect())
    }

    /// How often the practice's system was told to cancel.
    fn cancelled(&self) -> usize {
        self.xis.received("POST", "AppointmentResponse").len()
    }

    /// Lets this much time pass, then does what is due.
    async fn later(&self, seconds: u64) {
        self.kit.clock.turn(Duration::from_secs(seconds));
        self.kit.drain().await;
    }

    /// The subjects of the mails after that of the old visit, once everything that is due went out.
    async fn mails(&self) -> Vec<String> {
        self.kit.drain().await;
        self.kit.mailbox.mails().into_iter().skip(1).map(|mail| mail.subject).collect()
    }
}

/// What the practice's system says of the visit with this id: `old` at 09:10, any other at 14:30.
fn told(id: &str, status: &str) -> Value {
    let mut told = appointment(id, JAN);
    told["status"] = json!(status);
    if id != "old" {
        told["start"] = json!("2026-05-12T14:30:00+02:00");
        told["end"] = json!("2026-05-12T14:40:00+02:00");
    }
    told
}

fn word(stored: &Stored) -> &'static str {
    let visit = &stored.appointment;
    match visit.state {
        State::Booked | State::Pending if visit.is_cancelling() => "cancelling",
        State::Booked => "booked",
        State::Pending => "pending",
        State::Requested { .. } => "requested",
        State::Unknown { .. } => "unknown",
        State::Failed { .. } => "failed",
        State::Declined { .. } => "declined",
        State::Cancelled { by: Party::Patient, .. } => "cancelled by the patient",
        State::Cancelled { by: Party::Practice, .. } => "cancelled by the practice",
        State::Tombstone => "tombstone",
    }
}

const MOVED: &str = "Uw afspraak is verzet naar dinsdag 12 mei 2026 om 14:30 uur";
const CONFIRMED: &str = "Uw afspraak op dinsdag 12 mei 2026 om 14:30 uur is bevestigd";
const TWO: &str = "U hebt nu twee afspraken";
