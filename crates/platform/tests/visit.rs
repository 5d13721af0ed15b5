//! A visit of Jan at a practice's system that answers as it is told, for who cancels it or moves it.

use std::time::Duration;

use agenda::{Party, State};
use serde_json::{Value, json};
use store::Stored;
use testkit::{Browser, JAN, Kit, Reply, ScriptedXis, appointment};

use crate::{portal::page::text, steps};

/// Practice 1.
pub(crate) const ONE: &str = "01000001";

/// A visit of Jan on 12 May, 09:10, at practice 1, whose system shows it too.
pub(crate) struct Visit<'kit> {
    pub(crate) kit: &'kit Kit,
    pub(crate) xis: ScriptedXis,
    pub(crate) browser: Browser,
    /// What the practice's system calls it.
    xis_id: &'static str,
    /// Its page.
    pub(crate) address: String,
}

impl<'kit> Visit<'kit> {
    /// One that the practice planned and calls `a`, of which Jan has read.
    pub(crate) async fn planned(kit: &'kit Kit) -> Self {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        let address = format!("/appointments/{}", kit.appointment(JAN).await.id);
        Self { kit, xis, browser, xis_id: "a", address }.read().await
    }

    /// One that Jan booked online and the practice calls `old`, of which he has read.
    pub(crate) async fn booked(kit: &'kit Kit) -> Self {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        xis.answers(Reply::Booked("old"));
        let address = steps::book(&browser, ONE).await;
        Self { kit, xis, browser, xis_id: "old", address }.read().await
    }

    async fn read(self) -> Self {
        self.is_shown_as("booked");
        self.kit.drain().await;
        self.browser.read(&self.address).await;
        self
    }

    /// The practice's system shows it with this status from now on.
    pub(crate) fn is_shown_as(&self, status: &str) {
        self.xis.shows(vec![with_status(self.xis_id, status)]);
    }

    /// What a page says now.
    pub(crate) async fn reads(&self, address: &str) -> String {
        // The clock may have been turned past the end of the session.
        text(&self.kit.browser(JAN).await.read(address).await)
    }

    /// How often the practice's system was told to cancel.
    pub(crate) fn cancellations(&self) -> usize {
        self.xis.received("POST", "AppointmentResponse").len()
    }

    /// Lets this much time pass, then does what is due.
    pub(crate) async fn later(&self, seconds: u64) {
        self.kit.clock.turn(Duration::from_secs(seconds));
        self.kit.drain().await;
    }

    /// The subjects of the mails after that of the new visit, once everything that is due went out.
    pub(crate) async fn mails(&self) -> Vec<String> {
        self.kit.drain().await;
        self.kit.mailbox.mails().into_iter().skip(1).map(|mail| mail.subject).collect()
    }
}

/// What the practice's system says of the visit at 09:10 with this id.
pub(crate) fn with_status(xis_id: &str, status: &str) -> Value {
    let mut shown = appointment(xis_id, JAN);
    shown["status"] = json!(status);
    shown
}

/// How a visit stands, and where it does not, who ended it.
pub(crate) fn standing(stored: &Stored) -> &'static str {
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
