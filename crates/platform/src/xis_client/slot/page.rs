use agenda::Slot;
use fhir::incoming::{self, Keep};
use jiff::tz::TimeZone;
use store::Settings;

use super::known::Known;
use crate::xis_client::{Trouble, reading::Reading};

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

/// A page that is read while it arrives.
pub(super) struct Arriving(incoming::Arriving<Reader>);

impl Arriving {
    pub(super) fn new(writing: Writing) -> Self {
        Self(incoming::Arriving::new(Reader { writing, known: Known::default() }))
    }

    pub(super) fn end(self) -> Result<Page, Trouble> {
        let bundle = self.0.end().map_err(Trouble::Unreadable)?;
        Ok(Page {
            timeless: bundle.passed_over,
            slots: bundle.resources,
            next: bundle.next,
            skipped: bundle.skipped.len(),
            first_skipped: bundle.skipped.first().map(|skipped| skipped.problem.to_string()),
        })
    }
}

impl Reading for Arriving {
    fn take(&mut self, piece: &[u8]) {
        self.0.take(piece);
    }
}

/// The slots on a page of a search that arrives in these pieces.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) fn slots_on<'a>(
    pieces: impl IntoIterator<Item = &'a [u8]>,
    by_role: bool,
) -> Result<Vec<Slot>, Trouble> {
    let mut page = Arriving::new(Writing { zone: None, by_role });
    pieces.into_iter().for_each(|piece| page.take(piece));
    page.end().map(|page| page.slots)
}

/// Makes of each slot what the rules know of it.
struct Reader {
    writing: Writing,
    known: Known,
}

impl Keep for Reader {
    type Wire<'a> = incoming::Slot<'a>;
    type Kept = Slot;

    /// The slot as the rules know it; `None` when its time or its agenda cannot be told (D11).
    fn keep(&mut self, slot: incoming::Slot<'_>) -> Option<Slot> {
        let zone = self.writing.zone.as_ref();
        let actor = slot.actor();
        let address = actor.and_then(|actor| actor.reference.as_deref());
        let schedule = if self.writing.by_role {
            role_of(address?)?
        } else {
            last_segment(slot.schedule.as_ref()?.reference.as_deref()?)?
        };
        Some(Slot {
            start: slot.start.resolve(zone)?,
            end: slot.end.resolve(zone)?,
            free: slot.status.as_deref() == Some("free"),
            id: slot.id.as_ref().into(),
            hours: self.known.hours(&slot, schedule),
        })
    }
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
