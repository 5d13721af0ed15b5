//! A patient looks for a time: from the bundle of slots that the practice's system sends to the page.

mod pages;

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use async_trait::async_trait;

use super::Row;
use crate::{
    browser::Browser,
    figures::{Figures, Goal},
    house::{self, Database, House},
    limits::measure_slots,
    stand_in::{self, StandIn},
    usage,
};

const SLOTS: usize = 5_000;
const AGENDAS: usize = 10;
const RATE: &str = "slots, /s and core";
const SHARE: &str = "of serde_json, %";
const MEMORY: &str = "peak memory growth, bundles";
const MEMORY_OF_ONE: &str = "peak memory growth of the first page, bundles";
const FIRST_BYTE: &str = "first byte after the XIS's last, p50, ms";
const SLOWEST: &str = "first byte after the XIS's last, p99, ms";
const CPU: &str = "CPU a page, ms";
const SENDING: &str = "the XIS's answer, p50, ms";
const SIZE: &str = "size, MB";
const SERDE: &str = "serde_json, borrowed fields";
const CASES: [&str; 2] = ["agendas in 28 days", "days of a week"];

pub(super) struct Slots {
    house: House,
    stand_in: StandIn,
    bundle: PathBuf,
    bytes: f64,
}

impl Slots {
    /// # Errors
    /// When the house cannot be filled, or the stand-in does not start.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        let stand_in = StandIn::start(house.folder.path()).await?;
        let (text, bundle) = (stand_in::slots(SLOTS, AGENDAS, 1), house.folder.path().join("slots.json"));
        fs::write(&bundle, &text)?;
        let bytes = text.len() as f64;
        stand_in.offer(text).await?;
        Ok(Self { house, stand_in, bundle, bytes })
    }

    /// On a platform of its own: what one page leaves in memory is not the other's.
    async fn case(&self, case: &'static str) -> anyhow::Result<Figures> {
        let running = self.house.run(None).await?;
        self.house.connect(self.stand_in.address(), &[]).await?;
        let cookie = self.house.visitors(&running, 1).await?;
        let cookie = cookie.first().context("nobody is logged in")?;
        let (mut browser, pid) = (Browser::open(running.server.address, cookie).await?, running.server.pid());
        // Everything but the slots was needed once.
        browser.read(&format!("/book/{}", house::practice(0))).await?;
        let before = usage::forget_peak_memory(pid)?;
        let mut figures = Figures::default();
        pages::one(case, &mut browser).await?;
        let growth = usage::peak_memory(pid)? - before;
        figures.add(case, MEMORY_OF_ONE, growth * 1e6 / self.bytes);
        figures.extend(pages::many(case, &mut browser, &self.stand_in, pid).await?);
        let growth = usage::peak_memory(pid)? - before;
        figures.add(case, MEMORY, growth * 1e6 / self.bytes);
        running.server.stop().await?;
        Ok(figures)
    }
}

#[async_trait]
impl Row for Slots {
    fn name(&self) -> &'static str {
        "slots"
    }

    fn title(&self) -> &'static str {
        "A patient looks for a time: from 5,000 slots to the page"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        let (done, mut figures) = (measure_slots(&self.bundle).await?, Figures::default());
        figures.add(SERDE, RATE, done.read);
        figures.add("memcpy", RATE, done.copied);
        Ok(figures)
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        figures.add("bundle", SIZE, self.bytes / 1e6);
        for case in CASES {
            figures.extend(self.case(case).await?);
        }
        Ok(figures)
    }

    fn compare(&self, limits: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        for case in CASES {
            compared.add(case, SHARE, 100.0 * figures.get(case, RATE) / limits.get(SERDE, RATE));
        }
        compared
    }

    fn goals(&self) -> Vec<Goal> {
        let of = |case: &'static str| {
            [
                Goal::at_least(case, RATE, 400_000.0),
                Goal::at_most(case, MEMORY, 2.0),
                Goal::at_most(case, FIRST_BYTE, 10.0),
            ]
        };
        CASES.into_iter().flat_map(of).collect()
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "A patient who is logged in opens a page again and again, and each page asks the practice's system, a \
             stand-in, which answers at once with the same 5,000 slots in ten agendas on 28 days. `agendas in 28 days` is \
             the page that asks with whom and needs all of them; `days of a week` is the page of days with the number \
             of times free on each, for a system that heeds no dates: a week is what is left. One CPU second of the platform is one second of one core; in it \
             is everything that a page costs, from the session to receiving the bytes."
                .to_owned(),
            "The XIS's last byte is the moment at which the stand-in had given it to the kernel, which holds some \
             megabytes on a loopback: that the platform has yet to receive them counts as its time. Memory is what the \
             process held at most beyond what it held before the first of these pages, in sizes of the bundle: after \
             that page, and after all of them. \
             The limit reads the same bytes with serde_json into texts that are borrowed, no more than the fields that \
             a page needs, and makes nothing of them: no time is parsed, and no page."
                .to_owned(),
        ]
    }
}
