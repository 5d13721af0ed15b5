//! The portal's pages, one after the other, as one patient opens them.

mod list;
mod sent;

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use async_trait::async_trait;

use super::{Row, overview::page as overview};
use crate::{
    browser::Browser,
    figures::{CPU, Figures, Goal, P50, P99, RATE},
    histogram::Histogram,
    house::{Database, House, Running},
    limits::{HELLO, measure_hello},
    stand_in::{self, StandIn},
    usage::Usage,
};
use list::Page;

/// How long each page is asked for, again and again.
const LASTING: Duration = Duration::from_secs(1);
/// And how often at least, for its slowest answers to say something.
const LEAST: u32 = 500;
/// What a practice with ten agendas may offer in four weeks.
const SLOTS: usize = 1_000;
const AGENDAS: usize = 10;
const BYTES: &str = "an answer, kB";

pub(super) struct Pages {
    house: House,
    stand_in: StandIn,
}

impl Pages {
    /// # Errors
    /// When the house cannot be filled, or the stand-in does not start.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        overview::fill(&house, 1).await?;
        let stand_in = StandIn::start(house.folder.path()).await?;
        stand_in.offer(stand_in::slots(SLOTS, AGENDAS, 1)).await?;
        Ok(Self { house, stand_in })
    }

    async fn page(&self, running: &Running, cookie: &str, page: &Page) -> anyhow::Result<Figures> {
        let cookie = if page.is_for_strangers { "language=nl" } else { cookie };
        let mut browser = Browser::open(running.server.address, cookie).await?;
        // What is made once is made by the first one.
        browser.get(&page.path).await?;
        let (mut took, mut bytes, mut count) = (Histogram::default(), 0, 0_u32);
        let (before, end) = (Usage::of(&running.processes)?, Instant::now() + LASTING);
        while count < LEAST || Instant::now() < end {
            let got = browser.get(&page.path).await?;
            if got.status != page.status || !got.text.contains(page.holds) {
                bail!("{} was answered {}: {}{}", page.path, got.status, got.head, got.text);
            }
            took.note(Duration::from_micros(got.last_byte - got.asked));
            bytes += got.head.len() + got.text.len();
            count += 1;
        }
        let used = Usage::of(&running.processes)?.since(before);
        let (mut figures, count) = (Figures::default(), f64::from(count));
        figures.add(page.name, P50, took.quantile(0.5));
        figures.add(page.name, P99, took.quantile(0.99));
        figures.add(page.name, CPU, used.cpu_seconds * 1e6 / count);
        figures.add(page.name, BYTES, bytes as f64 / 1e3 / count);
        Ok(figures)
    }
}

#[async_trait]
impl Row for Pages {
    fn name(&self) -> &'static str {
        "pages"
    }

    fn title(&self) -> &'static str {
        "The portal's pages, one by one"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        figures.add(HELLO, RATE, measure_hello(self.house.folder.path()).await?.0.rate());
        Ok(figures)
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        self.house.sink.set_open(true);
        let running = self.house.run(None).await?;
        self.house.connect(self.stand_in.address(), &[]).await?;
        let cookies = self.house.visitors(&running, 1).await?;
        let cookie = cookies.first().context("nobody is logged in")?;
        sent::message(&self.house, &running).await?;
        sent::invite(&self.house, &running).await?;
        let invitation = self.house.sink.asked(&self.house.people[0].mail).await?;
        let mut browser = Browser::open(running.server.address, cookie).await?;
        let mut figures = Figures::default();
        for page in list::all(&mut browser, &invitation).await? {
            figures.extend(self.page(&running, cookie, &page).await.context(page.name)?);
        }
        running.server.stop().await?;
        Ok(figures)
    }

    fn compare(&self, _limits: &Figures, _figures: &Figures) -> Figures {
        // Pages make calls and leave lines in the audit trail, which the limit does not: the two have no ratio that says much.
        Figures::default()
    }

    fn goals(&self) -> Vec<Goal> {
        Vec::new()
    }

    fn remarks(&self) -> Vec<String> {
        vec![format!(
            "One patient with an account, twenty-one appointments to come and one connection opens each page for a second, \
             and {LEAST} times at least, again as soon as it is there; the time is from sending the request to the last \
             byte. The practice's system is a stand-in that answers at once, with {SLOTS} free slots in {AGENDAS} agendas: \
             its answers are part of the time of the pages that ask it. A page that shows somebody's data leaves a line in \
             the audit trail, durably, before it is shown. Every address at which the portal shows a page is among them, \
             with a practice of version 2. One that leads elsewhere or says that there is nothing is named so. A page \
             without what it is for, such as times, fails the run."
        )]
    }
}
