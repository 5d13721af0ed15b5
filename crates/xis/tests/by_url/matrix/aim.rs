use serde_json::{Value, json};

use crate::common::{APPROVING, JAN, PLAIN, appointment, patient_id};

/// A day with free times.
const DATE: &str = "2026-05-13";
const NOWHERE: &str = "09999999";
const UNKNOWN: &str = "3f2b8a44-0c1d-4e5f-8a6b-7c9d0e1f2a3b";
const FORM: &str = "application/x-www-form-urlencoded";

/// What a request is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The first patient's things, at that patient's practice.
    Own,
    /// Things that are not there, at the same practice.
    Unknown,
    /// Things that are not there, at a practice that is not there.
    Nowhere,
    /// The first patient's things, at another practice.
    FromElsewhere,
    /// Things that are not there, at that other practice.
    UnknownFromElsewhere,
}

impl Aim {
    pub(super) fn practice(self) -> &'static str {
        match self {
            Self::Own | Self::Unknown => APPROVING,
            Self::Nowhere => NOWHERE,
            Self::FromElsewhere | Self::UnknownFromElsewhere => PLAIN,
        }
    }

    fn pick<'a>(self, known: &'a str, unknown: &'a str) -> &'a str {
        if matches!(self, Self::Own | Self::FromElsewhere) { known } else { unknown }
    }

    /// An agenda of the practice that is asked, to plan in.
    fn own_agenda(self) -> &'static str {
        if self.practice() == PLAIN { "01000001-jansen" } else { "01000002-van-dijk" }
    }
}

/// The things of the first patient.
pub(super) struct Aimed {
    /// A request that waits for an answer.
    pub(super) asked: String,
    /// An appointment of which the platform would not hear.
    pub(super) told: String,
    /// The message about it.
    pub(super) message: String,
    /// A free time.
    pub(super) slot: Value,
}

impl Aimed {
    /// The path with the things that it is aimed at.
    pub(super) fn address(&self, method: &str, path: &str, aim: Aim) -> String {
        let (id, schedule) = (self.id(path, aim), aim.pick("01000002-van-dijk", "01000002-nobody"));
        let filled = path
            .replace("{id}", id)
            .replace("{agb}", aim.practice())
            .replace("{schedule}", schedule)
            .replace("{date}", DATE)
            .replace("{file}", "xis.css")
            .replace("{*anything}", "Encounter");
        match (method, path) {
            ("GET", "/{agb}/day") => format!("{filled}?schedule={schedule}&date={DATE}"),
            ("GET", "/fhir/r4/Appointment") => format!("{filled}?_id={id}"),
            _ => filled,
        }
    }

    fn id(&self, path: &str, aim: Aim) -> &str {
        let is_told = path.ends_with("/tell") || path.ends_with("/AppointmentResponse");
        aim.pick(if is_told { &self.told } else { &self.asked }, UNKNOWN)
    }

    /// A body that gets as far as the question whose it is, with its media type.
    pub(super) fn body(&self, method: &str, path: &str, aim: Aim) -> (&'static str, String) {
        let form = |fields: &[(&str, &str)]| (FORM, serde_urlencoded::to_string(fields).unwrap());
        let act = path.rsplit('/').next().unwrap_or_default();
        let place = [("schedule", aim.own_agenda()), ("date", DATE), ("do", "save")];
        match (method, act) {
            ("GET", _) => form(&[]),
            (_, "Appointment") => ("application/fhir+json", self.booking(aim).to_string()),
            (_, "AppointmentResponse") => {
                ("application/fhir+json", cancellation(self.id(path, aim)).to_string())
            }
            (_, "language") => form(&[("language", "en"), ("back", "/")]),
            (_, "tell") => form(&[("message", &self.message)]),
            (_, "cancel") => form(&[("reason", "De dokter is ziek.")]),
            (_, "move") => form(&[&place[..], &[("time", "18:00")]].concat()),
            (_, "new") => {
                let patient = aim.pick("01000002-own-0", "01000002-own-none");
                let who = [("patient", patient), ("kind", "consult")];
                form(&[&place[..], &who, &[("time", "other"), ("other_time", "18:30")]].concat())
            }
            _ => form(&[("message", "Tot dan.")]),
        }
    }

    /// Asks for the first patient's time; for another practice the time is what is not its own.
    fn booking(&self, aim: Aim) -> Value {
        let mut booking = appointment(aim.practice(), JAN, &self.slot);
        match aim {
            Aim::Unknown | Aim::Nowhere => {
                booking["participant"][0]["actor"]["reference"] = json!("Patient/01000002-given-none");
            }
            Aim::UnknownFromElsewhere => booking["slot"][0]["reference"] = json!("Slot/none"),
            Aim::Own | Aim::FromElsewhere => {}
        }
        booking
    }

    /// What requests name, longest first: it may come back in an answer, and then says nothing.
    pub(super) fn names(&self) -> Vec<String> {
        let names = [
            self.asked.as_str(),
            &self.told,
            UNKNOWN,
            "01000002-own-none",
            "01000002-own-0",
            "01000002-van-dijk",
            "01000002-nobody",
            APPROVING,
            NOWHERE,
        ];
        names.map(str::to_owned).into()
    }
}

fn cancellation(id: &str) -> Value {
    json!({
        "participantStatus": "declined", "appointment": { "reference": format!("Appointment/{id}") },
        "actor": { "reference": format!("Patient/{}", patient_id(APPROVING, JAN)) },
    })
}
