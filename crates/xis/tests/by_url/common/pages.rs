use serde_json::Value;

use super::{Bench, Call};

/// The first of the practice's own patients, who uses no platform.
pub(crate) const MEHMET: &str = "01000001-own-0";

impl Bench {
    /// A practitioner of practice 01000001 plans a consult.
    pub(crate) fn plan(&self, patient: &str, schedule: &str, date: &str, time: &str) -> Call<'_> {
        self.page("POST", "/01000001/appointments/new").form(&[
            ("patient", patient),
            ("kind", "consult"),
            ("schedule", schedule),
            ("date", date),
            ("time", "other"),
            ("other_time", time),
            ("message", "Neem uw medicijnen mee."),
            ("do", "save"),
        ])
    }

    /// Plans a consult that must succeed, and gives its address.
    pub(crate) async fn planned(&self, patient: &str, schedule: &str, date: &str, time: &str) -> String {
        let answer = self.plan(patient, schedule, date, time).send().await.expect(303);
        answer.header("location").split('?').next().unwrap().to_owned()
    }

    /// A practitioner moves the appointment at this address.
    pub(crate) fn move_to(&self, address: &str, schedule: &str, date: &str, time: &str) -> Call<'_> {
        self.page("POST", &format!("{address}/move")).form(&[
            ("schedule", schedule),
            ("date", date),
            ("time", time),
            ("other_time", ""),
            ("message", "Het spijt ons."),
            ("do", "save"),
        ])
    }

    /// A patient's request at the practice that approves; its address there and its id.
    pub(crate) async fn requested(&self, bsn: &str) -> (String, String) {
        let slot = self.free_slots(super::APPROVING, "consult").await.remove(0);
        let asked = self.book(super::APPROVING, bsn, &slot).send().await.expect(201).json();
        let id = asked["id"].as_str().unwrap().to_owned();
        (format!("/{}/appointments/{id}", super::APPROVING), id)
    }
}

/// Schedule, date and time of a slot.
pub(crate) fn place(slot: &Value) -> (String, String, String) {
    let schedule = slot["schedule"]["reference"].as_str().unwrap().trim_start_matches("Schedule/").to_owned();
    let start = slot["start"].as_str().unwrap();
    (schedule, start[..10].to_owned(), start[11..16].to_owned())
}
