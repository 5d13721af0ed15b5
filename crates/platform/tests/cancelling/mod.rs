//! A patient cancels, at a practice's system that answers as it is told. One file per decision.

mod a09_and_a10_meanwhile;
mod b08_refused_or_unanswered;
mod b09_when;
mod b10_whether;

use std::time::Duration;

use agenda::{Party, State};
use serde_json::json;
use testkit::{Answer, Browser, JAN, Kit, ScriptedXis, appointment};

use crate::portal::page::text;

/// Practice 1.
const ONE: &str = "01000001";

/// A visit of Jan on 12 May, 09:10, which the practice's system shows too.
struct Visit<'kit> {
    kit: &'kit Kit,
    xis: ScriptedXis,
    browser: Browser,
    /// Its page.
    address: String,
}

impl<'kit> Visit<'kit> {
    async fn booked(kit: &'kit Kit) -> Self {
        let xis = kit.xis_of(ONE).await;
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        xis.shows(vec![appointment("a", JAN)]);
        kit.drain().await;
        let browser = kit.browser(JAN).await;
        let address = format!("/appointments/{}", kit.appointment(JAN).await.id);
        browser.read(&address).await;
        Self { kit, xis, browser, address }
    }

    /// Says yes to the question.
    async fn sends(&self, words: &str) -> Answer {
        self.browser.post(&format!("{}/cancel", self.address), &[("words", words)]).await
    }

    /// Says yes to the question, and reads the page after it.
    async fn cancels(&self) -> String {
        let sent = self.sends("").await;
        assert_eq!((sent.status, sent.header("location")), (303, self.address.as_str()), "{}", sent.text);
        self.reads().await
    }

    async fn reads(&self) -> String {
        // The clock may have been turned past the end of the session.
        text(&self.kit.browser(JAN).await.read(&self.address).await)
    }

    /// "booked", "cancelling", or who ended it.
    async fn stands(&self) -> &'static str {
        let held = self.kit.appointment(JAN).await.appointment;
        match held.state {
            State::Booked if held.is_cancelling() => "cancelling",
            State::Booked => "booked",
            State::Cancelled { by: Party::Patient, .. } => "cancelled by the patient",
            State::Cancelled { by: Party::Practice, .. } => "cancelled by the practice",
            _ => "something else",
        }
    }

    /// How often the practice's system was told.
    fn told(&self) -> usize {
        self.xis.received("POST", "AppointmentResponse").len()
    }

    /// The practice's system shows that it is cancelled from now on.
    fn is_shown_cancelled(&self) {
        self.is_shown_as("cancelled");
    }

    fn is_shown_as(&self, status: &str) {
        let mut shown = appointment("a", JAN);
        shown["status"] = json!(status);
        self.xis.shows(vec![shown]);
    }

    /// Lets this much time pass, then does what is due.
    async fn later(&self, seconds: u64) {
        self.kit.clock.turn(Duration::from_secs(seconds));
        self.kit.drain().await;
    }

    /// The subjects of the mails after that of the new appointment.
    fn mails(&self) -> Vec<String> {
        self.kit.mailbox.mails().into_iter().skip(1).map(|mail| mail.subject).collect()
    }
}
