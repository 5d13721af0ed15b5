//! One logical notice per change: a repeat has the key of what it repeats, nothing is told twice under two keys, and
//! what was told last is true.

use std::collections::BTreeMap;

use db::{Db, Error, sql};
use jiff::{Timestamp, tz::TimeZone};

use crate::{disk::EVERYBODY, people::PEOPLE, postbox::Mail, sim::Sim};

/// An appointment as its patient should know it.
struct Truth {
    id: String,
    state: String,
    start: Timestamp,
    is_told: bool,
    /// The patient moved it: what was told last is told by the one that took its place.
    is_moved: bool,
}

pub(super) async fn check(sim: &Sim, platform: &Db) {
    let mails = sim.postbox.all();
    let mut about: BTreeMap<&str, Vec<&Mail>> = BTreeMap::new();
    for mail in &mails {
        for other in PEOPLE.iter().filter(|person| person.mail != mail.to) {
            if mail.text.contains(other.name) {
                sim.violated(format!("a mail to {} names {}", mail.to, other.name));
            }
        }
        if let Some(id) = &mail.about {
            about.entry(id).or_default().push(mail);
        }
    }
    for (id, mails) in &about {
        told_once(sim, id, mails);
    }
    match truths(platform).await {
        Ok(truths) => truths.iter().for_each(|truth| {
            last_is_true(sim, truth, about.get(truth.id.as_str()).map_or(&[], Vec::as_slice));
        }),
        Err(error) => sim.violated(format!("no appointments: {error}")),
    }
}

/// Without the repeats, no two in a row say the same; unless the first may have been lost, for all that the platform knows,
/// and the visit has moved away and back since.
fn told_once(sim: &Sim, id: &str, mails: &[&Mail]) {
    let mut distinct: Vec<&Mail> = Vec::new();
    for mail in mails {
        if distinct.iter().any(|before| before.id == mail.id) {
            sim.counts.add("reached: a mail twice with one key");
            continue;
        }
        let says_the_same = |last: &&&Mail| (&last.subject, &last.text) == (&mail.subject, &mail.text);
        if distinct.last().filter(says_the_same).is_some_and(|last| last.is_confirmed) {
            sim.violated(format!("appointment {id}: told twice under two keys: {}", mail.subject));
        }
        distinct.push(mail);
    }
}

fn last_is_true(sim: &Sim, truth: &Truth, mails: &[&Mail]) {
    if !truth.is_told {
        return;
    }
    let mut calendars = mails.iter().rev().filter_map(|mail| mail.calendar.as_deref());
    let Some(last) = calendars.next() else {
        if truth.state == "booked" {
            sim.violated(format!("appointment {} is booked, and no mail said so", truth.id));
        }
        return;
    };
    let start = truth.start.to_zoned(TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC));
    let start = start.strftime(":%Y%m%dT%H%M%S").to_string();
    let is_cancelled = last.contains("METHOD:CANCEL");
    let names_start = last.lines().any(|line| line.starts_with("DTSTART") && line.contains(&start));
    match truth.state.as_str() {
        "booked" if is_cancelled || !names_start => {
            sim.violated(format!(
                "appointment {} is booked at {start}, and the last mail says not",
                truth.id
            ));
        }
        "cancelled" | "declined" if !is_cancelled && !truth.is_moved => {
            sim.violated(format!("appointment {} is over, and the last mail says it stands", truth.id));
        }
        _ => {}
    }
}

async fn truths(platform: &Db) -> Result<Vec<Truth>, Error> {
    platform
        .read("what is true", |mut tx| async move {
            sql("select id, state, start_at,
                   (select count(*) from notice where notice.appointment = appointment.id and kind <> 'reminder')
                     as notices,
                   (select count(*) from appointment new where new.replaces = appointment.id) as moves
                 from appointment where account is not null order by id")
            .of(EVERYBODY)
            .all(&mut tx, |row| {
                Ok(Truth {
                    id: row.get("id")?,
                    state: row.get("state")?,
                    start: row.get("start_at")?,
                    is_moved: row.get::<i64>("moves")? > 0,
                    is_told: row.get::<i64>("notices")? > 0,
                })
            })
            .await
        })
        .await
}
