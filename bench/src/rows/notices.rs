//! From a change to the word that a patient gets of it: how soon, and how fast what waited goes out.

mod channel;
mod devices;
mod drain;
mod steady;

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{Figures, Goal, P99, RATE},
    house::{Database, House},
    limits::rate_of_hello,
    push::PushService,
};
use channel::Channel;

/// The latency that the goal is about.
const CPU: &str = "CPU a change, µs";

/// The row, with patients who get mail and whose devices are subscribed.
pub(super) struct Notices {
    house: House,
    push: PushService,
}

impl Notices {
    /// # Errors
    /// When the house cannot be filled.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let (mut house, push) = (House::fill(Database::Sqlite).await?, PushService::start().await?);
        house.besides = format!("allow = [\"{}\"]", push.origin);
        devices::subscribe(&house, &push).await?;
        Ok(Self { house, push })
    }

    fn channels(&self) -> [Channel<'_>; 2] {
        [Channel::Mail(&self.house.sink), Channel::Push(&self.push)]
    }
}

#[async_trait]
impl Row for Notices {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn title(&self) -> &'static str {
        "Patients are told of a change: mail and notifications"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        rate_of_hello(self.house.folder.path()).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        for channel in self.channels() {
            figures.extend(steady::measure(&self.house, channel).await?);
            figures.extend(drain::measure(&self.house, channel).await?);
        }
        Ok(figures)
    }

    /// The goals are times and rates by themselves: the limit only tells whether the machine was the same throughout.
    fn compare(&self, _: &Figures, _: &Figures) -> Figures {
        Figures::default()
    }

    fn goals(&self) -> Vec<Goal> {
        let steady = self.channels().map(|channel| Goal::at_most(steady::case(channel), P99, 1000.0));
        let drain = self.channels().map(|channel| Goal::at_least(drain::case(channel), RATE, 1000.0));
        steady.into_iter().chain(drain).collect()
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "At 50 changes a second, an open loop, each change is a new appointment of another patient; its time runs from \
             when the practice's system sends it (so a little before its commit) until the mail server reads `DATA`, or the \
             push service has the message. Draining, 5,000 notices wait behind a receiver that is silent; the rate is that of \
             the first nine tenths after it speaks again, for what was under way at that moment is by design tried again \
             later. All of it has to arrive, and nothing twice. Mail server and push service take everything at once, on \
             the same processors. SQLite; patients get one of the two."
                .to_owned(),
            "The push service stands in for one on the internet over loopback, without TLS.".to_owned(),
        ]
    }
}
