//! A patient moves a visit to another time, at a practice's system that answers as it is told.

mod b08_old_not_cancelled;
mod b10_whether;
mod c13_not_booked;
mod c18_gone;
mod late;
mod meanwhile;
mod once;
mod told;

use serde_json::{Value, json};
use store::Stored;
use testkit::{Answer, Browser, JAN, Reply};

use crate::{
    steps,
    visit::{ONE, Visit, standing, with_status},
};

impl Visit<'_> {
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

    async fn asks(&self, browser: &Browser, form: &str) -> Answer {
        let fields = [("form", form), ("reason", "Pijn in mijn knie")];
        browser.post(&self.step("/check"), &fields).await
    }

    /// Moves it to 14:30, with this answer of the practice's system, and gives where that leads.
    async fn moves(&self, reply: Reply) -> String {
        self.xis.answers(reply);
        let form = self.chooses(&self.browser, "s2").await;
        let sent = self.asks(&self.browser, &form).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        sent.header("location").to_owned()
    }

    /// Moves it to 14:30, and reads what became of it.
    async fn moves_and_reads(&self, reply: Reply) -> String {
        let new = self.moves(reply).await;
        self.reads(&new).await
    }

    /// How the old one and those that were to take its place stand.
    async fn stand(&self) -> (&'static str, Vec<&'static str>) {
        let mut all = self.kit.appointments(JAN).await;
        all.sort_by_key(|stored| stored.created_at);
        let (old, new): (Vec<Stored>, Vec<Stored>) =
            all.into_iter().partition(|stored| self.address.ends_with(&stored.id.to_string()));
        (standing(&old[0]), new.iter().map(standing).collect())
    }
}

/// What the practice's system says of the visit with this id: `old` at 09:10, any other at 14:30.
fn told(id: &str, status: &str) -> Value {
    let mut told = with_status(id, status);
    if id != "old" {
        told["start"] = json!("2026-05-12T14:30:00+02:00");
        told["end"] = json!("2026-05-12T14:40:00+02:00");
    }
    told
}

const MOVED: &str = "Uw afspraak is verzet naar dinsdag 12 mei 2026 om 14:30 uur";
const CONFIRMED: &str = "Uw afspraak op dinsdag 12 mei 2026 om 14:30 uur is bevestigd";
const TWO: &str = "U hebt nu twee afspraken";
