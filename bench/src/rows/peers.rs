//! Balie and its peers: servers that keep an appointment, or an event, under an id that the client chose.

mod cells;
mod events;
mod limits;
mod medplum;
mod peer;
mod race;
mod radicale;
mod xandikos;

use async_trait::async_trait;

pub(super) use race::Race;

use super::{Row, put::Kind};
use crate::{
    figures::{CPU, Figures, Goal, P99, RATE},
    house::{Database, House},
    rounds::Plotted,
};
use peer::Peer;

const CLIENTS: [usize; 2] = [16, 64];
const KINDS: [Kind; 2] = [Kind::New, Kind::Modified];
const BALIE: &str = "Balie";
/// How many times the peer's rate Balie's is.
const BALIE_BY_IT: &str = "Balie by it";

pub(super) struct Peers {
    house: House,
    peers: Vec<Box<dyn Peer>>,
}

impl Peers {
    /// None where the peers are not installed.
    ///
    /// # Errors
    /// When the house cannot be filled.
    pub(super) async fn open() -> anyhow::Result<Option<Self>> {
        let Some(peers) = peer::all() else { return Ok(None) };
        Ok(Some(Self { house: House::fill(Database::Sqlite).await?, peers }))
    }
}

/// "Radicale, new, 64 clients".
fn case(name: &str, kind: Kind, clients: usize) -> String {
    format!("{name}, {}", kind.case(clients))
}

fn kinds_and_clients() -> impl Iterator<Item = (Kind, usize)> {
    CLIENTS.into_iter().flat_map(|clients| KINDS.map(|kind| (kind, clients)))
}

#[async_trait]
impl Row for Peers {
    fn name(&self) -> &'static str {
        "peers"
    }

    fn title(&self) -> &'static str {
        "A practice system writes an appointment: Balie and its peers"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        limits::measure(self.house.folder.path(), &self.house.people).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let mut figures = cells::of_balie(&self.house).await?;
        for peer in &self.peers {
            figures.extend(cells::of_peer(&**peer, &self.house).await?);
        }
        Ok(figures)
    }

    fn compare(&self, _: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        for peer in &self.peers {
            for (kind, clients) in kinds_and_clients() {
                let rate = |name| figures.get(&case(name, kind, clients), RATE);
                compared.add(case(peer.name(), kind, clients), BALIE_BY_IT, rate(BALIE) / rate(peer.name()));
            }
        }
        compared
    }

    async fn apart(&mut self) -> anyhow::Result<Figures> {
        cells::fsyncs(&self.house, &self.peers).await
    }

    fn goals(&self) -> Vec<Goal> {
        let mut goals = Vec::new();
        for peer in &self.peers {
            let times = if peer.is_durable() { 10.0 } else { 1.0 };
            let cases = kinds_and_clients().map(|(kind, clients)| case(peer.name(), kind, clients));
            goals.extend(cases.map(|case| Goal::at_least(case, BALIE_BY_IT, times)));
        }
        goals
    }

    fn plots(&self) -> Vec<Plotted> {
        let points =
            |name| CLIENTS.map(|clients| (clients.to_string(), case(name, Kind::New, clients))).to_vec();
        let names = std::iter::once(BALIE).chain(self.peers.iter().map(|peer| peer.name()));
        let lines: Vec<_> = names.map(|name| (name, points(name))).collect();
        let of = |file, metric| Plotted { file, metric, over: "clients, new", lines: lines.clone() };
        vec![of("peers-rate", RATE), of("peers-cpu", CPU), of("peers-p99", P99)]
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = vec![
            "A peer is sent a PUT under an id that the client chose: the same FHIR appointment that Balie is sent, or, where \
             it is a calendar server, an event with the same times and words. Balie also checks a token, who the patient is \
             and which practice asks, and leaves a notice, its delivery, a message and a line of the audit trail; the peers \
             do none of that. Each runs alone, from an empty store, after a second of the same work that does not count. \
             CPU and memory are those of all its processes."
                .to_owned(),
        ];
        remarks.extend(self.peers.iter().map(|peer| peer.how()));
        remarks.push(
            "`fsyncs` are counted in a pass of its own with 64 clients. Not measured: FHIR servers that need a database server, a Java machine or a long build of their own."
                .to_owned(),
        );
        remarks
    }
}
