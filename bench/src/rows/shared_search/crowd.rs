//! Patients who open the same page at once, while what it shows changes.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{sync::Barrier, task::JoinSet, time::sleep};

use super::{CALLS, EVERYBODY, OLDEST, SLOTS, times};
use crate::{
    browser::{Browser, Page},
    clock,
    figures::{Figures, P50, P99, RATE},
    histogram::Histogram,
    stand_in::{Call, StandIn, slots},
};

const LASTING: Duration = Duration::from_secs(6);
const CHANGED_EVERY: Duration = Duration::from_millis(500);
const SECOND: u64 = 1_000_000;

/// A page that somebody got.
#[derive(Debug, Clone, Copy)]
struct Got {
    asked: u64,
    there: u64,
    /// The number of the list that it was made of.
    list: usize,
}

/// All of them, for some seconds.
pub(super) async fn open(
    case: &str,
    platform: SocketAddr,
    cookies: &[String],
    stand_in: &StandIn,
) -> anyhow::Result<Figures> {
    stand_in.offer(slots(SLOTS, 1, 0)).await?;
    stand_in.calls().await?;
    let (ready, has_ended) = (Arc::new(Barrier::new(cookies.len())), Arc::new(AtomicBool::new(false)));
    let mut patients = JoinSet::new();
    for cookie in cookies {
        let browser = Browser::open(platform, cookie).await?;
        patients.spawn(again_and_again(browser, Arc::clone(&ready)));
    }
    let all = async {
        let mut got = Vec::new();
        while let Some(pages) = patients.join_next().await {
            got.push(pages??);
        }
        has_ended.store(true, Ordering::Relaxed);
        anyhow::Ok(got)
    };
    let (got, replaced) = tokio::try_join!(all, change(stand_in, &has_ended))?;
    let mut figures = Figures::default();
    note(&mut figures, case, &got);
    figures.add(case, OLDEST, oldest(got.iter().flatten(), &replaced));
    figures.add(case, CALLS, most_in_a_second(&stand_in.calls().await?) as f64);
    Ok(figures)
}

async fn again_and_again(mut browser: Browser, ready: Arc<Barrier>) -> anyhow::Result<Vec<Got>> {
    let path = format!("{}&week=1", times());
    ready.wait().await;
    let (mut got, end) = (Vec::new(), Instant::now() + LASTING);
    while Instant::now() < end {
        let page = browser.read(&path).await?;
        got.push(Got { asked: page.asked, there: page.last_byte, list: list_of(&page)? });
    }
    Ok(got)
}

fn list_of(page: &Page) -> anyhow::Result<usize> {
    let after = page.text.split("van lijst ").nth(1).context("the page does not say whose agenda it is")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}

/// Lets the stand-in have another list again and again; when each was replaced for certain.
async fn change(stand_in: &StandIn, has_ended: &AtomicBool) -> anyhow::Result<Vec<u64>> {
    let mut replaced = Vec::new();
    while !has_ended.load(Ordering::Relaxed) {
        sleep(CHANGED_EVERY).await;
        stand_in.offer(slots(SLOTS, 1, replaced.len() as u64 + 1)).await?;
        replaced.push(clock::now());
    }
    Ok(replaced)
}

/// In seconds; 0 where everybody saw the newest list.
fn oldest<'a>(got: impl Iterator<Item = &'a Got>, replaced: &[u64]) -> f64 {
    let age = |one: &Got| replaced.get(one.list).map_or(0, |at| one.there.saturating_sub(*at));
    got.map(age).max().unwrap_or_default() as f64 / SECOND as f64
}

/// Of calls for slots, in any second.
fn most_in_a_second(calls: &[Call]) -> usize {
    let searches = calls.iter().filter(|call| call.target.contains("/Slot"));
    let mut asked: Vec<u64> = searches.map(|call| call.asked).collect();
    asked.sort_unstable();
    let from =
        |(place, first): (usize, &u64)| asked[place..].iter().take_while(|at| **at < first + SECOND).count();
    asked.iter().enumerate().map(from).max().unwrap_or_default()
}

fn note(figures: &mut Figures, case: &str, got: &[Vec<Got>]) {
    let (mut took, pages) = (Histogram::default(), || got.iter().flatten());
    for page in pages() {
        took.note(Duration::from_micros(page.there - page.asked));
    }
    let first = pages().map(|page| page.asked).min().unwrap_or_default();
    let last = pages().map(|page| page.there).max().unwrap_or_default();
    let everybody = got.iter().filter_map(|pages| pages.first()).map(|page| page.there).max();
    figures.add(case, RATE, took.count() as f64 / ((last - first) as f64 / SECOND as f64));
    figures.add(case, P50, took.quantile(0.5));
    figures.add(case, P99, took.quantile(0.99));
    figures.add(case, EVERYBODY, (everybody.unwrap_or_default() - first) as f64 / 1e3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_old_as_the_list_that_came_after_its_own() {
        let got =
            [Got { asked: 0, there: 3 * SECOND, list: 0 }, Got { asked: 0, there: 9 * SECOND, list: 2 }];
        assert!((oldest(got.iter(), &[SECOND, 2 * SECOND]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn calls_are_counted_in_the_second_that_has_most() {
        let call =
            |asked| Call { method: "GET".into(), target: "/fhir/r4/Slot?a".into(), asked, answered: asked };
        assert_eq!(most_in_a_second(&[call(0), call(900_000), call(1_800_000), call(1_899_999)]), 3);
        assert_eq!(most_in_a_second(&[]), 0);
    }
}
