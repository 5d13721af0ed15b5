mod known;
mod page;

use std::{collections::HashMap, sync::Arc};

use agenda::{Coding, Hours, Sifted, Slot, Window};
use url::Url;

pub(super) use self::page::role_of;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) use self::page::slots_on;
use self::page::{Arriving, Page, Writing};
use super::{Trouble, XisClient, agendas::RoleAgenda, call::Call, paging::Paging};

/// More slots than these on all pages are no answer.
const SLOTS: usize = 20_000;

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
        let slots = if self.practice.settings.speaks_version_1() {
            self.slots_by_role(category, window, schedule).await?
        } else {
            let mut query = search(category, window);
            query.push(("status", "free".to_owned()));
            query.extend(schedule.map(|schedule| ("schedule", schedule.to_owned())));
            self.found(self.address(&["Slot"], &as_pairs(&query))).await?
        };
        let sifted = agenda::sift(slots, (system, code), window, self.app.world.now(), &zone);
        if sifted.dropped.total() > 0 {
            tracing::warn!(practice = %self.agb(), dropped = ?sifted.dropped, "slots were left out");
        }
        Ok(Sifted {
            // A system that ignores `schedule` sends the others too.
            slots: sifted
                .slots
                .into_iter()
                .filter(|slot| schedule.is_none_or(|schedule| slot.hours.schedule == schedule))
                .collect(),
            ..sifted
        })
    }

    /// As version 1 has it (D13): the agendas first, then the slots of whoever they are of. Where it sends no name
    /// beside a slot, its PractitionerRole has one.
    async fn slots_by_role(
        &self,
        category: &Coding,
        window: &Window,
        role: Option<&str>,
    ) -> Result<Vec<Slot>, Trouble> {
        let mut agendas = self.agendas(category).await?;
        agendas.retain(|agenda| role.is_none_or(|role| agenda.role == role));
        if agendas.is_empty() {
            return Ok(Vec::new());
        }
        let roles = agendas.iter().map(|agenda| agenda.role.as_str()).collect::<Vec<_>>().join(",");
        let mut query = search(category, window);
        query.push(("schedule.actor:PractitionerRole", roles));
        let mut slots = self.found(self.address(&["Slot"], &as_pairs(&query))).await?;
        // A system that ignores the parameter sends those of others too.
        slots.retain(|slot| agendas.iter().any(|agenda| agenda.role == slot.hours.schedule));
        name_after_roles(&mut slots, &agendas);
        Ok(slots)
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
        let (mut slots, mut left_out, mut paging, mut next) = (Vec::new(), 0, Paging::default(), Some(first));
        while let Some(address) = next {
            paging.turn_to(&address)?;
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
        let writing = || Writing::of(&self.practice.settings);
        let call = Call::get(address.clone());
        let page = self.send_for_reading(&call, || Arriving::new(writing())).await?.end()?;
        if let Some(first) = &page.first_skipped {
            tracing::warn!(practice = %self.agb(), count = page.skipped, first, "slots could not be read");
        }
        if page.timeless > 0 {
            tracing::warn!(practice = %self.agb(), count = page.timeless, "slots have a time without a zone, or no agenda: see naive_times");
        }
        Ok(page)
    }
}

/// Where a system sends no name beside its slots, those of its roles.
fn name_after_roles(slots: &mut [Slot], agendas: &[RoleAgenda]) {
    let mut named: HashMap<Arc<Hours>, Arc<Hours>> = HashMap::new();
    for slot in slots.iter_mut().filter(|slot| slot.hours.actor_display.is_none()) {
        let hours = named.entry(Arc::clone(&slot.hours)).or_insert_with(|| {
            let agenda = agendas.iter().find(|agenda| agenda.role == slot.hours.schedule);
            let actor_display = agenda.and_then(|agenda| agenda.name.clone());
            Arc::new(Hours { actor_display, ..(*slot.hours).clone() })
        });
        slot.hours = Arc::clone(hours);
    }
}

/// What is asked of every search for slots, in both versions of the contract (C5).
fn search(category: &Coding, window: &Window) -> Vec<(&'static str, String)> {
    vec![
        ("service-category", token(category)),
        ("schedule.date", format!("ge{}", window.first)),
        ("schedule.date", format!("le{}", window.last)),
    ]
}

/// The type as a search value.
pub(super) fn token(category: &Coding) -> String {
    let (system, code) = category.key();
    fhir::search_token(Some(system).filter(|system| !system.is_empty()), code)
}

fn as_pairs<'a>(query: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    query.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn slot(hours: &Arc<Hours>) -> Slot {
        let (start, end) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        Slot { id: "1".into(), start, end, free: true, hours: Arc::clone(hours) }
    }

    #[test]
    fn d13_slots_without_a_name_get_that_of_their_role_and_keep_it_in_common() {
        let of = |role: &str, name: Option<&str>| {
            let (schedule, actor_display) = (role.to_owned(), name.map(str::to_owned));
            Arc::new(Hours { schedule, actor_display, ..Hours::default() })
        };
        let (nameless, named, unknown) = (of("1", None), of("1", Some("Zuster Bos")), of("3", None));
        let mut slots = [&nameless, &named, &unknown, &nameless].map(slot);
        let role = RoleAgenda { role: "1".to_owned(), name: Some("Dokter Jansen".to_owned()) };
        name_after_roles(&mut slots, &[role]);
        let names = slots.each_ref().map(|slot| slot.hours.actor_display.as_deref());
        assert_eq!(names, [Some("Dokter Jansen"), Some("Zuster Bos"), None, Some("Dokter Jansen")]);
        assert!(Arc::ptr_eq(&slots[0].hours, &slots[3].hours));
    }
}
