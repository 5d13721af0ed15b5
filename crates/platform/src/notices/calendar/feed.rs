use std::collections::BTreeMap;

use agenda::State;
use jiff::Timestamp;
use store::{Account, AppointmentId, CalendarEdition, Practice, Settings, Stored};

use super::{Correspondents, Event, Lines, Method, begun, offer::is_over, zone};
use crate::{app::App, words::say};

/// How often a calendar does well to look again (RFC 5545, 3.3.6).
const AGAIN: &str = "PT1H";

/// A visit of a patient, with what a calendar must be told of it.
#[derive(Debug)]
pub(crate) struct FeedVisit {
    pub(crate) stored: Stored,
    pub(crate) practice: Practice,
    /// The edition that was last mailed: a calendar that has it takes this for the same visit.
    pub(crate) last: Option<CalendarEdition>,
}

/// A patient's visits as one calendar, in full, for who shows the secret of its address. The same visits make the same
/// text. A visit that neither stands nor is over is left out, as it is from mails.
pub(crate) fn feed(app: &App, patient: &Account, visits: Vec<FeedVisit>) -> String {
    let events = one_of_each(visits).into_iter().filter_map(|visit| {
        let is_over = is_over(&visit.stored.appointment.state)?;
        let event = Event::of(&visit.stored, patient.language, &visit.practice, true);
        Some((Event { is_over, ..event }, visit))
    });
    let events: Vec<_> = events.collect();
    let mut lines = head(app, patient);
    write_zones(&mut lines, events.iter().map(|(event, _)| event), app.world.now());
    for (event, FeedVisit { stored, last, .. }) in &events {
        let sequence = last.map_or(0, |last| last.sequence);
        let edition = CalendarEdition { sequence, made_at: stored.changed_at };
        event.write(&mut lines, edition, &Correspondents::of(app, stored.id, None));
    }
    lines.add("END", "VCALENDAR");
    lines.into_text()
}

fn head(app: &App, patient: &Account) -> Lines {
    let mut lines = begun(Method::Publish);
    let name = say(patient.language, "feed-calendar", &[("platform", app.mailer.name().into())]);
    // RFC 7986, and what calendars read that are older than it.
    for property in ["NAME", "X-WR-CALNAME"] {
        lines.text(property, &name);
    }
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", AGAIN);
    lines.add("X-PUBLISHED-TTL", AGAIN);
    lines
}

/// Each clock once, from the first visit on it to the last. A calendar without visits has one too: a file must hold
/// something (RFC 5545, 3.6).
fn write_zones<'a>(lines: &mut Lines, events: impl Iterator<Item = &'a Event>, now: Timestamp) {
    let mut zones = BTreeMap::new();
    for event in events {
        let name = zone::name(&event.zone).to_owned();
        let (_, start, end) = zones.entry(name).or_insert((event.zone.clone(), event.start, event.end));
        (*start, *end) = (event.start.min(*start), event.end.max(*end));
    }
    if zones.is_empty() {
        zones.insert(String::new(), (Settings::default().zone(), now, now));
    }
    for (zone, start, end) in zones.values() {
        zone::write(lines, zone, *start, *end);
    }
}

/// A visit that takes another one's place takes its event: of such visits the one that stands is shown, and else the
/// last. In the order of their times.
fn one_of_each(visits: Vec<FeedVisit>) -> Vec<FeedVisit> {
    let mut events: BTreeMap<AppointmentId, FeedVisit> = BTreeMap::new();
    for visit in visits {
        let id = visit.stored.event();
        if events.get(&id).is_none_or(|other| weight(other) < weight(&visit)) {
            events.insert(id, visit);
        }
    }
    let mut all: Vec<FeedVisit> = events.into_values().collect();
    all.sort_by_key(|visit| (visit.stored.appointment.content.start, visit.stored.id));
    all
}

/// Which of two visits with one event is the one to go to.
fn weight(visit: &FeedVisit) -> (bool, bool, Timestamp, AppointmentId) {
    let stored = &visit.stored;
    let stands = stored.appointment.state == State::Booked;
    (stands, stored.ties.gives_way_to.is_none(), stored.changed_at, stored.id)
}
