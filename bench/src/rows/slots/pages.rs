//! The pages that read the whole bundle, one after the other.

use std::time::{Duration, Instant};

use anyhow::bail;

use super::{AGENDAS, CASES, CPU, FIRST_BYTE, RATE, SENDING, SLOTS, SLOWEST};
use crate::{
    browser::{Browser, Page},
    figures::Figures,
    histogram::Histogram,
    house,
    stand_in::{self, StandIn},
    usage::Usage,
};

const LASTING: Duration = Duration::from_secs(5);

/// The page of this case, checked.
pub(super) async fn one(case: &str, browser: &mut Browser) -> anyhow::Result<Page> {
    let page = browser.read(&path(case)).await?;
    if is_whole(case, &page) { Ok(page) } else { bail!("{case}: the page lacks something: {}", page.text) }
}

/// The same page again and again. Each must have asked for the slots itself.
pub(super) async fn many(
    case: &str,
    browser: &mut Browser,
    stand_in: &StandIn,
    pid: u32,
) -> anyhow::Result<Figures> {
    stand_in.calls().await?;
    let mut pages = Vec::new();
    let (before, end) = (Usage::of(&[pid])?, Instant::now() + LASTING);
    while Instant::now() < end {
        pages.push(one(case, browser).await?);
    }
    let used = Usage::of(&[pid])?.since(before);
    let (mut figures, count) = (since_the_slots(case, &pages, stand_in).await?, pages.len() as f64);
    figures.add(case, RATE, SLOTS as f64 * count / used.cpu_seconds);
    figures.add(case, CPU, used.cpu_seconds * 1e3 / count);
    Ok(figures)
}

/// How long the system took to answer with the slots, and how long after that each page began to come.
async fn since_the_slots(case: &str, pages: &[Page], stand_in: &StandIn) -> anyhow::Result<Figures> {
    let mut calls = stand_in.calls().await?;
    calls.retain(|call| call.target.contains("/Slot"));
    if calls.len() != pages.len() {
        bail!("{} pages asked {} times for slots", pages.len(), calls.len());
    }
    let (mut sending, mut since) = (Histogram::default(), Histogram::default());
    for (page, call) in pages.iter().zip(&calls) {
        if call.answered < page.asked || call.answered > page.last_byte {
            bail!("a page did not wait for its slots");
        }
        sending.note(Duration::from_micros(call.answered - call.asked));
        since.note(Duration::from_micros(page.first_byte.saturating_sub(call.answered)));
    }
    let mut figures = Figures::default();
    figures.add(case, SENDING, sending.quantile(0.5));
    figures.add(case, FIRST_BYTE, since.quantile(0.5));
    figures.add(case, SLOWEST, since.quantile(0.99));
    Ok(figures)
}

fn path(case: &str) -> String {
    let practice = house::practice(0);
    let (step, which) = if case == CASES[0] { ("agenda", "all=1") } else { ("time", "anyone=1") };
    format!("/book/{practice}/{step}?type={}&{which}", stand_in::type_in_address())
}

/// Whether what stands on the page was made of the whole bundle.
fn is_whole(case: &str, page: &Page) -> bool {
    if case == CASES[0] {
        page.text.contains(&stand_in::practitioner(AGENDAS, 1))
    } else {
        page.text.matches("day=").count() >= 7
    }
}
