//! Many patients open the same week at once, in a practice whose patients share what is found (`shared_search`).

mod booking;
mod crowd;

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{Figures, Goal, RATE},
    house::{self, Database, House, PATIENTS},
    load::Load,
    stand_in::{self, StandIn},
};

/// Those of one agenda in 28 days.
const SLOTS: usize = 18 * 28;

const ONE: &str = "one patient";
const ALL: &str = "500 patients";
const BOOKING: &str = "16 patients book one slot";

const EVERYBODY: &str = "until everybody has the first page, ms";
const CALLS: &str = "searches at the XIS, most in a second";
const OLDEST: &str = "age of what was shown, most, s";
const ASKED: &str = "asked of the XIS";
const BOOKED: &str = "booked";
const DIRECTLY: &str = "direct search, 1 client";

pub(super) struct SharedSearch {
    house: House,
    stand_in: StandIn,
}

impl SharedSearch {
    /// # Errors
    /// When the house cannot be filled, or the stand-in does not start.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        let stand_in = StandIn::start(house.folder.path()).await?;
        Ok(Self { house, stand_in })
    }
}

/// The times of the only agenda.
fn times() -> String {
    format!("/book/{}/time?type={}&agenda=1", house::practice(0), stand_in::type_in_address())
}

#[async_trait]
impl Row for SharedSearch {
    fn name(&self) -> &'static str {
        "shared-search"
    }

    fn title(&self) -> &'static str {
        "500 patients open the same week at once"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        self.stand_in.offer(stand_in::slots(SLOTS, 1, 0)).await?;
        let lasting = std::time::Duration::from_secs(1);
        let load = Load { address: self.stand_in.address(), clients: 1, lasting, expects: 200 };
        let search = b"GET /fhir/r4/Slot HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
        let requests = move |_, request: &mut Vec<u8>| {
            request.extend_from_slice(search);
            true
        };
        let (ran, mut figures) = (load.run(std::sync::Arc::new(requests)).await?, Figures::default());
        self.stand_in.calls().await?;
        figures.add(DIRECTLY, RATE, ran.rate());
        Ok(figures)
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let (running, mut figures) = (self.house.run(None).await?, Figures::default());
        self.house.connect(self.stand_in.address(), &["shared_search=on"]).await?;
        let cookies = self.house.visitors(&running, PATIENTS).await?;
        let platform = running.server.address;
        figures.extend(crowd::open(ONE, platform, &cookies[..1], &self.stand_in).await?);
        figures.extend(crowd::open(ALL, platform, &cookies, &self.stand_in).await?);
        figures.extend(booking::race(platform, &cookies, &self.stand_in).await?);
        running.server.stop().await?;
        Ok(figures)
    }

    fn compare(&self, _limits: &Figures, _figures: &Figures) -> Figures {
        // Many are compared to one, and both stand there.
        Figures::default()
    }

    fn goals(&self) -> Vec<Goal> {
        vec![
            Goal::at_most(ALL, CALLS, 1.0),
            Goal::at_most(ALL, OLDEST, 5.0),
            Goal::at_least(BOOKING, ASKED, booking::PATIENTS as f64),
            Goal::at_most(BOOKING, BOOKED, 1.0),
        ]
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "Everybody opens the times of the same week in the same agenda at once, and again as soon as the page is \
             there, for some seconds. Meanwhile the stand-in for the practice's system gets another list of times twice a \
             second. Each page shows of which list it was made: the age of what was shown is the time from when the \
             stand-in had a newer one until the last byte of the page was there. Searches are counted in every stretch of \
             a second, wherever it begins. The session is the patient's own each time; what is shared is the answer of \
             the practice's system, not the page."
                .to_owned(),
            "Then 16 patients choose the same slot from a list that they share, and confirm it at once: each of the \
             bookings must reach the practice's system, which lets the first of them have it."
                .to_owned(),
        ]
    }
}
