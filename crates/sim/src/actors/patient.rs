//! A patient with a telephone and perhaps a second device: books, cancels, looks; impatient when nothing comes.

use std::time::Duration;

use super::{booking, moving};
use crate::{
    browser::{Browser, Page},
    clock::sleep,
    dice::Dice,
    login::Provider,
    people::Person,
    sim::Sim,
};

/// One patient.
pub(crate) struct Patient {
    pub(crate) sim: Sim,
    pub(crate) dice: Dice,
    pub(crate) person: &'static Person,
    pub(crate) provider: Provider,
    pub(crate) phone: Browser,
    /// How many times this patient has begun to book.
    pub(crate) wishes: u32,
}

impl Patient {
    pub(crate) fn new(sim: &Sim, provider: &Provider, person: &'static Person, dice: Dice) -> Self {
        let (sim, provider) = (sim.clone(), provider.clone());
        let phone = Browser::of_patient(&sim, &provider, person);
        Self { sim, dice, person, provider, phone, wishes: 0 }
    }

    /// A few things one after the other, with time in between.
    pub(crate) async fn live(mut self) {
        let acts = 1 + self.dice.below(3);
        for act in 0..acts {
            let most = if act == 0 { 3 } else { 240 };
            let pause = self.dice.between(Duration::from_millis(10), Duration::from_secs(most));
            sleep(&self.sim.scheduler, pause).await;
            match self.dice.below(6) {
                _ if act == 0 => booking::book(&mut self).await,
                0 => booking::book(&mut self).await,
                1 | 2 => self.cancel().await,
                3 | 4 => moving::move_one(&mut self).await,
                _ => self.look().await,
            }
        }
    }

    /// Reads the overview.
    pub(crate) async fn look(&mut self) {
        let _ = self.phone.read("/").await;
    }

    /// Cancels one of the visits on the overview; twice where no answer comes, or out of habit.
    async fn cancel(&mut self) {
        let Some(overview) = self.phone.read("/").await else { return };
        let ends = overview.links().into_iter().filter(|link| link.ends_with("/cancel")).collect::<Vec<_>>();
        let Some(path) = self.dice.pick(&ends).cloned() else { return };
        let Some(_question) = self.phone.get(&path).await else { return };
        let taps = if self.dice.one_in(4) { 2 } else { 1 };
        self.tap(&path, &[("words", "Ik kan niet komen")], taps).await;
    }

    /// Sends a form: so many times at once, and again while no answer comes.
    pub(crate) async fn tap(&mut self, path: &str, form: &[(&str, &str)], taps: usize) -> Option<Page> {
        for _ in 1..taps {
            self.sim.counts.add("reached: double tap");
            self.again_meanwhile(path, form);
        }
        for _ in 0..3 {
            if let Some(page) = self.phone.post(path, form).await {
                return Some(page);
            }
            self.sim.counts.add("reached: form sent again after no answer");
            sleep(&self.sim.scheduler, self.sim.faults.takes(100, 5_000)).await;
        }
        None
    }

    /// The same form from the same browser, of which nobody sees the answer.
    fn again_meanwhile(&self, path: &str, form: &[(&str, &str)]) {
        let mut twin = self.phone.twin();
        let path = path.to_owned();
        let form: Vec<(String, String)> =
            form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (sim, wait) = (self.sim.clone(), self.sim.faults.takes(1, 400));
        let _goes_on = self.sim.start(crate::party::Party::World, async move {
            sleep(&sim.scheduler, wait).await;
            let form: Vec<(&str, &str)> =
                form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let _ = twin.post(&path, &form).await;
        });
    }
}
