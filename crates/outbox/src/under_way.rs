use std::collections::HashMap;

use tokio::task::{Id, JoinSet};

use crate::{claim::Claim, turns::Held};

/// The attempts that have not ended.
#[derive(Default)]
pub(crate) struct UnderWay {
    tasks: JoinSet<()>,
    claims: HashMap<Id, Claim>,
}

impl UnderWay {
    pub(crate) fn start(&mut self, claim: Claim, attempt: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(attempt);
        self.claims.insert(task.id(), claim);
    }

    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Waits until one ends; `false` when none is under way. Loses nothing when it is dropped half-way.
    pub(crate) async fn one_has_ended(&mut self) -> bool {
        let Some(ended) = self.tasks.join_next_with_id().await else { return false };
        let id = match &ended {
            Ok((id, ())) => *id,
            Err(error) => error.id(),
        };
        self.claims.remove(&id);
        true
    }

    /// Waits until so many at most are under way. Loses nothing when it is dropped half-way.
    pub(crate) async fn until_at_most(&mut self, count: usize) {
        while self.len() > count {
            self.one_has_ended().await;
        }
    }

    /// Ends them where they are, and gives the claims of what they were about.
    pub(crate) async fn cut_off(mut self) -> Vec<Claim> {
        self.tasks.shutdown().await;
        self.claims.into_values().collect()
    }

    /// How many each tenant has under way.
    pub(crate) fn held(&self) -> Held {
        let mut held = Held::new();
        for claim in self.claims.values() {
            *held.entry(claim.parcel.tenant.clone()).or_default() += 1;
        }
        held
    }
}
