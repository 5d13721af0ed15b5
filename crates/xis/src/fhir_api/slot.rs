use axum::response::{IntoResponse as _, Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;

use super::{
    Caller, Problem, Query, Resource, dates,
    query::{Token, invalid},
};
use crate::{
    fhir::{Bundle, Link, slot},
    tables::{
        AppointmentType,
        slots::{self, Offer, Wanted},
    },
};

/// Slots on one page at most.
const PAGE: u32 = 500;
/// Where a page begins: the last slot of the one before it. Ours to read only.
const CURSOR: &str = "_cursor";

/// `GET /Slot`: offered times that are still to come, by `service-category`, `schedule`, `schedule.date`, `status`;
/// in version 1 by `service-category`, `schedule.actor:PractitionerRole`, `schedule.date` (D13).
///
/// `schedule.date` is meant for the slot's own start, in calendar days of the practice (C5, C6).
pub(super) async fn search(caller: Caller, query: Query) -> Result<Response, Problem> {
    let page = page_size(&query)?;
    let wanted = &wanted(&caller, &query, page)?;
    let practice = caller.practice.id();
    let mut found = caller
        .service
        .db
        .read("offered times", |mut tx| async move { slots::search(&mut tx, practice, wanted).await })
        .await?;
    // One more was asked for, to see whether there is more.
    let is_last_page = found.len() <= page as usize;
    found.truncate(page as usize);
    let mut link = vec![page_link(&caller, "self", &query.text())];
    if let (false, Some(last)) = (is_last_page, found.last()) {
        link.push(page_link(&caller, "next", &query.with(CURSOR, &cursor_after(last))));
    }
    let entries = found.iter().map(|found| {
        let with_schedule = !caller.practice.speaks_version_1();
        let url = caller.service.fhir_url(&format!("Slot/{}", found.slot.id));
        (url, slot(found, &caller.practice.zone, with_schedule))
    });
    Ok(Resource(Bundle::of(entries, link).without_total()).into_response())
}

fn wanted(caller: &Caller, query: &Query, page: u32) -> Result<Wanted, Problem> {
    let range = dates::range("schedule.date", query.all("schedule.date"), &caller.practice)?;
    let now = caller.service.world.now();
    let (from, after_id) = match query.one(CURSOR)? {
        Some(cursor) => {
            read_cursor(cursor).ok_or_else(|| invalid(CURSOR, "The cursor is not one of ours."))?
        }
        None => (range.from, String::new()),
    };
    // From now on, whatever was asked; a cursor never leads back.
    let (from, after_id) = if from < now { (now, String::new()) } else { (from, after_id) };
    // Each version has its own way to name agendas, and version 1 none to name a status (D13); it ignores others (D14).
    let (schedule, roles, is_taken) = if caller.practice.speaks_version_1() {
        (None, roles(query)?, None)
    } else {
        (schedule(query)?, None, is_taken(query)?)
    };
    Ok(Wanted {
        from,
        after_id,
        until: range.until,
        // A category of another system is a category that nothing here has.
        category: category(query)?.map(Option::unwrap_or_default),
        schedule,
        roles,
        is_taken,
        at_most: page + 1,
    })
}

/// The code of the category that is asked for; some none when it is of a system that is not ours.
pub(super) fn category(query: &Query) -> Result<Option<Option<String>>, Problem> {
    Ok(query.token("service-category")?.map(|Token { system, code }| {
        system.is_none_or(|system| system == AppointmentType::SYSTEM).then_some(code)
    }))
}

fn schedule(query: &Query) -> Result<Option<String>, Problem> {
    let Some(text) = query.one("schedule")? else { return Ok(None) };
    if text.contains(',') {
        return Err(invalid("schedule", "One schedule can be asked for at a time."));
    }
    Ok(Some(text.rsplit('/').next().unwrap_or(text).to_owned()))
}

/// The practitioners at work whose times are asked for; their ids come as one list.
fn roles(query: &Query) -> Result<Option<Vec<String>>, Problem> {
    let Some(text) = query.one("schedule.actor:PractitionerRole")? else { return Ok(None) };
    Ok(Some(text.split(',').map(|role| role.rsplit('/').next().unwrap_or(role).to_owned()).collect()))
}

fn is_taken(query: &Query) -> Result<Option<bool>, Problem> {
    let Some(text) = query.one("status")? else { return Ok(None) };
    let (mut free, mut busy) = (false, false);
    for status in text.split(',') {
        match status {
            "free" => free = true,
            "busy" => busy = true,
            _ => return Err(invalid("status", "A slot here is free or busy.")),
        }
    }
    Ok((free != busy).then_some(busy))
}

fn page_size(query: &Query) -> Result<u32, Problem> {
    let Some(text) = query.one("_count")? else { return Ok(PAGE) };
    match text.parse() {
        Ok(count @ 1..) => Ok(PAGE.min(count)),
        _ => Err(invalid("_count", "A page holds at least one slot.")),
    }
}

fn page_link(caller: &Caller, relation: &'static str, query: &str) -> Link {
    Link { relation, url: caller.service.fhir_url(&format!("Slot?{query}")) }
}

fn cursor_after(last: &Offer) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}|{}", last.slot.starts_at.as_microsecond(), last.slot.id))
}

fn read_cursor(text: &str) -> Option<(Timestamp, String)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (starts_at, id) = text.split_once('|')?;
    Some((Timestamp::from_microsecond(starts_at.parse().ok()?).ok()?, id.to_owned()))
}
