//! How a patient books: page by page, with second thoughts and a second device.

use std::time::Duration;

use super::patient::Patient;
use crate::{
    browser::{Browser, Page},
    clock::sleep,
    people::{PRACTICES, Practice, TYPES},
};

/// Chooses, writes a reason that nobody else has, and asks.
pub(crate) async fn book(patient: &mut Patient) {
    // The first is everybody's favourite.
    let among = if patient.dice.one_in(2) { &PRACTICES[..1] } else { &PRACTICES[..] };
    let Some(practice) = patient.dice.pick(among) else { return };
    patient.wishes += 1;
    let reason = format!("Wens {} van {}", patient.wishes, patient.person.bsn);
    let Some(()) = choose(patient, practice).await else { return };
    for _ in 0..3 {
        let Some(form) = write(patient, practice, &reason).await else { return };
        let thinks = patient.dice.between(Duration::from_millis(100), Duration::from_secs(20));
        sleep(&patient.sim.scheduler, thinks).await;
        let Some(page) = ask(patient, practice, &form).await else { return };
        let Some(next) = page.location else { return };
        if !next.contains("gone=") {
            let _ = patient.phone.read(&next).await;
            return;
        }
        patient.sim.counts.add("reached: the time was gone");
        let Some(()) = choose_at(patient, &next).await else { return };
    }
}

/// By way of every page, or straight to a day that one knows.
async fn choose(patient: &mut Patient, practice: &Practice) -> Option<()> {
    let kind = patient.dice.pick(&TYPES)?;
    let kind: String = url::form_urlencoded::byte_serialize(kind.as_bytes()).collect();
    let schedule = practice.schedules.get(usize::from(patient.dice.one_in(3)))?;
    let times = format!("/book/{}/time?type={kind}&agenda={schedule}", practice.agb);
    if patient.dice.one_in(6) {
        patient.phone.read(&format!("/book/{}", practice.agb)).await?;
        patient.phone.read(&format!("/book/{}/agenda?type={kind}", practice.agb)).await?;
        patient.phone.read(&times).await?;
    }
    choose_at(patient, &format!("{times}&day=2026-05-05")).await
}

/// One of the first times of this page.
async fn choose_at(patient: &mut Patient, path: &str) -> Option<()> {
    let mut slots = Vec::new();
    for _ in 0..3 {
        slots = patient.phone.read(path).await.map(|page| page.values("slot")).unwrap_or_default();
        if !slots.is_empty() {
            break;
        }
        patient.sim.counts.add("reached: no times to be seen");
        sleep(&patient.sim.scheduler, patient.sim.faults.takes(500, 20_000)).await;
    }
    let slot = slots.get(patient.dice.below(slots.len().min(2)))?;
    patient.phone.post(path, &[("slot", slot)]).await.map(drop)
}

/// Writes the reason, and gives the key of the form that asks.
async fn write(patient: &mut Patient, practice: &Practice, reason: &str) -> Option<String> {
    patient.phone.post(&format!("/book/{}/reason", practice.agb), &[("reason", reason)]).await?;
    let page = patient.phone.read(&format!("/book/{}/check", practice.agb)).await?;
    page.values("form").into_iter().next()
}

/// Asks: once, twice at once, or from another device as well.
async fn ask(patient: &mut Patient, practice: &Practice, form: &str) -> Option<Page> {
    let path = format!("/book/{}/check", practice.agb);
    if patient.dice.one_in(6) {
        other_device(patient, &path);
    }
    let taps = if patient.dice.one_in(4) { 2 } else { 1 };
    let page = patient.tap(&path, &[("form", form)], taps).await?;
    if patient.dice.one_in(8) {
        patient.sim.counts.add("reached: reload of the answer");
        let _ = patient.phone.post(&path, &[("form", form)]).await;
    }
    Some(page)
}

/// The same choice stands open on another device, where the patient asks too.
fn other_device(patient: &Patient, path: &str) {
    patient.sim.counts.add("reached: two devices");
    let mut tablet = Browser::of_patient(&patient.sim, &patient.provider, patient.person);
    let path = path.to_owned();
    let _goes_on = patient.sim.start(crate::party::Party::World, async move {
        let Some(page) = tablet.read(&path).await else { return };
        let Some(form) = page.values("form").into_iter().next() else { return };
        let _ = tablet.post(&path, &[("form", &form)]).await;
    });
}
