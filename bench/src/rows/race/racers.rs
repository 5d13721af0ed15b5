//! Clients that all ask for the same slot at once, and then for the next.

use std::{
    io::Write as _,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Barrier,
    task::JoinSet,
    time::timeout,
};

use super::{
    CLIENTS, ONCE, RACE, SLOT_RATE,
    desk::{PATIENTS, PRACTICE, Running, Slot},
};
use crate::{
    clock,
    figures::{CPU, Figures, P50, P99, RATE},
    histogram::Histogram,
    load::{head_of, status_of},
    usage::Usage,
};

/// Longest wait for one answer.
const ANSWER: Duration = Duration::from_secs(30);

/// All of them for all slots.
pub(super) async fn race(running: &Running, slots: &[Slot], tokens: &[String]) -> anyhow::Result<Figures> {
    let (slots, mut clients) = (Arc::new(slots.to_vec()), JoinSet::new());
    let together = Arc::new(Barrier::new(CLIENTS));
    let (before, began) = (Usage::of(&running.processes)?, Instant::now());
    for number in 0..CLIENTS {
        let client = Client {
            number,
            connection: connect(running.server.address).await?,
            token: tokens[number % tokens.len()].clone(),
            slots: Arc::clone(&slots),
            together: Arc::clone(&together),
        };
        clients.spawn(client.run());
    }
    let (mut won, mut took) = (vec![0_usize; slots.len()], Histogram::default());
    while let Some(client) = clients.join_next().await {
        let (has_won, histogram) = client??;
        won.iter_mut().zip(has_won).for_each(|(count, one)| *count += usize::from(one));
        took.add(&histogram);
    }
    let (seconds, used) = (began.elapsed().as_secs_f64(), Usage::of(&running.processes)?.since(before));
    // Whoever did not win was answered 409: anything else has ended the race.
    let once = won.iter().filter(|count| **count == 1).count();
    if let Some(place) = won.iter().position(|count| *count != 1) {
        bail!("slot {} was given to {} clients; {once} were to one", slots[place].id, won[place]);
    }
    let (mut figures, count) = (Figures::default(), took.count() as f64);
    for (metric, value) in [
        (ONCE, once as f64),
        (RATE, count / seconds),
        (SLOT_RATE, slots.len() as f64 / seconds),
        (P50, took.quantile(0.5)),
        (P99, took.quantile(0.99)),
        (CPU, used.cpu_seconds * 1e6 / count),
    ] {
        figures.add(RACE, metric, value);
    }
    Ok(figures)
}

struct Client {
    number: usize,
    connection: TcpStream,
    token: String,
    slots: Arc<Vec<Slot>>,
    together: Arc<Barrier>,
}

impl Client {
    /// Which of the slots it has got, and how long each answer took.
    async fn run(mut self) -> anyhow::Result<(Vec<bool>, Histogram)> {
        let (mut won, mut took, mut answer) = (Vec::new(), Histogram::default(), Vec::new());
        for slot in Arc::clone(&self.slots).iter() {
            let request = self.request(slot)?;
            timeout(2 * ANSWER, self.together.wait()).await.context("the others are not answered")?;
            let asked = Instant::now();
            let status =
                timeout(ANSWER, self.ask(&request, &mut answer)).await.context("no answer in time")??;
            took.note(asked.elapsed());
            match status {
                201 => won.push(true),
                409 => won.push(false),
                _ => bail!("answered {status}: {}", String::from_utf8_lossy(&answer)),
            }
        }
        Ok((won, took))
    }

    async fn ask(&mut self, request: &[u8], answer: &mut Vec<u8>) -> anyhow::Result<u16> {
        self.connection.write_all(request).await?;
        answer.clear();
        loop {
            if self.connection.read_buf(answer).await? == 0 {
                bail!("the connection was closed within an answer");
            }
            if head_of(answer)?.is_some_and(|(_, whole)| answer.len() >= whole) {
                return Ok(status_of(answer));
            }
        }
    }

    fn request(&self, slot: &Slot) -> anyhow::Result<Vec<u8>> {
        let mut request = Vec::new();
        let body =
            body(slot, &format!("{}-{}", slot.id, self.number), PATIENTS[self.number % PATIENTS.len()]);
        write!(
            request,
            "POST /fhir/r4/Appointment HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {}\r\n\
             content-type: application/fhir+json\r\n\
             x-organization-identifier: http://fhir.nl/fhir/NamingSystem/agb-z|{PRACTICE}\r\n\
             content-length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        )?;
        Ok(request)
    }
}

async fn connect(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let connection = TcpStream::connect(address).await?;
    connection.set_nodelay(true)?;
    Ok(connection)
}

/// A booking as the echo takes it.
pub(super) fn write_echoed(number: u64, request: &mut Vec<u8>) -> bool {
    let slot = Slot {
        id: format!("race-{number}"),
        starts_at: 1_924_992_000_000_000,
        ends_at: 1_924_992_600_000_000,
    };
    let body = body(&slot, "1", PATIENTS[0]);
    write!(
        request,
        "PUT /fhir/r4/Appointment/1 HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/fhir+json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .is_ok()
}

/// As a platform asks for it.
fn body(slot: &Slot, identifier: &str, bsn: &str) -> String {
    let (id, start, end) = (&slot.id, clock::written(slot.starts_at), clock::written(slot.ends_at));
    format!(
        r#"{{"resourceType":"Appointment","id":"{identifier}","identifier":[{{"system":"urn:example:booking","value":"{identifier}"}}],"status":"proposed","start":"{start}","end":"{end}","comment":"Pijn in mijn knie","serviceCategory":[{{"coding":[{{"system":"urn:balie:xis:service-category","code":"consult"}}]}}],"slot":[{{"reference":"Slot/{id}"}}],"participant":[{{"actor":{{"identifier":{{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"{bsn}"}}}},"status":"accepted"}}]}}"#
    )
}
