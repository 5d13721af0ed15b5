use std::collections::HashMap;

use tokio::task::{Id, JoinSet};

use crate::turns::Held;

/// The attempts that have not ended.
#[derive(Default)]
pub(crate) struct UnderWay {
    tasks: JoinSet<()>,
    tenants: HashMap<Id, String>,
}

impl UnderWay {
    pub(crate) fn start(&mut self, tenant: String, attempt: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(attempt);
        self.tenants.insert(task.id(), tenant);
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
        self.tenants.remove(&id);
        true
    }

    /// How many each tenant has under way.
    pub(crate) fn held(&self) -> Held {
        let mut held = Held::new();
        for tenant in self.tenants.values() {
            *held.entry(tenant.clone()).or_default() += 1;
        }
        held
    }
}
