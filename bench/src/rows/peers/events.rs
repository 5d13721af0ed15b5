//! Events in calendars, one calendar a practice: what a calendar server is sent in place of an appointment.

use std::{io::Write as _, sync::Arc};

use reqwest::{Method, RequestBuilder, header};

use super::{
    super::put::Kind,
    peer::{About, Line},
};
use crate::{
    house::{self, PRACTICES},
    load::Requests,
};

/// Whose calendars they are; the servers do not ask for a password.
pub(super) const OWNER: &str = "bench";
/// "bench:", as HTTP's basic authentication has it.
const BASIC: &str = "Basic YmVuY2g6";

pub(super) fn practices() -> impl Iterator<Item = String> {
    (0..PRACTICES).map(house::practice)
}

pub(super) fn requests(kind: Kind, about: About) -> Arc<Requests> {
    let About { first, known } = about;
    match kind {
        Kind::New => Arc::new(move |number, request| write(first + number, 0, request)),
        _ => Arc::new(move |number, request| write(first + number % known, 1 + number / known, request)),
    }
}

/// As with appointments, every other version is eight hours later.
fn write(number: u64, version: u64, request: &mut Vec<u8>) -> bool {
    let practice = house::practice(usize::try_from(number).unwrap_or_default());
    let (hour, minute) = (7 + number / 12 % 8 + version % 2 * 8, number % 12 * 5);
    let (day, month) = (1 + number / 96 % 28, 1 + number / 2688 % 12);
    let event = event(&format!("bench-{number:09}"), &format!("2031{month:02}{day:02}T{hour:02}"), minute);
    write!(
        request,
        "PUT /{OWNER}/{practice}/bench-{number:09}.ics HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: {BASIC}\r\n\
         content-type: text/calendar; charset=utf-8\r\ncontent-length: {}\r\n\r\n{event}",
        event.len()
    )
    .is_ok()
}

fn event(uid: &str, hour: &str, minute: u64) -> String {
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Balie//bench//NL",
        "BEGIN:VEVENT",
        &format!("UID:{uid}"),
        "DTSTAMP:20300101T000000Z",
        &format!("DTSTART:{hour}{minute:02}00Z"),
        &format!("DTEND:{hour}{:02}00Z", minute + 4),
        "STATUS:CONFIRMED",
        "SUMMARY:Consult",
        "DESCRIPTION:Neemt u uw medicijnen mee?",
        "ATTENDEE;CN=Jan Jansen;PARTSTAT=ACCEPTED:urn:example:patient",
        "ATTENDEE;CN=dokter Jansen;PARTSTAT=ACCEPTED:urn:example:practitioner",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    lines.join("\r\n")
}

/// A slot is a place in the calendar that only one event can have: it is taken where there is none yet.
pub(super) fn take(line: &Line, slot: usize, client: usize) -> RequestBuilder {
    put(line, &format!("slot-{slot}"), (slot, client)).header(header::IF_NONE_MATCH, "*")
}

pub(super) fn book(line: &Line, slot: usize, client: usize) -> RequestBuilder {
    put(line, &format!("booked-{slot}-{client}"), (slot, client))
}

fn put(line: &Line, name: &str, (slot, client): (usize, usize)) -> RequestBuilder {
    let day = 1 + slot % 28;
    let event = event(&format!("client-{client}-{name}"), &format!("203202{day:02}T10"), 0);
    line.request(Method::PUT, &format!("/{OWNER}/{}/{name}.ics", house::practice(slot)))
        .header(header::AUTHORIZATION, BASIC)
        .header(header::CONTENT_TYPE, "text/calendar; charset=utf-8")
        .body(event)
}

/// Makes the practices' calendars over the wire.
///
/// # Errors
/// When the server does not make one.
pub(super) async fn make_calendars(line: &Line) -> anyhow::Result<()> {
    for practice in practices() {
        let make = line.request(Method::from_bytes(b"MKCALENDAR")?, &format!("/{OWNER}/{practice}/"));
        make.header(header::AUTHORIZATION, BASIC).send().await?.error_for_status()?;
    }
    Ok(())
}
