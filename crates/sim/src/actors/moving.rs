//! How a patient moves a visit to another time, page by page.

use std::time::Duration;

use super::patient::Patient;
use crate::{browser::Page, clock::sleep};

/// Moves one of the visits on the overview, if one can be moved.
pub(crate) async fn move_one(patient: &mut Patient) {
    let Some(begin) = movable(patient).await else { return };
    let Some(chosen) = choose(patient, &begin).await else { return };
    let Some(form) = chosen.values("form").into_iter().next() else { return };
    let thinks = patient.dice.between(Duration::from_millis(100), Duration::from_secs(20));
    sleep(&patient.sim.scheduler, thinks).await;
    patient.wishes += 1;
    let reason = format!("Wens {} van {}", patient.wishes, patient.person.bsn);
    let path = format!("{begin}/check");
    let taps = if patient.dice.one_in(4) { 2 } else { 1 };
    patient.sim.counts.add("reached: a patient moves a visit");
    let asked = patient.tap(&path, &[("form", &form), ("reason", &reason)], taps).await;
    if let Some(next) = asked.and_then(|page| page.location) {
        let _ = patient.phone.read(&next).await;
    }
}

/// Where moving one of the visits begins.
async fn movable(patient: &mut Patient) -> Option<String> {
    let overview = patient.phone.read("/").await?;
    let visits: Vec<String> = overview.links().into_iter().filter(|link| is_visit(link)).collect();
    let visit = patient.dice.pick(&visits)?.clone();
    let page = patient.phone.read(&visit).await?;
    page.links().into_iter().find(|link| link.ends_with("/reschedule"))
}

fn is_visit(link: &str) -> bool {
    link.strip_prefix("/appointments/").is_some_and(|id| !id.contains('/'))
}

/// By way of agendas and days to one of the first times, and the page that asks whether it is all right.
async fn choose(patient: &mut Patient, begin: &str) -> Option<Page> {
    let mut page = patient.phone.read(begin).await?;
    for _ in 0..3 {
        let slots = page.values("slot");
        if let Some(slot) = slots.get(patient.dice.below(slots.len().min(3))) {
            let next = patient.phone.post(&page.path, &[("slot", slot)]).await?.location?;
            return patient.phone.read(&next).await;
        }
        let steps = page.links().into_iter().filter(|link| link.contains("/reschedule/time"));
        let next = steps.collect::<Vec<_>>();
        page = patient.phone.read(patient.dice.pick(&next)?).await?;
    }
    None
}
