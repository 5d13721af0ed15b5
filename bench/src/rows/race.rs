//! Clients race for the slots of the reference practice system (`balie xis`).

mod desk;
mod racers;

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{Figures, Goal, RATE},
    house::Database,
    limits::start_echo,
    load::Load,
};
use desk::Desk;

const CLIENTS: usize = 64;
const SLOTS: usize = 1_000;

const RACE: &str = "64 clients race for each of 1,000 slots";
const ECHO: &str = "echo, 64 clients";
const SLOT_RATE: &str = "slots, /s";
const ONCE: &str = "slots with one 201 and 63 409";
const SHARE: &str = "of the echo, %";

pub(super) struct Race(Desk);

impl Race {
    /// # Errors
    /// When the practice system cannot be filled.
    pub(super) async fn open(database: Database) -> anyhow::Result<Self> {
        Desk::fill(database).await.map(Self)
    }
}

#[async_trait]
impl Row for Race {
    fn name(&self) -> &'static str {
        if self.0.is_on_sqlite() { "race-sqlite" } else { "race-postgres" }
    }

    fn title(&self) -> &'static str {
        if self.0.is_on_sqlite() {
            "64 clients race for each slot of the practice system: SQLite"
        } else {
            "64 clients race for each slot of the practice system: PostgreSQL"
        }
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        let server = start_echo(self.0.folder()).await?;
        let lasting = std::time::Duration::from_secs(1);
        let load = Load { address: server.address, clients: CLIENTS, lasting, expects: 200 };
        let requests = |number, request: &mut Vec<u8>| racers::write_echoed(number, request);
        let (ran, mut figures) = (load.run(std::sync::Arc::new(requests)).await?, Figures::default());
        server.stop().await?;
        figures.add(ECHO, RATE, ran.rate());
        Ok(figures)
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let slots = self.0.add_slots(SLOTS).await?;
        let running = self.0.run().await?;
        let figures = racers::race(&running, &slots, &self.0.tokens()?).await?;
        running.server.stop().await?;
        Ok(figures)
    }

    fn compare(&self, limits: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        compared.add(RACE, SHARE, 100.0 * figures.get(RACE, RATE) / limits.get(ECHO, RATE));
        compared
    }

    fn goals(&self) -> Vec<Goal> {
        vec![Goal::at_least(RACE, ONCE, SLOTS as f64)]
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "64 clients ask for a slot of ten minutes at once, and for the next one when all of them are answered, 1,000 \
             times. Each request is another booking, with an identifier of its own and the token of one of four \
             patients: the practice is the first of `balie demo`, with the times of the race besides. The run fails \
             unless each slot is answered with one 201 and 63 times 409. A booking is durable when it is answered; one \
             that is refused leaves nothing. The echo parses the same body and gives it back."
                .to_owned(),
            "That no peer is beside it is because none of those at hand refuses a second booking of a slot.".to_owned(),
        ]
    }
}
