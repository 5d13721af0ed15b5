use std::collections::HashSet;

use agenda::{Coding, Sifted, Slot, Window};
use bytes::Bytes;
use fhir::incoming::{Bundle, Slot as WireSlot};
use jiff::tz::TimeZone;
use url::Url;

use super::{Trouble, XisClient, call::Call};

/// More pages than this are no answer (C7).
const PAGES: usize = 20;
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
        let slots = self.pages(self.address(&["Slot"], &query)).await?;
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

    async fn pages(&self, first: Url) -> Result<Vec<Slot>, Trouble> {
        let client = self.for_searching();
        let zone = self.practice.settings.naive_times.then(|| self.practice.settings.zone());
        let (mut slots, mut seen, mut next) = (Vec::new(), HashSet::new(), Some(first));
        while let Some(address) = next {
            if seen.len() == PAGES {
                return Err(Trouble::Paging("more than 20 pages"));
            }
            if !seen.insert(address.clone()) {
                return Err(Trouble::Paging("a page links to one before it"));
            }
            let body = client.send_for_ok(&Call::get(address.clone())).await?;
            let page = parse(body).await?;
            if !page.skipped.is_empty() {
                let first = page.skipped.first().map(|skipped| skipped.problem.to_string());
                tracing::warn!(practice = %self.agb(), count = page.skipped.len(), first, "slots could not be read");
            }
            slots.extend(page.resources.into_iter().filter_map(|slot| read(slot, zone.as_ref())));
            next = page.next.map(|next| self.next_page(&address, &next)).transpose()?;
        }
        Ok(slots)
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

/// A bundle of megabytes must not hold up the others on this thread.
async fn parse(body: Bytes) -> Result<Bundle<WireSlot>, Trouble> {
    let parsed = if body.len() < LARGE_BYTES {
        Bundle::parse(&body)
    } else {
        let parsing = tokio::task::spawn_blocking(move || Bundle::parse(&body));
        parsing.await.map_err(|_| Trouble::Paging("a page that could not be read"))?
    };
    parsed.map_err(Trouble::Unreadable)
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
