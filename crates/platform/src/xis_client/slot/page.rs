use agenda::Slot;
use bytes::Bytes;
use fhir::incoming::{Bundle, Slot as WireSlot};
use jiff::tz::TimeZone;
use store::Settings;
use world::World;

use super::words::Words;
use crate::xis_client::Trouble;

/// From this size on a bundle is read on another thread.
const LARGE_BYTES: usize = 64 * 1024;

/// How a practice's system writes its slots.
pub(super) struct Writing {
    /// Where a time without an offset is meant (D11).
    zone: Option<TimeZone>,
    /// Whether an agenda is a practitioner at work, as in version 1, and not a Schedule (D13).
    by_role: bool,
}

impl Writing {
    pub(super) fn of(settings: &Settings) -> Self {
        let zone = settings.naive_times.then(|| settings.zone());
        Self { zone, by_role: settings.speaks_version_1() }
    }
}

/// What one page of a search holds.
pub(super) struct Page {
    pub(super) slots: Vec<Slot>,
    pub(super) next: Option<String>,
    /// How many slots could not be read, and why the first could not.
    pub(super) skipped: usize,
    pub(super) first_skipped: Option<String>,
    /// How many could be read, but not when or in which agenda they are.
    pub(super) timeless: usize,
}

impl Page {
    /// A bundle of megabytes must not hold up the others on this thread.
    pub(super) async fn parse(world: &World, body: Bytes, writing: Writing) -> Result<Self, Trouble> {
        if body.len() < LARGE_BYTES {
            return Self::of(&body, &writing);
        }
        let parsed = world.compute(move || Self::of(&body, &writing)).await;
        parsed.unwrap_or(Err(Trouble::Paging("a page that could not be read")))
    }

    fn of(body: &[u8], writing: &Writing) -> Result<Self, Trouble> {
        let mut words = Words::default();
        let bundle = Bundle::parse_keeping(body, |slot: WireSlot<'_>| read(&slot, writing, &mut words));
        let bundle = bundle.map_err(Trouble::Unreadable)?;
        Ok(Self {
            timeless: bundle.passed_over,
            slots: bundle.resources,
            next: bundle.next,
            skipped: bundle.skipped.len(),
            first_skipped: bundle.skipped.first().map(|skipped| skipped.problem.to_string()),
        })
    }
}

/// The slots on a page of a search.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) fn slots_on(body: &[u8], by_role: bool) -> Result<Vec<Slot>, Trouble> {
    Page::of(body, &Writing { zone: None, by_role }).map(|page| page.slots)
}

/// The slot as the rules know it; `None` when its time or its agenda cannot be told (D11).
fn read(slot: &WireSlot<'_>, writing: &Writing, words: &mut Words) -> Option<Slot> {
    let zone = writing.zone.as_ref();
    let actor = slot.actor();
    let address = actor.and_then(|actor| actor.reference.as_deref());
    let schedule = if writing.by_role {
        role_of(address?)?
    } else {
        last_segment(slot.schedule.as_ref()?.reference.as_deref()?)?
    };
    Some(Slot {
        start: slot.start.resolve(zone)?,
        end: slot.end.resolve(zone)?,
        free: slot.status.as_deref() == Some("free"),
        categories: words.codings(slot),
        schedule: words.word(schedule),
        actor: address.map(|address| words.word(address)),
        actor_display: actor.and_then(|actor| actor.display.as_deref()).map(|name| words.word(name)),
        id: slot.id.as_ref().to_owned(),
    })
}

/// The id of the PractitionerRole that this refers to, wherever it begins.
pub(in crate::xis_client) fn role_of(reference: &str) -> Option<&str> {
    let (before, id) = fhir::without_history(reference).rsplit_once('/')?;
    let is_role = before.rsplit('/').next() == Some("PractitionerRole");
    Some(id).filter(|id| is_role && !id.is_empty())
}

fn last_segment(reference: &str) -> Option<&str> {
    fhir::without_history(reference).rsplit('/').next()
}
