//! An appointment in words, as the pages show it.

use jiff::civil::Time;

use crate::{
    locales::{Words, clock, fill},
    practice::Practice,
    tables::{Detailed, Origin, State},
};

/// An appointment in the words of one language, in the practice's time.
#[derive(Debug, Clone)]
pub(super) struct AppointmentView {
    pub(super) href: String,
    pub(super) patient: String,
    pub(super) birth_date: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) category: String,
    pub(super) practitioner: String,
    pub(super) long_date: String,
    pub(super) short_date: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) length: String,
    pub(super) state: StateView,
    pub(super) reason: Option<String>,
    pub(super) message: Option<String>,
    pub(super) ended_because: Option<String>,
    /// Who made it and when.
    pub(super) made: String,
    /// When the patient asked.
    pub(super) asked_at: String,
    /// The agenda on its day.
    pub(super) day_href: String,
}

/// A state as a word, a shape and the name of a colour: never the colour alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct StateView {
    pub(super) word: &'static str,
    pub(super) shape: &'static str,
    pub(super) class: &'static str,
}

impl StateView {
    pub(super) fn of(state: State, words: &Words) -> Self {
        let (shape, class) = match state {
            State::Requested => ("?", "asked"),
            State::Booked => ("✓", "booked"),
            State::Declined | State::Cancelled => ("✕", "gone"),
        };
        Self { word: words.state(state), shape, class }
    }
}

/// The appointment in words.
pub(super) fn view(shown: &Detailed, practice: &Practice, words: &Words) -> AppointmentView {
    let stored = &shown.appointment;
    let (starts, ends) = (practice.local(stored.starts_at), practice.local(stored.ends_at));
    let minutes = stored.ends_at.duration_since(stored.starts_at).as_mins();
    let created = moment(practice, stored.created_at, words);
    let made = match stored.made_by {
        Origin::Patient => words.made_by_patient,
        Origin::Practice => words.made_by_practice,
    };
    AppointmentView {
        href: format!("/{}/appointments/{}", practice.id(), stored.id),
        patient: shown.patient.name.clone(),
        birth_date: shown.patient.birth_date.map(|day| words.birth_date(day)),
        phone: shown.patient.phone.clone(),
        category: shown.category_display.clone(),
        practitioner: shown.practitioner.clone(),
        long_date: words.long_date(starts.date()),
        short_date: words.short_date(starts.date()),
        from: clock(starts.time()),
        until: clock(ends.time()),
        length: words.lasting(&minutes),
        state: StateView::of(stored.state, words),
        reason: stored.reason.clone(),
        message: stored.message.clone(),
        ended_because: stored.ended_because.clone(),
        made: fill(made, &[&created]),
        asked_at: fill(words.asked_at, &[&created]),
        day_href: format!("/{}/{}/{}", practice.id(), stored.schedule, starts.date()),
    }
}

/// `di 12 mei, 08:10`
pub(super) fn moment(practice: &Practice, moment: jiff::Timestamp, words: &Words) -> String {
    let local = practice.local(moment);
    format!("{}, {}", words.short_date(local.date()), clock(local.time()))
}

/// From when to when, on the day on which it starts: an appointment past midnight ends with the day.
pub(super) fn times_of(shown: &Detailed, practice: &Practice) -> (Time, Time) {
    let (starts, ends) =
        (practice.local(shown.appointment.starts_at), practice.local(shown.appointment.ends_at));
    (starts.time(), if ends.date() > starts.date() { Time::MAX } else { ends.time() })
}
