//! Somebody at the desk of a practice: answers requests, plans, moves and cancels, on the practice's own pages.

use std::time::Duration;

use db::{Error, sql};

use crate::{
    browser::Browser, clock::sleep, dice::Dice, login::Provider, party::Party, people::Practice, sim::Sim,
};

/// One desk.
pub(crate) struct Practitioner {
    pub(crate) sim: Sim,
    pub(crate) dice: Dice,
    pub(crate) practice: &'static Practice,
    pub(crate) desk: Browser,
}

/// An appointment of a patient who uses the platform.
struct Open {
    id: String,
    is_requested: bool,
}

impl Practitioner {
    pub(crate) fn new(sim: &Sim, provider: &Provider, practice: &'static Practice, dice: Dice) -> Self {
        Self { sim: sim.clone(), dice, practice, desk: Browser::of_practice(sim, provider) }
    }

    /// A few things one after the other, with time in between.
    pub(crate) async fn work(mut self) {
        for _ in 0..2 + self.dice.below(4) {
            let pause = self.dice.between(Duration::from_millis(500), Duration::from_secs(90));
            sleep(&self.sim.scheduler, pause).await;
            let open = self.open().await.unwrap_or_default();
            match self.dice.pick(&open) {
                Some(open) if self.dice.one_in(5) => self.look(open).await,
                Some(open) if open.is_requested => self.answer(&open.id).await,
                Some(open) if self.dice.one_in(2) => self.move_it(&open.id).await,
                Some(open) if self.dice.one_in(2) => self.cancel(&open.id).await,
                None if !self.dice.one_in(3) => {}
                _ => self.plan().await,
            }
        }
    }

    /// What the agenda shows of them.
    async fn open(&self) -> Result<Vec<Open>, Error> {
        let Some(db) = self.sim.scheduler.database(Party::Xis) else { return Ok(Vec::new()) };
        let agb = self.practice.agb;
        db.read("the desk looks at the agenda", |mut tx| async move {
            sql("select id, state from appointment where practice = $1 and patient like $2
                 and state in ('requested', 'booked') order by created_at, id")
            .bind(agb)
            .bind(format!("{agb}-given-%"))
            .all(&mut tx, |row| {
                Ok(Open { id: row.get("id")?, is_requested: row.get::<String>("state")? == "requested" })
            })
            .await
        })
        .await
    }

    async fn look(&mut self, open: &Open) {
        let _ = self.desk.get(&format!("/{}/appointments/{}", self.practice.agb, open.id)).await;
    }

    async fn answer(&mut self, id: &str) {
        let answer = if self.dice.one_in(3) { "decline" } else { "approve" };
        // A colleague who answers otherwise, at the same time.
        if self.dice.one_in(5) {
            self.sim.counts.add("reached: two answers race");
            let other = if answer == "approve" { "decline" } else { "approve" };
            self.meanwhile(format!("/{}/appointments/{id}/{other}", self.practice.agb));
        }
        self.send(&format!("/{}/appointments/{id}/{answer}", self.practice.agb), &[("message", "")]).await;
    }

    async fn cancel(&mut self, id: &str) {
        let path = format!("/{}/appointments/{id}/cancel", self.practice.agb);
        self.send(&path, &[("reason", "De dokter is ziek")]).await;
    }

    async fn move_it(&mut self, id: &str) {
        let path = format!("/{}/appointments/{id}/move", self.practice.agb);
        let (schedule, date, time) = self.place();
        self.send(&path, &[("schedule", schedule), ("date", &date), ("other_time", &time), ("do", "save")])
            .await;
    }

    async fn plan(&mut self) {
        let path = format!("/{}/appointments/new", self.practice.agb);
        let patient = format!("{}-given-{}", self.practice.agb, self.dice.below(3));
        let (schedule, date, time) = self.place();
        let form = [
            ("patient", patient.as_str()),
            ("kind", "consult"),
            ("schedule", schedule),
            ("date", &date),
            ("other_time", &time),
            ("message", "Neem uw medicijnen mee"),
            ("do", "save"),
        ];
        self.send(&path, &form).await;
    }

    /// Among the times that patients want too.
    fn place(&mut self) -> (&'static str, String, String) {
        let schedule = self.dice.pick(&self.practice.schedules).copied().unwrap_or_default();
        let time = format!("08:{}0", self.dice.below(6));
        (schedule, format!("2026-05-0{}", 5 + self.dice.below(2)), time)
    }

    /// Tries again where no answer comes: what was done is done, or refused.
    async fn send(&mut self, path: &str, form: &[(&str, &str)]) {
        if self.desk.post(path, form).await.is_none() && self.dice.one_in(2) {
            let _ = self.desk.post(path, form).await;
        }
    }

    fn meanwhile(&self, path: String) {
        let (mut desk, sim, wait) = (self.desk.twin(), self.sim.clone(), self.sim.faults.takes(1, 200));
        let _goes_on = self.sim.start(Party::World, async move {
            sleep(&sim.scheduler, wait).await;
            let _ = desk.post(&path, &[("message", "")]).await;
        });
    }
}
