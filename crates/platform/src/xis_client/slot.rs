use std::{collections::HashSet, sync::Arc};

use agenda::{Coding, Sifted, Slot, Window};
use bytes::Bytes;
use fhir::incoming::{Bundle, Slot as WireSlot};
use jiff::tz::TimeZone;
use url::Url;
use world::World;

use super::{Trouble, XisClient, call::Call};

/// More pages than this are no answer (C7).
const PAGES: usize = 20;
/// Nor are more slots on all of them.
const SLOTS: usize = 20_000;
/// From this size on a bundle is read on another thread.
const LARGE_BYTES: usize = 64 * 1024;

impl XisClient<'_> {
    /// The slots of a type in a window of days, of one schedule or of all, sifted (C5 to C10).
    ///
    /// What was dropped is logged for the operator (C10).
    pub(crate) async fn slots(
        &self,
        category: &Coding,
        window: &Window,
        schedule: Option<&str>,
    ) -> Result<Sifted, Trouble> {
        let zone = self.practice.settings.zone();
        let (system, code) = category.key();
        let (first, last) = (format!("ge{}", window.first), format!("le{}", window.last));
        let category = fhir::search_token(Some(system).filter(|system| !system.is_empty()), code);
        let mut query = vec![
            ("service-category", category.as_str()),
            ("schedule.date", first.as_str()),
            ("schedule.date", last.as_str()),
            ("status", "free"),
        ];
        query.extend(schedule.map(|schedule| ("schedule", schedule)));
        let slots = self.found(self.address(&["Slot"], &query)).await?;
        let sifted = agenda::sift(slots, (system, code), window, self.app.world.now(), &zone);
        if sifted.dropped.total() > 0 {
            tracing::warn!(practice = %self.agb(), dropped = ?sifted.dropped, "slots were left out");
        }
        Ok(Sifted {
            // A system that ignores `schedule` sends the others too.
            slots: sifted
                .slots
                .into_iter()
                .filter(|slot| schedule.is_none_or(|schedule| slot.schedule == schedule))
                .collect(),
            ..sifted
        })
    }

    async fn found(&self, address: Url) -> Result<Vec<Slot>, Trouble> {
        let (client, line) = (self.for_searching(), self.line());
        let asked = client.pages(address.clone());
        if self.is_shared() {
            line.slots.get(address.as_str(), self.patience(), asked).await.map(Arc::unwrap_or_clone)
        } else {
            asked.await
        }
    }

    async fn pages(&self, first: Url) -> Result<Vec<Slot>, Trouble> {
        let (mut slots, mut left_out, mut seen, mut next) = (Vec::new(), 0, HashSet::new(), Some(first));
        while let Some(address) = next {
            if seen.len() == PAGES {
                return Err(Trouble::Paging("more than 20 pages"));
            }
            if !seen.insert(address.clone()) {
                return Err(Trouble::Paging("a page links to one before it"));
            }
            let page = self.page(&address).await?;
            slots.extend(page.slots);
            left_out += page.skipped + page.timeless;
            if slots.len() > SLOTS {
                return Err(Trouble::Paging("more than 20,000 slots"));
            }
            next = page.next.map(|next| self.next_page(&address, &next)).transpose()?;
        }
        // That everything is taken is a thing to say only where something could be read.
        if slots.is_empty() && left_out > 0 { Err(Trouble::NothingReadable { left_out }) } else { Ok(slots) }
    }

    /// One page. What on it cannot be read, or not when it is (D11), is left out and logged for the operator.
    async fn page(&self, address: &Url) -> Result<Page, Trouble> {
        let body = self.send_for_ok(&Call::get(address.clone())).await?;
        let zone = self.practice.settings.naive_times.then(|| self.practice.settings.zone());
        let page = Page::parse(&self.app.world, body, zone).await?;
        if let Some(first) = &page.first_skipped {
            tracing::warn!(practice = %self.agb(), count = page.skipped, first, "slots could not be read");
        }
        if page.timeless > 0 {
            tracing::warn!(practice = %self.agb(), count = page.timeless, "slots have a time without a zone, or no agenda: see naive_times");
        }
        Ok(page)
    }

    /// The next page's address, which must be on the same machine: our token goes along (C7).
    fn next_page(&self, current: &Url, next: &str) -> Result<Url, Trouble> {
        let next = current.join(next).map_err(|_| Trouble::Paging("a link that is no address"))?;
        if next.origin() == self.base.origin() {
            Ok(next)
        } else {
            Err(Trouble::Paging("a link to elsewhere"))
        }
    }
}

/// What one page of a search holds.
struct Page {
    slots: Vec<Slot>,
    next: Option<String>,
    /// How many slots could not be read, and why the first could not.
    skipped: usize,
    first_skipped: Option<String>,
    /// How many could be read, but not when or in which agenda they are.
    timeless: usize,
}

impl Page {
    /// A bundle of megabytes must not hold up the others on this thread.
    async fn parse(world: &World, body: Bytes, zone: Option<TimeZone>) -> Result<Self, Trouble> {
        if body.len() < LARGE_BYTES {
            return Self::of(&body, zone.as_ref());
        }
        let parsed = world.compute(move || Self::of(&body, zone.as_ref())).await;
        parsed.unwrap_or(Err(Trouble::Paging("a page that could not be read")))
    }

    fn of(body: &[u8], zone: Option<&TimeZone>) -> Result<Self, Trouble> {
        let bundle: Bundle<WireSlot> = Bundle::parse(body).map_err(Trouble::Unreadable)?;
        let read_whole = bundle.resources.len();
        let slots: Vec<Slot> = bundle.resources.into_iter().filter_map(|slot| read(slot, zone)).collect();
        Ok(Self {
            timeless: read_whole - slots.len(),
            slots,
            next: bundle.next,
            skipped: bundle.skipped.len(),
            first_skipped: bundle.skipped.first().map(|skipped| skipped.problem.to_string()),
        })
    }
}

/// The slots on a page of a search.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) fn slots_on(body: &[u8], zone: Option<&TimeZone>) -> Result<Vec<Slot>, Trouble> {
    Page::of(body, zone).map(|page| page.slots)
}

/// The slot as the rules know it; `None` when its time cannot be told (D11).
fn read(slot: WireSlot, zone: Option<&TimeZone>) -> Option<Slot> {
    let schedule = slot.schedule.as_ref().and_then(|schedule| {
        let reference = schedule.reference.as_deref()?;
        fhir::without_history(reference).rsplit('/').next().map(str::to_owned)
    })?;
    let actor = slot.actor().cloned();
    Some(Slot {
        start: slot.start.resolve(zone)?,
        end: slot.end.resolve(zone)?,
        free: slot.status.as_deref() == Some("free"),
        categories: slot.codings().filter_map(coding).collect(),
        actor: actor.as_ref().and_then(|actor| actor.reference.clone()),
        actor_display: actor.and_then(|actor| actor.display),
        id: slot.id,
        schedule,
    })
}

/// A coding as the rules know it; one without a code says nothing.
pub(super) fn coding(coding: &fhir::incoming::Coding) -> Option<Coding> {
    Some(Coding {
        system: coding.system.clone().unwrap_or_default(),
        code: coding.code.clone()?,
        display: coding.display.clone(),
    })
}
