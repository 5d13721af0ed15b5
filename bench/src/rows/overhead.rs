//! What a page adds to the one call of a practice's system that it makes.

use std::{io::Write as _, net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{CPU, Figures, Goal, P50, P99, RATE},
    house::{self, Database, House, Running},
    load::{Load, Ran, Requests},
    stand_in::StandIn,
    usage::Usage,
};

const CLIENTS: [usize; 2] = [1, 64];
const LASTING: Duration = Duration::from_secs(3);
const CALL: &str = "GET /fhir/r4/ValueSet/BookableAppointmentTypes HTTP/1.1\r\nhost: 127.0.0.1\r\n\
    accept: application/fhir+json\r\nauthorization: Bearer stand-in\r\n\r\n";

/// What is asked of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// The stand-in itself.
    Directly,
    /// The page that asks it once.
    Page,
    /// What leads elsewhere before the stand-in is asked.
    Before,
}

impl Asked {
    fn case(self, clients: usize) -> String {
        let what = match self {
            Self::Directly => "direct call",
            Self::Page => "page with one call",
            Self::Before => "redirect without a call",
        };
        format!("{what}, {}", by(clients))
    }
}

fn by(clients: usize) -> String {
    format!("{clients} client{}", if clients == 1 { "" } else { "s" })
}

fn overhead(clients: usize) -> String {
    format!("overhead, {}", by(clients))
}

pub(super) struct Overhead {
    house: House,
    stand_in: StandIn,
}

impl Overhead {
    /// # Errors
    /// When the house cannot be filled, or the stand-in does not start.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        let stand_in = StandIn::start(house.folder.path()).await?;
        Ok(Self { house, stand_in })
    }

    async fn directly(&self, clients: usize) -> anyhow::Result<Ran> {
        let load = Load { address: self.stand_in.address(), clients, lasting: LASTING, expects: 200 };
        load.run(Arc::new(|_, request| request.write_all(CALL.as_bytes()).is_ok())).await
    }

    async fn with(&self, running: &Running, cookies: &[String], clients: usize) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        self.directly(clients).await?.note(&mut figures, &Asked::Directly.case(clients));
        for (asked, path, expects) in [(Asked::Before, "/time", 303), (Asked::Page, "", 200)] {
            let address = running.server.address;
            let load = Load { address, clients, lasting: LASTING, expects };
            // The first ones get tokens and open connections.
            Load { lasting: LASTING / 10, ..load }.run(requests(address, path, cookies)).await?;
            self.stand_in.calls().await?;
            let before = Usage::of(&running.processes)?;
            let ran = load.run(requests(address, path, cookies)).await?;
            let used = Usage::of(&running.processes)?.since(before);
            let (calls, pages) = (self.stand_in.calls().await?.len() as u64, ran.took.count());
            if calls != if asked == Asked::Page { pages } else { 0 } {
                anyhow::bail!("{pages} pages made {calls} calls");
            }
            let case = asked.case(clients);
            ran.note(&mut figures, &case);
            figures.add(case, CPU, used.cpu_seconds * 1e6 / pages as f64);
        }
        for metric in [P50, P99] {
            let of = |asked: Asked| figures.get(&asked.case(clients), metric);
            let added = of(Asked::Page) - of(Asked::Directly);
            figures.add(overhead(clients), metric, added);
        }
        Ok(figures)
    }
}

/// Each patient in turn.
fn requests(address: SocketAddr, path: &str, cookies: &[String]) -> Arc<Requests> {
    let (target, cookies) = (format!("/book/{}{path}", house::practice(0)), cookies.to_vec());
    Arc::new(move |number, request| {
        let cookie = &cookies[usize::try_from(number).unwrap_or_default() % cookies.len()];
        write!(request, "GET {target} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n").is_ok()
    })
}

#[async_trait]
impl Row for Overhead {
    fn name(&self) -> &'static str {
        "overhead"
    }

    fn title(&self) -> &'static str {
        "What a page adds to a call of the practice's system"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        for clients in CLIENTS {
            figures.add(
                format!("limit: direct call, {}", by(clients)),
                RATE,
                self.directly(clients).await?.rate(),
            );
        }
        self.stand_in.calls().await?;
        Ok(figures)
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let (running, mut figures) = (self.house.run(None).await?, Figures::default());
        self.house.connect(self.stand_in.address(), &[]).await?;
        let cookies = self.house.visitors(&running, CLIENTS[1]).await?;
        for clients in CLIENTS {
            figures.extend(self.with(&running, &cookies, clients).await?);
        }
        running.server.stop().await?;
        Ok(figures)
    }

    fn compare(&self, _limits: &Figures, _figures: &Figures) -> Figures {
        // It is a difference, between what is measured right after each other.
        Figures::default()
    }

    fn goals(&self) -> Vec<Goal> {
        vec![
            Goal::at_most(overhead(1), P50, 0.5),
            Goal::at_most(overhead(1), P99, 2.0),
            Goal::at_most(overhead(64), P99, 10.0),
        ]
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "The page is the first of booking (`/book/AGB`): it asks the practice's system, a stand-in that answers at \
             once, for the types of appointments, and makes no other call; that each page made its call is counted. \
             Overhead is the time of the page less that of the same call, made directly by the same clients. So it holds \
             everything else that the page does: finding the session, the patient's practices and whether there is \
             news (each read from the database), and writing the page in the patient's \
             language. The redirect is the same address one step on without a choice: session and database alike, but no \
             call and no page; the call alone costs the platform no more than the difference. Each client asks again \
             as soon as it is answered, so that with 64 of them the time is mostly spent in waiting for a processor, \
             and for one of the 16 places that calls to one practice's system have. Clients, platform and stand-in \
             share the processors."
                .to_owned(),
        ]
    }
}
