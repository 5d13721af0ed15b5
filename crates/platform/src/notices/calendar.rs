//! A visit as a calendar keeps it (RFC 5545), and how it is sent there (RFC 5546).
//!
//! Written here and not by the `icalendar` crate, which writes no rules of a time zone; what is left is folding and
//! escaping. Everything is pure: what the calendar was sent before comes from the store.

mod download;
mod feed;
mod lines;
mod offer;
mod zone;

use jiff::{Timestamp, tz::TimeZone};
use store::{AppointmentId, CalendarEdition, Language};

use self::lines::{Lines, quoted};
use crate::{app::App, words::say};

pub(crate) use download::CalendarFile;
pub(crate) use feed::{FeedVisit, feed};
pub(super) use offer::{Enclosure, enclosure};

/// A visit, in so far as a calendar shows it: never why, for what or with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Event {
    /// The id under which calendars know it.
    id: AppointmentId,
    start: Timestamp,
    end: Timestamp,
    /// The practice's clock.
    zone: TimeZone,
    language: Language,
    /// The practice and its place, where the calendar may name them.
    named: Option<Named>,
    /// Whether it will not be.
    is_over: bool,
}

/// The practice, as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    practice: String,
    place: String,
}

/// What a calendar file asks of the calendar (RFC 5546, 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// To take the visit in, or its newest edition.
    Request,
    /// To take it out.
    Cancel,
    /// To show it, for the patient asked for it himself.
    Publish,
}

/// Between whom a calendar file goes, and from where.
#[derive(Debug, Clone)]
struct Correspondents<'a> {
    /// What the platform is called, where the practice may not be named.
    platform: &'a str,
    /// The address that mails come from.
    organizer: &'a str,
    /// The patient's; none when the patient fetches the file.
    attendee: Option<&'a str>,
    /// The platform's part of every id.
    host: &'a str,
    /// Where the patient reads on.
    link: String,
}

impl<'a> Correspondents<'a> {
    fn of(app: &'a App, appointment: AppointmentId, attendee: Option<&'a str>) -> Self {
        let link = app.config.address(&format!("/appointments/{appointment}"));
        let mailer = &app.mailer;
        Self { platform: mailer.name(), organizer: mailer.address(), attendee, host: mailer.host(), link }
    }
}

impl Method {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

impl Event {
    /// All that a reader of the calendar sees: another text is another edition.
    fn content(&self) -> String {
        let Self { start, end, is_over, .. } = self;
        let place = self.named.as_ref().map_or("", |named| &named.place);
        format!("{start}\n{end}\n{is_over}\n{}\n{place}", self.summary())
    }

    /// The file that brings an edition of it to a calendar.
    fn file(&self, method: Method, edition: CalendarEdition, between: &Correspondents<'_>) -> String {
        let mut lines = begun(method);
        zone::write(&mut lines, &self.zone, self.start, self.end);
        self.write(&mut lines, edition, between);
        lines.add("END", "VCALENDAR");
        lines.into_text()
    }

    fn write(&self, lines: &mut Lines, edition: CalendarEdition, between: &Correspondents<'_>) {
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", format_args!("{}@{}", self.id, between.host));
        lines.add("SEQUENCE", edition.sequence);
        lines.add("DTSTAMP", utc(edition.made_at));
        self.time(lines, "DTSTART", self.start);
        self.time(lines, "DTEND", self.end);
        lines.text("SUMMARY", &self.summary());
        if let Some(named) = &self.named {
            lines.text("LOCATION", &named.place);
        }
        lines.text("DESCRIPTION", &self.description(&between.link));
        lines.add("URL", &between.link);
        self.people(lines, between);
        lines.add("STATUS", if self.is_over { "CANCELLED" } else { "CONFIRMED" });
        lines.add("TRANSP", if self.is_over { "TRANSPARENT" } else { "OPAQUE" });
        // Who shares a calendar with others shares that there is something, and no more.
        lines.add("CLASS", "PRIVATE");
        lines.add("END", "VEVENT");
    }

    fn summary(&self) -> String {
        match &self.named {
            Some(named) => say(self.language, "calendar-at", &[("practice", named.practice.as_str().into())]),
            None => say(self.language, "calendar-plain", &[]),
        }
    }

    fn description(&self, link: &str) -> String {
        format!("{}\n{link}", say(self.language, "calendar-described", &[]))
    }

    /// The organizer asks for no answer, for the practice would not hear it.
    fn people(&self, lines: &mut Lines, between: &Correspondents<'_>) {
        let name = self.named.as_ref().map_or(between.platform, |named| &named.practice);
        lines.add(&format!("ORGANIZER;CN={}", quoted(name)), format_args!("mailto:{}", between.organizer));
        if let Some(attendee) = between.attendee {
            let accepted = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
            lines.add(accepted, format_args!("mailto:{attendee}"));
        }
    }

    /// On the practice's clock, but for the hour that it shows twice: which of the two is meant, readers disagree on.
    fn time(&self, lines: &mut Lines, name: &str, at: Timestamp) {
        let local = self.zone.to_datetime(at);
        if self.zone.to_ambiguous_timestamp(local).is_ambiguous() {
            lines.add(name, utc(at));
        } else {
            let zoned = format!("{name};TZID={}", zone::name(&self.zone));
            lines.add(&zoned, local.strftime("%Y%m%dT%H%M%S"));
        }
    }
}

/// The head of every file.
fn begun(method: Method) -> Lines {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Balie//Balie//NL");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", method.word());
    lines
}

fn utc(at: Timestamp) -> impl std::fmt::Display {
    at.strftime("%Y%m%dT%H%M%SZ")
}

#[cfg(test)]
mod tests;
